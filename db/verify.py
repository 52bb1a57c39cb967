"""Walks the trail from its first entry, and compares what is stored with what it says."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from typing import Any

from sqlalchemy import bindparam, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.entry import Head, Verdict
from bot.domain.replay import Replay, Row
from bot.domain.seal import START, digest, is_of
from db.audit import SEALED
from db.records import RECORDS, as_stored, key_columns, plain
from db.tables import audit, metadata

_PAGE = 1000
_entries = (
    select(*as_stored(audit, (*SEALED, "digest"))).where(audit.c.id > bindparam("after")).order_by(audit.c.id)
).limit(_PAGE)


async def verify(connection: AsyncConnection, fingerprint: str = "") -> Verdict:
    """The first break of the chain, every row that differs, and the head; in a transaction that sees one moment."""
    replay = Replay({table: key_columns(metadata.tables[table]) for table in RECORDS})
    head, broken, found, sought = Head(0, START), "", 0, 0
    async for entry in _walk(connection):
        sealed = entry.pop("digest")
        broken = broken or _break(head, entry, sealed)
        head = Head(entry["id"], sealed)
        sought = sought or (head.number if is_of(fingerprint, sealed) else 0)
        if isinstance(entry["rows"], Mapping):
            replay.take(entry["id"], entry["rows"])
            found += entry["act"] == "baseline" and sum(len(one["put"]) for one in entry["rows"].values())
    stored = {table: await _stored(connection, table) for table in RECORDS}
    differing = tuple(line for table, rows in stored.items() for line in replay.differences(table, rows))
    return Verdict(head, sum(map(len, stored.values())), found, broken, differing, sought)


async def _walk(connection: AsyncConnection) -> AsyncIterator[dict[str, Any]]:
    after = -1
    while page := (await connection.execute(_entries, {"after": after})).all():
        for row in page:
            yield plain(audit, row)
        after = page[-1].id


async def _stored(connection: AsyncConnection, table: str) -> list[Row]:
    named = metadata.tables[table]
    return [plain(named, row) for row in await connection.execute(select(*as_stored(named, RECORDS[table])))]


def _break(head: Head, entry: Row, sealed: str) -> str:
    """What is wrong with an entry that follows `head`; empty for nothing."""
    named = f"entry {entry['id']} ({entry['at']}, {entry['act']} {entry['subject']})"
    if entry["id"] != head.number + 1:
        return f"{named}: entry {head.number + 1} should stand before it and is gone"
    if digest(head.digest, entry) != sealed:
        return f"{named}: it is not what was sealed, or not in its place"
    return ""
