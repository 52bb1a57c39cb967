"""What people were reminded of and what they promised: who inserts a row first is the one who sends."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, func, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.period import Period
from bot.domain.reminder import LADDER, LISTS, Promise, Reminder, Rung
from bot.ports import Tick
from db.ledger import Ledger
from db.tables import promises, reminders, ticks
from db.types import AnyRow
from db.upsert import insert_or_advance, insert_or_ignore, insert_or_update

_KEY = ("form", "year", "month", "person", "unit", "rung", "at")
_ON_THE_LADDER = sorted(one.value for one in {Rung.PROMISE, *(step.rung for step in (*LADDER, *LISTS))})
_of_period = (
    reminders.c.form == bindparam("of_form"),
    reminders.c.year == bindparam("of_year"),
    reminders.c.month == bindparam("of_month"),
)
_through = (
    select(reminders.c.person, reminders.c.unit, func.max(reminders.c.at, type_=reminders.c.at.type).label("latest"))
    .where(*_of_period, reminders.c.rung.in_(_ON_THE_LADDER))
    .group_by(reminders.c.person, reminders.c.unit)
)
_nudged = (
    select(reminders.c.unit, func.max(reminders.c.at, type_=reminders.c.at.type).label("latest"))
    .where(*_of_period, reminders.c.rung == Rung.NUDGE.value, reminders.c.at > bindparam("since"))
    .group_by(reminders.c.unit)
)
_promises = (
    select(promises)
    .where(
        promises.c.form == bindparam("of_form"),
        promises.c.year == bindparam("of_year"),
        promises.c.month == bindparam("of_month"),
    )
    .order_by(promises.c.id)
)
_promise = insert(promises)
_ticked = select(ticks.c.at, ticks.c.through).where(ticks.c.name == bindparam("of_name"))


class Reminders:
    def __init__(self, connection: AsyncConnection, ledger: Ledger) -> None:
        self._connection = connection
        self._ledger = ledger

    async def claim(self, wanted: Sequence[Reminder], now: datetime) -> Collection[Reminder]:
        """One statement for all; of those inserted just now it gives back the keys."""
        if not wanted:
            return ()
        statement = insert_or_ignore(self._connection.dialect.name, reminders, _KEY)
        returning = statement.returning(*(reminders.c[name] for name in _KEY))
        rows = (await self._connection.execute(returning, [{**_row(one), "sent_at": now} for one in wanted])).all()
        return {_reminder(row) for row in rows}

    async def through(self, form: str, period: Period) -> Mapping[tuple[int, str], datetime]:
        rows = await self._connection.execute(_through, _of(form, period))
        return {(row.person, row.unit): row.latest for row in rows}

    async def nudged(self, form: str, period: Period, since: datetime) -> Mapping[str, datetime]:
        rows = await self._connection.execute(_nudged, {**_of(form, period), "since": since})
        return {row.unit: row.latest for row in rows}

    async def promise(self, promise: Promise, now: datetime) -> None:
        values = {"office": promise.office, "person": promise.person, "until": promise.until, "made_at": now}
        await self._ledger.write(_promise, {**values, **_period(promise.form, promise.period)})

    async def promises(self, form: str, period: Period) -> Sequence[Promise]:
        rows = await self._connection.execute(_promises, _of(form, period))
        return [Promise(row.office, form, period, row.person, row.until, row.made_at) for row in rows]

    async def ticked(self, name: str = "tick") -> Tick | None:
        row = (await self._connection.execute(_ticked, {"of_name": name})).first()
        return Tick(row.at, row.through) if row else None

    async def tick(self, tick: Tick, name: str = "tick") -> None:
        statement = insert_or_update(self._connection.dialect.name, ticks, ("name",), ("at", "through"))
        await self._connection.execute(statement, {"name": name, "at": tick.at, "through": tick.through})

    async def advance(self, name: str, tick: Tick) -> bool:
        statement = insert_or_advance(self._connection.dialect.name, ticks, "name", "through", ("at",))
        row = {"name": name, "at": tick.at, "through": tick.through}
        return (await self._connection.execute(statement, row)).first() is not None


def _period(form: str, period: Period) -> dict[str, Any]:
    return {"form": form, "year": period.year, "month": period.month}


def _of(form: str, period: Period) -> dict[str, Any]:
    return {"of_form": form, "of_year": period.year, "of_month": period.month}


def _row(one: Reminder) -> dict[str, Any]:
    values = {"person": one.person, "unit": one.unit, "rung": one.rung.value, "at": one.at}
    return {**values, **_period(one.form, one.period)}


def _reminder(row: AnyRow) -> Reminder:
    return Reminder(row.person, row.unit, row.form, Period(row.year, row.month), Rung(row.rung), row.at)
