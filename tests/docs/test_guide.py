"""The guide for chiefs: what it tells to type has been typed in a dialogue, and was answered as it says."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

from bot.domain.names import Found
from bot.domain.organisation import parse_structure
from tests.dialogues.script import parse
from tests.docs.markdown import GUIDE, ROOT, blocks, prose, read, spans

TEXT = read(GUIDE)
LINES = [line for file in sorted((ROOT / "tests" / "dialogues").glob("*.txt")) for line in parse(read(file))]
SAID = {line.text for line in LINES}
ANSWERED = {row for line in LINES for row in line.expected.splitlines()}
BUTTONS = {label for row in ANSWERED if row.startswith("[") for label in re.findall(r"\[([^\]]+)\]", row)}


def test_every_answer_that_is_quoted_is_given() -> None:
    quoted = [line.removeprefix("> ") for line in prose(TEXT).splitlines() if line.startswith(">")]
    assert [line for line in quoted if line not in ANSWERED] == []


def test_every_button_that_is_named_is_shown() -> None:
    named = re.findall(r"\[([^\]]+)\](?!\()", prose(TEXT))
    assert [label for label in named if label not in BUTTONS] == []


def test_every_message_that_is_to_be_typed_is_understood() -> None:
    messages = [one for block in blocks(TEXT) for one in ([block] if block in SAID else block.splitlines())]
    typed = [*messages, *(one for one in spans(TEXT) if not re.fullmatch(r"/[a-z]+", one))]
    assert [one for one in typed if one not in SAID] == []


def test_no_sentence_of_the_guide_is_long() -> None:
    paragraphs = re.split(r"\n\s*\n|\n(?=[-|>\d])", re.sub(r"<img[^>]*>", "", prose(TEXT)))
    sentences = [one for paragraph in paragraphs for one in re.split(r"(?<=[.?:;])\s", paragraph)]
    assert [one for one in sentences if len(one.split()) > 32] == []


def test_the_structure_file_of_the_documents_can_be_used() -> None:
    (example,) = (block for block in blocks(read(ROOT / "docs" / "structure.md")) if "[[office]]" in block)
    organisation, _ = parse_structure(example)
    for office in organisation.offices:
        on = office.valid_to or date(2026, 1, 5)
        for name in (*office.names, office.full_name):
            assert organisation.find(name, on) == Found(office)


def test_the_guide_is_for_phones() -> None:
    pictures = re.findall(r"<img [^>]+>", TEXT)
    assert [one for one in pictures if 'width="300"' not in one or not re.search(r'alt="[^"]+"', one)] == []
    assert {Path(found).suffix for found in re.findall(r'src="([^"]+)"', TEXT)} == {".png"}
