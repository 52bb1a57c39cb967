"""An address that is lost: what must reach a person goes to their other one, else the head is told, once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from bot.chat import Outgoing, Reply
from bot.domain.agenda import leaders
from bot.domain.calendar import local_day
from bot.domain.organisation import Organisation
from bot.domain.person import FILERS, LEADERS, Duty, Person
from bot.i18n import say, speaking
from bot.ports import Desk


async def give_up(desk: Desk, outgoing: Outgoing, why: str, now: datetime) -> bool:
    """The address will never take anything again. Whether something was posted in its stead."""
    news = await desk.people.unreachable(outgoing.address, why, now)
    if outgoing.person is None:
        return False
    others = [one for one in await desk.people.addresses(outgoing.person) if one != outgoing.address]
    if others:
        reply = replace(outgoing.reply, in_place=False)
        await desk.outbox.post(others[0], reply, now, person=outgoing.person)
        return True
    return news and await _tell_leader(desk, await desk.people.get(outgoing.person), now)


async def elsewhere(desk: Desk, outgoing: Outgoing, now: datetime) -> bool:
    """Post it to the person's address on another channel; False when it is for an address, or there is no other."""
    known = await desk.people.addresses(outgoing.person) if outgoing.person is not None else ()
    others = [one for one in known if one.channel != outgoing.address.channel]
    if others:
        await desk.outbox.post(others[0], outgoing.reply, now, person=outgoing.person)
    return bool(others)


async def _tell_leader(desk: Desk, person: Person, now: datetime) -> bool:
    """Whoever leads the cluster first and can be reached."""
    organisation = await desk.offices.organisation()
    duties = await desk.people.duties(LEADERS, local_day(now))
    over = [duty for duty in _over(person, duties, organisation, now) if duty.person != person.id]
    reached = await desk.people.reached({duty.person for duty in over})
    told = next((duty for duty in over if duty.person in reached), None)
    if told is None:
        return False
    with speaking(told.language):
        text = say("{name} cannot be reached any more: please tell them by telephone.", name=f"**{person.name}**")
    await desk.outbox.post(reached[told.person], Reply(text), now, person=told.person)
    return True


def _over(person: Person, duties: Sequence[Duty], organisation: Organisation, now: datetime) -> list[Duty]:
    """Who leads the clusters in which this person files; nobody is told of one who leads only."""
    today = local_day(now)
    keys = [grant.place.cluster for grant in person.current(today) if grant.role in FILERS]
    clusters = [cluster for key in keys if (cluster := organisation.cluster(key, today))]
    return [duty for cluster in clusters for duty in leaders(duties, cluster)]
