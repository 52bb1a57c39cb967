"""When people are reminded: a ladder counted from the deadline, never at night, never on a day off."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from functools import lru_cache

from bot.domain.calendar import TIMEZONE, Calendar
from bot.domain.period import Period
from bot.domain.report import Report

OPENS, CLOSES = time(7), time(21)
MORNING = time(8)
NUDGE_EVERY = timedelta(hours=1)
DOWNTIME = timedelta(days=7)
_DAY = timedelta(days=1)


class Rung(StrEnum):
    OPENED = "opened"
    EVE = "eve"
    MORNING = "morning"
    TWO_HOURS = "two_hours"
    OVERDUE_1 = "overdue_1"
    OVERDUE_2 = "overdue_2"
    OVERDUE_3 = "overdue_3"
    PROMISE = "promise"  # the moment that was promised has come
    LIST_BEFORE = "list_before"  # from here on: told to those who lead
    LIST_AT_DEADLINE = "list_at_deadline"
    HEAD_ONLY = "head_only"
    BROKEN = "broken"
    NUDGE = "nudge"  # somebody has asked for it


@dataclass(frozen=True, slots=True)
class Step:
    """A rung `days` working days from the deadline's day (or from the period's end): at `hour`, or `before` it."""

    rung: Rung
    days: int = 0
    hour: time = MORNING
    before: timedelta | None = None
    from_end: bool = False


TWO_HOURS = timedelta(hours=2)

#: For those who still have to file.
LADDER = (
    Step(Rung.OPENED, 1, from_end=True),
    Step(Rung.EVE, -1),
    Step(Rung.MORNING),
    Step(Rung.TWO_HOURS, before=TWO_HOURS),
    Step(Rung.OVERDUE_1, 1),
    Step(Rung.OVERDUE_2, 2),
    Step(Rung.OVERDUE_3, 3),
)
#: For those who lead, while somebody is missing; the last one goes to the head alone.
LISTS = (
    Step(Rung.LIST_BEFORE, before=TWO_HOURS),
    Step(Rung.LIST_AT_DEADLINE, before=timedelta(0)),
    Step(Rung.HEAD_ONLY, 4),
)
LISTED = tuple(step.rung for step in LISTS)


@dataclass(frozen=True, slots=True)
class Timed:
    """A rung and its instant (aware)."""

    rung: Rung
    at: datetime


@dataclass(frozen=True, slots=True)
class Reminder:
    """One rung that one person was sent: `unit` is the office that owes, or the cluster whose list it was.

    `at` is the rung's own instant; of one person, unit, form, period, rung and instant there is at most one."""

    person: int
    unit: str
    form: str
    period: Period
    rung: Rung
    at: datetime


@dataclass(frozen=True, slots=True)
class Promise:
    """Somebody said that an office would file by `until`; one until the moment at which it was made takes back."""

    office: str
    form: str
    period: Period
    person: int
    until: datetime
    made_at: datetime | None = field(default=None, compare=False)


def standing(made: Iterable[Promise], able: Mapping[str, Collection[int]]) -> dict[str, Promise]:
    """By office, the promise made last by somebody who may file for it still: it ends with the role."""
    last = {one.office: one for one in made if one.person in able.get(one.office, ())}
    return {office: one for office, one in last.items() if one.until != one.made_at}


def kept(promise: Promise, report: Report | None) -> bool:
    """Whether the office filed between the promise and its moment, even if it has withdrawn that since."""
    made, until = promise.made_at, promise.until
    filed = [one for one in report.revisions if not one.withdrawn] if report and made else ()
    return any(made is not None and made < one.stored_at and one.sent_at <= until for one in filed)


@lru_cache(maxsize=64)
def timetable(ladder: tuple[Step, ...], period_end: date, deadline: datetime, calendar: Calendar) -> tuple[Timed, ...]:
    """The ladder of one deadline in the order of time; what would fall into the night or on a day off waits."""
    timed = [Timed(step.rung, in_hours(_instant(step, period_end, deadline, calendar), calendar)) for step in ladder]
    return tuple(sorted(timed, key=lambda one: one.at))


