"""Codes that link one more address to a person, kept for a day."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import bindparam, delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.chat import Address
from bot.ports import Link
from db.tables import links
from db.types import AnyRow

KEPT = timedelta(days=1)  # to tell a code that was used or has expired from one that never was

_forget = delete(links).where(links.c.person == bindparam("of_person"), links.c.created_at < bindparam("before"))
_end = (
    update(links)
    .where(links.c.person == bindparam("of_person"), links.c.sent_at.is_(None), links.c.expires_at > bindparam("now"))
    .values(expires_at=bindparam("now"))
)
_by_hash = select(links).where(links.c.hash == bindparam("hash"))
_by_id = select(links).where(links.c.id == bindparam("id"))
_take = (
    update(links)
    .where(links.c.id == bindparam("at_id"), links.c.sent_at.is_(None), links.c.expires_at > bindparam("now"))
    .values(
        channel=bindparam("new_channel"),
        chat=bindparam("new_chat"),
        name=bindparam("new_name"),
        sent_at=bindparam("now"),
    )
    .returning(links.c.id)
)
_answer = (
    update(links)
    .where(links.c.id == bindparam("at_id"), links.c.answered_at.is_(None))
    .values(answered_at=bindparam("now"))
    .returning(links.c.id)
)


class Links:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def issue(self, hash: str, person: int, home: Address, now: datetime, expires_at: datetime) -> None:
        await self._connection.execute(_forget, {"of_person": person, "before": now - KEPT})
        await self._connection.execute(_end, {"of_person": person, "now": now})
        row = {"hash": hash, "person": person, "home_channel": home.channel, "home_chat": home.chat, "name": ""}
        await self._connection.execute(insert(links), {**row, "created_at": now, "expires_at": expires_at})

    async def find(self, hash: str) -> Link | None:
        row = (await self._connection.execute(_by_hash, {"hash": hash})).one_or_none()
        return None if row is None else _link(row)

    async def get(self, id: int) -> Link | None:
        row = (await self._connection.execute(_by_id, {"id": id})).one_or_none()
        return None if row is None else _link(row)

    async def take(self, id: int, there: Address, name: str, now: datetime) -> bool:
        values = {"at_id": id, "new_channel": there.channel, "new_chat": there.chat, "new_name": name, "now": now}
        return bool((await self._connection.execute(_take, values)).all())

    async def answer(self, id: int, now: datetime) -> bool:
        return bool((await self._connection.execute(_answer, {"at_id": id, "now": now})).all())


def _link(row: AnyRow) -> Link:
    there = None if row.sent_at is None else Address(row.channel, row.chat)
    home = Address(row.home_channel, row.home_chat)
    return Link(row.id, row.hash, row.person, home, row.expires_at, there, row.name, row.sent_at, row.answered_at)
