"""The days of a year that are not what their weekday says: off all the same, or worked all the same."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache

from bot.domain.calendar import SATURDAY, Calendar

_DAY = timedelta(days=1)
_LANGUAGES = {"en": "en_US"}  # as the package calls them


@dataclass(frozen=True, slots=True)
class Special:
    """Days in a row, both ends inclusive, all off or all worked; `ours`: set by hand, not by the public calendar."""

    first: date
    last: date
    works: bool
    ours: bool
    names: tuple[str, ...] = ()


def special_days(calendar: Calendar, first: date, last: date, language: str = "vi") -> list[Special]:
    """From `first` to `last`, in their order. A holiday on a day that nobody works anyway is one, too."""
    found: list[Special] = []
    for one in _each(calendar, first, last, language):
        before = found[-1] if found else None
        if before and before.last + _DAY == one.first and (before.works, before.ours) == (one.works, one.ours):
            found[-1] = replace(before, last=one.last, names=_fewest((*before.names, *one.names)))
        else:
            found.append(one)
    return found


def _each(calendar: Calendar, first: date, last: date, language: str) -> Iterator[Special]:
    for day in (first + _DAY * n for n in range((last - first).days + 1)):
        works, ours = calendar.is_working(day), day in calendar.days_off or day in calendar.working_saturdays
        name = _names(day.year, language).get(day, "")
        if ours or works == (day.weekday() >= SATURDAY) or (name and not works):
            yield Special(day, day, works, ours, (name,) if name and not works else ())


def _fewest(names: tuple[str, ...]) -> tuple[str, ...]:
    """Each once, and none that only says another more closely: "Mùng hai Tết Nguyên Đán"."""
    each = tuple(dict.fromkeys(names))
    return tuple(one for one in each if not any(other != one and other in one for other in each))


@lru_cache(maxsize=16)
def _names(year: int, language: str) -> dict[date, str]:
    from holidays.countries.vietnam import Vietnam  # as in calendar.py: not at program start

    return dict(Vietnam(years=year, language=_LANGUAGES.get(language, language)))  # type: ignore[no-untyped-call]
