"""Which tables are records, sealed row by row into the audit trail, and which are the program's own papers."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import JSON, Column, Table, type_coerce
from sqlalchemy.types import NullType

from db import tables
from db.types import AnyRow

#: Not sealed: they come and go with the talk and prove nothing. `audit` is the trail itself.
PAPERS = frozenset(
    "audit inbox outbox stands wrong_codes links reminders ticks channels counts readings digests".split()  # noqa: SIM905
)
#: Of a place only whose it is; what was offered there last is talk.
_PARTS = {"places": ("id", "channel", "chat", "person", "linked_at")}

#: Every table that is not among the papers, parents first, with the columns that are sealed.
RECORDS: Mapping[str, tuple[str, ...]] = {
    table.name: _PARTS.get(table.name, tuple(column.name for column in table.columns))
    for table in tables.metadata.sorted_tables
    if table.name not in PAPERS
}


def key_columns(table: Table) -> tuple[str, ...]:
    return tuple(column.name for column in table.primary_key)


def as_stored(table: Table, names: Sequence[str]) -> list[Any]:
    """The columns as the database keeps them: what somebody has bent may be of no type any more."""
    return [type_coerce(table.c[name], NullType()).label(name) for name in names]


def plain(table: Table, row: AnyRow) -> dict[str, Any]:
    """A row as stored, in what JSON can hold; the same on every database."""
    return {name: _plain(table.c[name], value) for name, value in row._mapping.items()}


def _plain(column: Column[Any], value: Any) -> Any:
    match value:
        case bool():
            return int(value)
        case datetime():
            return value.astimezone(UTC).isoformat(timespec="microseconds")
        case date():
            return value.isoformat()
        case bytes():
            return value.hex()
        case str() if isinstance(column.type, JSON):
            return _parsed(value)
    return value


def _parsed(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return text
