"""A whole message read into the cells of a form; what was not understood is handed back as typed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from bot.domain.amount import Amount
from bot.domain.form import Cell, Form, Measure
from bot.domain.part import About, Given, Mention, Part, Share, parts
from bot.domain.reading import Ambiguous, Approximate, Exact, Reading, Unreadable, reading_of
from bot.domain.token import Token, tokens_of
from bot.domain.vocabulary import is_filler


@dataclass(frozen=True, slots=True)
class TypedPercent:
    """A percentage written after an indicator, as a rate (1 is 100 %); `measure` None when it may be either."""

    indicator: str
    measure: Measure | None
    value: Fraction
    text: str


@dataclass(frozen=True, slots=True)
class Filing:
    """`cells`: what was said once, or several times alike. `conflicts`: cells given with different numbers.

    `leftovers`: every run of words that was not understood, as typed."""

    cells: Mapping[Cell, Reading]
    percents: tuple[TypedPercent, ...] = ()
    leftovers: tuple[str, ...] = ()
    conflicts: tuple[tuple[Cell, tuple[Reading, ...]], ...] = ()


def read_message(text: str, form: Form) -> Filing:
    """The figures in a message from which period and office have been cut.

    Either indicators with figures after them, in any order, or as many bare numbers as the form has cells."""
    tokens = tokens_of(text)
    found = parts(tokens, form)
    page = _Page(text, tokens, form)
    if any(isinstance(part, Mention) for part in found):
        for part in found:
            page.take(part)
        return page.filing()
    fitting = next((row for row in (found, parts(tokens, form, greedy=False)) if _fits(row, form)), None)
    page.fill(fitting) if fitting else page.leave(found)
    return page.filing()


def _fits(row: Iterable[Part], form: Form) -> bool:
    """Whether the numbers alone fill the form in its own order."""
    said = [part for part in row if type(part) is not Part]
    amounts = [part.amount for part in said if isinstance(part, Given)]
    if len(amounts) != len(said) or len(amounts) != len(form.cells):
        return False
    return all(amount.measure in (None, cell.measure) for amount, cell in zip(amounts, form.cells, strict=True))


class _Page:
    """Where the reader is, and what has been read so far."""

    def __init__(self, text: str, tokens: Sequence[Token], form: Form) -> None:
        self.text, self.tokens, self.form = text, tokens, form
        self.readings: dict[Cell, list[Reading]] = {}
        self.percents: list[TypedPercent] = []
        self.unread: list[Part] = []
        self.indicator = ""
        self.heading: Measure | None = None
        self.asked: tuple[Measure, ...] = ()  # what the next figures measure, by the words before them
        self.given: tuple[Measure, ...] = ()  # since the indicator was named
        self.unshared: tuple[Measure, ...] = ()  # given since the last percentage
        self.before: Part | None = None

    def take(self, part: Part) -> None:
        if isinstance(part, Mention):
            self._name(part)
        elif isinstance(part, About):
            self._ask(part)
        elif isinstance(part, Given):
            self._give(part)
        elif isinstance(part, Share):
            self._share(part)
        else:
            self.unread.append(part)
        self.before = part

    def _name(self, part: Mention) -> None:
        if not isinstance(self.before, About):
            self.asked = ()
        self.indicator, self.given, self.unshared = part.indicator, (), ()

    def _ask(self, part: About) -> None:
        if isinstance(self.before, Share) and self.indicator:
            self.percents[-1] = replace(self.percents[-1], measure=part.measure)
        elif part.heading:
            self.heading, self.asked = part.measure, ()
        else:
            self.asked = (*self.asked, part.measure) if isinstance(self.before, About) else (part.measure,)

    def _give(self, part: Given) -> None:
        measure = self._measure(part.amount)
        cell = Cell(self.indicator, measure) if measure else None
        if cell is None or cell not in self.form.cells:
            self.unread.append(part)
            return
        self.asked = self.asked[1:]
        self.given, self.unshared = (*self.given, cell.measure), (*self.unshared, cell.measure)
        self._put(cell, part)

    def _measure(self, amount: Amount) -> Measure | None:
        """By its unit, the words before it, its size, the heading, and at last its place: việc first, then tiền."""
        told = amount.unit or next(iter(self.asked), None) or amount.measure or self.heading
        order = [cell.measure for cell in self.form.cells if cell.indicator == self.indicator][len(self.given) :]
        return told or next((measure for measure in order[:1] if measure not in self.given), None)

    def _share(self, part: Share) -> None:
        if not self.indicator:
            self.unread.append(part)
            return
        told = set(self.unshared)
        measure = next(iter(self.asked), None) or (told.pop() if len(told) == 1 else None) or self.heading
        self.percents.append(TypedPercent(self.indicator, measure, part.rate, self._typed(part)))
        self.asked, self.unshared = self.asked[1:], ()

    def fill(self, row: Iterable[Part]) -> None:
        """Numbers alone, in form order."""
        cells = iter(self.form.cells)
        for part in row:
            if isinstance(part, Given):
                self._put(next(cells), part)
            else:
                self.unread.append(part)

    def leave(self, row: Iterable[Part]) -> None:
        self.unread.extend(row)

    def _put(self, cell: Cell, part: Given) -> None:
        self.readings.setdefault(cell, []).append(reading_of(part.amount, cell.measure, self._typed(part)))

    def _typed(self, part: Part) -> str:
        return self.text[self.tokens[part.first].start : self.tokens[part.end - 1].end].strip()

    def filing(self) -> Filing:
        settled = {cell: _settled(self.readings[cell]) for cell in self.form.cells if cell in self.readings}
        conflicts = tuple((cell, tuple(self.readings[cell])) for cell, reading in settled.items() if reading is None)
        cells = {cell: reading for cell, reading in settled.items() if reading is not None}
        leftovers = tuple(self._typed(part) for part in _joined(self.unread, self.tokens))
        return Filing(cells, tuple(self.percents), leftovers, conflicts)


def _joined(unread: Iterable[Part], tokens: Sequence[Token]) -> list[Part]:
    """Unread words side by side, or with mere fillers between them, are one run."""
    runs: list[Part] = []
    for part in unread:
        if runs and all(is_filler(token) for token in tokens[runs[-1].end : part.first]):
            runs[-1] = Part(runs[-1].first, part.end)
        else:
            runs.append(Part(part.first, part.end))
    return runs


#: A text that cannot be read agrees with nothing but itself, so it comes first.
_SUREST = (Unreadable, Exact, Approximate, Ambiguous)


def _settled(readings: Sequence[Reading]) -> Reading | None:
    """The one reading all agree with, the surest first; None when they contradict each other."""
    surest = min(readings, key=lambda reading: _SUREST.index(type(reading)))
    return surest if all(_agrees(surest, reading) for reading in readings) else None


def _agrees(surest: Reading, other: Reading) -> bool:
    return surest == other or bool(_numbers(surest) and set(_numbers(surest)) <= set(_numbers(other)))


def _numbers(reading: Reading) -> tuple[int, ...]:
    if isinstance(reading, Ambiguous):
        return reading.readings
    return (reading.value,) if isinstance(reading, Exact | Approximate) else ()
