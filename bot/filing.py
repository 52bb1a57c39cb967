"""What one filing needs to know, and storing it: shared by every conversation that files figures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from bot.dialogue import Heard
from bot.domain import report as reports
from bot.domain.calendar import deadline, local_day, on_working_day
from bot.domain.checks import History
from bot.domain.closing import Closing
from bot.domain.figures import Figures
from bot.domain.form import Form
from bot.domain.organisation import Cluster, Office, Organisation, Unit
from bot.domain.period import Period, last_ended, opens
from bot.domain.person import Act, Person
from bot.domain.reach import allowed, home, offices_for
from bot.domain.report import Report, Revision
from bot.errors import NotAllowed, PeriodClosed, PeriodNotOpen, Refusal
from bot.ports import Desk, Reports
from bot.trail import entry, report_subject, role_over

#: A card confirmed within this time counts as sent when its figures were sent.
CONFIRM_WITHIN = timedelta(hours=24)
WITHDRAW = "withdraw"  # what the audit trail calls it


@dataclass(frozen=True, slots=True)
class Case:
    """One office and period with all that a filing is judged by; `last` is the report of the period before.

    `existing` is what stands; `kept` is that too, or what was withdrawn: the next revision follows its last."""

    office: Office
    period: Period
    deadline: datetime
    last: Report | None
    existing: Report | None
    history: History
    kept: Report | None = None

    @property
    def number(self) -> int:
        """Of the last revision, 0 when there is none."""
        return self.kept.latest.number if self.kept else 0

    @property
    def last_figures(self) -> Figures | None:
        return self.history.last


def default_period(now: datetime) -> Period:
    """The period that is being reported now: the last one that has ended."""
    return last_ended(local_day(now))


async def refusals(desk: Desk, form: Form, office: Office, period: Period, heard: Heard) -> list[Refusal]:
    """Why this person may not file for that office and period now."""
    organisation, today = await desk.offices.organisation(), local_day(heard.now)
    found: list[Refusal] = []
    if not allowed(heard.person, Act.FILE, office, organisation, today):
        found.append(NotAllowed(Act.FILE, office.full_name))
    elif not allowed(heard.person, Act.CORRECT, office, organisation, today) and (
        await desk.reports.get(office.key, form.key, period)
    ):
        found.append(NotAllowed(Act.CORRECT, office.full_name))
    if period < organisation.reporting_from:
        found.append(PeriodNotOpen(period.year, period.month, None))
    elif opens(period) > today:
        found.append(PeriodNotOpen(period.year, period.month, opens(period)))
    elif closing := await closed(desk, form, office, period, heard.now):
        unlocks = may_open(heard, office, organisation)
        found.append(PeriodClosed(period.year, period.month, closing.closed_at, unlocks))
    return found


def may_open(heard: Heard, unit: Office | Cluster, organisation: Organisation) -> str:
    """What to call the unit in `/mokhoa` if this person may open its closed periods, empty if not."""
    if not allowed(heard.person, Act.UNLOCK, unit, organisation, local_day(heard.now)):
        return ""
    return unit.name if isinstance(unit, Office) else unit.short


async def closed(desk: Desk, form: Form, office: Office, period: Period, now: datetime) -> Closing | None:
    """The closing that locks an office's period now; None when it is not closed, or opened again for the office."""
    closing = await desk.periods.closing(office.cluster, form.key, period)
    if closing is None or await desk.periods.unlocked(office.key, form.key, period, now):
        return None
    return closing


async def look_up(desk: Desk, form: Form, office: Office, period: Period) -> Case:
    """The case of an office and a period, with what is already stored."""
    due = await due_at(desk, period, office)
    last = await desk.reports.get(office.key, form.key, period.previous) if period.previous else None
    kept = await desk.reports.history(office.key, form.key, period)
    known = last is not None and all(last.figures.get(cell) for cell in form.cells)
    history = History(last.figures) if last and known else await _elsewhere(desk, form, office, period, last)
    return Case(office, period, due, last, reports.standing(kept), history, kept)


async def _elsewhere(desk: Desk, form: Form, office: Office, period: Period, last: Report | None) -> History:
    """What figures without a past are held against: the same period a year ago, and the cluster's other offices."""
    organisation = await desk.offices.organisation()
    year_before = await desk.reports.get(office.key, form.key, period.a_year_before)
    others = [one.key for one in organisation.offices_of(office.cluster, period.end) if one.key != office.key]
    peers = await desk.reports.of_period(others, form.key, period)
    return History(
        last=last.figures if last else None,
        year_before=year_before.figures if year_before else None,
        peers=tuple(report.figures for report in peers.values()),
    )


