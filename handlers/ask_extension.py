"""Ask the head of the cluster for more time: the wish is passed on, with a button that grants it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial

from bot.asking import token
from bot.cards import clipped, period_name
from bot.chat import Choice, Reply
from bot.dialogue import Conversation, Heard, Move, State, answer, current, finish, only_buttons, pick
from bot.domain.agenda import Agenda
from bot.domain.calendar import local_day
from bot.domain.extension import Extending, Wish, parted
from bot.domain.folding import fold
from bot.domain.organisation import Office, Organisation
from bot.domain.period import Period, next_period
from bot.domain.person import Act
from bot.domain.subject import read_question
from bot.domain.wished import empty, read_wished
from bot.errors import NotAllowed, NotOneOffice
from bot.filing import default_period, due_at
from bot.i18n import gloss, hour, moment, say
from bot.ports import Desk, Stand
from bot.reminding import refuse_closed, sketch, weighed
from bot.taking import my_offices
from bot.titles import can_anywhere
from bot.trail import entry, role_over
from bot.unasked.telling import leaders, tell
from bot.wishing import LONGEST, NAME, noted, passed_on_at, subject, words_of

OFFICE = "office"
EXAMPLE = "/xingiahan mai 9h: mất điện"
_ASKS = re.compile(r"\b(xin|de nghi|muon|cho)\b.*\b(gia|lui|doi|them) han\b|\bxin them thoi gian\b")
_NO_MORE = re.compile(r"^\W*(?:thoi|khong|huy|bo|rut)\b.*\bgia han\b|^\W*(?:thoi|huy|bo|rut)\W*$")
_WONDERS = re.compile(r"\b(khong|chua)( a| nhi| vay)?\W*$|\?|\b(hoi|the nao|bao gio|khi nao)\b")


async def open_(desk: Desk, heard: Heard) -> Move:
    if _NO_MORE.search(fold(heard.text)):
        text = say("What was asked for cannot be called back; if no more time is needed, just file in time.")
        return answer(Reply(text, (Choice(say("File now"), "/nop"),)))
    organisation, today, period = await desk.offices.organisation(), local_day(heard.now), default_period(heard.now)
    mine = await my_offices(desk, heard)
    if not mine:
        raise NotAllowed(Act.FILE, say("any office"))
    if can_anywhere(heard.person, Act.EXTEND, today):
        example = f"/giahan {mine[0].name} mai 9h: mất điện"
        return answer(Reply(say("You move deadlines yourself, for example: {example}", example=example)))
    agenda = await weighed(desk, await sketch(desk, organisation, period, heard.now), heard.now)
    wish = read_wished(heard.text, organisation, heard.now, period)
    if reply := _unclear(heard, organisation, wish, mine):
        return answer(reply)
    named = [unit for unit in read_question(heard.text, organisation, today).units if unit in mine]
    owed = agenda.missing([office for office in mine if office in named or not named])
    if not owed:
        refuse_closed(agenda, mine, heard, organisation)
        return answer(_filed(period))
    if empty(wish):
        return answer(Reply(say("Until when, and why? For example: {example}", example=EXAMPLE)))
    if len(owed) > 1 and not named:
        return _which(heard, owed, wish)
    return answer(*[await _pass_on(desk, heard, agenda, office, wish) for office in owed])


def _filed(period: Period) -> Reply:
    return Reply(say("**{period}** has been filed already; thank you.", period=period_name(period)))


def _which(heard: Heard, owed: Sequence[Office], wish: Wish) -> Move:
    """Which of one's offices; the moment, the reason and the words wait for it."""
    choices = tuple(Choice(office.name, f"{NAME}:office:{heard.turn}.{n}") for n, office in enumerate(owed))
    state = {
        "no": heard.turn,
        "offices": [office.key for office in owed],
        "until": wish.until.isoformat() if wish.until else "",
        "reason": wish.reason,
        "text": heard.text,
    }
    return Move((Reply(say("Which office is this for?"), choices),), Stand(NAME, OFFICE, state))


async def press_office(desk: Desk, heard: Heard, state: State | None, argument: str) -> Move:
    state, place = current(state, argument)
    organisation, period = await desk.offices.organisation(), default_period(heard.now)
    key, until = pick(state["offices"], place), state["until"]
    mine = [one for one in await my_offices(desk, heard) if one.key == key]
    agenda = await weighed(desk, await sketch(desk, organisation, period, heard.now), heard.now)
    if not agenda.missing(mine):
        refuse_closed(agenda, mine, heard, organisation)
        return finish(_filed(period))
    wish = Wish(until=datetime.fromisoformat(until) if until else None, reason=state["reason"])
    reply = await _pass_on(desk, replace(heard, text=state["text"]), agenda, mine[0], wish)
    return finish(replace(reply, in_place=True))


