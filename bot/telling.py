"""Telling other people something: those who lead a cluster, those who file for an office."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from bot.chat import Reply
from bot.domain.person import LEADERS, Grant, Place, Role
from bot.ports import Desk
from bot.unasked import write_to


async def leaders(desk: Desk, place: Place, today: date) -> list[int]:
    """Head, deputy and supervisor of a cluster, each once."""
    return await _holders(desk, LEADERS, Place(place.province, place.cluster), today)


async def filers(desk: Desk, place: Place, today: date) -> list[int]:
    """The chief of an office; when there is none, its clerks."""
    return await _holders(desk, (Role.CHIEF,), place, today) or await _holders(desk, (Role.CLERK,), place, today)


async def _holders(desk: Desk, roles: Iterable[Role], place: Place, today: date) -> list[int]:
    found: dict[int, None] = {}
    for role in roles:
        for person in await desk.people.holding(Grant(role, place, today)):
            if any(grant.role is role and grant.place == place for grant in person.current(today)):
                found[person.id] = None
    return list(found)


async def tell(desk: Desk, people: Iterable[int], reply: Reply, now: datetime, but: int = 0) -> int:
    """The same to each person, wherever they were seen last; `but` is left out. How many could be reached."""
    told = dict.fromkeys((person for person in people if person != but), reply)
    return await write_to(desk, await desk.people.reached(set(told)), told, now)
