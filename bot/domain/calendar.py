"""Working days in Việt Nam, and the deadlines that are counted in them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from bot.domain.days_off import DAYS_OFF

TIMEZONE = ZoneInfo("Asia/Ho_Chi_Minh")


def local_day(instant: datetime) -> date:
    """The day it is in the offices at that instant (aware)."""
    return instant.astimezone(TIMEZONE).date()


SATURDAY = 5
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Calendar:
    """`days_off` and `working_saturdays` win over what the package `holidays` knows."""

    days_off: frozenset[date] = frozenset()
    working_saturdays: frozenset[date] = frozenset()

    def is_working(self, day: date) -> bool:
        if day in self.days_off or day in self.working_saturdays:
            return day not in self.days_off
        off, swapped = _known(day.year)
        return day not in off and (day.weekday() < SATURDAY or day in swapped)

    def add_working_days(self, day: date, n: int) -> date:
        """The n-th working day after `day`, or before it when n is negative; `day` itself for 0."""
        step = _DAY if n > 0 else -_DAY
        for _ in range(abs(n)):
            day += step
            while not self.is_working(day):
                day += step
        return day


def on_working_day(at: datetime, calendar: Calendar) -> datetime:
    """That instant, or the same hour of the next working day: what a day off since has made of a deadline."""
    day = local_day(at)
    if calendar.is_working(day):
        return at
    return datetime.combine(calendar.add_working_days(day, 1), at.astimezone(TIMEZONE).time(), TIMEZONE)


@lru_cache(maxsize=64)
def _known(year: int) -> tuple[frozenset[date], frozenset[date]]:
    """Public holidays with their compensatory days, and the weekend days worked in exchange."""
    written = DAYS_OFF.get(year)
    if written is not None:
        off, _, worked = written.partition("|")
        return _days(year, off), _days(year, worked)
    from holidays.countries.vietnam import Vietnam  # 12 MB and a tenth of a second: only for far years

    vietnam = Vietnam(years=year)  # type: ignore[no-untyped-call]
    return frozenset(vietnam), frozenset(vietnam.weekend_workdays)


def _days(year: int, written: str) -> frozenset[date]:
    return frozenset(date(year, int(day[:2]), int(day[2:])) for day in written.split())


@dataclass(frozen=True, slots=True)
class DeadlineRule:
    """TT 06/2019/TT-BTP: an office reports within 2 working days after the period ends, a province within 4.

    The hour is a custom, not law. ValueError for less than one working day."""

    working_days: int = 2
    cutoff: time = time(17)

    def __post_init__(self) -> None:
        if self.working_days < 1:
            raise ValueError(self.working_days)


def deadline(period_end: date, rule: DeadlineRule, calendar: Calendar) -> datetime:
    """The last minute, aware, in TIMEZONE."""
    day = calendar.add_working_days(period_end, rule.working_days)
    return datetime.combine(day, rule.cutoff, TIMEZONE)
