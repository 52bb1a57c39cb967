"""Open a closed period again for one office: asked with a reason, granted for 24 hours or refused, once."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from functools import partial

from bot.asking import token
from bot.cards import at, period_name
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
    pick,
    whole,
)
from bot.domain.calendar import local_day
from bot.domain.closing import PATIENCE, UNLOCKED_FOR, Unlock
from bot.domain.organisation import Office
from bot.domain.period import Period
from bot.domain.person import Act
from bot.domain.plea import read_plea
from bot.domain.reach import allowed
from bot.errors import NotAllowed, StaleChoice
from bot.filing import closed, default_period
from bot.forms import load
from bot.i18n import gloss, say
from bot.pleading import unclear
from bot.ports import Desk, Stand
from bot.reasons import because, show_reason
from bot.taking import my_offices
from bot.trail import entry, role_of, role_over, unlock_subject
from bot.unasked.telling import leaders, tell

NAME = "unlock"
CONFIRM, REASON, OFFICE = "confirm", "reason", "office"
LAST_ID = 2**63 - 1  # what the database can hold


async def open_(desk: Desk, heard: Heard) -> Move:
    """Whose and which period, then the reason; what cannot be made out is asked back, and nothing is sent unseen."""
    offices = await my_offices(desk, heard)
    if not offices:
        raise NotAllowed(Act.CORRECT, say("any office"))
    plea = read_plea(heard.text, await desk.offices.organisation(), local_day(heard.now))
    if reply := await unclear(desk, heard, plea, [office.key for office in offices]):
        return answer(reply)
    keys = [unit.key for unit in plea.units]
    meant = [office for office in offices if office.key in keys or not keys]
    period = next(iter(plea.periods), default_period(heard.now))
    state = {"no": heard.turn, "period": [period.year, period.month], "reason": because(plea.reason)}
    if len(meant) == 1:
        return await _consider(desk, heard, state, meant[0])
    choices = tuple(Choice(one.name, f"{NAME}:office:{heard.turn}.{n}") for n, one in enumerate(meant))
    which = Reply(say("Which office is this for?"), choices)
    return Move((which,), Stand(NAME, OFFICE, {**state, "offices": [one.key for one in meant]}))


async def press_office(desk: Desk, heard: Heard, state: State | None, argument: str) -> Move:
    state, place = current(state, argument)
    period = Period(*state["period"])
    office = (await desk.offices.organisation()).office(pick(state.get("offices", ()), place), period.end)
    if office is None:
        raise StaleChoice
    return in_place(await _consider(desk, heard, {**state, "no": heard.turn}, office))


async def _consider(desk: Desk, heard: Heard, state: State, office: Office) -> Move:
    """The card; before it, the reason when it is missing, or why nothing has to be asked for."""
    period, reason = Period(*state["period"]), state["reason"]
    if reply := await _needless(desk, heard, office, period):
        return answer(reply)
    state = {"no": state["no"], "office": office.key, "period": state["period"]}
    if reason:
        return _card(heard, state, office, reason)
    text = say(
        "Why should {period} of {office} be opened? Please type the reason.",
        period=period_name(period),
        office=office.name,
    )
    cancel = Choice(say("Cancel"), f"{NAME}:cancel:{heard.turn}")
    return Move((Reply(text, (cancel,)),), Stand(NAME, REASON, state))


def _card(heard: Heard, state: State, office: Office, reason: str) -> Move:
    """The request as it will be sent."""
    period = period_name(Period(*state["period"]))
    line = say("**Ask** for {period} of {office} to be opened?", period=period, office=office.name)
    stand = Stand(NAME, CONFIRM, state)
    return show_reason(replace(heard, text=reason), stand, line, say("Send the request"), "send")


async def _needless(desk: Desk, heard: Heard, office: Office, period: Period) -> Reply | None:
    """Why nothing has to be asked for: the period is open, or a request is waiting already."""
    form = load((await desk.offices.organisation()).form)
    fields = {"period": period_name(period), "office": office.name}
    if await closed(desk, form, office, period, heard.now) is None:
        open_now = say("{period} is open for {office}: just send the change.", **fields)
        return Reply(open_now, (Choice(say("Change"), token("sua", office.name, period)),))
    waiting = await desk.periods.waiting(office.key, form.key, period)
    if waiting is None or heard.now - waiting.asked_at > PATIENCE:
        return None
    time = at(waiting.asked_at)
    return Reply(
        say("The request to open {period} of {office} was sent at {time} and is waiting.", time=time, **fields)
    )


async def hear_reason(desk: Desk, heard: Heard, state: State) -> Move:
    """The request on a card, which has still to be sent."""
    period = Period(*state["period"])
    office = (await desk.offices.organisation()).office(state["office"], period.end)
    if office is None:
        raise StaleChoice
    return _card(heard, state, office, heard.text)


async def press_send(desk: Desk, heard: Heard, state: State | None, argument: str) -> Move:
    state, _ = current(state, argument)
    if not state.get("reason") or "office" not in state:
        raise StaleChoice
    return in_place(await _send(desk, heard, state))


async def _send(desk: Desk, heard: Heard, state: State) -> Move:
    """Store the request and put it to those who lead the cluster."""
    organisation, today, period = await desk.offices.organisation(), local_day(heard.now), Period(*state["period"])
    office = organisation.office(state["office"], period.end)
    if office is None or not allowed(heard.person, Act.FILE, office, organisation, today):
        raise NotAllowed(Act.CORRECT, office.full_name if office else "")
    if reply := await _needless(desk, heard, office, period):
        return finish(reply)
    reason = state["reason"]
    unlock = Unlock(0, office.key, organisation.form, period, heard.person.id, heard.person.name, reason, heard.now)
    number = await desk.periods.ask(unlock)
    place = organisation.place(office)
    role = role_over(heard, Act.FILE, office, organisation)
    subject = unlock_subject(replace(unlock, id=number))
    line = entry(heard, "ask_unlock", subject, role=role, reason=reason, card=state["no"])
    await desk.audit.write(line)
    closing = await closed(desk, load(organisation.form), office, period, heard.now)
    asking = partial(_request, number, unlock, office, at(closing.closed_at) if closing else "?")
    fields = {"period": period_name(period), "office": office.name}
    if await tell(desk, await leaders(desk, place, today), asking, heard.now):
        text = say("The request to open {period} of {office} has been sent to the head of the cluster.", **fields)
        lines = [text, say("Reason: “{reason}”.", reason=reason), say("You will be told the answer.")]
        return finish(Reply("\n".join(lines)))
    return finish(Reply(say("Nobody who leads the cluster can be reached; the request is kept.")))


def _request(number: int, unlock: Unlock, office: Office, closed_at: str) -> Reply:
    text = say(
        "{office} asks for **{period}** to be opened (closed {time}). Reason: “{reason}”.",
        office=office.full_name,
        period=period_name(unlock.period),
        time=closed_at,
        reason=unlock.reason,
    )
    choices = (
        Choice(say("Agree, 24 hours"), f"{NAME}:grant:{number}"),
        Choice(say("Refuse"), f"{NAME}:refuse:{number}"),
    )
    return Reply(text, choices, in_words=True)  # one tap opens what is closed: never by a stray digit


async def press_grant(desk: Desk, heard: Heard, state: State | None, argument: str) -> Move:
    return await _answer(desk, heard, argument, granted=True)


async def press_refuse(desk: Desk, heard: Heard, state: State | None, argument: str) -> Move:
    return await _answer(desk, heard, argument, granted=False)


async def _answer(desk: Desk, heard: Heard, argument: str, *, granted: bool) -> Move:
    """The first answer counts; whoever comes later sees it, and so does everybody else who leads the cluster."""
    unlock = await desk.periods.unlock(whole(argument, LAST_ID))
    organisation, today = await desk.offices.organisation(), local_day(heard.now)
    office = organisation.office(unlock.office, unlock.period.end) if unlock else None
    if unlock is None or office is None:
        raise StaleChoice
    if not allowed(heard.person, Act.UNLOCK, office, organisation, today):
        raise NotAllowed(Act.UNLOCK, office.full_name)
    until = heard.now + UNLOCKED_FOR if granted else None
    if not await desk.periods.answer(unlock.id, heard.person.name, until, heard.now):
        return answer(Reply(_answered_already(unlock), in_place=True))
    place = organisation.place(office)
    after = {"until": until.isoformat() if until else None}
    role = role_of(heard, Act.UNLOCK, place)
    subject = unlock_subject(unlock)
    act = Act.UNLOCK if granted else "refuse_unlock"
    await desk.audit.write(entry(heard, act, subject, role=role, after=after, reason=unlock.reason))
    filed = await desk.reports.get(unlock.office, unlock.form, unlock.period) is not None
    told = partial(_told, unlock, office, until, heard.person.name, filed)
    await tell(desk, [unlock.asker], told, heard.now)
    others = [one for one in await leaders(desk, place, today) if one != unlock.asker]
    await tell(desk, others, lambda: Reply(told().text), heard.now, but=heard.person.id)
    return answer(Reply(told().text, in_place=True))


def _told(unlock: Unlock, office: Office, until: datetime | None, by: str, filed: bool) -> Reply:
    fields = {"office": office.name, "period": period_name(unlock.period), "by": by}
    if until is None:
        return Reply(say("**Refused**: {period} of {office} stays closed, by {by}.", **fields))
    text = say("**Opened**: {period} of {office} until {time}, by {by}.", time=at(until), **fields)
    label, word = (say("Change"), "sua") if filed else (say("File the figures"), "nop")
    return Reply(text, (Choice(label, token(word, office.name, unlock.period)),))


def _answered_already(unlock: Unlock) -> str:
    if unlock.until:
        return say("{by} has opened it already, until {time}.", by=unlock.answerer, time=at(unlock.until))
    return say("{by} has refused it already.", by=unlock.answerer)


conversation = Conversation(
    name=NAME,
    commands=("xinmo",),
    about=gloss("Ask for a closed period to be opened"),
    open=open_,
    steps={CONFIRM: only_buttons, REASON: hear_reason, OFFICE: only_buttons},
    presses={
        "office": press_office,
        "send": press_send,
        "cancel": cancelled,
        "grant": press_grant,
        "refuse": press_refuse,
    },
    free=frozenset({REASON}),
    asides=frozenset({REASON}),
    needs=Act.CORRECT,
)
