"""Walks the trail from its first entry, and compares what is stored with what it says."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

from sqlalchemy import bindparam, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.entry import Head, Verdict
from bot.domain.replay import Replay, Row
from bot.domain.seal import START, digest, is_of
from db.audit import SEALED
from db.records import PAPERS, RECORDS, as_stored, key_columns, plain
from db.tables import audit, closings, metadata

_PAGE = 1000
_entries = (
    select(*as_stored(audit, (*SEALED, "digest"))).where(audit.c.id > bindparam("after")).order_by(audit.c.id)
).limit(_PAGE)


async def verify(connection: AsyncConnection, fingerprint: str = "") -> Verdict:
    """The first break of the chain, every row that differs, and the head; in a transaction that sees one moment."""
    replay = Replay({table: key_columns(metadata.tables[table]) for table in RECORDS})
    head, broken, found, sought = Head(0, START), "", 0, 0
    noted = await _noted(connection)
    async for entry in _walk(connection):
        sealed = entry.pop("digest")
        noted.pop(sealed, None)
        broken = broken or _break(head, entry, sealed)
        head = Head(entry["id"], sealed)
        sought = sought or (head.number if is_of(fingerprint, sealed) else 0)
        found += _told(replay, entry)
    stored = {table: await _stored(connection, table) for table in RECORDS}
    differing = [line for table, rows in stored.items() for line in replay.differences(table, rows)]
    differing += [f"closings {named}: it notes a head of the trail that no entry has" for named in noted.values()]
    papers = tuple(sorted(PAPERS - {audit.name}))
    return Verdict(head, sum(map(len, stored.values())), found, broken, tuple(differing), sought, papers)


def _told(replay: Replay, entry: Row) -> int:
    """Take what an entry wrote; how many rows it found instead, being older than the trail."""
    try:
        replay.take(entry["id"], entry["rows"] or {})
        return sum(len(one["put"]) for one in entry["rows"].values()) if entry["act"] == "baseline" else 0
    except (AttributeError, KeyError, TypeError, ValueError):
        return 0  # somebody has bent it beyond reading: the chain is broken there, and its rows will differ


async def _noted(connection: AsyncConnection) -> dict[str, str]:
    """The heads that closed periods have noted, with the closing's name."""
    return {
        row["trail"]: "/".join(str(row[name]) for name in key_columns(closings))
        for row in await _stored(connection, "closings")
        if row["trail"]
    }


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
