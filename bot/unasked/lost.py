"""An address that is lost: what must reach a person goes to their other one, else the head is told, once."""

from __future__ import annotations

from collections.abc import Container, Iterable
from dataclasses import replace
from datetime import datetime
from functools import partial

from bot.chat import Address, Outgoing, Reply
from bot.domain import duty
from bot.domain.calendar import local_day
from bot.domain.person import FILERS, LEADERS, Person
from bot.domain.reach import place_on
from bot.i18n import say
from bot.ports import Desk
from bot.unasked.telling import tell


async def give_up(desk: Desk, outgoing: Outgoing, why: str, now: datetime) -> bool:
    """The address will never take anything again. Whether something was posted in its stead."""
    told = await lost(desk, outgoing.address, why, now)
    if outgoing.person is None:
        return told
    again = partial(replace, outgoing.reply, in_place=False)
    return bool(await tell(desk, [outgoing.person], again, now)) or told


async def elsewhere(desk: Desk, outgoing: Outgoing, now: datetime, live: Container[str] | None = None) -> bool:
    """Post it to the person's address on another channel; False when it is for an address, or there is no other.

    `live`: only these channels will do."""
    known = await desk.places.addresses(outgoing.person) if outgoing.person is not None else ()
    others = [one for one in known if one.channel != outgoing.address.channel and (live is None or one.channel in live)]
    if others:
        await desk.outbox.post(others[0], outgoing.reply, now, person=outgoing.person)
        await desk.places.offered({others[0]: [(choice.label, choice.token) for choice in outgoing.reply.choices]})
    return bool(others)


async def reroute(
    desk: Desk, left: Iterable[Outgoing], live: Container[str], now: datetime, why: str
) -> list[Outgoing]:
    """Their channel takes nothing now: what must reach a person goes over another one, the rest waits. Which they were.

    What may have arrived already waits too."""
    passed = [one for one in left if not one.tries and await elsewhere(desk, one, now, live)]
    for outgoing in passed:
        await desk.outbox.dead(outgoing.id, why, now, instead=True)
    return passed


async def lost(desk: Desk, address: Address, why: str, now: datetime) -> bool:
    """Nobody is there any more. The head is told of a person who has no other address; whether that was done."""
    person = await desk.places.unreachable(address, why, now)
    if person is None or await desk.places.addresses(person):
        return False
    return await _tell_leader(desk, await desk.people.get(person), now)


async def _tell_leader(desk: Desk, person: Person, now: datetime) -> bool:
    """Whoever leads the cluster first and can be reached; nobody is told of one who does not file."""
    today = local_day(now)
    filing = [grant for grant in person.current(today) if grant.role in FILERS]
    if not filing:
        return False
    organisation, duties = await desk.offices.organisation(), await desk.people.duties(LEADERS, today)
    over = [one for grant in filing for one in duty.leaders(duties, place_on(grant, organisation, today))]
    for leader in dict.fromkeys(one.person for one in over):
        if await tell(desk, [leader], partial(_gone, person), now, but=person.id):
            return True
    return False


def _gone(person: Person) -> Reply:
    text = say("{name} cannot be reached any more: please tell them by telephone.", name=f"**{person.name}**")
    return Reply(text)
