"""The days that an office sets by hand: off, worked in exchange, or as the public calendar has them again."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from bot.domain.calendar import SATURDAY, Calendar, DeadlineRule, deadline, on_working_day
from bot.domain.period import Period, next_period
from bot.domain.span import Days, Span

MOST = 31  # days at once
YEARS_BACK, YEARS_AHEAD = 1, 5


class Kind(StrEnum):
    OFF = "day_off"
    WORKED = "working_saturday"
    DROPPED = "dropped"


class Fault(StrEnum):
    """Why a day cannot be set so."""

    OFF_ALREADY = "off_already"
    WORKED_ALREADY = "worked_already"
    NO_SATURDAY = "no_saturday"
    NOT_SET = "not_set"


_WORDS = (
    (Kind.DROPPED, ("bo", "xoa", "huy")),
    (Kind.WORKED, ("bu", "di lam", "lam viec")),
    (Kind.OFF, ("nghi",)),
)
_AROUND = frozenset("ngay lam bu di viec nghi bo xoa huy va cac thu bay dat them la cho".split())  # noqa: SIM905


def kind_of(days: Days) -> Kind | None:
    """What the words around the days ask for; None for none of it, or for words besides.

    >>> from bot.domain.span import read_days
    >>> said = ("nghỉ 02/01", "đi làm bù thứ Bảy 10/01", "bỏ 2/1", "2/1")
    >>> [kind_of(read_days(text, date(2025, 12, 1))) for text in said]
    [<Kind.OFF: 'day_off'>, <Kind.WORKED: 'working_saturday'>, <Kind.DROPPED: 'dropped'>, None]
    """
    if not {*days.rest} <= _AROUND:
        return None
    said = " ".join(days.rest)
    return next((kind for kind, words in _WORDS if any(f" {word} " in f" {said} " for word in words)), None)


def settable(today: date) -> Span:
    """The days that may be set: last year's, for what was forgotten, to those five years ahead."""
    return Span(date(today.year - YEARS_BACK, 1, 1), date(today.year + YEARS_AHEAD, 12, 31))


def within(spans: Iterable[Span], bounds: Span) -> bool:
    first = bounds.first or bounds.last
    return all(first <= (one.first or one.last) and one.last <= bounds.last for one in spans)


def fault(calendar: Calendar, kind: Kind, day: date) -> Fault | None:
    set_here = day in calendar.days_off or day in calendar.working_saturdays
    if kind is Kind.DROPPED:
        return None if set_here else Fault.NOT_SET
    if kind is Kind.OFF:
        return None if calendar.is_working(day) else Fault.OFF_ALREADY
    if day.weekday() != SATURDAY:
        return Fault.NO_SATURDAY
    return Fault.WORKED_ALREADY if calendar.is_working(day) else None


def overridden(calendar: Calendar, kind: Kind, days: Iterable[date]) -> Calendar:
    """The calendar with these days set so; a day is off or worked, never both."""
    named = frozenset(days)
    off, worked = calendar.days_off - named, calendar.working_saturdays - named
    if kind is Kind.OFF:
        return replace(calendar, days_off=off | named, working_saturdays=worked)
    return Calendar(off, worked | named if kind is Kind.WORKED else worked)


def set_as(calendar: Calendar, day: date) -> str:
    """How a day is set by hand, empty when it is not."""
    if day in calendar.days_off:
        return Kind.OFF.value
    return Kind.WORKED.value if day in calendar.working_saturdays else ""


@dataclass(frozen=True, slots=True)
class Change:
    """The days that would change, and those that cannot be set so, with why."""

    kind: Kind
    days: tuple[date, ...]
    faults: tuple[tuple[date, Fault], ...] = ()


def change(calendar: Calendar, kind: Kind, spans: Iterable[Span]) -> Change:
    """In a span of several days those that need no change are passed over, unless nothing would be left of it."""
    days: list[date] = []
    faults: list[tuple[date, Fault]] = []
    for span in spans:
        found = {day: fault(calendar, kind, day) for day in span.days()}
        days += [day for day, why in found.items() if why is None]
        if None not in found.values():
            faults += [(day, why) for day, why in found.items() if why]
    return Change(kind, tuple(dict.fromkeys(days)), tuple(faults))


@dataclass(frozen=True, slots=True)
class Moved:
    """A deadline (aware) before and after the calendar has changed; `given`: one that somebody was given."""

    period: Period
    old: datetime
    new: datetime
    given: bool = False


def moved_deadlines(old: Calendar, new: Calendar, rule: DeadlineRule, first: Period, last: Period) -> list[Moved]:
    """Of the periods from `first` to `last`, those whose deadline the change moves."""
    found = []
    while first <= last:
        one = Moved(first, deadline(first.end, rule, old), deadline(first.end, rule, new))
        found += [one] if one.old != one.new else []
        first = next_period(first)
    return found


def moved_extensions(old: Calendar, new: Calendar, period: Period, given: Iterable[datetime]) -> list[Moved]:
    """Of the deadlines that were given for a period, those that the change moves."""
    both = ((on_working_day(at, old), on_working_day(at, new)) for at in sorted({*given}))
    return [Moved(period, before, after, given=True) for before, after in both if before != after]
