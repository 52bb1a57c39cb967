"""What is known of each channel: the webhook that we set, how many messages a month it takes, how many went out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import and_, bindparam, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.ports import Traffic
from db.tables import channels, counts, outbox
from db.upsert import insert_or_add, insert_or_update

_webhook = select(channels.c.webhook).where(channels.c.name == bindparam("named"))
_bot = select(channels.c.bot).where(channels.c.name == bindparam("named"))
_here = and_(counts.c.channel == bindparam("at_channel"), counts.c.month == bindparam("at_month"))
_spent = select(counts.c.sent).where(_here)
_warn = (
    update(counts)
    .where(_here, counts.c.warned_at.is_(None))
    .values(warned_at=bindparam("now"))
    .returning(counts.c.channel)
)
_traffic = (
    select(channels.c.name, channels.c.quota, func.coalesce(counts.c.sent, 0).label("sent"))
    .outerjoin(counts, and_(counts.c.channel == channels.c.name, counts.c.month == bindparam("at_month")))
    .where(channels.c.quota.is_not(None))
    .order_by(channels.c.name)
)
_doubted = select(outbox.c.channel, func.count().label("number")).where(outbox.c.tries > 0).group_by(outbox.c.channel)


class Channels:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def webhooks(self, channel: str) -> Sequence[str]:
        return ((await self._connection.execute(_webhook, {"named": channel})).scalar() or "").split()

    async def remember(self, channel: str, webhooks: Sequence[str]) -> None:
        statement = insert_or_update(self._connection.dialect.name, channels, ("name",), ("webhook",))
        await self._connection.execute(statement, {"name": channel, "webhook": " ".join(webhooks), "quota": None})

    async def bot(self, channel: str) -> str:
        return (await self._connection.execute(_bot, {"named": channel})).scalar() or ""

    async def remember_bot(self, channel: str, bot: str) -> None:
        statement = insert_or_update(self._connection.dialect.name, channels, ("name",), ("bot",))
        await self._connection.execute(statement, {"name": channel, "webhook": "", "quota": None, "bot": bot})

    async def allow(self, channel: str, quota: int) -> None:
        statement = insert_or_update(self._connection.dialect.name, channels, ("name",), ("quota",))
        await self._connection.execute(statement, {"name": channel, "webhook": "", "quota": quota})

    async def spend(self, channel: str, month: str, number: int) -> int:
        statement = insert_or_add(self._connection.dialect.name, counts, ("channel", "month"), "sent")
        row = {"channel": channel, "month": month, "sent": number}
        total: int = (await self._connection.execute(statement, row)).scalar_one()
        return total

    async def spent(self, channel: str, month: str) -> int:
        return (await self._connection.execute(_spent, {"at_channel": channel, "at_month": month})).scalar() or 0

    async def warn(self, channel: str, month: str, now: datetime) -> bool:
        values = {"at_channel": channel, "at_month": month, "now": now}
        return bool((await self._connection.execute(_warn, values)).all())

    async def traffic(self, month: str) -> Sequence[Traffic]:
        doubted = {row.channel: row.number for row in await self._connection.execute(_doubted)}
        return [
            Traffic(row.name, row.sent, row.quota, doubted.get(row.name, 0))
            for row in await self._connection.execute(_traffic, {"at_month": month})
        ]
