"""Send one cell back to an office with a question; its chief answers once: with one number, or that it stays."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from bot.asking import understand
from bot.cards import amount, at, clipped, period_name
from bot.chat import Choice, Reply
from bot.dialogue import (
    Conversation,
    Heard,
    Move,
    State,
    answer,
    cancelled,
    current,
    finish,
    in_place,
    only_buttons,
    whole,
)
from bot.domain.calendar import local_day
from bot.domain.closing import PATIENCE
from bot.domain.form import Cell, Measure
from bot.domain.organisation import Office
from bot.domain.period import Period
from bot.domain.person import Act
from bot.domain.question import Intent
from bot.domain.reach import allowed
from bot.errors import NotAllowed, PeriodClosed, StaleChoice, Unread
from bot.filing import closed, may_open
from bot.i18n import gloss, say
from bot.matter import KEEP, Matter, answered_at, asked_as, draft_of, last_asked, matter_of, waiting_for
from bot.ports import Desk, Stand
from bot.reasons import show
from bot.taking import advance
from bot.trail import entry, role_of, role_over
from bot.unasked.telling import filers, leaders, tell

NAME = "send_back"
QUESTION, CONFIRM = "question", "confirm"
LONGEST = 300
LAST_ID = 2**62


async def open_(desk: Desk, heard: Heard) -> Move:
    """The office and the figure stand before the first colon, the question after it."""
    head, _, question = heard.text.partition(":")
    try:
        asked = await understand(desk, replace(heard, text=head), Intent.OFFICE)
    except Unread:  # a question without its colon, as a rule
        return answer(_how())
    office, today = asked.unit, local_day(heard.now)
    if not isinstance(office, Office) or asked.indicator is None:
        return answer(_how())
    if not allowed(heard.person, Act.SEND_BACK, office, asked.organisation, today):
        raise NotAllowed(Act.SEND_BACK, office.full_name)
    cell = Cell(asked.indicator, asked.measure or Measure.CASES)
    matter = await matter_of(desk, office.key, asked.period, cell.name)
    if matter is None:
        fields = {"office": office.name, "period": period_name(asked.period)}
        return answer(Reply(say("{office} has not filed {period}.", **fields)))
    if _words(question):
        return await _send(desk, heard, matter, _words(question))
    if reply := await _needless(desk, heard, matter):
        return answer(reply)
    period = [asked.period.year, asked.period.month]
    state = {"no": heard.turn, "office": office.key, "period": period, "cell": matter.cell.name}
    return Move((_which(heard, matter),), Stand(NAME, QUESTION, state))


def _how() -> Reply:
    example = "/tralai Bá Thước tiền xong: vì sao giảm?"
    text = say("Name the office and the figure, then a colon and the question, for example: {example}", example=example)
    return Reply(text)


def _words(text: str) -> str:
    return clipped(" ".join(text.split()), LONGEST)


def _which(heard: Heard, matter: Matter) -> Reply:
    fields = {"office": matter.office.name, "cell": matter.name}
    text = say("What do you want to ask {office} about {cell}? Please type it.", **fields)
    return Reply(text, (Choice(say("Cancel"), f"{NAME}:cancel:{heard.turn}"),))


async def hear_question(desk: Desk, heard: Heard, state: State) -> Move:
    """The question on a card, which has still to be sent."""
    matter, question = await _kept(desk, state), _words(heard.text)
    if not question:
        stand = Stand(NAME, QUESTION, {**state, "no": heard.turn})
        return Move((_which(heard, matter),), stand)
    fields = {"office": matter.office.full_name, "cell": matter.name, "period": matter.period}
    lines = [
        say("**Ask** {office} about {cell} of {period}?", **fields),
        say("“{question}”", question=question),
    ]
    stand = Stand(NAME, CONFIRM, {**state, "question": question})
    return show(heard, stand, lines, say("Send"), "send")


async def _kept(desk: Desk, state: State) -> Matter:
    matter = await matter_of(desk, state["office"], Period(*state["period"]), state["cell"])
    if matter is None:
        raise StaleChoice  # it has been withdrawn meanwhile
    return matter


async def press_send(desk: Desk, heard: Heard, state: State | None, argument: str) -> Move:
    state, _ = current(state, argument)
    if not state.get("question"):
        raise StaleChoice
    return in_place(await _send(desk, heard, await _kept(desk, state), state["question"], state["no"]))


async def _send(desk: Desk, heard: Heard, matter: Matter, question: str, card: int = 0) -> Move:
    """Put the question to who files for the office."""
    if reply := await _needless(desk, heard, matter):
        return finish(reply)
    office, today = matter.office, local_day(heard.now)
    people = await filers(desk, matter.office, today)
    if not await desk.places.reached(people):
        return finish(Reply(say("Nobody at {office} can be reached.", office=office.full_name)))
    role, seen = role_of(heard, Act.SEND_BACK, matter.place), {"seen": [matter.report.latest.number]}
    line = entry(heard, Act.SEND_BACK, matter.subject, role=role, after=seen, reason=question, card=card)
    await desk.audit.write(line)
    number = (await desk.audit.head()).number
    await tell(desk, people, partial(_question, heard, matter, question, number), heard.now)
    return finish(Reply(say("Sent back to {office}: {cell}.", office=office.full_name, cell=matter.name)))


async def _needless(desk: Desk, heard: Heard, matter: Matter) -> Reply | None:
    """Said when a question about that figure is waiting. Raises what stands in the way: no right, or a closing."""
    period = matter.report.period
    if not allowed(heard.person, Act.SEND_BACK, matter.office, matter.organisation, local_day(heard.now)):
        raise NotAllowed(Act.SEND_BACK, matter.office.full_name)
    if closing := await closed(desk, matter.form, matter.office, period, heard.now):
        raise PeriodClosed(
            period.year, period.month, closing.closed_at, may_open(heard, matter.office, matter.organisation)
        )
    last = await last_asked(desk, matter)
    if last is None or heard.now - last.entry.at > PATIENCE or await answered_at(desk, matter, last):
        return None
    fields = {"who": last.name, "office": matter.office.name, "cell": matter.name, "time": at(last.entry.at)}
    asked = say("{who} asked {office} about {cell} at {time} and is waiting for the answer:", **fields)
    return Reply("\n".join((asked, say("“{question}”", question=last.entry.reason))))


def _question(heard: Heard, matter: Matter, question: str, number: int) -> Reply:
    lines = [
        say(
            "{who} asks about **{cell}** of {office}, {period}: {amount}.",
            who=heard.person.name,
            office=matter.office.name,
            cell=matter.name,
            period=matter.period,
            amount=amount(matter.cell.measure, matter.report.figures.get(matter.cell, 0)),
        ),
        say("“{question}”", question=question),
    ]
    choices = (
        Choice(say("Give the right figure"), f"{NAME}:answer:{number}"),
        Choice(say("It stays"), f"{NAME}:keep:{number}"),
    )
    return Reply("\n".join(lines), choices, in_words=True)  # a bare number is the figure


async def press_answer(desk: Desk, heard: Heard, state: State | None, argument: str) -> Move:
    """The filed figures as a draft, the cell that was sent back asked for."""
    matter, over = await _asked(desk, heard, argument)
    if over:
        return answer(over)
    return await advance(desk, heard, draft_of(heard, matter))


async def press_keep(desk: Desk, heard: Heard, state: State | None, argument: str) -> Move:
    """The figure stays as it is: say so, once, to those who lead the cluster; typed again it is said of the next."""
    matter, over = await _asked(desk, heard, argument)
    if over and heard.text:
        left = await waiting_for(desk, matter.office.key, heard.now - PATIENCE)
        matter, over = (left[0][0], None) if left else (matter, over)
    if over:
        return answer(over)
    await desk.audit.write(
        entry(heard, KEEP, matter.subject, role=role_over(heard, Act.FILE, matter.office, matter.organisation))
    )
    await tell(desk, await leaders(desk, matter.place, local_day(heard.now)), partial(_kept_as_is, matter), heard.now)
    text = say("Your answer has been passed on; {cell} of {office} stays.", cell=matter.name, office=matter.office.name)
    return answer(Reply(text, in_place=True))


def _kept_as_is(matter: Matter) -> Reply:
    fields = {"office": matter.office.full_name, "cell": matter.name, "period": matter.period}
    return Reply(say("{office} keeps {cell} of {period} as it is.", **fields))


async def _asked(desk: Desk, heard: Heard, argument: str) -> tuple[Matter, Reply | None]:
    """What a button of the question is about, and what is said when it was answered before.

    Raises StaleChoice, NotAllowed."""
    matter, line = await asked_as(desk, whole(argument, LAST_ID))
    if not allowed(heard.person, Act.CORRECT, matter.office, matter.organisation, local_day(heard.now)):
        raise NotAllowed(Act.CORRECT, matter.office.full_name)
    answered = await answered_at(desk, matter, line)
    if answered is None:
        return matter, None
    return matter, Reply(say("This question was answered at {time} already.", time=at(answered)))


conversation = Conversation(
    name=NAME,
    commands=("tralai",),
    about=gloss("Send a figure back with a question"),
    open=open_,
    steps={CONFIRM: only_buttons, QUESTION: hear_question},
    presses={"send": press_send, "cancel": cancelled, "answer": press_answer, "keep": press_keep},
    free=frozenset({QUESTION}),
    needs=Act.SEND_BACK,
)
