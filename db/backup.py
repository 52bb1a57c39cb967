"""A copy of a SQLite file, taken while it is in use."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path


def copy(source: Path, target: Path) -> None:
    """Copy all that is committed; `target` is replaced only once its copy is whole. Raises sqlite3.Error, OSError."""
    unfinished = target.with_name(f"{target.name}.part")
    unfinished.unlink(missing_ok=True)
    os.close(os.open(unfinished, os.O_CREAT | os.O_EXCL, 0o600))
    with closing(sqlite3.connect(source)) as original, closing(sqlite3.connect(unfinished)) as duplicate:
        original.backup(duplicate)
    unfinished.replace(target)
