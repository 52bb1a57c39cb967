"""The connection to a SQLite file, with as few changes of thread as it takes never to hold up the event loop."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from functools import partial
from typing import Any

import aiosqlite

_CHUNK = 64


class Connection(aiosqlite.Connection):
    """Only what may wait, for the disk or for another process, goes to the worker thread.

    A change of thread costs more than a statement on a file that is in memory; aiosqlite makes four a statement."""

    async def _execute(self, fn: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        if _may_wait(fn, args):
            return await super()._execute(fn, *args, **kwargs)  # type: ignore[no-untyped-call]
        if not self._running or not self._connection:
            raise ValueError("Connection closed")
        return fn(*args, **kwargs)


def connect(database: str, **options: Any) -> Connection:
    """What SQLAlchemy calls for a new connection (`async_creator_fn`)."""
    connection = Connection(partial(sqlite3.connect, database, **options), _CHUNK)
    connection._thread.daemon = True  # a program that dies with the database open must not hang
    return connection


def _may_wait(fn: Callable[..., Any], args: tuple[Any, ...]) -> bool:
    """Once BEGIN IMMEDIATE has the lock, nothing waits before the commit."""
    if isinstance(getattr(fn, "__self__", None), sqlite3.Connection):
        return fn.__name__ in ("commit", "close")
    return bool(args) and str(args[0]).startswith(("BEGIN", "PRAGMA"))
