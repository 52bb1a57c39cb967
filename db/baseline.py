"""Seals what is stored already: for migrations, when the trail begins or a table of records gets a new column."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa

from bot.domain.entry import Entry
from bot.domain.seal import START, digest
from db.audit import SEALED, sealed_fields
from db.records import RECORDS, as_stored, plain
from db.tables import audit, metadata

#: Of the audit table only what a migration of any age finds there.
_TRAIL = sa.table(
    "audit",
    *(sa.column(name, audit.c[name].type) for name in (*SEALED, "digest")),
)


def chain_existing(connection: sa.Connection) -> None:
    """Give every entry its digest; the triggers must not be there."""
    last = START
    for row in connection.execute(sa.select(*as_stored(audit, SEALED)).order_by(audit.c.id)).all():
        last = digest(last, plain(audit, row))
        connection.execute(_TRAIL.update().where(_TRAIL.c.id == row.id).values(digest=last))


def seal(connection: sa.Connection, tables: Sequence[str] = tuple(RECORDS)) -> None:
    """One entry that says what these tables hold as it is found; none when they are empty."""
    written = {name: change for name in tables for change in _found(connection, name)}
    if not written:
        return
    row = connection.execute(sa.select(_TRAIL.c.id, _TRAIL.c.digest).order_by(_TRAIL.c.id.desc()).limit(1)).first()
    number, last = (row.id, row.digest) if row else (0, START)
    entry = Entry(datetime.now(UTC), None, "", "", "", "baseline", ", ".join(sorted(written)))
    sealed = sealed_fields(number + 1, entry, written)
    at = {"at": entry.at, "digest": digest(last, sealed)}
    connection.execute(_TRAIL.insert().values({**sealed, **at}))


def _found(connection: sa.Connection, table: str) -> Iterator[dict[str, Any]]:
    """Its rows, in the columns that it has by now."""
    inspector = sa.inspect(connection)
    if not inspector.has_table(table):
        return
    there = {column["name"] for column in inspector.get_columns(table)}
    names, named = [name for name in RECORDS[table] if name in there], metadata.tables[table]
    rows = [plain(named, row) for row in connection.execute(sa.select(*as_stored(named, names)))]
    if rows:
        yield {"columns": names, "put": [list(row.values()) for row in rows]}
