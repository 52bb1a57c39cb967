"""Who is to be told what now: one period's offices, deadlines and promises against the ladder."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from bot.domain.absence import Away, chief_away, reminded
from bot.domain.calendar import Calendar
from bot.domain.duty import Duty, filers, leading, over
from bot.domain.organisation import Cluster, Office
from bot.domain.period import Period
from bot.domain.reminder import (
    LADDER,
    LISTS,
    Promise,
    Reminder,
    Rung,
    Step,
    Timed,
    due,
    latest_promise,
    may_fall,
    may_write,
    timetable,
)


@dataclass(frozen=True, slots=True)
class Agenda:
    """All that the reminders of one period depend on.

    `extended` holds the deadlines that were moved, by cluster and office key (empty: a whole cluster); `through` is, by
    person and unit, the instant of the latest rung sent; `duties` are those of the people who file and who lead;
    `heirs` say who has taken over from an office since; `away`, until when people are; `closed` is, by cluster, when it
    was closed, and `opened`, by office, until when it is opened again just now."""

    period: Period
    form: str
    deadline: datetime
    calendar: Calendar
    clusters: Sequence[tuple[Cluster, Sequence[Office]]]
    promises: Mapping[str, Promise] = field(default_factory=dict)
    filed: Collection[str] = ()
    through: Mapping[tuple[int, str], datetime] = field(default_factory=dict)
    duties: Sequence[Duty] = ()
    extended: Mapping[tuple[str, str], datetime] = field(default_factory=dict)
    closed: Mapping[str, datetime] = field(default_factory=dict)
    opened: Mapping[str, datetime] = field(default_factory=dict)
    heirs: Mapping[str, str] = field(default_factory=dict)
    away: Away = field(default_factory=dict)

    def deadline_of(self, office: Office) -> datetime:
        """The later of its own and its cluster's."""
        whole = self.deadline_in(office.cluster)
        return max(whole, self.extended.get((office.cluster, office.key), whole))

    def deadline_in(self, cluster: str) -> datetime:
        """The later of the calendar's and the one that it was given: days off may have passed what was given."""
        return max(self.deadline, self.extended.get((cluster, ""), self.deadline))

    def first_deadline(self, offices: Sequence[Office]) -> datetime:
        return min(self.deadline_of(office) for office in offices)

    def shut(self, office: Office) -> bool:
        """Whether it can no longer file: closed, and not opened again for it."""
        return office.cluster in self.closed and office.key not in self.opened

    def missing(self, offices: Sequence[Office]) -> list[Office]:
        """Those that still have to file, and can."""
        return [office for office in self.unfiled(offices) if not self.shut(office)]

    def unfiled(self, offices: Sequence[Office]) -> list[Office]:
        return [office for office in offices if office.key not in self.filed]

    def promised(self, office: Office) -> datetime | None:
        """Until when it is not reminded because of a promise; one made before a deadline and reaching beyond it, which
        was shortened since, is none, nor one for a day that became a day off, or for a period that was closed."""
        promise = self.promises.get(office.key)
        if promise is None or self.shut(office) or not may_fall(promise.until, self.calendar):
            return None
        return None if _void(promise, self.deadline_of(office)) else promise.until

    def voided(self, office: Office, deadline: datetime) -> datetime | None:
        """The moment that is promised and would hold no longer with that deadline."""
        promise, until = self.promises.get(office.key), self.promised(office)
        return until if promise and _void(promise, deadline) else None

    def promise_by(self, offices: Sequence[Office], now: datetime) -> datetime:
        """Until when one may promise to file for them: as long as none of them locks again."""
        latest = latest_promise(self.first_deadline(offices), self.calendar, now)
        return min([latest, *(self.opened[one.key] for one in offices if one.cluster in self.closed)])

    def filers(self) -> Mapping[str, Sequence[Duty]]:
        """By office, who may file for it."""
        return filers(self.duties, self.heirs)

    def chief_away(self, office: Office) -> date | None:
        """Until when the chief of an office is away; None while somebody is there who answers for it."""
        keys = (office.key, self.heirs.get(office.key, office.key))
        own = [duty for duty in self.duties if duty.grant.place.office in keys] if self.away else []
        return chief_away(filers(own, self.heirs).get(office.key, ()), self.away)

    def table(self, ladder: tuple[Step, ...], deadline: datetime) -> tuple[Timed, ...]:
        return timetable(ladder, self.period.end, deadline, self.calendar)


