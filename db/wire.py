"""The connection to a SQLite file, with as few changes of thread as it takes never to hold up the event loop."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from functools import partial
from typing import Any

import aiosqlite

_CHUNK = 64


class Connection(aiosqlite.Connection):
    """Only what has to wait, for the disk or for another process, goes to the worker thread.

    A change of thread costs more than a statement on a file that is in memory; aiosqlite makes four a statement."""

    _changes = 0  # as counted when the transaction began

    async def _execute(self, fn: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        if not self._running or not self._connection:
            raise ValueError("Connection closed")
        if args and str(args[0]).startswith("BEGIN"):
            return await self._begin(self._connection, partial(fn, *args, **kwargs))
        if self._has_to_wait(self._connection, fn, args):
            return await super()._execute(fn, *args, **kwargs)  # type: ignore[no-untyped-call]
        return fn(*args, **kwargs)

    async def _begin(self, connection: sqlite3.Connection, begin: Callable[[], Any]) -> Any:
        """At once when the lock is free. Once BEGIN IMMEDIATE has it, nothing waits before the commit."""
        self._changes = connection.total_changes
        patience = connection.execute("PRAGMA busy_timeout").fetchone()[0]
        connection.execute("PRAGMA busy_timeout = 0")
        try:
            return begin()
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY:
                raise
        finally:
            connection.execute(f"PRAGMA busy_timeout = {patience}")
        return await super()._execute(begin)  # type: ignore[no-untyped-call]

    def _has_to_wait(self, connection: sqlite3.Connection, fn: Callable[..., Any], args: tuple[Any, ...]) -> bool:
        """A commit does only when something has changed."""
        if getattr(fn, "__self__", None) is connection:
            return fn.__name__ == "close" or (fn.__name__ == "commit" and connection.total_changes != self._changes)
        return bool(args) and str(args[0]).startswith("PRAGMA")


def connect(database: str, **options: Any) -> Connection:
    """What SQLAlchemy calls for a new connection (`async_creator_fn`)."""
    connection = Connection(partial(sqlite3.connect, database, **options), _CHUNK)
    connection._thread.daemon = True  # a program that dies with the database open must not hang
    return connection
