"""The one place that knows how each database says "insert, unless it is there already"."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import Insert, Table
from sqlalchemy.dialects import sqlite
from sqlalchemy.sql.dml import ReturningInsert

if TYPE_CHECKING:
    from sqlalchemy.dialects.postgresql.dml import Insert as PostgresInsert
    from sqlalchemy.dialects.sqlite.dml import Insert as SqliteInsert


@cache
def insert_or_update(dialect: str, table: Table, key: tuple[str, ...], changing: tuple[str, ...]) -> Insert:
    """Insert a row; when one with the same `key` is there, overwrite its columns `changing`."""
    statement = _insert(dialect, table)
    return statement.on_conflict_do_update(
        index_elements=key, set_={column: statement.excluded[column] for column in changing}
    )


@cache
def insert_or_add(dialect: str, table: Table, key: tuple[str, ...], column: str) -> ReturningInsert[Any]:
    """Insert a row; when one with the same `key` is there, add to its `column`. Gives back what that is now."""
    statement = _insert(dialect, table)
    more = {column: table.c[column] + statement.excluded[column]}
    return statement.on_conflict_do_update(index_elements=key, set_=more).returning(table.c[column])


@cache
def insert_or_advance(
    dialect: str, table: Table, key: str, rising: str, changing: tuple[str, ...]
) -> ReturningInsert[Any]:
    """As `insert_or_update`, only where the column `rising` rises by it; gives back the key of what was written."""
    statement = _insert(dialect, table)
    columns = {column: statement.excluded[column] for column in (rising, *changing)}
    return statement.on_conflict_do_update(
        index_elements=(key,), set_=columns, where=table.c[rising] < statement.excluded[rising]
    ).returning(table.c[key])


@cache
def insert_or_ignore(dialect: str, table: Table, key: tuple[str, ...]) -> ReturningInsert[Any]:
    """Insert those rows whose `key` is not there yet; gives back their ids."""
    return _insert(dialect, table).on_conflict_do_nothing(index_elements=key).returning(table.c.id)


def _insert(dialect: str, table: Table) -> PostgresInsert | SqliteInsert:
    if dialect != "postgresql":
        return sqlite.insert(table)
    from sqlalchemy.dialects import postgresql  # costs a program that does without it 25 ms at its start

    return postgresql.insert(table)
