"""Forms: the indicators, relations and rates in force from a date, read from a TOML file."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Literal, NamedTuple, cast

from bot.domain.folding import fold
from bot.domain.record import Record
from bot.errors import BadForm


class Measure(StrEnum):
    """`cases` is về việc, counted in việc; `money` is về tiền, in whole đồng."""

    CASES = "cases"
    MONEY = "money"


class Cell(NamedTuple):
    """One figure of a form."""

    indicator: str
    measure: Measure

    @property
    def name(self) -> str:
        return f"{self.indicator}.{self.measure.value}"


def cell_named(name: str) -> Cell:
    """The cell of a name such as `received.cases`; ValueError when it is none."""
    indicator, _, measure = name.rpartition(".")
    if not indicator:
        raise ValueError(name)
    return Cell(indicator, Measure(measure))


@dataclass(frozen=True, slots=True)
class Indicator:
    """`name` and `short` are Vietnamese in the middle of a sentence; `aliases` are other ways people type it.

    `non_decreasing`: cumulative, so it should not fall within a reporting year."""

    key: str
    name: str
    short: str
    en: str
    aliases: tuple[str, ...] = ()
    measures: tuple[Measure, ...] = (Measure.CASES, Measure.MONEY)
    non_decreasing: bool = False

    @property
    def cells(self) -> tuple[Cell, ...]:
        return tuple(Cell(self.key, measure) for measure in self.measures)


@dataclass(frozen=True, slots=True)
class Term:
    indicator: str
    sign: Literal[1, -1] = 1


RelationKind = Literal["equal", "at_most"]


@dataclass(frozen=True, slots=True)
class Relation:
    """left = right, or left ≤ right, for each of `measures`; a term whose indicator lacks the measure counts for 0."""

    kind: RelationKind
    left: tuple[Term, ...]
    right: tuple[Term, ...]
    measures: tuple[Measure, ...] = (Measure.CASES, Measure.MONEY)


@dataclass(frozen=True, slots=True)
class Rate:
    """numerator / denominator, both indicators; `verb` is the Vietnamese word before the percentage."""

    key: str
    name: str
    en: str
    numerator: str
    denominator: str
    verb: str = "đạt"


@dataclass(frozen=True, slots=True)
class Form:
    """`paragraph` is the official summary sentence, its blanks filled by bot.domain.paragraph."""

    key: str
    name: str
    en: str
    valid_from: date
    indicators: tuple[Indicator, ...]
    relations: tuple[Relation, ...] = ()
    rates: tuple[Rate, ...] = ()
    paragraph: str = ""
    #: Form order: indicator by indicator, việc before tiền.
    cells: tuple[Cell, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "cells", tuple(cell for indicator in self.indicators for cell in indicator.cells))

    def indicator(self, key: str) -> Indicator:
        """KeyError when the form has none of that key."""
        return {indicator.key: indicator for indicator in self.indicators}[key]

    def rate(self, key: str) -> Rate:
        """KeyError when the form has none of that key."""
        return {rate.key: rate for rate in self.rates}[key]

    def rate_of(self, indicator: str) -> Rate | None:
        """The rate that a percentage written after this indicator means."""
        return next((rate for rate in self.rates if rate.numerator == indicator), None)


def parse_form(text: str) -> Form:
    """The form written in a TOML text; BadForm lists every fault."""
    faults: list[str] = []
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise BadForm((f"not TOML: {error}",)) from error
    form = _form(Record("form", data, faults))
    faults += _contradictions(form)
    if faults:
        raise BadForm(tuple(faults))
    return form


def _form(record: Record) -> Form:
    form = Form(
        key=record.text("key"),
        name=record.text("name"),
        en=record.text("en"),
        valid_from=record.day("valid_from"),
        indicators=tuple(_indicator(row) for row in record.tables("indicator")),
        relations=tuple(_relation(row) for row in record.tables("relation")),
        rates=tuple(_rate(row) for row in record.tables("rate")),
        paragraph=record.text("paragraph", ""),
    )
    record.end()
    return form


def _indicator(row: Record) -> Indicator:
    indicator = Indicator(
        key=row.text("key"),
        name=row.text("name"),
        short=row.text("short"),
        en=row.text("en"),
        aliases=row.texts("aliases", ()),
        measures=_measures(row),
        non_decreasing=row.flag("non_decreasing", False),
    )
    row.end()
    return indicator


def _measures(row: Record) -> tuple[Measure, ...]:
    names = row.texts("measures", tuple(Measure))
    unknown = [name for name in names if name not in set(Measure)]
    if unknown or not names:
        row.fault(f"measures must be some of {', '.join(Measure)}")
    return tuple(measure for measure in Measure if measure in names)


def _relation(row: Record) -> Relation:
    kind = row.text("kind")
    if kind not in ("equal", "at_most"):
        row.fault("kind must be equal or at_most")
    relation = Relation(cast(RelationKind, kind), _terms(row, "left"), _terms(row, "right"), _measures(row))
    row.end()
    return relation


def _terms(row: Record, side: str) -> tuple[Term, ...]:
    written = row.texts(side)
    if not written:
        row.fault(f"{side} is empty")
    return tuple(Term(term.lstrip("+- "), -1 if term.startswith("-") else 1) for term in written)


def _rate(row: Record) -> Rate:
    rate = Rate(
        key=row.text("key"),
        name=row.text("name"),
        en=row.text("en"),
        numerator=row.text("numerator"),
        denominator=row.text("denominator"),
        verb=row.text("verb", "đạt"),
    )
    row.end()
    return rate


def _contradictions(form: Form) -> list[str]:
    if not form.indicators:
        return ["form: no indicators"]
    return [*_twice(form), *_unknown(form), *_idle(form)]


def _twice(form: Form) -> list[str]:
    faults = []
    for what, keys in (("indicator", [one.key for one in form.indicators]), ("rate", [one.key for one in form.rates])):
        faults += [f"{what} {key}: key used twice" for key in sorted({key for key in keys if keys.count(key) > 1})]
    owners: dict[str, str] = {}
    for indicator in form.indicators:
        for word in {fold(word) for word in (indicator.name, indicator.short, *indicator.aliases)}:
            owner = owners.setdefault(word, indicator.key)
            if owner != indicator.key:
                faults.append(f"indicator {indicator.key}: “{word}” already means {owner}")
    return faults


def _unknown(form: Form) -> list[str]:
    known = {indicator.key for indicator in form.indicators}
    named = [
        (f"relation {n}", term.indicator) for n, one in enumerate(form.relations, 1) for term in one.left + one.right
    ]
    named += [(f"rate {rate.key}", key) for rate in form.rates for key in (rate.numerator, rate.denominator)]
    return [f"{where}: no indicator {key}" for where, key in named if key not in known]


def _idle(form: Form) -> list[str]:
    """Relations that say nothing about a measure they claim to hold for."""
    cells = set(form.cells)
    return [
        f"relation {number}: no {measure.value} on one side"
        for number, relation in enumerate(form.relations, 1)
        for measure in relation.measures
        for side in (relation.left, relation.right)
        if not any(Cell(term.indicator, measure) in cells for term in side)
    ]
