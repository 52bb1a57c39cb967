"""One look at what is due: read it, claim it, write it into the outbox, all in one transaction."""

from __future__ import annotations

from collections.abc import Collection, Container, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from itertools import groupby
from operator import attrgetter

from bot.chat import Reply
from bot.dialogue import Heard
from bot.domain.absence import away
from bot.domain.agenda import Agenda, instants, wanted
from bot.domain.calendar import Calendar, local_day, on_working_day
from bot.domain.duty import filers
from bot.domain.organisation import Office, Organisation
from bot.domain.period import Period, period_before
from bot.domain.person import FILERS, LEADERS
from bot.domain.reminder import Promise, Reminder, kept, lingers, may_write, standing
from bot.errors import BadStructure, PeriodClosed
from bot.filing import default_period, due_at, may_open
from bot.ports import Desk, Tick
from bot.unasked.notices import joined, notice
from bot.unasked.telling import Said, tell_each

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
    given = await at_work(desk, organisation, now)
    agendas = [await sketch(desk, organisation, one, now, given) for one in given]
    new = [one for one in agendas if done is None or any(done < at <= now for at in instants(one))]
    posted = await _post(desk, [await filled(desk, one, now) for one in new], now)
    await desk.reminders.tick(Tick(now, max(done, now) if done else now))
    return posted


Given = Mapping[Period, Mapping[tuple[str, str], datetime]]  #: by period, deadlines that were moved


async def at_work(desk: Desk, organisation: Organisation, now: datetime) -> Given:
    """The periods that people are reminded of: the one that is being reported and, before it, the last one while what
    somebody was given for it lingers. One query."""
    period, calendar = default_period(now), await desk.offices.calendar()
    given = await desk.periods.all_extensions(organisation.form, period_before(period), period)
    lingering = (one for one, moved in given.items() if any(lingers(at, calendar, now) for at in moved.values()))
    return {one: given[one] for one in sorted({*lingering, period})}


async def sketch(
    desk: Desk, organisation: Organisation, period: Period, now: datetime, given: Given | None = None
) -> Agenda:
    """What can be known with two queries, one if what was `given` is known: the offices of that period, the deadlines;
    promises need some more."""
    given = given or await desk.periods.all_extensions(organisation.form, period)
    calendar = await desk.offices.calendar()
    clusters = [
        one for province in organisation.provinces for one in organisation.clusters_of(province.key, period.end)
    ]
    heirs = organisation.heirs((one for one in organisation.offices if one.on(period.end)), local_day(now))
    return Agenda(
        period=period,
        form=organisation.form,
        deadline=await due_at(desk, period),
        calendar=calendar,
        clusters=[(cluster, organisation.offices_of(cluster.key, period.end)) for cluster in clusters],
        extended=worked(given[period], calendar),
        promises=await _promises(desk, organisation.form, period, heirs, now),
        heirs=heirs,
    )


def worked(given: Mapping[tuple[str, str], datetime], calendar: Calendar) -> Mapping[tuple[str, str], datetime]:
    """Deadlines that were moved, as they stand: a day off since takes them to the next working day."""
    return {unit: on_working_day(at, calendar) for unit, at in given.items()}


async def _promises(
    desk: Desk, form: str, period: Period, heirs: Mapping[str, str], now: datetime
) -> Mapping[str, Promise]:
    """Those made by people who may file still, and not kept yet."""
    made = await desk.reminders.promises(form, period)
    if not made:
        return {}
    able = filers(await desk.people.duties(FILERS, local_day(now)), heirs)
    last = standing(made, {key: {duty.person for duty in duties} for key, duties in able.items()})
    reports = await desk.reports.histories([*last], form, period) if last else {}
    return {office: one for office, one in last.items() if not kept(one, reports.get(office))}


async def weighed(desk: Desk, agenda: Agenda, now: datetime) -> Agenda:
    """The agenda with who has filed and what is locked."""
    return replace(await locked(desk, agenda, now), filed=await desk.reports.filed(agenda.form, agenda.period))


async def locked(desk: Desk, agenda: Agenda, now: datetime) -> Agenda:
    """The agenda with what is closed, and what of it is opened again: one query, or two."""
    closed = await desk.periods.closings(agenda.form, agenda.period)
    opened = await desk.periods.opened(agenda.form, agenda.period, now) if closed else {}
    return replace(agenda, closed=closed, opened=opened)


async def filled(desk: Desk, agenda: Agenda, now: datetime) -> Agenda:
    """As `weighed`, with who was sent what, whose duty it is and who is away: six queries at most, however many
    offices."""
    today = local_day(now)
    return replace(
        await weighed(desk, agenda, now),
        through=await desk.reminders.through(agenda.form, agenda.period),
        duties=await desk.people.duties((*FILERS, *LEADERS), today),
        away=away(await desk.absences.since(today), today),
    )


def refuse_closed(agenda: Agenda, offices: Sequence[Office], heard: Heard, organisation: Organisation) -> None:
    """Raises PeriodClosed when one of those that have not filed no longer can."""
    for office in agenda.unfiled(offices):
        if agenda.shut(office):
            unlocks, closed_at = may_open(heard, office, organisation), agenda.closed[office.cluster]
            raise PeriodClosed(agenda.period.year, agenda.period.month, closed_at, unlocks)


async def spare(desk: Desk, agenda: Agenda, people: Collection[tuple[int, str]], now: datetime) -> None:
    """These people have just been told of these offices' deadline: what the ladder would say now is said."""
    due = wanted(await filled(desk, agenda, now), now)
    await desk.reminders.claim([one for one in due if (one.person, one.unit) in people], now)


async def _post(desk: Desk, agendas: Sequence[Agenda], now: datetime) -> int:
    """One message a person, even about two periods."""
    claimed = [(agenda, await desk.reminders.claim(wanted(agenda, now), now)) for agenda in agendas]
    told: dict[int, list[Said]] = {}
    for agenda, mine in claimed:
        if mine:
            gone = lost(agenda, await desk.places.reached({duty.person for duty in agenda.duties}))
            for person, rungs in groupby(_ordered(mine), key=attrgetter("person")):
                told.setdefault(person, []).append(partial(notice, agenda, list(rungs), now, gone, len(agendas) > 1))
    return len(await tell_each(desk, {person: partial(_all, said) for person, said in told.items()}, now))


def _all(said: Sequence[Said]) -> Reply:
    return joined([one() for one in said])


def _ordered(reminders: Iterable[Reminder]) -> list[Reminder]:
    return sorted(reminders, key=lambda one: (one.person, one.at, one.unit, one.rung))


def lost(agenda: Agenda, reached: Container[int]) -> Collection[str]:
    """The offices of which nobody can be reached."""
    by_office = agenda.filers()
    everywhere = {office.key for _, offices in agenda.clusters for office in offices}
    return {one for one in everywhere if not any(duty.person in reached for duty in by_office.get(one, ()))}
