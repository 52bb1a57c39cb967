"""One look at what is due: read it, claim it, write it into the outbox, all in one transaction."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import groupby
from operator import attrgetter

from bot.chat import Address
from bot.domain.agenda import Agenda, filers, instants, wanted
from bot.domain.calendar import local_day
from bot.domain.organisation import Office, Organisation
from bot.domain.period import Period
from bot.domain.person import FILERS, LEADERS
from bot.domain.reminder import Reminder, may_write
from bot.errors import BadStructure, PeriodClosed
from bot.filing import default_period, due_at
from bot.i18n import speaking
from bot.notices import notice
from bot.ports import Desk, Tick
from bot.unasked import write_to

#: A look that lies further ahead than this was taken by a clock that was wrong.
ASTRAY = timedelta(days=1)


async def remind(desk: Desk, now: datetime) -> int:
    """Post all that is due; to how many people.

    Two that look at once cannot both send: what is due is claimed by inserting it, and only what was new is posted."""
    last = await desk.reminders.ticked()
    done = last.through if last and last.through and last.through <= now + ASTRAY else None
    await desk.reminders.tick(Tick(now, done))  # first, so that on PostgreSQL a second one waits here
    try:
        organisation = await desk.offices.organisation()
    except BadStructure:
        return 0
    period = default_period(now)
    if period < organisation.reporting_from or not may_write(now, await desk.offices.calendar()):
        return 0
    agenda = await sketch(desk, organisation, period)
    new = done is None or any(done < at <= now for at in instants(agenda))
    posted = await _post(desk, await filled(desk, agenda, now), now) if new else 0
    await desk.reminders.tick(Tick(now, max(done, now) if done else now))
    return posted


async def sketch(desk: Desk, organisation: Organisation, period: Period) -> Agenda:
    """What can be known with two queries: the offices of that period, the deadlines, the promises."""
    clusters = [
        one for province in organisation.provinces for one in organisation.clusters_of(province.key, period.end)
    ]
    return Agenda(
        period=period,
        form=organisation.form,
        deadline=await due_at(desk, period),
        calendar=await desk.offices.calendar(),
        clusters=[(cluster, organisation.offices_of(cluster.key, period.end)) for cluster in clusters],
        extended=await desk.periods.all_extensions(organisation.form, period),
        promises=await desk.reminders.promises(organisation.form, period),
    )


async def weighed(desk: Desk, agenda: Agenda, now: datetime) -> Agenda:
    """The agenda with who has filed and what is locked."""
    return replace(await locked(desk, agenda, now), filed=await desk.reports.filed(agenda.form, agenda.period))


async def locked(desk: Desk, agenda: Agenda, now: datetime) -> Agenda:
    """The agenda with what is closed, and what of it is opened again: one query, or two."""
    closed = await desk.periods.closings(agenda.form, agenda.period)
    opened = await desk.periods.opened(agenda.form, agenda.period, now) if closed else {}
    return replace(agenda, closed=closed, opened=opened)


async def filled(desk: Desk, agenda: Agenda, now: datetime) -> Agenda:
    """As `weighed`, with who was sent what and whose duty it is: five queries at most, however many offices."""
    return replace(
        await weighed(desk, agenda, now),
        through=await desk.reminders.through(agenda.form, agenda.period),
        duties=await desk.people.duties((*FILERS, *LEADERS), local_day(now)),
    )


def refuse_closed(agenda: Agenda, offices: Sequence[Office]) -> None:
    """Raises PeriodClosed when one of those that have not filed no longer can."""
    for office in agenda.unfiled(offices):
        if agenda.shut(office):
            raise PeriodClosed(agenda.period.year, agenda.period.month, agenda.closed[office.cluster])


async def spare(desk: Desk, agenda: Agenda, people: Collection[tuple[int, str]], now: datetime) -> None:
    """These people have just been told of these offices' deadline: what the ladder would say now is said."""
    due = wanted(await filled(desk, agenda, now), now)
    await desk.reminders.claim([one for one in due if (one.person, one.unit) in people], now)


async def _post(desk: Desk, agenda: Agenda, now: datetime) -> int:
    claimed = await desk.reminders.claim(wanted(agenda, now), now)
    reached = await desk.people.reached({duty.person for duty in agenda.duties}) if claimed else {}
    languages = {duty.person: duty.language for duty in agenda.duties}
    gone = lost(agenda, reached)
    replies = {}
    for person, mine in groupby(_ordered(claimed), key=attrgetter("person")):
        with speaking(languages[person]):
            replies[person] = notice(agenda, list(mine), now, gone)
    return await write_to(desk, reached, replies, now)


def _ordered(reminders: Iterable[Reminder]) -> list[Reminder]:
    return sorted(reminders, key=lambda one: (one.person, one.at, one.unit, one.rung))


def lost(agenda: Agenda, reached: Mapping[int, Address]) -> Collection[str]:
    """The offices of which nobody can be reached."""
    by_office = filers(agenda.duties)
    everywhere = {office.key for _, offices in agenda.clusters for office in offices}
    return {one for one in everywhere if not any(duty.person in reached for duty in by_office.get(one, ()))}
