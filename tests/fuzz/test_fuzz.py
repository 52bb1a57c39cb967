"""A sample of the million strings of `python -m tests.fuzz`."""

import sys
from types import FrameType

import pytest

from bot.domain.form import Measure
from bot.domain.message import read_message
from bot.domain.reading import read_amount
from bot.forms import load
from tests.fuzz.findings import run
from tests.fuzz.strings import LONG


@pytest.mark.parametrize("seed", range(4))
def test_no_random_string_is_misread_or_makes_the_reader_fail(seed: int) -> None:
    assert run(seed, 5_000).wrong == []


@pytest.mark.parametrize("piece", LONG)
def test_ten_times_the_length_takes_ten_times_the_calls(piece: str) -> None:
    _calls(piece * 10)  # what is read once and kept
    assert _calls(piece * 2000) < 15 * _calls(piece * 200)


def _calls(text: str) -> int:
    """How many times a Python function or generator is entered while a text is read."""
    count = 0

    def entered(frame: FrameType, event: str, argument: object) -> None:
        nonlocal count
        count += event == "call"

    before = sys.getprofile()
    sys.setprofile(entered)
    try:
        read_amount(text, Measure.MONEY)
        read_message(text, load("short"))
    finally:
        sys.setprofile(before)
    return count
