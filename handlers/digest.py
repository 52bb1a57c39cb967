"""The daily digest of the clusters that somebody leads: shown now, and every working morning to who wishes it."""

from __future__ import annotations

from bot.chat import Reply
from bot.dialogue import Conversation, Heard, Move, State, answer
from bot.digesting import bulletins, led, since_yesterday
from bot.domain.organisation import Cluster
from bot.domain.person import Act
from bot.errors import NotAllowed, PeriodNotOpen
from bot.filing import default_period
from bot.i18n import gloss, say
from bot.ports import Desk
from bot.reminding import sketch, weighed
from bot.unasked.digest import NAME, digest


async def open_(desk: Desk, heard: Heard) -> Move:
    clusters = await _led(desk, heard)
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
    about=gloss("Daily digest"),
    open=open_,
    presses={"on": press_on, "off": press_off},
    needs=Act.NUDGE,
)
