"""What came in, kept before the channel hears that it arrived."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import bindparam, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.chat import Raw
from bot.ports import Letter
from db.tables import inbox
from db.upsert import insert_or_ignore

_STATES = ("waiting", "done", "quarantined")
_waiting = (
    select(
        inbox.c.id,
        inbox.c.channel,
        inbox.c.key,
        inbox.c.account,
        inbox.c.payload,
        inbox.c.received_at,
        inbox.c.tries,
    )
    .where(inbox.c.state == "waiting")
    .order_by(inbox.c.id)
    .limit(bindparam("at_most"))
)
_done = (
    update(inbox).where(inbox.c.id.in_(bindparam("ids", expanding=True))).values(state="done", done_at=bindparam("now"))
)
_failed = (
    update(inbox)
    .where(inbox.c.id == bindparam("at_id"))
    .values(tries=inbox.c.tries + 1, why=bindparam("new_why"))
    .returning(inbox.c.tries)
)
_quarantine = (
    update(inbox).where(inbox.c.id == bindparam("at_id")).values(state="quarantined", done_at=bindparam("now"))
)
_count = select(inbox.c.state, func.count()).group_by(inbox.c.state)

_forget = update(inbox).where(inbox.c.id == bindparam("at_id")).values(payload="")


class Inbox:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def store(self, raws: Sequence[Raw], now: datetime) -> int:
        if not raws:
            return 0
        statement = insert_or_ignore(self._connection.dialect.name, inbox, ("channel", "key"))
        rows = [
            {
                "channel": raw.channel,
                "key": raw.key,
                "account": raw.account,
                "payload": raw.payload,
                "received_at": now,
                "state": "waiting",
                "tries": 0,
                "why": "",
            }
            for raw in raws
        ]
        return len((await self._connection.execute(statement, rows)).all())

    async def waiting(self, limit: int) -> Sequence[Letter]:
        return [
            Letter(row.id, Raw(row.channel, row.key, row.account, row.payload), row.received_at, row.tries)
            for row in await self._connection.execute(_waiting, {"at_most": limit})
        ]

    async def done(self, ids: Sequence[int], now: datetime) -> None:
        if ids:
            await self._connection.execute(_done, {"ids": list(ids), "now": now})

    async def failed(self, id: int, why: str) -> int:
        tries: int = (await self._connection.execute(_failed, {"at_id": id, "new_why": why})).scalar_one()
        return tries

    async def forget(self, id: int) -> None:
        await self._connection.execute(_forget, {"at_id": id})

    async def quarantine(self, id: int, now: datetime) -> None:
        await self._connection.execute(_quarantine, {"at_id": id, "now": now})

    async def count(self) -> Mapping[str, int]:
        counted = dict.fromkeys(_STATES, 0)
        counted.update((state, number) for state, number in await self._connection.execute(_count))
        return counted