def lingers(deadline: datetime, calendar: Calendar, now: datetime) -> bool:
    """Whether the rungs of a deadline may still have to be climbed: until the last of them, and a week for downtime."""
    last = max(step.days for step in (*LADDER, *LISTS))
    day = calendar.add_working_days(deadline.astimezone(TIMEZONE).date(), last)
    return now < datetime.combine(day, MORNING, TIMEZONE) + DOWNTIME


def _instant(step: Step, period_end: date, deadline: datetime, calendar: Calendar) -> datetime:
    if step.before is not None:
        return deadline - step.before
    day = period_end if step.from_end else deadline.astimezone(TIMEZONE).date()
    return datetime.combine(calendar.add_working_days(day, step.days), step.hour, TIMEZONE)


def in_hours(instant: datetime, calendar: Calendar) -> datetime:
    """That instant, or the next one at which people may be written to."""
    local = instant.astimezone(TIMEZONE)
    day = local.date()
    if calendar.is_working(day) and local.time() < CLOSES:
        return max(local, datetime.combine(day, OPENS, TIMEZONE))
    return datetime.combine(calendar.add_working_days(day, 1), OPENS, TIMEZONE)


def may_fall(at: datetime, calendar: Calendar) -> bool:
    """Whether a deadline or a promise may lie there: in office hours, their last moment included."""
    local = at.astimezone(TIMEZONE)
    return may_write(at, calendar) or (local.time() == CLOSES and calendar.is_working(local.date()))


def may_write(now: datetime, calendar: Calendar) -> bool:
    """Whether it is office hours: 07:00–21:00 of a working day."""
    return in_hours(now, calendar) == now


def due(
    table: Sequence[Timed],
    calendar: Calendar,
    now: datetime,
    *,
    filed: bool,
    through: datetime | None = None,
    since: datetime | None = None,
    promise: datetime | None = None,
) -> Timed | None:
    """The one reminder to send now: the latest rung that has come; missed ones collapse into it.

    `through` is the instant of the latest rung sent already: nothing up to it is sent again, whatever the clock does.
    `since` is when this person took on the duty: earlier rungs were meant for others. `promise`, the moment at which
    somebody said they would file, silences the ladder; when it has passed, it is reminded of once."""
    if filed or not may_write(now, calendar) or (promise and promise > now):
        return None
    come = [one for one in table if one.at <= now and (since is None or since < one.at)]
    latest = come[-1] if come else None
    if promise and (through is None or through < promise):
        return Timed(Rung.PROMISE, max(promise, latest.at) if latest else promise)
    return latest if latest and (through is None or through < latest.at) else None


def latest_promise(deadline: datetime, calendar: Calendar, now: datetime) -> datetime:
    """Until when one may promise to file: the deadline; when that has passed, the end of the next working day."""
    if now < deadline:
        return deadline
    day = calendar.add_working_days(now.astimezone(TIMEZONE).date(), 1)
    return datetime.combine(day, CLOSES, TIMEZONE)


def suggested_promise(last: datetime, calendar: Calendar, now: datetime) -> datetime | None:
    """A moment worth offering before the last: 16:00, an hour before it, else 09:00 the next working day."""
    local, hour = now.astimezone(TIMEZONE), timedelta(hours=1)
    before = (last.astimezone(TIMEZONE) - hour).replace(minute=0, second=0, microsecond=0)
    today = [datetime.combine(local.date(), time(16), TIMEZONE), before]
    tomorrow = datetime.combine(calendar.add_working_days(local.date(), 1), time(9), TIMEZONE)
    offered = (*(one for one in today if one.date() == local.date()), tomorrow)
    return next((one for one in offered if now + hour / 2 <= one < last and may_write(one, calendar)), None)
