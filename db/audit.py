"""The audit trail: entries are added, never changed."""

from __future__ import annotations

from typing import Any

from sqlalchemy import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.ports import Entry
from db.tables import audit


class Audit:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection
        self._entries: list[dict[str, Any]] = []

    async def write(self, entry: Entry) -> None:
        self._entries.append(_row(entry))

    async def flush(self) -> None:
        """Write what has been gathered, in one go."""
        if self._entries:
            rows, self._entries = self._entries, []
            await self._connection.execute(insert(audit), rows)


def _row(entry: Entry) -> dict[str, Any]:
    return {
        "at": entry.at,
        "actor": entry.actor,
        "role": entry.role,
        "channel": entry.channel,
        "message": entry.message,
        "act": entry.act,
        "subject": entry.subject,
        "before": None if entry.before is None else dict(entry.before),
        "after": None if entry.after is None else dict(entry.after),
        "reason": entry.reason,
    }
