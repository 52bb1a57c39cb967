"""The addresses of people one by one: linked, pinned, unlinked, and set aside when their channel has another bot."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import bindparam, case, delete, null, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.chat import Address
from bot.ports import Way
from db.ledger import Ledger
from db.tables import places
from db.upsert import insert_or_update

_KEY = ("channel", "chat")
_FRESH = ("person", "linked_at", "last_seen_at", "menu", "asked", "unreachable_at", "why", "pinned_at")
_of = (
    select(
        places.c.id, places.c.channel, places.c.chat, places.c.linked_at, places.c.pinned_at, places.c.unreachable_at
    )
    .where(places.c.person == bindparam("of_person"))
    .order_by(places.c.linked_at, places.c.id)
)
_pin = (
    update(places)
    .where(places.c.person == bindparam("of_person"))
    .values(pinned_at=case((places.c.id == bindparam("way"), bindparam("now", type_=places.c.pinned_at.type))))
)
_cut = delete(places).where(places.c.id == bindparam("at_id"))
_aside = (
    update(places)
    .where(places.c.channel == bindparam("at_channel"))
    .values(channel=bindparam("new_channel"), unreachable_at=bindparam("now"), why="another bot", pinned_at=null())
)
_back = (
    update(places)
    .where(places.c.channel == bindparam("at_channel"))
    .values(channel=bindparam("new_channel"), unreachable_at=null(), why="")
)


class Ways:
    def __init__(self, connection: AsyncConnection, ledger: Ledger) -> None:
        self._connection = connection
        self._ledger = ledger

    async def of(self, person: int) -> Sequence[Way]:
        return [
            Way(row.id, Address(row.channel, row.chat), row.linked_at, row.pinned_at is not None, row.unreachable_at)
            for row in await self._connection.execute(_of, {"of_person": person})
        ]

    async def join(self, person: int, address: Address, seen_at: datetime, now: datetime) -> None:
        row = {"channel": address.channel, "chat": address.chat, "person": person, "linked_at": now, "menu": []}
        row |= {"last_seen_at": seen_at, "asked": None, "unreachable_at": None, "why": "", "pinned_at": None}
        await self._ledger.write(insert_or_update(self._connection.dialect.name, places, _KEY, _FRESH), row)

    async def pin(self, person: int, way: int | None, now: datetime) -> None:
        await self._connection.execute(_pin, {"of_person": person, "way": way, "now": now})

    async def cut(self, way: int) -> None:
        await self._ledger.write(_cut, {"at_id": way})

    async def rebind(self, channel: str, before: str, bot: str, now: datetime) -> int:
        aside = {"at_channel": channel, "new_channel": f"{channel}:{before}", "now": now}
        gone = await self._ledger.write(_aside, aside)
        back = await self._ledger.write(_back, {"at_channel": f"{channel}:{bot}", "new_channel": channel})
        return len(gone) + len(back)
