"""What a transaction writes into the records, gathered for the audit trail as it is written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from typing import Any

from sqlalchemy import Delete, Insert, Table, Update
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.sql.dml import ReturningDelete, ReturningInsert, ReturningUpdate

from bot.domain.replay import Key, Row, key_of
from db.records import RECORDS, as_stored, key_columns, plain
from db.tables import metadata
from db.types import AnyRow

Values = Mapping[str, Any] | Sequence[Mapping[str, Any]]
Returning = ReturningInsert[Any] | ReturningUpdate[Any] | ReturningDelete[Any]


class Ledger:
    """Every write to a table of `RECORDS` goes through here; the next entry of the trail takes what has gathered."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection
        self._written: dict[str, dict[Key, Row | None]] = {}
        self._deleted: dict[tuple[str, Key], Row] = {}

    async def write(self, statement: Insert | Update | Delete, values: Values | None = None) -> Sequence[AnyRow]:
        """Execute it; the rows that it wrote or deleted, as stored."""
        table = statement.table
        assert isinstance(table, Table)
        rows = (await self._connection.execute(_returning(statement), values)).all()
        written, keys = self._written.setdefault(table.name, {}), _key(table.name)
        for one in rows:
            row = plain(table, one)
            key = key_of(row, keys)
            written[key] = None if statement.is_delete else row
            if statement.is_delete:
                self._deleted[table.name, key] = row
        return rows

    async def add(self, statement: Insert, rows: Sequence[Row]) -> None:
        """Insert rows of whole numbers and keys, which are stored as they are given: asking for them costs time."""
        await self._connection.execute(statement, rows)
        table = statement.table
        keys, columns = _key(table.name), RECORDS[table.name]
        self._written.setdefault(table.name, {}).update(
            (key_of(row, keys), {name: row[name] for name in columns}) for row in rows
        )

    def take(self) -> dict[str, Any] | None:
        """What has been written since the last time, by table; a row that was only put back is none."""
        found = {table: change for table, rows in self._written.items() if (change := self._change(table, rows))}
        self._written, self._deleted = {}, {}
        return found or None

    def _change(self, table: str, rows: Mapping[Key, Row | None]) -> dict[str, Any]:
        put = [row for key, row in rows.items() if row is not None and self._deleted.get((table, key)) != row]
        gone = [list(key) for key, row in rows.items() if row is None]
        change: dict[str, Any] = {"gone": gone} if gone else {}
        if put:
            change |= {"columns": list(put[0]), "put": [list(row.values()) for row in put]}
        return change


@cache
def _key(table: str) -> tuple[str, ...]:
    return key_columns(metadata.tables[table])


@lru_cache(maxsize=256)
def _returning(statement: Insert | Update | Delete) -> Returning:
    table = statement.table
    assert isinstance(table, Table)
    return statement.returning(*as_stored(table, RECORDS[table.name]))
