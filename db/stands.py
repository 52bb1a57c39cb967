"""Where people stand in their conversations."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cache
from itertools import groupby
from operator import attrgetter

from sqlalchemy import Insert, bindparam, delete, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.ports import Stand
from db.tables import stands
from db.upsert import insert_or_update

_of_people = (
    select(stands.c.person, stands.c.conversation, stands.c.step, stands.c.state, stands.c.put_at)
    .where(stands.c.person.in_(bindparam("people", expanding=True)))
    .order_by(stands.c.person, stands.c.recency.desc())
)
_next = (
    select(func.coalesce(func.max(stands.c.recency), 0) + 1)
    .where(stands.c.person == bindparam("of_person"))
    .scalar_subquery()
)
_drop = delete(stands).where(
    stands.c.person == bindparam("at_person"), stands.c.conversation == bindparam("at_conversation")
)


@cache
def _put(dialect: str) -> Insert:
    changing = ("step", "state", "recency", "put_at")
    return insert_or_update(dialect, stands, ("person", "conversation"), changing).values(recency=_next)


_clear = delete(stands).where(stands.c.person == bindparam("at_person"))


class Stands:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def put(self, person: int, stand: Stand, now: datetime) -> None:
        row = {
            "person": person,
            "of_person": person,
            "conversation": stand.conversation,
            "step": stand.step,
            "state": dict(stand.state),
            "put_at": now,
        }
        await self._connection.execute(_put(self._connection.dialect.name), row)

    async def at(self, person: int, conversation: str) -> Stand | None:
        found = (await of_people(self._connection, [person])).get(person, ())
        return next((stand for stand in found if stand.conversation == conversation), None)

    async def drop(self, person: int, conversation: str) -> None:
        await self._connection.execute(_drop, {"at_person": person, "at_conversation": conversation})

    async def clear(self, person: int) -> int:
        return (await self._connection.execute(_clear, {"at_person": person})).rowcount


async def of_people(connection: AsyncConnection, people: Sequence[int]) -> Mapping[int, tuple[Stand, ...]]:
    """By person, the active one first; people who stand nowhere are absent."""
    if not people:
        return {}
    rows = (await connection.execute(_of_people, {"people": people})).all()
    return {
        person: tuple(Stand(row.conversation, row.step, row.state, row.put_at) for row in group)
        for person, group in groupby(rows, key=attrgetter("person"))
    }
