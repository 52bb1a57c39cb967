"""What the documents say of commands, settings, files and targets is what there is."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from typer.core import TyperGroup
from typer.main import get_command

import handlers
from bot.__main__ import app
from bot.config import names
from tests.docs.markdown import GUIDE, READMES, ROOT, blocks, documents, headings, links, prose, read, rows, spans

SETTING = re.compile(r"THIDUA_[A-Z_]+")
WIDTH = 40  # characters of a row
LIGHT = 120 * 1024  # bytes that a picture may weigh
ENGLISH, VIETNAMESE = map(read, READMES)
EXAMPLE = read(ROOT / ".env.example")
CONVERSATIONS = handlers.conversations(lambda code: "")
WORDS = {word for one in CONVERSATIONS for word in one.commands}

of_readmes = pytest.mark.parametrize("readme", READMES, ids=lambda path: path.name)
of_documents = pytest.mark.parametrize("document", documents(), ids=lambda path: path.name)


def program() -> dict[str, set[str]]:
    """The long options of every command, those of the program itself under its bare name."""
    group = get_command(app)
    assert isinstance(group, TyperGroup)
    commands = {"thidua": group, **{f"thidua {name}": one for name, one in group.commands.items()}}
    return {
        name: {option for one in command.params for option in one.opts if option.startswith("--")}
        for name, command in commands.items()
    }


@of_readmes
def test_a_readme_has_every_command_with_its_options_and_no_other(readme: Path) -> None:
    told = {
        row[0].strip("`"): set(re.findall(r"--[a-z]+", row[1])) for row in rows(read(readme)) if "`thidua" in row[0]
    }
    told["thidua"].remove("--help")  # the library's own
    assert told == program()


@of_readmes
def test_a_readme_has_every_setting_and_no_other(readme: Path) -> None:
    assert sorted(row[0].strip("`") for row in rows(read(readme)) if SETTING.search(row[0])) == sorted(names())
    assert set(SETTING.findall(read(readme))) == set(names())


def test_the_example_of_settings_has_every_setting_and_no_other() -> None:
    assert sorted(re.findall(r"^#?(THIDUA_[A-Z_]+)=", EXAMPLE, re.MULTILINE)) == sorted(names())


@of_documents
def test_a_document_names_no_setting_that_there_is_not(document: Path) -> None:
    assert set(SETTING.findall(read(document))) <= set(names())


def test_both_readmes_have_the_same_sections_and_the_same_blocks() -> None:
    assert [level for level, _ in headings(ENGLISH)] == [level for level, _ in headings(VIETNAMESE)]
    assert blocks(ENGLISH) == blocks(VIETNAMESE)
    named = [[row[0] for row in rows(text) if row[0].startswith("`")] for text in (ENGLISH, VIETNAMESE)]
    assert named[0] == named[1]


@of_documents
def test_every_link_and_picture_leads_to_a_file(document: Path) -> None:
    relative = [link for link in links(read(document)) if not link.startswith(("http", "#"))]
    assert [link for link in relative if not (document.parent / link.partition("#")[0]).exists()] == []


def test_every_picture_is_light_and_shown() -> None:
    pictures = sorted((ROOT / "docs" / "images").iterdir())
    shown = {(document.parent / link).resolve() for document in documents() for link in links(read(document))}
    assert [one.name for one in pictures if one.stat().st_size > LIGHT or one not in shown] == []


@of_documents
def test_every_make_target_that_is_named_exists(document: Path) -> None:
    code = [*spans(read(document)), *"\n".join(blocks(read(document))).splitlines()]
    named = {found[1] for one in code if (found := re.match(r"make ([\w-]+)$", one))}
    assert named <= set(re.findall(r"^([\w-]+):(?!=)", read(ROOT / "Makefile"), re.MULTILINE))


@of_documents
def test_every_path_that_is_named_exists(document: Path) -> None:
    folders = r"bot|handlers|db|tests|docs|bench|requirements"
    named = {one for one in spans(read(document)) if re.fullmatch(rf"(?:{folders})/[\w./-]+", one)}
    assert [one for one in sorted(named) if "NAME" not in one and not (ROOT / one).exists()] == []


def test_the_map_leads_to_what_there_is() -> None:
    drawn = next(block for block in blocks(ENGLISH) if block.startswith("bot/"))
    folder, lost = "", []
    for line in drawn.splitlines():
        name = line.split()[0]
        folder = folder if line.startswith(" ") else name
        found = [folder + name if line.startswith(" ") else name]
        found += [folder + one for one in re.findall(r"\b\w+\.py\b", line.partition(" ")[2]) if one != name]
        lost += [one for one in found if not (ROOT / one).exists()]
    assert lost == []


@pytest.mark.parametrize("document", [*READMES, GUIDE], ids=lambda path: path.name)
def test_every_chat_command_that_is_named_exists(document: Path) -> None:
    code = [*spans(read(document)), *"\n".join(blocks(read(document))).splitlines()]
    named = {found[1] for one in code if (found := re.match(r"/([a-z]+)\b(?!/)", one))}
    assert named - {"newbot", "healthz", "readyz"} <= WORDS  # typed to @BotFather; asked of our own server


def test_the_changelog_has_a_place_for_what_is_new() -> None:
    assert (2, "[Unreleased]") in headings(read(ROOT / "CHANGELOG.md"))


def test_decisions_are_numbered_without_a_gap_and_say_context_decision_consequence() -> None:
    notes = sorted((ROOT / "docs" / "decisions").glob("*.md"))
    assert [note.name[:4] for note in notes] == [f"{number:04}" for number in range(1, len(notes) + 1)]
    for note in notes:
        assert headings(read(note))[0][1].startswith(note.name[:4])
        parts = re.findall(r"^\*\*(\w+)\.\*\*", prose(read(note)), re.MULTILINE)
        assert parts == ["Context", "Decision", "Consequence"], note.name


def test_the_rows_of_a_ranking_stay_within_a_phone_s_width() -> None:
    """A row that broke would put the figure under the name, where nobody sees the order (product: 40 characters)."""
    shown = read(ROOT / "docs" / "replies.md").replace("*", "")
    ranked = re.findall(r"^> ?(\d+\. \w[^.;:“]* \d[\d.,]*%.*)$", shown, re.MULTILINE)
    assert len(ranked) >= 20
    assert [row for row in ranked if len(row) > WIDTH] == []
