"""The days of a year that are not what their weekday says: off all the same, or worked all the same."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache

from bot.domain.calendar import SATURDAY, Calendar

_DAY = timedelta(days=1)


class Holiday(StrEnum):
    NEW_YEAR = "new_year"
    TET = "tet"
    HUNG_KINGS = "hung_kings"
    LIBERATION = "liberation"
    LABOUR = "labour"
    NATIONAL = "national"
    CULTURE = "culture"


#: From a day to a day of the year (month, day): days off then are those of that holiday, what is made up for included.
_SEASONS = (
    ((1, 1), (1, 4), Holiday.NEW_YEAR),
    ((1, 15), (2, 28), Holiday.TET),
    ((4, 30), (4, 30), Holiday.LIBERATION),
    ((5, 1), (5, 4), Holiday.LABOUR),
    ((8, 30), (9, 5), Holiday.NATIONAL),
    ((11, 24), (11, 26), Holiday.CULTURE),
)
_FIXED = {(1, 1), (4, 30), (5, 1), (9, 2)}
_CULTURE_DAY, _SINCE = (11, 24), 2026
_SPRING = ((3, 28), (4, 29))  # where the tenth of the third lunar month falls


@dataclass(frozen=True, slots=True)
class Special:
    """Days in a row, both ends inclusive, all off or all worked; `ours`: set by hand, not by the public calendar."""

    first: date
    last: date
    works: bool
    ours: bool
    holidays: tuple[Holiday, ...] = ()


def special_days(calendar: Calendar, first: date, last: date) -> list[Special]:
    """From `first` to `last`, in their order; days off are one with those that only a weekend parts from them."""
    found: list[Special] = []
    for one in _each(calendar, first, last):
        before = found[-1] if found else None
        if before and (before.works, before.ours) == (one.works, one.ours) and _joined(calendar, before, one):
            kinds = dict.fromkeys((*before.holidays, *one.holidays))
            found[-1] = replace(before, last=one.last, holidays=tuple(kinds))
        else:
            found.append(one)
    return found


def _joined(calendar: Calendar, one: Special, other: Special) -> bool:
    if other.first - one.last == _DAY:
        return True
    between = [one.last + _DAY * n for n in range(1, (other.first - one.last).days)]
    return not one.works and len(between) <= 2 and not any(calendar.is_working(day) for day in between)


def _each(calendar: Calendar, first: date, last: date) -> Iterator[Special]:
    for day in (first + _DAY * n for n in range((last - first).days + 1)):
        works, ours = calendar.is_working(day), day in calendar.days_off or day in calendar.working_saturdays
        if ours or works == (day.weekday() >= SATURDAY) or (_fixed(day) and not works):
            kind = None if works or ours else _holiday(day)
            yield Special(day, day, works, ours, (kind,) if kind else ())


def _fixed(day: date) -> bool:
    """Whether it is a holiday on whatever day of the week it falls."""
    if day in _hung_kings(day.year):
        return True
    return (day.month, day.day) in _FIXED or (day.year >= _SINCE and (day.month, day.day) == _CULTURE_DAY)


def _holiday(day: date) -> Holiday | None:
    if day in _hung_kings(day.year):
        return Holiday.HUNG_KINGS
    at = (day.month, day.day)
    return next((kind for begin, end, kind in _SEASONS if begin <= at <= end), None)


@lru_cache(maxsize=64)
def _hung_kings(year: int) -> frozenset[date]:
    """The first working day that is off in spring: the day itself, or the Monday after it. Without any it is the day
    before 30/4, and made up for after that one (2023)."""
    begin, end = (date(year, *at) for at in _SPRING)
    spring = (begin + _DAY * n for n in range((end - begin).days + 1))
    first = next((day for day in spring if day.weekday() < SATURDAY and not Calendar().is_working(day)), end)
    return frozenset({first} if not Calendar().is_working(first) else ())
