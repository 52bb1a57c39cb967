"""Who last saw which totals, and who is sent a digest every day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cache

from sqlalchemy import Insert, bindparam, delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.changed import Reading
from bot.domain.period import Period
from db.tables import digests, readings
from db.upsert import insert_or_update

_KEY = ("form", "year", "month", "unit", "person")
_of_period = select(readings.c.person, readings.c.unit, readings.c.at).where(
    readings.c.form == bindparam("of_form"),
    readings.c.year == bindparam("of_year"),
    readings.c.month == bindparam("of_month"),
    readings.c.at < bindparam("before"),
)
_through = select(digests.c.through).where(digests.c.person == bindparam("of_person"))
_due = select(digests.c.person, digests.c.through).where(digests.c.through < bindparam("due"))
_claim = update(digests).where(digests.c.through < bindparam("due")).values(through=bindparam("now"))
_wish = insert(digests)
_unwish = delete(digests).where(digests.c.person == bindparam("of_person"))


@cache
def _saw(dialect: str) -> Insert:
    return insert_or_update(dialect, readings, _KEY, ("at",))


class Readings:
    """What `saw` was given is written by `flush`, just before the commit."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection
        self._saw: dict[tuple[str, Period, str, int], datetime] = {}

    async def saw(self, reading: Reading) -> None:
        self._saw[reading.form, reading.period, reading.unit, reading.person] = reading.at

    async def of_period(self, form: str, period: Period, before: datetime) -> Sequence[Reading]:
        await self.flush()
        values = {"of_form": form, "of_year": period.year, "of_month": period.month, "before": before}
        rows = await self._connection.execute(_of_period, values)
        return [Reading(row.person, row.unit, form, period, row.at) for row in rows]

    async def flush(self) -> None:
        """Write what `saw` has gathered, in one go."""
        if not self._saw:
            return
        gathered, self._saw = self._saw, {}
        rows = [
            {"form": form, "year": period.year, "month": period.month, "unit": unit, "person": person, "at": at}
            for (form, period, unit, person), at in gathered.items()
        ]
        await self._connection.execute(_saw(self._connection.dialect.name), rows)

    async def wish(self, person: int, now: datetime) -> None:
        if await self.wished(person) is None:
            await self._connection.execute(_wish, {"person": person, "through": now})

    async def unwish(self, person: int) -> None:
        await self._connection.execute(_unwish, {"of_person": person})

    async def wished(self, person: int) -> datetime | None:
        through: datetime | None = (
            await self._connection.execute(_through, {"of_person": person})
        ).scalar_one_or_none()
        return through

    async def claim_digests(self, due: datetime, now: datetime) -> Mapping[int, datetime]:
        """Two at once on PostgreSQL: the second waits for the first, and finds nothing any more."""
        rows = (await self._connection.execute(_due.with_for_update(), {"due": due})).all()
        if rows:
            await self._connection.execute(_claim, {"due": due, "now": now})
        return {row.person: row.through for row in rows}
