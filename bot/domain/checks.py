"""What is wrong or doubtful in one report, judged by its form and by the report before it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from math import floor
from typing import ClassVar, Protocol

from bot.domain.figures import Figures
from bot.domain.form import Cell, Form, Measure, Rate, Relation, Term

FAR = 20  # times away from the office's own last value
FAR_FROM_PEERS = 100  # times away from the middle one of the other offices: they differ by nature
NEAR = 5  # times: a suggestion must bring it at least so near
SLIP = 1000
MAX = 2**63 - 1  # what is stored as a 64-bit integer


class TypedPercent(Protocol):
    """A percentage that somebody wrote after an indicator; a value of 1 is 100 %."""

    @property
    def indicator(self) -> str: ...
    @property
    def measure(self) -> Measure | None: ...
    @property
    def value(self) -> Fraction: ...
    @property
    def text(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Missing:
    cell: Cell


@dataclass(frozen=True, slots=True)
class BadValue:
    """Negative, too large to be stored, or of no cell of the form; `reading` is the value as text."""

    cell: Cell
    reading: str


@dataclass(frozen=True, slots=True)
class Exceeds:
    """The sum on the left of the relation is larger than the one on its right."""

    relation: Relation
    measure: Measure
    left: int
    right: int


@dataclass(frozen=True, slots=True)
class NotEqual:
    relation: Relation
    measure: Measure
    left: int
    right: int


Fault = Missing | BadValue | Exceeds | NotEqual


@dataclass(frozen=True, slots=True)
class Fell:
    """A cumulative figure is lower than in the period before."""

    needs_reason: ClassVar[bool] = True
    cell: Cell
    before: int
    now: int


class Yardstick(StrEnum):
    """What a figure is held against: the period before, the same one a year ago, the other offices' middle one."""

    LAST = "last"
    YEAR_BEFORE = "year_before"
    PEERS = "peers"


@dataclass(frozen=True, slots=True)
class FarFromLast:
    """At least 20 times larger or smaller; `suggestion` undoes a slip of ×1.000 where that explains it."""

    needs_reason: ClassVar[bool] = True
    cell: Cell
    before: int
    now: int
    suggestion: int | None
    yardstick: Yardstick = Yardstick.LAST


@dataclass(frozen=True, slots=True)
class PercentMismatch:
    """`computed` = numerator / denominator of `measure` (the nearer one, when none was typed).

    None, and 0 for both figures, when the form has no such rate or there is nothing to divide by."""

    needs_reason: ClassVar[bool] = False
    typed: TypedPercent
    measure: Measure
    computed: Fraction | None
    numerator: int
    denominator: int


@dataclass(frozen=True, slots=True)
class SameAsLast:
    needs_reason: ClassVar[bool] = True


Warning = Fell | FarFromLast | PercentMismatch | SameAsLast


def faults(form: Form, figures: Figures) -> tuple[Fault, ...]:
    """Why these figures cannot be stored: cells in form order, then relations as the form lists them."""
    return (*_cells(form, figures), *_relations(form, figures))


def _cells(form: Form, figures: Figures) -> Iterator[Fault]:
    for cell in form.cells:
        if cell not in figures:
            yield Missing(cell)
        elif not 0 <= figures[cell] <= MAX:
            yield BadValue(cell, str(figures[cell]))
    known = set(form.cells)
    yield from (BadValue(cell, str(value)) for cell, value in figures.items() if cell not in known)


def _relations(form: Form, figures: Figures) -> Iterator[Fault]:
    for relation in form.relations:
        for measure in relation.measures:
            left = _sum(form, figures, relation.left, measure)
            right = _sum(form, figures, relation.right, measure)
            if left is None or right is None:
                continue
            if relation.kind == "at_most" and left > right:
                yield Exceeds(relation, measure, left, right)
            if relation.kind == "equal" and left != right:
                yield NotEqual(relation, measure, left, right)


def _sum(form: Form, figures: Figures, terms: Iterable[Term], measure: Measure) -> int | None:
    """None while a figure is missing; an indicator without that measure counts for 0."""
    known = set(form.cells)
    cells = [(Cell(term.indicator, measure), term.sign) for term in terms]
    cells = [(cell, sign) for cell, sign in cells if cell in known]
    if any(cell not in figures for cell, _ in cells):
        return None
    return sum(sign * figures[cell] for cell, sign in cells)