async def due_at(desk: Desk, period: Period, unit: Unit | None = None) -> datetime:
    """The offices' deadline for a period; that of one office or cluster counts the extensions it was given."""
    organisation, calendar = await desk.offices.organisation(), await desk.offices.calendar()
    due = deadline(period.end, organisation.deadline, calendar)
    if not isinstance(unit, Office | Cluster):
        return due
    cluster, keys = (unit.cluster, ("", unit.key)) if isinstance(unit, Office) else (unit.key, ("",))
    given = await desk.periods.extensions(cluster, organisation.form, period)
    return max([due, *(on_working_day(until, calendar) for key, until in given.items() if key in keys)])


async def due_for(desk: Desk, person: Person, period: Period, today: date) -> datetime:
    """The deadline that concerns a person: the first of the offices they file for, else that of their cluster."""
    organisation = await desk.offices.organisation()
    mine: Sequence[Unit | None] = offices_for(person, Act.FILE, organisation, today, period.end)
    return min([await due_at(desk, period, unit) for unit in mine or [home(person, organisation, today)]])


@dataclass(frozen=True, slots=True)
class Filed:
    """What is confirmed: `sent_at` is when its figures were sent, `text` in which words."""

    figures: Figures
    sent_at: datetime
    text: str = ""
    reason: str = ""
    nil: bool = False
    card: int = 0


async def store(desk: Desk, heard: Heard, form: Form, case: Case, filed: Filed) -> Report:
    """Store the report (or one more revision of it) and its line in the audit trail."""
    report = _with(case, form, _revision(heard, case, filed))
    await desk.reports.file(report)
    await _note(desk, heard, case, report, Act.CORRECT if case.existing else Act.FILE)
    return report


async def withdraw(desk: Desk, heard: Heard, case: Case, reason: str, card: int = 0) -> Report:
    """Take back what stands: one more revision, without figures, and its line in the audit trail."""
    assert case.existing is not None
    taken_back = replace(
        _revision(heard, case, Filed(Figures(), heard.sent_at, reason=reason, card=card)), withdrawn=True
    )
    report = reports.revised(case.existing, taken_back)
    await desk.reports.file(report)
    await _note(desk, heard, case, report, WITHDRAW)
    return report


def _revision(heard: Heard, case: Case, filed: Filed) -> Revision:
    return Revision(
        number=case.number + 1,
        figures=filed.figures,
        author=heard.person.id,
        author_name=heard.person.name,
        channel=heard.address.channel,
        sent_at=filed.sent_at if heard.sent_at - filed.sent_at <= CONFIRM_WITHIN else heard.sent_at,
        stored_at=heard.now,
        text=filed.text,
        reason=filed.reason,
        nil=filed.nil,
        card=filed.card,
    )


def _with(case: Case, form: Form, revision: Revision) -> Report:
    """The report with one more revision; a first one, or one after a withdrawal, is judged on time or late."""
    if case.existing:
        return reports.revised(case.existing, revision)
    if case.kept:
        return reports.reopened(case.kept, case.deadline, revision)
    return reports.first(case.office.key, form.key, case.period, case.deadline, revision)


async def _note(desk: Desk, heard: Heard, case: Case, report: Report, act: str) -> None:
    organisation = await desk.offices.organisation()
    await desk.audit.write(
        entry(
            heard,
            act,
            report_subject(report),
            role=role_over(heard, Act.FILE, case.office, organisation),
            before=case.existing.figures.to_json() if case.existing else None,
            after=None if report.latest.withdrawn else report.figures.to_json(),
            reason=report.latest.reason,
        )
    )


@dataclass(frozen=True, slots=True)
class Tally:
    """Who of some offices has filed for a period."""

    offices: tuple[Office, ...]
    reports: dict[str, Report]

    @property
    def filed(self) -> tuple[Office, ...]:
        return tuple(office for office in self.offices if office.key in self.reports)

    @property
    def missing(self) -> tuple[Office, ...]:
        return tuple(office for office in self.offices if office.key not in self.reports)


async def tally(reports: Reports, offices: Sequence[Office], form: Form, period: Period) -> Tally:
    """The reports of these offices for a period, in the order of the structure."""
    found = await reports.of_period([office.key for office in offices], form.key, period)
    return Tally(tuple(offices), dict(found))
