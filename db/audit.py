"""The audit trail: entries are added, each chained to the one before, and never changed."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import String, bindparam, cast, insert, literal, or_, select, text
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.sql.elements import ColumnElement

from bot.domain.entry import Entry, Head, Line
from bot.domain.seal import START, digest
from bot.domain.sought import Sought
from db.ledger import Ledger
from db.tables import audit, people
from db.types import storable

#: The fields that a digest covers; with them the one before.
SEALED = ("id", "at", "actor", "role", "channel", "message", "act", "subject", "before", "after", "reason", "rows")
_ENTRY = [audit.c[name] for name in Entry.__slots__]
_head = select(audit.c.id, audit.c.digest).order_by(audit.c.id.desc()).limit(1)
_number = select(audit.c.id).where(audit.c.digest == bindparam("of_digest")).limit(1)
_lines = (
    select(audit.c.id, people.c.name, *_ENTRY)
    .select_from(audit.outerjoin(people, people.c.id == audit.c.actor))
    .order_by(audit.c.id.desc())
)
_about_subject = _lines.where(
    audit.c.act == bindparam("of_act"),
    or_(audit.c.subject == bindparam("of_subject"), audit.c.subject.startswith(bindparam("of_words"))),
).limit(bindparam("at_most"))
# Whoever extends the chain on PostgreSQL holds this lock until the commit; on SQLite there is one writer anyway.
_LOCK = text("SELECT pg_advisory_xact_lock(7468696475)")


class Audit:
    """What is written is chained by `flush`, just before the commit, together with the rows it explains."""

    def __init__(self, connection: AsyncConnection, ledger: Ledger) -> None:
        self._connection = connection
        self._ledger = ledger
        self._entries: list[tuple[Entry, dict[str, Any] | None]] = []

    async def write(self, entry: Entry) -> None:
        self._entries.append((entry, self._ledger.take()))

    async def head(self) -> Head:
        await self.flush()
        row = (await self._connection.execute(_head)).one_or_none()
        return Head(row.id, row.digest) if row else Head(0, START)

    async def number(self, digest: str) -> int:
        await self.flush()
        return (await self._connection.execute(_number, {"of_digest": digest})).scalar_one_or_none() or 0

    async def find(self, sought: Sought, limit: int) -> Sequence[Line]:
        await self.flush()
        found = await self._connection.execute(_lines.where(*_conditions(sought)).limit(limit))
        return [_line(*row) for row in found]

    async def about(self, act: str, subject: str, limit: int) -> Sequence[Line]:
        await self.flush()
        values = {"of_act": act, "of_subject": subject, "of_words": f"{subject} ", "at_most": limit}
        return [_line(*row) for row in await self._connection.execute(_about_subject, values)]

    async def flush(self) -> None:
        """Chain what has been gathered to the head, in one go; what nobody explained gets an entry of its own."""
        await self._explain_the_rest()
        if not self._entries:
            return
        entries, self._entries = self._entries, []
        if self._connection.dialect.name == "postgresql":
            await self._connection.execute(_LOCK)
        row = (await self._connection.execute(_head)).one_or_none()
        number, last = (row.id, row.digest) if row else (0, START)
        rows = []
        for entry, written in entries:
            number += 1
            sealed = sealed_fields(number, entry, written)
            last = digest(last, sealed)
            rows.append({**sealed, "at": entry.at, "digest": last})
        await self._connection.execute(insert(audit), rows)

    async def _explain_the_rest(self) -> None:
        written = self._ledger.take()
        if written:
            at = self._entries[-1][0].at if self._entries else datetime.now(UTC)
            unexplained = Entry(at, None, "", "", "", "written", ", ".join(sorted(written)))
            self._entries.append((unexplained, written))


def _line(number: int, name: str | None, *entry: Any) -> Line:
    return Line(number, name or "", Entry(*entry))


def sealed_fields(number: int, entry: Entry, written: Mapping[str, Any] | None) -> dict[str, Any]:
    """An entry as it will be read back, in what JSON can hold."""
    fields = {name: getattr(entry, name) for name in Entry.__slots__}
    fields |= {"id": number, "at": entry.at.astimezone(UTC).isoformat(timespec="microseconds"), "rows": written}
    kept: dict[str, Any] = json.loads(storable(json.dumps(fields, ensure_ascii=False, default=dict)))
    return {name: _words(kept[name]) for name in SEALED}


def _words(value: Any) -> Any:
    return storable(value) if isinstance(value, str) else value


def _conditions(sought: Sought) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if sought.units:
        found.append(or_(*(_about(unit) for unit in sought.units)))
    if sought.period:
        found.append(_holds(f"{sought.period.year}-{sought.period.month:02}"))
    if sought.acts:
        found.append(audit.c.act.in_(sought.acts))
    if sought.people:
        subjects = [f"person {person}" for person in sought.people]
        found.append(or_(audit.c.actor.in_(sought.people), audit.c.subject.in_(subjects)))
    found += [audit.c.at >= sought.since] if sought.since else []
    found += [audit.c.at < sought.until] if sought.until else []
    found += [audit.c.id < sought.before] if sought.before else []
    return found


def _holds(word: str) -> ColumnElement[bool]:
    """The subject has that word."""
    return (literal(" ") + audit.c.subject + " ").contains(f" {word} ", autoescape=True)


def _about(unit: str) -> ColumnElement[bool]:
    """The subject names the unit, or what was done is said to concern that office or cluster: a role that was given
    there, or one that has ended there."""
    told = (cast(side, String) for side in (audit.c.before, audit.c.after))
    words = [f'"{field}":"{unit}"' for field in ("office", "cluster")]
    return or_(_holds(unit), *(side.contains(word, autoescape=True) for side in told for word in words))