def _unclear(heard: Heard, organisation: Organisation, wish: Wish, mine: Sequence[Office]) -> Reply | None:
    """What has to be asked back: words before a colon that name nothing. Raises for a unit that is not one's own."""
    keys = [office.key for office in mine]
    for unit in (one for one in wish.units if one.key not in keys):
        if isinstance(unit, Office):
            raise NotAllowed(NAME, unit.full_name)
        raise NotOneOffice(unit.name)
    if heard.text[len(parted(heard.text)[0]) :][:1] != ":":
        return None  # free words: the whole of them is passed on
    if wish.wrong:
        no_moment = say(
            "“{text}” is no day or hour that there is; please write it anew, for example: {example}",
            text=wish.wrong,
            example=EXAMPLE,
        )
        return Reply(no_moment)
    if not wish.unread:
        return None
    text = say(
        "I did not understand “{text}”. If it is the reason, write it after a colon, for example: {example}",
        text=clipped(wish.unread),
        example=EXAMPLE,
    )
    return Reply(text)


async def _pass_on(desk: Desk, heard: Heard, agenda: Agenda, office: Office, asked: Wish) -> Reply:
    organisation, words, today = await desk.offices.organisation(), words_of(heard.text), local_day(heard.now)
    over = [one for one in await leaders(desk, organisation.place(office), today) if one != heard.person.id]
    before = await passed_on_at(desk, agenda, office, asked, words, heard.now)
    if before and (reached := await desk.places.reached(over)):
        return await _already(desk, [one for one in over if one in reached], before, agenda.deadline_of(office))
    role = role_over(heard, Act.FILE, office, organisation)
    after = noted(asked) or None
    await desk.audit.write(entry(heard, NAME, subject(office.key, agenda), role=role, after=after, reason=words))
    following = await due_at(desk, next_period(agenda.period))
    wish = partial(_wish, Extending(office, agenda, (office,), following), words, asked.until, heard.now)
    if not await tell(desk, over, wish, heard.now):
        return Reply(say("Nobody who leads the cluster can be reached; please call."))
    text = _passed_on(agenda, office, asked.until, _why(asked.reason, words))
    return Reply(text, (Choice(say("File now"), "/nop"),))


async def _already(desk: Desk, told: Sequence[int], at: datetime, deadline: datetime) -> Reply:
    people = await desk.people.some(told)
    lines = [
        say(
            "I passed this on to {names} at {hour} already; it has not been decided yet.",
            names=", ".join(people[one].name for one in told),
            hour=hour(at),
        ),
        _until_then(deadline),
    ]
    return Reply("\n".join(lines), (Choice(say("File now"), "/nop"),))


def _until_then(deadline: datetime) -> str:
    return say("Until it is decided the deadline is **{deadline}**.", deadline=moment(deadline))


def _passed_on(agenda: Agenda, office: Office, until: datetime | None, reason: str) -> str:
    """What was passed on, as it was understood."""
    what = f"{office.full_name} · {period_name(agenda.period)}"
    lines = [say("Passed on to the head of the cluster, who moves deadlines:"), what]
    if until:
        lines.append(say("Until: **{time}**.", time=moment(until)))
    if reason:
        lines.append(reason)
    return "\n".join([*lines, _until_then(agenda.deadline_of(office))])


def _why(reason: str, words: str) -> str:
    """Without a reason set apart, the words themselves."""
    if reason:
        return say("Reason: “{reason}”.", reason=clipped(reason, LONGEST))
    return f"“{words}”" if words else ""


def _wish(asked: Extending, words: str, until: datetime | None, now: datetime) -> Reply:
    """What those who lead are told; a moment that was named and will do is one tap."""
    lines = [
        say(
            "{office} asks for more time for **{period}** (deadline {deadline}).",
            office=asked.name,
            period=period_name(asked.agenda.period),
            deadline=moment(asked.deadline),
        )
    ]
    if words:
        lines.append(f"“{words}”")
    if until and not asked.fault(until, now) and until > asked.deadline:
        extend = token("giahan", asked.unit.name, extra=f"{until:%Hh%M %d/%m/%Y}")
        return Reply("\n".join(lines), (Choice(say("Extend to {time}", time=moment(until)), extend),))
    example = f"/giahan {asked.unit.name} mai 9h: mất điện"
    return Reply("\n".join([*lines, say("To grant it, send for example: {example}", example=example)]))


async def _asks(desk: Desk, heard: Heard) -> bool:
    """“Cho tôi xin gia hạn đến mai”, from somebody who files; a question about it is passed on to nobody."""
    said, may = fold(heard.text), can_anywhere(heard.person, Act.FILE, local_day(heard.now))
    return may and _ASKS.search(said) is not None and _WONDERS.search(said) is None


conversation = Conversation(
    name=NAME,
    commands=("xingiahan",),
    about=gloss("Ask for more time"),
    open=open_,
    steps={OFFICE: only_buttons},
    presses={"office": press_office},
    needs=Act.FILE,
    recognises=_asks,
    eager=True,
)
