"""Periods that were closed, opened again, or given more time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Table, and_, bindparam, func, insert, or_, select, tuple_, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.closing import Closing, Extension, Unlock
from bot.domain.figures import Figures
from bot.domain.period import Period
from db.ledger import Ledger
from db.tables import closings, extensions, unlocks
from db.types import AnyRow
from db.upsert import insert_or_update


def _of(table: Table, *unit: str) -> tuple[Any, ...]:
    """The rows of one form and period, and of one unit."""
    names = (*unit, "form", "year", "month")
    return tuple(table.c[name] == bindparam(f"of_{name}") for name in names)


_closing = select(closings).where(*_of(closings, "cluster"))
_close, _ask = insert(closings), insert(unlocks)
_unlock = select(unlocks).where(unlocks.c.id == bindparam("at_id"))
_answer = (
    update(unlocks)
    .where(unlocks.c.id == bindparam("at_id"), unlocks.c.answered_at.is_(None))
    .values(answered_at=bindparam("now"), answerer=bindparam("new_answerer"), until=bindparam("new_until"))
)
_unlocked = select(unlocks.c.id).where(*_of(unlocks, "office"), unlocks.c.until >= bindparam("now")).limit(1)
_waiting = (
    select(unlocks)
    .where(*_of(unlocks, "office"), unlocks.c.answered_at.is_(None))
    .order_by(unlocks.c.id.desc())
    .limit(1)
)
_closings = select(closings.c.cluster, closings.c.closed_at).where(*_of(closings))
_opened = (
    select(unlocks.c.office, func.max(unlocks.c.until, type_=unlocks.c.until.type).label("latest"))
    .where(*_of(unlocks), unlocks.c.until >= bindparam("now"))
    .group_by(unlocks.c.office)
)
_unlocks = (
    select(unlocks)
    .where(
        unlocks.c.form == bindparam("of_form"),
        or_(
            unlocks.c.until >= bindparam("now"),
            and_(unlocks.c.answered_at.is_(None), unlocks.c.asked_at >= bindparam("since")),
        ),
    )
    .order_by(unlocks.c.id.desc())
)
_closed_ever = (
    select(closings)
    .where(closings.c.cluster.in_(bindparam("clusters", expanding=True)))
    .order_by(closings.c.closed_at.desc())
)
_lately = (
    select(closings)
    .where(closings.c.cluster == bindparam("of_cluster"), closings.c.form == bindparam("of_form"))
    .order_by(closings.c.year.desc(), closings.c.month.desc())
    .limit(bindparam("most"))
)
_all_extensions = select(extensions).where(
    extensions.c.form == bindparam("of_form"),
    tuple_(extensions.c.year, extensions.c.month).in_(bindparam("periods", expanding=True)),
)
_extensions = select(extensions.c.office, extensions.c.until).where(*_of(extensions, "cluster"))


class Periods:
    def __init__(self, connection: AsyncConnection, ledger: Ledger) -> None:
        self._connection = connection
        self._ledger = ledger

    async def closing(self, cluster: str, form: str, period: Period) -> Closing | None:
        row = (await self._connection.execute(_closing, _values("cluster", cluster, form, period))).first()
        return _closed(row) if row else None

    async def close(self, closing: Closing) -> None:
        row = {
            "cluster": closing.cluster,
            **_reported(closing.form, closing.period),
            "figures": {office: figures.to_json() for office, figures in closing.figures.items()},
            "closed_at": closing.closed_at,
            "closed_by": closing.closed_by,
            "closer": closing.closer,
            "reason": closing.reason,
            "trail": closing.trail,
        }
        await self._ledger.write(_close, row)

    async def ask(self, unlock: Unlock) -> int:
        row = {
            "office": unlock.office,
            **_reported(unlock.form, unlock.period),
            "asker": unlock.asker,
            "asker_name": unlock.asker_name,
            "reason": unlock.reason,
            "asked_at": unlock.asked_at,
            "answered_at": unlock.answered_at,
            "answerer": unlock.answerer,
            "until": unlock.until,
        }
        (asked,) = await self._ledger.write(_ask, row)
        id: int = asked.id
        return id

    async def unlock(self, id: int) -> Unlock | None:
        row = (await self._connection.execute(_unlock, {"at_id": id})).first()
        return _asked(row) if row else None

    async def waiting(self, office: str, form: str, period: Period) -> Unlock | None:
        row = (await self._connection.execute(_waiting, _values("office", office, form, period))).first()
        return _asked(row) if row else None

    async def unlocks(self, form: str, now: datetime, since: datetime) -> Sequence[Unlock]:
        values = {"of_form": form, "now": now, "since": since}
        return [_asked(row) for row in await self._connection.execute(_unlocks, values)]

    async def closed(self, clusters: Sequence[str]) -> Sequence[Closing]:
        rows = await self._connection.execute(_closed_ever, {"clusters": list(clusters)})
        return [_closed(row) for row in rows]

    async def lately(self, cluster: str, form: str, most: int) -> Sequence[Closing]:
        values = {"of_cluster": cluster, "of_form": form, "most": most}
        return [_closed(row) for row in await self._connection.execute(_lately, values)]

    async def answer(self, id: int, answerer: str, until: datetime | None, now: datetime) -> bool:
        values = {"at_id": id, "new_answerer": answerer, "new_until": until, "now": now}
        return bool(await self._ledger.write(_answer, values))

    async def unlocked(self, office: str, form: str, period: Period, now: datetime) -> bool:
        values = {**_values("office", office, form, period), "now": now}
        return (await self._connection.execute(_unlocked, values)).first() is not None

    async def closings(self, form: str, period: Period) -> Mapping[str, datetime]:
        rows = await self._connection.execute(_closings, _period(form, period))
        return {row.cluster: row.closed_at for row in rows}

    async def opened(self, form: str, period: Period, now: datetime) -> Mapping[str, datetime]:
        rows = await self._connection.execute(_opened, {**_period(form, period), "now": now})
        return {row.office: row.latest for row in rows}

    async def extend(self, extension: Extension) -> None:
        key = ("cluster", "office", "form", "year", "month")
        statement = insert_or_update(self._connection.dialect.name, extensions, key, ("until", "reason"))
        row = {
            "cluster": extension.cluster,
            "office": extension.office,
            **_reported(extension.form, extension.period),
            "until": extension.until,
            "reason": extension.reason,
        }
        await self._ledger.write(statement, row)

    async def extensions(self, cluster: str, form: str, period: Period) -> Mapping[str, datetime]:
        rows = await self._connection.execute(_extensions, _values("cluster", cluster, form, period))
        return {row.office: row.until for row in rows}

    async def all_extensions(self, form: str, *periods: Period) -> Mapping[Period, Mapping[tuple[str, str], datetime]]:
        values = {"of_form": form, "periods": [(one.year, one.month) for one in periods]}
        found: dict[Period, dict[tuple[str, str], datetime]] = {one: {} for one in periods}
        for row in await self._connection.execute(_all_extensions, values):
            found[Period(row.year, row.month)][row.cluster, row.office] = row.until
        return found


def _values(unit: str, key: str, form: str, period: Period) -> dict[str, Any]:
    return {f"of_{unit}": key, **_period(form, period)}


def _period(form: str, period: Period) -> dict[str, Any]:
    return {"of_form": form, "of_year": period.year, "of_month": period.month}


def _reported(form: str, period: Period) -> dict[str, Any]:
    return {"form": form, "year": period.year, "month": period.month}


def _closed(row: AnyRow) -> Closing:
    return Closing(
        cluster=row.cluster,
        form=row.form,
        period=Period(row.year, row.month),
        figures={office: Figures.from_json(figures) for office, figures in row.figures.items()},
        closed_at=row.closed_at,
        closed_by=row.closed_by,
        closer=row.closer,
        reason=row.reason,
        trail=row.trail,
    )


def _asked(row: AnyRow) -> Unlock:
    return Unlock(
        id=row.id,
        office=row.office,
        form=row.form,
        period=Period(row.year, row.month),
        asker=row.asker,
        asker_name=row.asker_name,
        reason=row.reason,
        asked_at=row.asked_at,
        answered_at=row.answered_at,
        answerer=row.answerer,
        until=row.until,
    )
