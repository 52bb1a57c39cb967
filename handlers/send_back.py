"""Send one cell back to an office with a question; its chief answers with one number."""

from __future__ import annotations

from functools import partial

from bot.asking import understand
from bot.cards import amount, cell_name, clipped, period_name
from bot.chat import Choice, Reply
from bot.dialogue import Conversation, Heard, Move, State, answer
from bot.domain.calendar import local_day
from bot.domain.draft import Draft
from bot.domain.form import Cell, Form, Measure
from bot.domain.organisation import Office
from bot.domain.period import LAST_MONTH, Period
from bot.domain.person import Act
from bot.domain.question import Intent
from bot.domain.reach import allowed
from bot.domain.report import Report
from bot.errors import NotAllowed, PeriodClosed, StaleChoice
from bot.filing import closed
from bot.forms import load
from bot.i18n import gloss, say
from bot.ports import Desk
from bot.taking import advance
from bot.trail import entry, role_of, role_over
from bot.unasked.telling import filers, leaders, tell

NAME = "send_back"


async def open_(desk: Desk, heard: Heard) -> Move:
    asked = await understand(desk, heard, Intent.OFFICE)
    office, today = asked.unit, local_day(heard.now)
    if not isinstance(office, Office) or asked.indicator is None:
        example = "/tralai Bá Thước tiền xong: vì sao giảm?"
        return answer(Reply(say("Name the office and the figure, for example: {example}", example=example)))
    if not allowed(heard.person, Act.SEND_BACK, office, asked.organisation, today):
        raise NotAllowed(Act.SEND_BACK, office.full_name)
    report = await desk.reports.get(office.key, asked.form.key, asked.period)
    if report is None:
        fields = {"office": office.name, "period": period_name(asked.period)}
        return answer(Reply(say("{office} has not filed {period}.", **fields)))
    if closing := await closed(desk, asked.form, office, asked.period, heard.now):
        raise PeriodClosed(asked.period.year, asked.period.month, closing.closed_at)
    cell = Cell(asked.indicator, asked.measure or Measure.CASES)
    place = asked.organisation.place(office)
    subject = f"{office.key} {asked.form.key} {asked.period.year}-{asked.period.month:02} {cell.name}"
    role = role_of(heard, Act.SEND_BACK, place)
    await desk.audit.write(entry(heard, Act.SEND_BACK, subject, role=role, reason=heard.text))
    question = partial(_question, heard, asked.form, cell, report)
    reached = await tell(desk, await filers(desk, office, today), question, heard.now)
    if not reached:
        return answer(Reply(say("Nobody at {office} can be reached.", office=office.full_name)))
    return answer(
        Reply(say("Sent back to {office}: {cell}.", office=office.full_name, cell=cell_name(asked.form, cell)))
    )


def _question(heard: Heard, form: Form, cell: Cell, report: Report) -> Reply:
    lines = [
        say(
            "{who} asks about **{cell}** of {period}: {amount}.",
            who=heard.person.name,
            cell=cell_name(form, cell),
            period=period_name(report.period),
            amount=amount(cell.measure, report.figures.get(cell, 0)),
        ),
        say("“{question}”", question=clipped(heard.text, 300)),
    ]
    of = f"{report.office}.{report.period.year}.{report.period.month}.{form.cells.index(cell)}"
    choices = (
        Choice(say("Give the right figure"), f"{NAME}:answer:{of}"),
        Choice(say("It stays"), f"{NAME}:keep:{of}"),
    )
    return Reply("\n".join(lines), choices)


async def press_answer(desk: Desk, heard: Heard, state: State | None, argument: str) -> Move:
    """The filed figures as a draft, the cell that was sent back asked for."""
    _, report, cell = await _sent_back(desk, heard, argument)
    draft = Draft(heard.turn, heard.sent_at, report.office, report.period, cells=dict(report.figures), editing=cell)
    return await advance(desk, heard, draft)


async def press_keep(desk: Desk, heard: Heard, state: State | None, argument: str) -> Move:
    """The figure stays as it is: say so to those who lead the cluster."""
    form, report, cell = await _sent_back(desk, heard, argument)
    organisation = await desk.offices.organisation()
    office = organisation.office(report.office, report.period.end)
    if office is None:
        raise StaleChoice
    place = organisation.place(office)
    role = role_over(heard, Act.FILE, office, organisation)
    await desk.audit.write(entry(heard, "keep", f"{report.office} {cell.name}", role=role))
    await tell(
        desk,
        await leaders(desk, place, local_day(heard.now)),
        partial(_kept, office, form, cell, report.period),
        heard.now,
    )
    return answer(Reply(say("Your answer has been passed on; the figures stay."), in_place=True))


def _kept(office: Office, form: Form, cell: Cell, period: Period) -> Reply:
    fields = {"office": office.full_name, "cell": cell_name(form, cell), "period": period_name(period)}
    return Reply(say("{office} keeps {cell} of {period} as it is.", **fields))


async def _sent_back(desk: Desk, heard: Heard, argument: str) -> tuple[Form, Report, Cell]:
    """What a button of the question is about. Raises StaleChoice, NotAllowed."""
    parts = argument.split(".")
    organisation, today = await desk.offices.organisation(), local_day(heard.now)
    form = load(organisation.form)
    if len(parts) != 4 or not all(part.isdecimal() for part in parts[1:]):
        raise StaleChoice
    year, month, place = (int(part) for part in parts[1:])
    if not 1 <= month <= LAST_MONTH or place >= len(form.cells):
        raise StaleChoice
    report = await desk.reports.get(parts[0], form.key, Period(year, month))
    office = organisation.office(parts[0], Period(year, month).end)
    if report is None or office is None:
        raise StaleChoice
    if not allowed(heard.person, Act.CORRECT, office, organisation, today):
        raise NotAllowed(Act.CORRECT, office.full_name)
    return form, report, form.cells[place]


conversation = Conversation(
    name=NAME,
    commands=("tralai",),
    about=gloss("Send a figure back with a question"),
    open=open_,
    presses={"answer": press_answer, "keep": press_keep},
    needs=Act.SEND_BACK,
)
