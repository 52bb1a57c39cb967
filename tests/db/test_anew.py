"""A trail that somebody writes anew from end to end: only what was noted elsewhere shows it."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path

from bot.domain.seal import digest
from db.audit import SEALED
from tests.db.test_verify import bent, told, verdict

__all__ = ["bent", "told"]

_JSON = ("before", "after", "rows")
_ENTRIES = f"SELECT {', '.join(SEALED)} FROM audit ORDER BY id"


async def test_a_trail_written_anew_is_found_by_what_a_closing_noted(bent: Path) -> None:
    with closing(sqlite3.connect(bent)) as connection:
        connection.execute("DROP TRIGGER audit_no_update")
        connection.execute("UPDATE audit SET reason = 'x' WHERE id = 3")
        entries = [dict(zip(SEALED, row, strict=True)) for row in connection.execute(_ENTRIES)]
        last = ""
        for entry in entries:
            last = digest(last, {**entry, **{name: json.loads(entry[name] or "null") for name in _JSON}})
            connection.execute("UPDATE audit SET digest = ? WHERE id = ?", (last, entry["id"]))
        connection.commit()
    found = await verdict(bent)
    assert found.broken == ""
    assert found.differing == ("closings cum-3/short/2021/12: it notes a head of the trail that no entry has",)
