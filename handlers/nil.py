"""File an explicit "nothing new": the figures stay those of the month before, which is not the same as missing."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from bot.asking import which_office
from bot.cards import at, period_name
from bot.chat import Choice, Reply
from bot.dialogue import Conversation, Heard, Move, State, answer, cancelled, current, finish, only_buttons
from bot.domain.calendar import local_day
from bot.domain.figures import Figures
from bot.domain.form import Form
from bot.domain.organisation import Office
from bot.domain.period import Period
from bot.domain.person import Act
from bot.domain.question import read_question
from bot.domain.reach import offices_for
from bot.errors import NotAllowed, StaleChoice
from bot.filing import Case, Filed, default_period, look_up, refusals, store
from bot.forms import load
from bot.i18n import capital, gloss, say
from bot.ports import Desk, Stand
from bot.review import card_lines, overtaken_line, stored

NAME = "nil"


async def open_(desk: Desk, heard: Heard) -> Move:
    organisation, today = await desk.offices.organisation(), local_day(heard.now)
    offices = offices_for(heard.person, Act.FILE, organisation, today)
    question = read_question(heard.text, organisation, today)
    named = [unit for unit in question.units if isinstance(unit, Office)]
    if not offices:
        raise NotAllowed(Act.FILE, say("any office"))
    if not named and len(offices) > 1:
        return answer(which_office("khongphatsinh", offices))
    office, period = (named or offices)[0], question.period or default_period(heard.now)
    for refusal in refusals(office, period, organisation, heard):
        raise refusal
    form = load(organisation.form)
    case = await look_up(desk, form, office, period)
    figures = _unchanged(form, case)
    return answer(_unknown(case)) if figures is None else _ask(heard, form, case, figures, heard.text)


def _unchanged(form: Form, case: Case) -> Figures | None:
    """Last month's figures; zeros in the first month of a year; None when last month's are not known."""
    if case.period.previous is None:
        return Figures(dict.fromkeys(form.cells, 0))
    return case.last_figures


def _unknown(case: Case) -> Reply:
    before = case.period.previous
    known = capital(period_name(before)) if before else ""
    return Reply(
        say("{period} has not been filed, so I cannot know the figures. Please file them with /nop.", period=known)
    )


def _ask(heard: Heard, form: Form, case: Case, figures: Figures, text: str) -> Move:
    head = say("**Nothing new this month?** The figures stay as they were:")
    lines = [head, "", *card_lines(form, case, figures, heard.now)]
    choices = (
        Choice(say("Yes, nothing new"), f"{NAME}:file:{heard.turn}"),
        Choice(say("File the figures"), "/nop"),
        Choice(say("Cancel"), f"{NAME}:cancel:{heard.turn}"),
    )
    state = {
        "no": heard.turn,
        "office": case.office.key,
        "period": [case.period.year, case.period.month],
        "sent_at": heard.sent_at.isoformat(),
        "text": text,
        "seen": case.number,
    }
    return Move((Reply("\n".join(lines), choices),), Stand(NAME, "confirm", state))


async def press_file(desk: Desk, heard: Heard, state: State | None, argument: str) -> Move:
    state, _ = current(state, argument)
    organisation, period = await desk.offices.organisation(), Period(*state["period"])
    form, office = load(organisation.form), organisation.office(state["office"], period.end)
    if office is None:
        raise StaleChoice
    for refusal in refusals(office, period, organisation, heard):
        raise refusal
    case = await look_up(desk, form, office, period)
    figures = _unchanged(form, case)
    if figures is None:
        return finish(replace(_unknown(case), in_place=True))
    if case.existing and case.existing.latest.nil and case.existing.figures == figures:
        same = say("These very figures were stored at {time} already.", time=at(case.existing.latest.stored_at))
        return finish(Reply(same, in_place=True))
    if state.get("seen", case.number) != case.number:
        asked = _ask(heard, form, case, figures, state["text"])
        text = f"{overtaken_line(case)}\n\n{asked.replies[0].text}"
        return replace(asked, replies=(replace(asked.replies[0], text=text, in_place=True),))
    sent_at = datetime.fromisoformat(state["sent_at"])
    report = await store(desk, heard, form, case, Filed(figures, sent_at, state["text"], nil=True))
    return finish(await stored(desk, form, case, report, organisation))


conversation = Conversation(
    name=NAME,
    commands=("khongphatsinh",),
    about=gloss("File that there is nothing new"),
    open=open_,
    steps={"confirm": only_buttons},
    presses={"file": press_file, "cancel": cancelled},
    needs=Act.FILE,
)
