"""A form to copy, change and send, filled with last month's values."""

from __future__ import annotations

from bot.asking import which_office
from bot.cards import amount, indicator_name, period_name
from bot.chat import Reply
from bot.dialogue import Conversation, Heard, Move, answer
from bot.domain.calendar import local_day
from bot.domain.form import Form
from bot.domain.organisation import Office
from bot.domain.person import Act
from bot.domain.question import read_question
from bot.domain.reach import offices_for
from bot.errors import NotAllowed
from bot.filing import Case, default_period, look_up
from bot.forms import load
from bot.i18n import capital, gloss, say
from bot.ports import Desk


async def open_(desk: Desk, heard: Heard) -> Move:
    organisation, today = await desk.offices.organisation(), local_day(heard.now)
    offices = offices_for(heard.person, Act.FILE, organisation, today)
    question = read_question(heard.text, organisation, today)
    named = [unit for unit in question.units if isinstance(unit, Office) and unit in offices]
    if not offices:
        raise NotAllowed(Act.FILE, say("any office"))
    if not named and len(offices) > 1:
        return answer(which_office("mau", offices))
    office = (named or offices)[0]
    form, period = load(organisation.form), question.period or default_period(heard.now)
    case = await look_up(desk, form, office, period)
    return answer(Reply(_explained(case)), Reply(_template(form, case, len(offices) > 1)))


def _explained(case: Case) -> str:
    name = period_name(case.period)
    if case.existing:
        return say(
            "Copy the message below, change the figures, send it. It holds what you filed for {period}.", period=name
        )
    if case.last:
        return say("Copy the message below, change the figures, send it. It holds last month's figures.")
    return say("Copy the message below, put in the figures of {period}, send it.", period=name)


def _template(form: Form, case: Case, named: bool) -> str:
    """One line an indicator, ready to be read back as it is."""
    report = case.existing or case.last
    figures = report.figures if report else {}
    head = f"/nop {period_name(case.period)}"
    lines = [f"{head} {case.office.name}" if named else head]
    for indicator in form.indicators:
        values = "; ".join(amount(cell.measure, figures.get(cell, 0)) for cell in indicator.cells)
        lines.append(f"{capital(indicator_name(indicator))}: {values}")
    return "\n".join(lines)


conversation = Conversation(
    name="template", commands=("mau", "bieumau"), about=gloss("A form to copy and fill in"), open=open_, needs=Act.FILE
)
