"""What one filing needs to know, and storing it: shared by every conversation that files figures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.dialogue import Heard
from bot.domain import report as reports
from bot.domain.calendar import TIMEZONE, deadline
from bot.domain.figures import Figures
from bot.domain.form import Form
from bot.domain.organisation import Office, Organisation
from bot.domain.period import Period, last_ended, opens
from bot.domain.person import Act
from bot.domain.reach import allowed, role_for
from bot.domain.report import Report, Revision
from bot.errors import NotAllowed, PeriodNotOpen, Refusal
from bot.ports import Desk, Entry, Reports

#: A card confirmed within this time counts as sent when its figures were sent.
CONFIRM_WITHIN = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Case:
    """One office and period with all that a filing is judged by; `last` is the report of the period before."""

    office: Office
    period: Period
    deadline: datetime
    last: Report | None
    existing: Report | None

    @property
    def last_figures(self) -> Figures | None:
        return self.last.figures if self.last else None


def local_day(instant: datetime) -> date:
    """The day it is in the offices at that instant."""
    return instant.astimezone(TIMEZONE).date()


def default_period(now: datetime) -> Period:
    """The period that is being reported now: the last one that has ended."""
    return last_ended(local_day(now))


def refusals(office: Office, period: Period, organisation: Organisation, heard: Heard) -> list[Refusal]:
    """Why this person may not file for that office and period now."""
    today = local_day(heard.now)
    found: list[Refusal] = []
    if not allowed(heard.person, Act.FILE, office, organisation, today):
        found.append(NotAllowed(Act.FILE, office.full_name))
    if period < organisation.reporting_from:
        found.append(PeriodNotOpen(period.year, period.month, None))
    elif opens(period) > today:
        found.append(PeriodNotOpen(period.year, period.month, opens(period)))
    return found


async def look_up(desk: Desk, form: Form, office: Office, period: Period) -> Case:
    """The case of an office and a period, with what is already stored."""
    due = await due_at(desk, period)
    last = await desk.reports.get(office.key, form.key, period.previous) if period.previous else None
    existing = await desk.reports.get(office.key, form.key, period)
    return Case(office, period, due, last, existing)


async def due_at(desk: Desk, period: Period) -> datetime:
    """The offices' deadline for a period."""
    organisation, calendar = await desk.offices.organisation(), await desk.offices.calendar()
    return deadline(period.end, organisation.deadline, calendar)


@dataclass(frozen=True, slots=True)
class Filed:
    """What is confirmed: `sent_at` is when its figures were sent, `text` in which words."""

    figures: Figures
    sent_at: datetime
    text: str = ""
    reason: str = ""
    nil: bool = False


async def store(desk: Desk, heard: Heard, form: Form, case: Case, filed: Filed) -> Report:
    """Store the report (or one more revision of it) and its line in the audit trail."""
    before = case.existing
    revision = Revision(
        number=len(before.revisions) + 1 if before else 1,
        figures=filed.figures,
        author=heard.person.id,
        author_name=heard.person.name,
        channel=heard.address.channel,
        sent_at=filed.sent_at if heard.sent_at - filed.sent_at <= CONFIRM_WITHIN else heard.sent_at,
        stored_at=heard.now,
        text=filed.text,
        reason=filed.reason,
        nil=filed.nil,
    )
    report = (
        reports.revised(before, revision)
        if before
        else reports.first(case.office.key, form.key, case.period, case.deadline, revision)
    )
    await desk.reports.file(report)
    await desk.audit.write(await _entry(desk, heard, form, case, report))
    return report


async def _entry(desk: Desk, heard: Heard, form: Form, case: Case, report: Report) -> Entry:
    organisation = await desk.offices.organisation()
    role = role_for(heard.person, Act.FILE, organisation.place(case.office), local_day(heard.now))
    return Entry(
        at=heard.now,
        actor=heard.person.id,
        role=role or "",
        channel=heard.address.channel,
        message=heard.message or str(heard.turn),
        act=Act.CORRECT if case.existing else Act.FILE,
        subject=f"{case.office.key} {form.key} {case.period.year}-{case.period.month:02}",
        before=case.existing.figures.to_json() if case.existing else None,
        after=report.figures.to_json(),
        reason=report.latest.reason,
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
