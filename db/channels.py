"""What is known of each channel: the webhook that we set, how many messages a month it takes, how many went out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time

from sqlalchemy import and_, bindparam, case, func, null, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.calendar import TIMEZONE
from bot.ports import Traffic
from db.tables import channels, counts, outbox
from db.types import AnyRow
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
_spent_at = select(counts.c.spent_at).where(_here)
_refused = update(counts).where(_here).values(spent_at=bindparam("now"))
_started = update(channels).values(stopped_at=null())
_stops = (
    select(channels.c.name, channels.c.stopped_at).where(channels.c.stopped_at.is_not(None)).order_by(channels.c.name)
)
_traffic = (
    select(channels.c.name, channels.c.quota, func.coalesce(counts.c.sent, 0).label("sent"), counts.c.spent_at)
    .outerjoin(counts, and_(counts.c.channel == channels.c.name, counts.c.month == bindparam("at_month")))
    .where(channels.c.quota.is_not(None))
    .order_by(channels.c.name)
)
_in_month = (outbox.c.state == "sent", outbox.c.done_at >= bindparam("begins"), outbox.c.done_at < bindparam("ends"))
_went = (
    select(
        outbox.c.channel,
        func.sum(outbox.c.unsure).label("unsure"),
        func.max(case((outbox.c.unsure == 0, outbox.c.done_at))).label("last"),
    )
    .where(*_in_month)
    .group_by(outbox.c.channel)
)


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

    async def exhausted(self, channel: str, month: str, now: datetime) -> bool:
        await self.spend(channel, month, 0)  # there is a row now
        values = {"at_channel": channel, "at_month": month}
        before = (await self._connection.execute(_spent_at, values)).scalar()
        await self._connection.execute(_refused, {**values, "now": now})
        return before is None

    async def started(self) -> None:
        await self._connection.execute(_started)

    async def stopped(self, channel: str, now: datetime) -> None:
        statement = insert_or_update(self._connection.dialect.name, channels, ("name",), ("stopped_at",))
        await self._connection.execute(statement, {"name": channel, "webhook": "", "quota": None, "stopped_at": now})

    async def stops(self) -> Mapping[str, datetime]:
        return {row.name: row.stopped_at for row in await self._connection.execute(_stops)}

    async def traffic(self, month: str) -> Sequence[Traffic]:
        begins, ends = _bounds(month)
        went = {row.channel: row for row in await self._connection.execute(_went, {"begins": begins, "ends": ends})}
        return [
            _traffic_of(row, went.get(row.name))
            for row in await self._connection.execute(_traffic, {"at_month": month})
        ]


def _traffic_of(row: AnyRow, went: AnyRow | None) -> Traffic:
    spent = row.spent_at if went is None or went.last is None or (row.spent_at and went.last < row.spent_at) else None
    return Traffic(row.name, row.sent, row.quota, went.unsure if went else 0, spent)


def _bounds(month: str) -> tuple[datetime, datetime]:
    year, number = (int(part) for part in month.split("-"))
    following = date(year + number // 12, number % 12 + 1, 1)
    return datetime(year, number, 1, tzinfo=TIMEZONE), datetime.combine(following, time(), TIMEZONE)
