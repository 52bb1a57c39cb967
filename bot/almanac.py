"""A reporting year as an operator prints it: its twelve deadlines, the days off, the days worked in exchange."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from bot.domain.calendar import Calendar, DeadlineRule, deadline, local_day
from bot.domain.organisation import Organisation
from bot.domain.period import LAST_MONTH, Period, next_period
from bot.domain.special import Special, special_days
from bot.holiday import holiday_names
from bot.i18n import speaking
from bot.ports import Desk
from bot.setup import stored

_AFTER = timedelta(days=31)  # past the year's end: where its last deadline is counted


async def almanac(desk: Desk, year: int | None, now: datetime) -> list[str]:
    """The lines of that reporting year, of the one that we are in when none is given. Raises Refused."""
    organisation, calendar = await stored(desk), await desk.offices.calendar()
    period = Period(year or _this_year(local_day(now)), 1)
    special = special_days(calendar, period.start, Period(period.year, LAST_MONTH).end + _AFTER)
    return [
        *_deadlines(organisation, calendar, period),
        *_listed("Days off", [one for one in special if not one.works]),
        *_listed("Worked in exchange", [one for one in special if one.works]),
    ]


def _this_year(today: date) -> int:
    return Period.of_calendar(today.year, today.month).year


def _deadlines(organisation: Organisation, calendar: Calendar, period: Period) -> Iterator[str]:
    last = Period(period.year, LAST_MONTH)
    office, province = organisation.deadline, organisation.province_deadline
    yield f"Reporting year {period.year}, {period.start} to {last.end}"
    yield f"{'period':8}{'ends':16}{_within('offices', office):32}{_within('province', province)}"
    while period <= last:
        due, above = deadline(period.end, office, calendar), deadline(period.end, province, calendar)
        yield f"{period.month:<8}{period.end:%a %Y-%m-%d}  {due:%a %Y-%m-%d %H:%M}            {above:%a %Y-%m-%d %H:%M}"
        period = next_period(period)


def _within(whose: str, rule: DeadlineRule) -> str:
    return f"{whose}, {rule.working_days} working day{'s' if rule.working_days > 1 else ''}"


def _listed(head: str, special: list[Special]) -> Iterator[str]:
    yield f"{head}:" if special else f"{head}: none"
    for one in special:
        with speaking("en"):  # as everything on the command line
            names = holiday_names(one)
        days = f"{one.first:%a %Y-%m-%d}" + (f" to {one.last:%a %Y-%m-%d}" if one.last > one.first else "")
        yield f"  {days:34}{'set by hand' if one.ours else names}".rstrip()
