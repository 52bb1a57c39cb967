"""What is being reported now, as it concerns one person, and what comes next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.cards import at, period_name, period_range
from bot.domain.calendar import local_day
from bot.domain.organisation import Cluster, Office, Unit
from bot.domain.period import Period, next_period, opens
from bot.domain.person import Act, Person
from bot.domain.reach import home, offices_for
from bot.filing import default_period, due_at, due_for
from bot.i18n import day, moment, say
from bot.ports import Desk
from bot.reminding import at_work


@dataclass(frozen=True, slots=True)
class Current:
    """`due` is the deadline (aware); None when the period is closed for all that is theirs.

    `besides` says which earlier period they were given more time for."""

    text: str
    due: datetime | None
    besides: tuple[str, ...] = ()


async def reported_now(desk: Desk, person: Person, now: datetime) -> Current:
    """“Kỳ đang mở: …, hạn …”; once it is closed, that and which comes next."""
    organisation, today, period = await desk.offices.organisation(), local_day(now), default_period(now)
    closed = await desk.periods.closings(organisation.form, period)
    mine: Sequence[Unit | None] = offices_for(person, Act.FILE, organisation, today, period.end)
    times = [closed.get(_cluster(one)) for one in mine or [home(person, organisation, today)]]
    if all(times):
        last = max(time for time in times if time)
        line = say("**{period}** was closed at {time}.", period=period_name(period), time=at(last))
        besides = await _besides(desk, person, now)
        return Current(f"{line}\n{await coming_after(desk, period)}", None, besides)
    due = await due_for(desk, person, period, today)
    line = say(
        "Now being reported: **{period}** ({range}), deadline **{deadline}**.",
        period=period_name(period),
        range=period_range(period),
        deadline=moment(due),
    )
    return Current(line, due, await _besides(desk, person, now))


async def _besides(desk: Desk, person: Person, now: datetime) -> tuple[str, ...]:
    """The last period, if more time was given for it that is not over yet."""
    organisation, today = await desk.offices.organisation(), local_day(now)
    lines = []
    for period in [*await at_work(desk, organisation, now)][:-1]:
        mine = offices_for(person, Act.FILE, organisation, today, period.end)
        filed = await desk.reports.filed(organisation.form, period)
        due = [await due_at(desk, period, office) for office in mine if office.key not in filed]
        if yet := [one for one in due if one > now]:
            fields = {"period": period_name(period), "deadline": moment(min(yet))}
            lines.append(say("Still to be filed: **{period}**, deadline **{deadline}**.", **fields))
    return tuple(lines)


def _cluster(unit: Unit | None) -> str:
    return unit.cluster if isinstance(unit, Office) else unit.key if isinstance(unit, Cluster) else ""


async def coming_after(desk: Desk, period: Period) -> str:
    """“Kỳ sau: …, nộp từ ngày …, hạn …”."""
    after = next_period(period)
    return say(
        "Next: {period}, from {day}, deadline {deadline}.",
        period=period_name(after),
        day=day(opens(after)),
        deadline=moment(await due_at(desk, after)),
    )
