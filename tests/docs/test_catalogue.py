"""Both catalogues know every sentence of the code, and nothing else; every sentence is translated whole."""

from __future__ import annotations

import ast
import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from bot.i18n import LANGUAGES
from tests.docs.markdown import ROOT, read

MARKS = ("say", "gloss")
PLACEHOLDER = re.compile(r"\{(\w*)\}")
LATER = (
    "_ACTS[act]",
    "one.about",
)  # what a gloss has marked already
of_languages = pytest.mark.parametrize("language", LANGUAGES)


@cache
def extracted() -> frozenset[str]:
    """What `make catalogue` takes up, by its own mapping."""
    assert read(ROOT / "babel.cfg").split() == ["[python:", "**.py]"]
    keywords: dict[str, None] = dict.fromkeys(MARKS)
    folders = (str(ROOT / name) for name in ("bot", "handlers"))
    found = (extract_from_dir(folder, [("**.py", "python")], keywords=keywords) for folder in folders)
    return frozenset(str(message) for one in found for _, _, message, _, _ in one)


@cache
def catalogue(language: str) -> Catalog:
    with (ROOT / "bot" / "locale" / language / "LC_MESSAGES" / "messages.po").open("rb") as file:
        return read_po(file, locale=language)


def entries(language: str) -> list[tuple[str, str]]:
    return [(str(one.id), str(one.string)) for one in catalogue(language) if one.id]


def calls() -> Iterator[tuple[str, ast.Call, bool]]:
    """Every call of a mark: where, the call, whether it stands inside an f-string."""
    for path in sorted([*(ROOT / "bot").rglob("*.py"), *(ROOT / "handlers").rglob("*.py")]):
        tree = ast.parse(read(path))
        inside = {id(node) for text in ast.walk(tree) if isinstance(text, ast.JoinedStr) for node in ast.walk(text)}
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in MARKS:
                yield f"{_shown(path)}:{node.lineno}", node, id(node) in inside


def _shown(path: Path) -> str:
    return str(path.relative_to(ROOT))


def _literal(call: ast.Call) -> bool:
    return isinstance(call.args[0], ast.Constant) and isinstance(call.args[0].value, str)


def test_every_sentence_is_a_literal() -> None:
    others = [(where, ast.unparse(call.args[0])) for where, call, _ in calls() if not _literal(call)]
    assert [one for one in others if one[1] not in LATER] == []


def test_no_sentence_hides_in_an_f_string_where_it_would_not_be_extracted() -> None:
    assert [where for where, call, inside in calls() if inside and _literal(call)] == []


@of_languages
def test_a_catalogue_has_the_sentences_of_the_code_and_no_other(language: str) -> None:
    known = {msgid for msgid, _ in entries(language)}
    assert (sorted(extracted() - known), sorted(known - extracted()), list(catalogue(language).obsolete)) == (
        [],
        [],
        [],
    )


@of_languages
def test_every_sentence_is_translated_and_has_been_looked_at(language: str) -> None:
    assert [msgid for msgid, text in entries(language) if not text] == []
    assert [one.id for one in catalogue(language) if one.id and one.fuzzy] == []


@of_languages
def test_placeholders_and_emphasis_survive_translation(language: str) -> None:
    pairs = entries(language)
    assert [msgid for msgid, text in pairs if sorted(_blanks(msgid)) != sorted(_blanks(text))] == []
    assert [msgid for msgid, text in pairs if text.count("**") % 2 or msgid.count("**") % 2] == []


def _blanks(text: str) -> set[str]:
    return set(PLACEHOLDER.findall(text))


@of_languages
def test_texts_are_in_normal_form_with_the_blanks_of_their_gloss(language: str) -> None:
    pairs = entries(language)
    assert [text for _, text in pairs if text != unicodedata.normalize("NFC", text)] == []
    assert [text for msgid, text in pairs if msgid.replace(msgid.strip(), text.strip()) != text] == []
