"""Open a closed period again for one office: asked with a reason, granted for 24 hours or refused, once."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from bot.asking import which_office
from bot.cards import at, period_name
from bot.chat import Choice, Reply
from bot.dialogue import Conversation, Heard, Move, State, answer, finish
from bot.domain.calendar import local_day
from bot.domain.closing import UNLOCKED_FOR, Unlock
from bot.domain.organisation import Office
from bot.domain.period import Period
from bot.domain.person import Act
from bot.domain.question import read_question
from bot.domain.reach import allowed
from bot.errors import NotAllowed, StaleChoice
from bot.filing import closed, default_period
from bot.forms import load
from bot.i18n import gloss, say
from bot.ports import Desk, Stand
from bot.taking import my_offices
from bot.trail import entry, role_of, role_over
from bot.unasked.telling import leaders, tell

NAME = "unlock"
REASON = "reason"


async def open_(desk: Desk, heard: Heard) -> Move:
    organisation, today = await desk.offices.organisation(), local_day(heard.now)
    offices = await my_offices(desk, heard)
    if not offices:
        raise NotAllowed(Act.CORRECT, say("any office"))
    question = read_question(heard.text, organisation, today)
    named = [unit for unit in question.units if isinstance(unit, Office) and unit in offices]
    if not named and len(offices) > 1:
        return answer(which_office("xinmo", offices))
    office, period = (named or offices)[0], question.period or default_period(heard.now)
    if await closed(desk, load(organisation.form), office, period, heard.now) is None:
        open_now = say(
            "{period} is open for {office}: just send the change.", period=period_name(period), office=office.name
        )
        return answer(Reply(open_now, (Choice(say("Change"), "/sua"),)))
    state = {"no": heard.turn, "office": office.key, "period": [period.year, period.month]}
    reason = " ".join(question.figures.split()).strip(" :,.;-")
    if len(reason) > 3:
        return await hear_reason(desk, heard, {**state, "reason": reason})
    text = say(
        "Why should {period} of {office} be opened? Please type the reason.",
        period=period_name(period),
        office=office.name,
    )
    return Move((Reply(text),), Stand(NAME, REASON, state))


async def hear_reason(desk: Desk, heard: Heard, state: State) -> Move:
    """Store the request and put it to those who lead the cluster."""
    organisation, today, period = await desk.offices.organisation(), local_day(heard.now), Period(*state["period"])
    office = organisation.office(state["office"], period.end)
    if office is None or not allowed(heard.person, Act.FILE, office, organisation, today):
        raise NotAllowed(Act.CORRECT, office.full_name if office else "")
    reason = state.get("reason") or " ".join(heard.text.split())
    unlock = Unlock(0, office.key, organisation.form, period, heard.person.id, heard.person.name, reason, heard.now)
    number = await desk.periods.ask(unlock)
    place = organisation.place(office)
    role = role_over(heard, Act.FILE, office, organisation)
    await desk.audit.write(entry(heard, "ask_unlock", _subject(number, unlock), role=role, reason=reason))
    closing = await closed(desk, load(organisation.form), office, period, heard.now)
    asking = partial(_request, number, unlock, office, at(closing.closed_at) if closing else "?")
    if await tell(desk, await leaders(desk, place, today), asking, heard.now):
        return finish(Reply(say("Your request has been sent to the head of the cluster. You will be told the answer.")))
    return finish(Reply(say("Nobody who leads the cluster can be reached; the request is kept.")))


def _subject(number: int, unlock: Unlock) -> str:
    return f"unlock {number} {unlock.office} {unlock.period.year}-{unlock.period.month:02}"


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
    return Reply(text, choices)


async def press_grant(desk: Desk, heard: Heard, state: State | None, argument: str) -> Move:
    return await _answer(desk, heard, argument, granted=True)


async def press_refuse(desk: Desk, heard: Heard, state: State | None, argument: str) -> Move:
    return await _answer(desk, heard, argument, granted=False)


async def _answer(desk: Desk, heard: Heard, argument: str, *, granted: bool) -> Move:
    """The first answer counts; whoever comes later sees it, and so does everybody else who leads the cluster."""
    unlock = await desk.periods.unlock(int(argument)) if argument.isdecimal() else None
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
    subject = _subject(unlock.id, unlock)
    await desk.audit.write(entry(heard, Act.UNLOCK, subject, role=role, after=after, reason=unlock.reason))
    told = partial(_told, unlock, office, until, heard.person.name)
    await tell(desk, [unlock.asker], told, heard.now)
    others = [one for one in await leaders(desk, place, today) if one != unlock.asker]
    await tell(desk, others, lambda: Reply(told().text), heard.now, but=heard.person.id)
    return answer(Reply(told().text, in_place=True))


def _told(unlock: Unlock, office: Office, until: datetime | None, by: str) -> Reply:
    fields = {"office": office.name, "period": period_name(unlock.period), "by": by}
    if until is None:
        return Reply(say("**Refused**: {period} of {office} stays closed, by {by}.", **fields))
    text = say("**Opened**: {period} of {office} until {time}, by {by}.", time=at(until), **fields)
    return Reply(text, (Choice(say("Change"), "/sua"),))


def _answered_already(unlock: Unlock) -> str:
    if unlock.until:
        return say("{by} has opened it already, until {time}.", by=unlock.answerer, time=at(unlock.until))
    return say("{by} has refused it already.", by=unlock.answerer)


conversation = Conversation(
    name=NAME,
    commands=("xinmo",),
    about=gloss("Ask for a closed period to be opened"),
    open=open_,
    steps={REASON: hear_reason},
    presses={"grant": press_grant, "refuse": press_refuse},
    free=frozenset({REASON}),
    needs=Act.CORRECT,
)
