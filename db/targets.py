"""Targets, as exact fractions."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from fractions import Fraction
from typing import Any

from sqlalchemy import bindparam, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.form import Measure
from bot.domain.target import Target
from db.ledger import Ledger
from db.tables import targets
from db.types import AnyRow
from db.upsert import insert_or_update

_KEY = ("unit", "year", "rate", "measure", "valid_from")
_of_year = select(targets).where(targets.c.year == bindparam("of_year")).order_by(targets.c.valid_from, targets.c.unit)


class Targets:
    def __init__(self, connection: AsyncConnection, ledger: Ledger) -> None:
        self._connection = connection
        self._ledger = ledger

    async def of_year(self, year: int) -> Sequence[Target]:
        return [_target(row) for row in await self._connection.execute(_of_year, {"of_year": year})]

    async def put(self, targets_given: Sequence[Target], now: datetime) -> Sequence[Target]:
        known = {one for year in {one.year for one in targets_given} for one in await self.of_year(year)}
        changed = [target for target in targets_given if target not in known]
        changing = ("numerator", "denominator", "put_at")
        for target in changed:
            statement = insert_or_update(self._connection.dialect.name, targets, _KEY, changing)
            await self._ledger.write(statement, {**_row(target), "put_at": now})
        return changed


def _row(target: Target) -> dict[str, Any]:
    return {
        "unit": target.unit,
        "year": target.year,
        "rate": target.rate,
        "measure": target.measure.value,
        "valid_from": target.valid_from,
        "numerator": target.value.numerator,
        "denominator": target.value.denominator,
    }


def _target(row: AnyRow) -> Target:
    value = Fraction(row.numerator, row.denominator)
    return Target(row.unit, row.year, row.rate, Measure(row.measure), value, row.valid_from)
