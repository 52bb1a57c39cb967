"""Whole messages, from one line to an official report, against what is read, passed over and handed back."""

import tomllib
import unicodedata
from pathlib import Path
from typing import Any

import pytest

from bot.domain.message import Filing, TypedPercent, read_message
from bot.forms import load
from tests.conftest import Score
from tests.domain.test_golden_amounts import meaning_of

MESSAGES = tomllib.loads(Path(__file__).with_name("golden_messages.toml").read_text("utf-8"))["message"]


def found_in(filing: Filing) -> dict[str, Any]:
    return {
        "cells": {cell.name: meaning_of(reading) for cell, reading in filing.cells.items()},
        "percents": [percent_of(one) for one in filing.percents],
        "leftovers": list(filing.leftovers),
        "asides": list(filing.asides),
        "conflicts": [cell.name for cell, _ in filing.conflicts],
    }


def percent_of(typed: TypedPercent) -> str:
    where = f"{typed.indicator}.{typed.measure}" if typed.measure else typed.indicator
    return f"{where} {typed.text.rstrip('% ')}"


def expected_of(message: dict[str, Any]) -> dict[str, Any]:
    return {key: message.get(key, []) for key in ("cells", "percents", "leftovers", "asides", "conflicts")}


def test_every_golden_message_is_read_as_it_is_meant(score: Score) -> None:
    wrong = []
    for message in MESSAGES:
        found = found_in(read_message(message["text"], load(message.get("form", "short"))))
        if found != expected_of(message):
            wrong.append((message["text"], found))
    score("golden messages", len(MESSAGES) - len(wrong), len(MESSAGES))
    assert wrong == []


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_a_golden_message_means_the_same_composed_and_decomposed(form: str) -> None:
    for message in MESSAGES:
        text = unicodedata.normalize(form, message["text"])  # type: ignore[arg-type]
        found = found_in(read_message(text, load(message.get("form", "short"))))
        assert found["cells"] == message["cells"], text
