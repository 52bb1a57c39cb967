"""One figure that is sent back to its office with a question: which it is, what was asked, and what was answered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.cards import cell_name, period_name
from bot.dialogue import Heard
from bot.domain.draft import Draft
from bot.domain.entry import Line
from bot.domain.form import Cell, Form
from bot.domain.organisation import Office, Organisation
from bot.domain.period import Period
from bot.domain.person import Act, Place
from bot.domain.report import Report
from bot.domain.sought import Sought
from bot.errors import StaleChoice
from bot.forms import load
from bot.ports import Desk
from bot.trail import report_subject

KEEP = "keep"  # what the audit trail calls the answer that it stays
MOST = 5  # questions to one office
LATELY = 100  # entries about one office and period


@dataclass(frozen=True, slots=True)
class Matter:
    """One cell of what stands for an office."""

    organisation: Organisation
    form: Form
    office: Office
    report: Report
    cell: Cell

    @property
    def place(self) -> Place:
        return self.organisation.place(self.office)

    @property
    def subject(self) -> str:
        return f"{report_subject(self.report)} {self.cell.name}"

    @property
    def name(self) -> str:
        return cell_name(self.form, self.cell)

    @property
    def period(self) -> str:
        return period_name(self.report.period)


async def matter_of(desk: Desk, key: str, period: Period, name: str) -> Matter | None:
    """What stands there, None when nothing does. StaleChoice for a cell or an office that is none."""
    organisation = await desk.offices.organisation()
    form = load(organisation.form)
    if name not in [cell.name for cell in form.cells] or organisation.office(key, period.end) is None:
        raise StaleChoice
    report = await desk.reports.get(key, form.key, period)
    return _matter(organisation, report, name) if report else None


def _matter(organisation: Organisation, report: Report, name: str) -> Matter | None:
    """None for a cell or an office that is none any more."""
    form, office = load(organisation.form), organisation.office(report.office, report.period.end)
    cell = next((one for one in form.cells if one.name == name), None)
    return Matter(organisation, form, office, report, cell) if office and cell else None


def draft_of(heard: Heard, matter: Matter) -> Draft:
    """What stands as a draft, the cell that was asked about to be given anew."""
    report = matter.report
    cells = dict(report.figures)
    return Draft(heard.turn, heard.sent_at, report.office, report.period, cells=cells, editing=matter.cell)


async def asked_as(desk: Desk, number: int) -> tuple[Matter, Line]:
    """What the question of that number in the trail is about. StaleChoice when there is none, or nothing stands."""
    found = await desk.audit.find(Sought(acts=(Act.SEND_BACK,), before=number + 1), 1)
    line = next((one for one in found if one.number == number and one.entry.after), None)
    if line is None:
        raise StaleChoice
    office, _, period, cell = line.entry.subject.split()
    year, month = period.split("-")
    matter = await matter_of(desk, office, Period(int(year), int(month)), cell)
    if matter is None or matter.subject != line.entry.subject:
        raise StaleChoice
    return matter, line


async def last_asked(desk: Desk, matter: Matter) -> Line | None:
    return next(iter(await _lines(desk, matter, Act.SEND_BACK)), None)


async def _lines(desk: Desk, matter: Matter, act: str) -> Sequence[Line]:
    """What the trail says of that cell, the newest first."""
    return await desk.audit.about(act, matter.subject, LATELY)


async def waiting(desk: Desk, report: Report) -> list[tuple[Matter, Line]]:
    """What of a report that stands has been asked about and not answered yet, the newest question of each figure."""
    told = await desk.audit.about(Act.SEND_BACK, report_subject(report), LATELY)
    asked = [line for line in told if line.entry.after]
    newest = {line.entry.subject: line for line in reversed(asked)}
    found = []
    for subject, line in newest.items():
        matter = _matter(await desk.offices.organisation(), report, subject.split()[-1])
        if matter and subject == matter.subject and not await answered_at(desk, matter, line):
            found.append((matter, line))
    return found


async def waiting_for(desk: Desk, office: str, since: datetime) -> list[tuple[Matter, Line]]:
    """The figures of an office that have been asked about since then and not answered yet, the newest first."""
    found = []
    for line in await desk.audit.find(Sought(units=(office,), acts=(Act.SEND_BACK,), since=since), MOST):
        try:
            matter, asked = await asked_as(desk, line.number)
        except StaleChoice:
            continue
        if not await answered_at(desk, matter, asked):
            found.append((matter, asked))
    return found


async def answered_at(desk: Desk, matter: Matter, asked: Line) -> datetime | None:
    """When a question was answered, by another figure or by saying that it stays; None while it waits.

    What was withdrawn since, and filed anew, is another matter: that question is over as well."""
    seen = seen_by(asked)
    then = next((one.figures.get(matter.cell) for one in matter.report.revisions if one.number == seen), None)
    since = [one for one in matter.report.revisions if one.number > seen]
    changed = next((one.stored_at for one in since if one.figures.get(matter.cell) != then), None)
    kept = [line.entry.at for line in await _lines(desk, matter, KEEP) if line.number > asked.number]
    return min([*([changed] if changed else []), *kept], default=None)


def seen_by(asked: Line) -> int:
    """The number of the revision that a question was about."""
    number: int = (asked.entry.after or {}).get("seen", [0])[0]
    return number
