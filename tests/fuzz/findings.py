"""What must hold for every string whatsoever."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from time import thread_time_ns

from bot.domain.folding import fold
from bot.domain.form import Measure
from bot.domain.message import read_message
from bot.domain.reading import MAX, Ambiguous, Approximate, Exact, Reading, read_amount
from bot.domain.spoken import WORDS
from bot.forms import load
from tests.fuzz.strings import string

NUMBER_WORDS = frozenset(fold(word) for word in WORDS)
SLOWEST = 100_000  # microseconds; anything longer is counted there


@dataclass
class Findings:
    """`wrong`: strings and what was wrong with what was read of them; `spent`: microseconds a phrase, and how often."""

    wrong: list[tuple[str, str]] = field(default_factory=list)
    spent: Counter[int] = field(default_factory=Counter)
    kinds: Counter[str] = field(default_factory=Counter)

    def add(self, other: Findings) -> None:
        self.wrong += other.wrong
        self.spent += other.spent
        self.kinds += other.kinds

    def quantile(self, part: float) -> int:
        """Microseconds within which that part of the phrases was read."""
        left = self.spent.total() * part
        for spent in sorted(self.spent):
            left -= self.spent[spent]
            if left <= 0:
                return spent
        return SLOWEST


def run(seed: int, count: int, messages: int = 10) -> Findings:
    """`count` strings read as amounts of either measure, every `messages`-th also as a whole message."""
    rng = random.Random(seed)
    findings = Findings()
    for number in range(count):
        text, measure = string(rng), rng.choice(tuple(Measure))
        try:
            _amount(text, measure, findings)
            if number % messages == 0:
                findings.wrong += [(text, fault) for fault in message_faults(text)]
        except Exception as error:
            findings.wrong.append((text, repr(error)))
    return findings


def _amount(text: str, measure: Measure, findings: Findings) -> None:
    start = thread_time_ns()
    reading = read_amount(text, measure)
    findings.spent[min((thread_time_ns() - start) // 1000, SLOWEST)] += 1
    findings.kinds[type(reading).__name__] += 1
    findings.wrong += [(text, fault) for fault in faults(text, reading)]


def faults(text: str, reading: Reading) -> Iterator[str]:
    """What is wrong with what was read of a text."""
    numbers = _numbers(reading)
    if numbers and not _says_a_number(text):
        yield f"a value without digits or number words: {numbers}"
    if any(not 0 <= number <= MAX for number in numbers):
        yield f"out of range: {numbers}"
    if isinstance(reading, Ambiguous) and (len(numbers) < 2 or len(set(numbers)) < len(numbers)):
        yield f"not ambiguous: {numbers}"
    if reading.text != text.strip():
        yield f"another text: {reading.text}"


def message_faults(text: str) -> Iterator[str]:
    """What is wrong with what was read of a whole message."""
    filing = read_message(text, load("short"))
    for cell, reading in filing.cells.items():
        yield from (f"{cell.name}: {fault}" for fault in faults(reading.text, reading))
        if reading.text not in text:
            yield f"{cell.name}: words that nobody typed: {reading.text}"
    if any(said not in text for said in (*filing.leftovers, *filing.asides)):
        yield "handed back what nobody typed"
    if filing.cells.keys() & {cell for cell, _ in filing.conflicts}:
        yield "a figure taken in spite of a conflict"


def _numbers(reading: Reading) -> tuple[int, ...]:
    if isinstance(reading, Ambiguous):
        return reading.readings
    return (reading.value,) if isinstance(reading, Exact | Approximate) else ()


def _says_a_number(text: str) -> bool:
    folded = fold(text)
    return any(char in "0123456789" for char in folded) or any(word in folded for word in NUMBER_WORDS)
