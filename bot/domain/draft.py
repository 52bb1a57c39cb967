"""A filing not yet confirmed: what has been understood so far, and what is still to be asked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from fractions import Fraction
from typing import Any

from bot.domain.figures import Figures
from bot.domain.form import Cell, Form, Measure
from bot.domain.message import Filing, TypedPercent
from bot.domain.period import Period
from bot.domain.reading import Ambiguous, Exact, Reading


@dataclass(frozen=True, slots=True)
class Doubt:
    """A cell whose text can be read as several numbers; the person says which."""

    cell: Cell
    readings: tuple[int, ...]
    text: str


@dataclass(frozen=True, slots=True)
class BadCell:
    """A cell whose text is no figure: approximate, negative, a fraction of a case, not a number."""

    cell: Cell
    reading: Reading


@dataclass(frozen=True, slots=True)
class Conflict:
    """A cell given twice in one message with different numbers."""

    cell: Cell
    readings: tuple[Reading, ...]


@dataclass(frozen=True, slots=True)
class WrongCount:
    """Numbers without names, and not as many as the form has cells: none of them can be placed."""

    found: int
    needed: int


@dataclass(frozen=True, slots=True)
class Crossed:
    """Every number may belong to the name before it or to the one after it."""


@dataclass(frozen=True, slots=True)
class Draft:
    """`no` names this state of the draft: a button of an older card carries an older number. `sent_at` is when the
    figures were last sent. `stepped` are the cells filled by being asked, in that order, so that one can go back;
    `editing` is the cell being asked again, its old value kept until there is a new one. `asides` are the words that
    were understood as no figure of this form: dates, ranks, last year's figures. `nil`: nothing new, said in so many
    words; `reason` is the one given for what was warned of; both go when a figure changes. `seen` is the last revision
    that was stored when its card was shown, 0 for none, None while it has not been shown. `shown`: a card shows it just
    as it is; no word files a draft that was only refused or asked about."""

    no: int
    sent_at: datetime
    office: str = ""
    period: Period | None = None
    other_period: Period | None = None
    cells: Mapping[Cell, int] | None = None
    doubts: tuple[Doubt, ...] = ()
    percents: tuple[TypedPercent, ...] = ()
    stepped: tuple[Cell, ...] = ()
    editing: Cell | None = None
    asides: tuple[str, ...] = ()
    text: str = ""
    reason: str = ""
    nil: bool = False
    seen: int | None = None
    shown: bool = False

    @property
    def values(self) -> Mapping[Cell, int]:
        return self.cells or {}

    def missing(self, form: Form) -> tuple[Cell, ...]:
        doubtful = {doubt.cell for doubt in self.doubts}
        return tuple(cell for cell in form.cells if cell not in self.values and cell not in doubtful)

    def figures(self) -> Figures:
        return Figures(self.values)

    def with_cell(self, cell: Cell, value: int, stepped: bool = False) -> Draft:
        """The draft with that cell set; a doubt about it is settled."""
        return replace(
            self,
            cells={**self.values, cell: value},
            doubts=tuple(doubt for doubt in self.doubts if doubt.cell != cell),
            stepped=(*self.stepped, cell) if stepped and cell not in self.stepped else self.stepped,
            editing=None,
            reason="",
            nil=False,
        )

    def without(self, cell: Cell) -> Draft:
        """The draft with that cell open again."""
        return replace(
            self,
            cells={key: value for key, value in self.values.items() if key != cell},
            stepped=tuple(one for one in self.stepped if one != cell),
        )

    def one_back(self) -> Draft:
        """Leave the cell being edited, or in doubt, as it was; else open the last that was filled by being asked."""
        if self.editing:
            return replace(self, editing=None)
        if self.doubts:  # it stands before the eyes: its figure is asked anew
            return replace(self, doubts=self.doubts[1:])
        return self.without(self.stepped[-1]) if self.stepped else self

    def asked(self, form: Form) -> Cell | None:
        """The cell that is to be asked next, None when nothing is open."""
        if self.editing:
            return self.editing
        if self.doubts:
            return self.doubts[0].cell
        return next(iter(self.missing(form)), None)


def answered(draft: Draft, cell: Cell, reading: Reading, stepped: bool = True) -> tuple[Draft, tuple[BadCell, ...]]:
    """The draft with what was read for one cell: its value, a doubt, or nothing and what is bad about it."""
    if isinstance(reading, Exact):
        return draft.with_cell(cell, reading.value, stepped), ()
    if isinstance(reading, Ambiguous):
        doubts = (*(one for one in draft.doubts if one.cell != cell), Doubt(cell, reading.readings, reading.text))
        return replace(draft.without(cell), doubts=doubts), ()
    return draft.without(cell), (BadCell(cell, reading),)


def merged(draft: Draft, filing: Filing) -> tuple[Draft, tuple[BadCell | Conflict, ...]]:
    """The draft with all that a message says for certain, and the cells it says badly (those stay open)."""
    bad: list[BadCell | Conflict] = [Conflict(cell, readings) for cell, readings in filing.conflicts]
    for cell, reading in filing.cells.items():
        draft, found = answered(draft, cell, reading, stepped=False)
        bad += found
    for conflict in filing.conflicts:
        draft = draft.without(conflict[0])
    asides = tuple(dict.fromkeys((*draft.asides, *filing.asides)))
    return replace(draft, percents=filing.percents or draft.percents, asides=asides), tuple(bad)


def to_json(draft: Draft) -> dict[str, Any]:
    """What JSON can hold; integers stay exact, a percentage is numerator and denominator."""
    return {
        "no": draft.no,
        "sent_at": draft.sent_at.isoformat(),
        "office": draft.office,
        "period": _period_json(draft.period),
        "other_period": _period_json(draft.other_period),
        "cells": draft.figures().to_json(),
        "doubts": [[*doubt.cell, list(doubt.readings), doubt.text] for doubt in draft.doubts],
        "percents": [
            [one.indicator, one.measure, one.value.numerator, one.value.denominator, one.text] for one in draft.percents
        ],
        "stepped": [list(cell) for cell in draft.stepped],
        "editing": list(draft.editing) if draft.editing else None,
        "asides": list(draft.asides),
        "text": draft.text,
        "reason": draft.reason,
        "nil": draft.nil,
        "seen": draft.seen,
        "shown": draft.shown,
    }


def from_json(state: Mapping[str, Any]) -> Draft:
    """Inverse of to_json."""
    return Draft(
        no=state["no"],
        sent_at=datetime.fromisoformat(state["sent_at"]),
        office=state["office"],
        period=_period(state["period"]),
        other_period=_period(state["other_period"]),
        cells=dict(Figures.from_json(state["cells"]).items()),
        doubts=tuple(Doubt(_cell((i, m)), tuple(readings), text) for i, m, readings, text in state["doubts"]),
        percents=tuple(
            TypedPercent(i, Measure(m) if m else None, Fraction(n, d), text) for i, m, n, d, text in state["percents"]
        ),
        stepped=tuple(_cell(pair) for pair in state["stepped"]),
        editing=_cell(state["editing"]) if state["editing"] else None,
        asides=tuple(state["asides"]),
        text=state["text"],
        reason=state["reason"],
        nil=state["nil"],
        seen=state.get("seen"),
        shown=state.get("shown", False),
    )


def _cell(pair: Sequence[str]) -> Cell:
    return Cell(pair[0], Measure(pair[1]))


def _period_json(period: Period | None) -> list[int] | None:
    return [period.year, period.month] if period else None


def _period(pair: list[int] | None) -> Period | None:
    return Period(*pair) if pair else None
