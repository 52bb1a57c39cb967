"""The one way to tell people something that they did not ask for, and whom an office or a cluster has to be told."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime

from bot.chat import Reply
from bot.domain import duty
from bot.domain.absence import answering, away
from bot.domain.organisation import Office
from bot.domain.person import FILERS, LEADERS, Place
from bot.i18n import speaking
from bot.ports import Desk

Said = Callable[[], Reply]  #: said once it is known in which language


async def leaders(desk: Desk, place: Place, today: date) -> list[int]:
    """Head, deputy and supervisor of a cluster, each once."""
    return _each(duty.leaders(await desk.people.duties(LEADERS, today), place))


async def filers(desk: Desk, office: Office, today: date) -> list[int]:
    """The chief of an office; when there is none, its clerks; when the chief is away, both."""
    heirs = (await desk.offices.organisation()).heirs([office], today)
    able = duty.filers(await desk.people.duties(FILERS, today), heirs).get(office.key, ())
    return _each(answering(able, away(await desk.absences.since(today), today)))


def _each(duties: Iterable[duty.Duty]) -> list[int]:
    return list(dict.fromkeys(one.person for one in duties))


async def tell(desk: Desk, people: Iterable[int], said: Said, now: datetime, but: int = 0) -> Collection[int]:
    """The same to each person, in their language; `but` is left out. Who could be reached."""
    return await tell_each(desk, dict.fromkeys((one for one in people if one != but), said), now)


async def tell_each(desk: Desk, said: Mapping[int, Said], now: datetime) -> Collection[int]:
    """To each person what is theirs, in their language, wherever they were seen last. Who could be reached.

    Each message must reach its person, and its buttons can be typed like any others; not by a number while the person
    is in the middle of something, which that number may be meant for."""
    reached, choices = await desk.places.reached(said), {}
    for person, there in ((one, reached[one]) for one in said if one in reached):
        with speaking(there.language):
            reply = said[person]()
        if there.busy and reply.choices:
            reply = replace(reply, in_words=True)
        await desk.outbox.post(there.address, reply, now, person=person)
        choices[there.address] = [(choice.label, choice.token) for choice in reply.choices]
    await desk.places.offered(choices)
    return reached.keys()
