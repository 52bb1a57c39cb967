"""Every notation of an amount, clean and faulty, against its value, its ambiguity or its fault."""

import tomllib
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from bot.domain.form import Measure
from bot.domain.reading import Ambiguous, Approximate, Exact, Reading, read_amount
from tests.conftest import Score

NOTATIONS = tomllib.loads(Path(__file__).with_name("golden_amounts.toml").read_text("utf-8"))["notation"]


class Phrase(NamedTuple):
    text: str
    measure: Measure
    meaning: str


def phrases(*kinds: str) -> Iterator[Phrase]:
    for notation in NOTATIONS:
        for kind in kinds:
            yield from (Phrase(text, Measure(notation["measure"]), meaning) for text, meaning in notation[kind])


def meaning_of(reading: Reading) -> str:
    match reading:
        case Exact(value=value):
            return str(value)
        case Approximate(value=value):
            return f"~{value}"
        case Ambiguous(readings=readings):
            return " | ".join(map(str, readings))
    return f"!{reading.reason}"


def test_every_golden_phrase_says_what_it_says(score: Score) -> None:
    golden = list(phrases("clean", "faulty"))
    wrong = [
        (*one, found) for one in golden if (found := meaning_of(read_amount(one.text, one.measure))) != one.meaning
    ]
    score("golden amounts", len(golden) - len(wrong), len(golden))
    assert wrong == []


def test_a_golden_phrase_is_the_same_composed_and_decomposed() -> None:
    for text, measure, meaning in phrases("clean", "faulty"):
        for form in ("NFC", "NFD"):
            assert meaning_of(read_amount(unicodedata.normalize(form, text), measure)) == meaning


def test_the_golden_set_is_large_and_half_of_it_is_faulty() -> None:
    clean, faulty = list(phrases("clean")), list(phrases("faulty"))
    assert len(set(clean + faulty)) >= 400
    assert abs(len(clean) - len(faulty)) <= len(clean) / 5
    assert all(len(notation["clean"]) >= 5 for notation in NOTATIONS)