@dataclass(frozen=True, slots=True)
class History:
    """What is known to hold new figures against: `last` is the period before within the reporting year,
    `year_before` the same period of the year before, `peers` what the other offices filed for this period."""

    last: Figures | None = None
    year_before: Figures | None = None
    peers: tuple[Figures, ...] = ()


def warnings(
    form: Form, figures: Figures, history: History, percents: Iterable[TypedPercent] = ()
) -> tuple[Warning, ...]:
    """What a person should look at again before filing: against the office's own history, and where it has none,
    against its peers; and the percentages that were typed."""
    changes = () if history.last is None else tuple(_changes(form, figures, history.last))
    if SameAsLast() not in changes:
        changes += tuple(_strange(form, figures, history))
    mismatches = (_mismatch(form, figures, typed) for typed in percents)
    return (*changes, *(mismatch for mismatch in mismatches if mismatch is not None))


def _changes(form: Form, figures: Figures, last: Figures) -> Iterator[Warning]:
    if figures and all(figures.get(cell) == last.get(cell) for cell in form.cells):
        yield SameAsLast()
        return
    for cell in form.cells:
        if cell in figures and cell in last:
            change = _change(cell, last[cell], figures[cell], form.indicator(cell.indicator).non_decreasing)
            if change is not None:
                yield change


def _change(cell: Cell, before: int, now: int, non_decreasing: bool) -> Warning | None:
    """One warning a cell: the likely slip says more than the bare fall."""
    if before > 0 and now > 0 and not _within(FAR, before, now):
        return FarFromLast(cell, before, now, _suggestion(before, now))
    if non_decreasing and now < before:
        return Fell(cell, before, now)
    return None


def _strange(form: Form, figures: Figures, history: History) -> Iterator[Warning]:
    """Cells that were nothing last month, or have no last month: held against a year ago, or else against the peers."""
    for cell in form.cells:
        now = figures.get(cell, 0)
        if now <= 0 or (history.last is not None and history.last.get(cell, 0) > 0):
            continue
        before, times, yardstick = _yardstick(cell, history)
        if before > 0 and not _within(times, before, now):
            yield FarFromLast(cell, before, now, _suggestion(before, now, times), yardstick)


def _yardstick(cell: Cell, history: History) -> tuple[int, int, Yardstick]:
    if history.year_before is not None and history.year_before.get(cell, 0) > 0:
        return history.year_before[cell], FAR, Yardstick.YEAR_BEFORE
    return _middle(cell, history.peers), FAR_FROM_PEERS, Yardstick.PEERS


def _middle(cell: Cell, peers: Sequence[Figures]) -> int:
    """0 for fewer than three peers: too few to say what is usual."""
    known = sorted(peer[cell] for peer in peers if cell in peer)
    return known[len(known) // 2] if len(known) > 2 else 0


def _within(times: int, one: int, other: int) -> bool:
    return one < other * times and other < one * times


def _suggestion(before: int, now: int, times: int = FAR) -> int | None:
    """The figure a thousand times larger or smaller, when that is about what was to be expected."""
    if now < before:
        meant = now * SLIP
    elif now % SLIP == 0:
        meant = now // SLIP
    else:
        return None
    return meant if _within(NEAR if times == FAR else FAR, before, meant) else None


def _mismatch(form: Form, figures: Figures, typed: TypedPercent) -> PercentMismatch | None:
    measures = (typed.measure,) if typed.measure else tuple(Measure)
    rate = form.rate_of(typed.indicator)
    if rate is None:
        return PercentMismatch(typed, measures[0], None, 0, 0)
    found = [_compared(figures, rate, measure, typed) for measure in measures]
    if any(one.computed is not None and _rounds_to(one.computed, typed) for one in found):
        return None
    return min(found, key=lambda one: (one.computed is None, abs((one.computed or 0) - typed.value)))


def _compared(figures: Figures, rate: Rate, measure: Measure, typed: TypedPercent) -> PercentMismatch:
    numerator = figures.get(Cell(rate.numerator, measure), 0)
    denominator = figures.get(Cell(rate.denominator, measure), 0)
    return PercentMismatch(typed, measure, figures.rate(rate, measure), numerator, denominator)


def _rounds_to(computed: Fraction, typed: TypedPercent) -> bool:
    """Half up, to as many decimals of a percent as were typed."""
    decimals = re.search(r"\d[.,](\d+)", typed.text)
    unit = 100 * 10 ** (len(decimals[1]) if decimals else 0)
    return Fraction(floor(computed * unit + Fraction(1, 2)), unit) == typed.value