def _void(promise: Promise, deadline: datetime) -> bool:
    return promise.made_at is not None and promise.made_at < deadline < promise.until


def instants(agenda: Agenda) -> Iterator[datetime]:
    """Every instant at which something may become due."""
    for deadline in {agenda.deadline, *agenda.extended.values()}:
        yield from (one.at for one in agenda.table((*LADDER, *LISTS), deadline))
    yield from (promise.until for promise in agenda.promises.values())


def wanted(agenda: Agenda, now: datetime) -> list[Reminder]:
    """What is due now, each for one person about one unit; nothing about those who have filed."""
    if not may_write(now, agenda.calendar):
        return []
    found = [*_to_filers(agenda, now), *_to_leaders(agenda, now), *_broken(agenda, now)]
    return list(dict.fromkeys(found))


def _to_filers(agenda: Agenda, now: datetime) -> Iterator[Reminder]:
    by_office = agenda.filers()
    tables = {one: agenda.table(LADDER, one) for one in {agenda.deadline, *agenda.extended.values()}}
    for _, offices in agenda.clusters:
        for office in agenda.missing(offices):
            full, promised = tables[agenda.deadline_of(office)], agenda.promised(office)
            duties, table = reminded(by_office.get(office.key, ()), agenda.away, full)
            for duty in duties:
                yield from _one(agenda, duty, office.key, table, now, promised)


def _to_leaders(agenda: Agenda, now: datetime) -> Iterator[Reminder]:
    leads = leading(agenda.duties)
    for cluster, offices in agenda.clusters:
        missing = agenda.missing(offices)
        if cluster.key not in agenda.closed and missing:
            whole = _lists(agenda, {agenda.deadline_in(cluster.key), *map(agenda.deadline_of, missing)})
            common = tuple(one for one in whole if one.rung is not Rung.HEAD_ONLY)
            for place, duty in enumerate(over(leads, cluster.province, cluster.key)):
                yield from _one(agenda, duty, cluster.key, common if place else whole, now)


def _lists(agenda: Agenda, deadlines: Collection[datetime]) -> Sequence[Timed]:
    """The lists at a cluster's deadline and at those of its own of each that is missing; the head alone is told only
    after the last of them that nobody is reminded from then on."""
    if len(deadlines) == 1:
        return agenda.table(LISTS, *deadlines)
    timed = [one for at in deadlines for one in agenda.table(LISTS, at) if _goes(one, at == max(deadlines))]
    return sorted(timed, key=lambda one: one.at)


def _goes(one: Timed, last: bool) -> bool:
    return last or one.rung is not Rung.HEAD_ONLY


def _one(
    agenda: Agenda, duty: Duty, unit: str, table: Sequence[Timed], now: datetime, promise: datetime | None = None
) -> Iterator[Reminder]:
    through = agenda.through.get((duty.person, unit))
    rung = due(table, agenda.calendar, now, filed=False, through=through, since=duty.since, promise=promise)
    if rung:
        yield Reminder(duty.person, unit, agenda.form, agenda.period, rung.rung, rung.at)


def _broken(agenda: Agenda, now: datetime) -> Iterator[Reminder]:
    """A promise that was not kept is told to whoever leads first, but not to the one who made it."""
    leads = leading(agenda.duties) if agenda.promises else {}
    for cluster, offices in agenda.clusters:
        for office in agenda.missing(offices):
            promise, until = agenda.promises.get(office.key), agenda.promised(office)
            if promise is None or until is None or until > now:
                continue
            others = [duty for duty in over(leads, cluster.province, cluster.key) if duty.person != promise.person]
            for duty in others[:1]:
                if duty.since < promise.until:
                    yield Reminder(duty.person, office.key, agenda.form, agenda.period, Rung.BROKEN, promise.until)
