"""Who is away when."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from sqlalchemy import bindparam, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.absence import Absence
from db.ledger import Ledger
from db.tables import absences

_since = (
    select(absences.c.person, absences.c.valid_from, absences.c.valid_to)
    .where(absences.c.valid_to >= bindparam("day"))
    .order_by(absences.c.id)
)
_put = insert(absences)
_end = (
    update(absences)
    .where(absences.c.person == bindparam("of_person"), absences.c.valid_to >= bindparam("day"))
    .values(valid_to=bindparam("until"))
)


class Absences:
    def __init__(self, connection: AsyncConnection, ledger: Ledger) -> None:
        self._connection = connection
        self._ledger = ledger

    async def since(self, day: date) -> Sequence[Absence]:
        rows = await self._connection.execute(_since, {"day": day})
        return [Absence(row.person, row.valid_from, row.valid_to) for row in rows]

    async def put(self, absence: Absence, now: datetime) -> None:
        row = {"person": absence.person, "valid_from": absence.first, "valid_to": absence.last, "said_at": now}
        await self._ledger.write(_put, row)

    async def end(self, person: int, day: date) -> bool:
        values = {"of_person": person, "day": day, "until": day - timedelta(days=1)}
        return bool(await self._ledger.write(_end, values))
