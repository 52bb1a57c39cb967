"""The daily digest of the clusters that somebody leads: shown now, and every working morning to who wishes it."""

from __future__ import annotations

import re

from bot.asking import unit_name
from bot.chat import Reply
from bot.dialogue import Conversation, Heard, Move, State, answer
from bot.digesting import bulletins, led, since_yesterday
from bot.domain.calendar import local_day
from bot.domain.folding import fold
from bot.domain.organisation import Cluster
from bot.domain.person import Act
from bot.domain.question import Intent, read
from bot.errors import NotAllowed, PeriodNotOpen, UnknownOffice, Unread
from bot.filing import default_period
from bot.forms import load
from bot.i18n import gloss, say
from bot.ports import Desk
from bot.reminding import sketch, weighed
from bot.unasked.digest import NAME, digest

_ON = frozenset("bat mo moi hang".split())  # noqa: SIM905
_OFF = frozenset("tat dung ngung thoi huy bo khong".split())  # noqa: SIM905
_AROUND = frozenset("ban tin ngay sang gui nhan cho toi nua di nhe a giup dang ki hom nay".split())  # noqa: SIM905


async def open_(desk: Desk, heard: Heard) -> Move:
    clusters = await _led(desk, heard)
    said = frozenset(re.findall(r"\w+", fold(heard.text)))
    if said - _ON - _OFF - _AROUND:
        clusters = await _named(desk, heard, clusters)
    elif said & (_ON | _OFF):
        return await (press_off if said & _OFF else press_on)(desk, heard, None, "")
    organisation, period = await desk.offices.organisation(), default_period(heard.now)
    if period < organisation.reporting_from:
        raise PeriodNotOpen(period.year, period.month, None)
    since = since_yesterday(heard.now, await desk.offices.calendar())
    agenda = await weighed(desk, await sketch(desk, organisation, period, heard.now), heard.now)
    found = await bulletins(desk, agenda, clusters, since, heard.now)
    wished = await desk.readings.wished(heard.person.id) is not None
    return answer(digest(found, since, heard.now, daily=wished))


async def _led(desk: Desk, heard: Heard) -> list[Cluster]:
    clusters = led(heard.person, await desk.offices.organisation(), heard.now)
    if not clusters:
        raise NotAllowed(Act.NUDGE)
    return clusters


async def _named(desk: Desk, heard: Heard, led_: list[Cluster]) -> list[Cluster]:
    """Those of them that are named. Raises UnknownOffice, NotAllowed, Unread."""
    organisation, today = await desk.offices.organisation(), local_day(heard.now)
    question = read(heard.text, organisation, load(organisation.form), today, command=Intent.MISSING)
    if question.unknown:
        raise UnknownOffice(question.unknown, tuple((unit.key, unit.name) for unit in question.nearest))
    if question.unread or question.period not in (None, default_period(heard.now)):
        raise Unread(heard.text.strip())
    keys = [unit.key for unit in question.units]
    if others := [unit for unit in question.units if unit.key not in [one.key for one in led_]]:
        raise NotAllowed(Act.NUDGE, unit_name(others[0]))
    return [one for one in led_ if one.key in keys] or led_


async def press_on(desk: Desk, heard: Heard, state: State | None, argument: str) -> Move:
    await _led(desk, heard)
    await desk.readings.wish(heard.person.id, heard.now)
    return answer(
        Reply(
            say(
                "From now on you get the digest at 08:00 on each working day, unless there is nothing new. "
                "To stop it: /bantin"
            )
        )
    )


async def press_off(desk: Desk, heard: Heard, state: State | None, argument: str) -> Move:
    await desk.readings.unwish(heard.person.id)
    return answer(Reply(say("The daily digest no longer comes. To see it at any time: /bantin")))


conversation = Conversation(
    name=NAME,
    commands=("bantin",),
    phrases=("ban tin",),
    about=gloss("Daily digest"),
    open=open_,
    presses={"on": press_on, "off": press_off},
    needs=Act.NUDGE,
)
