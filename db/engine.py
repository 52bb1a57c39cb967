"""The database: opened once, one transaction at a time."""

from __future__ import annotations

import json
import os
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from functools import partial
from pathlib import Path
from sqlite3 import Error as SqliteError
from typing import Any

from sqlalchemy import URL, Connection, event, make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import ArgumentError, DBAPIError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.pool import AsyncAdaptedQueuePool

from bot import ports
from bot.domain.entry import Verdict
from bot.errors import BadSettings
from db.desk import Desk
from db.offices import Structures
from db.recent import Recent
from db.schema import MIGRATIONS, bring_up_to_date
from db.types import storable
from db.verify import verify
from db.wire import connect

_DRIVERS = {
    "sqlite": "sqlite+aiosqlite",
    "sqlite+aiosqlite": "sqlite+aiosqlite",
    "postgresql": "postgresql+asyncpg",
    "postgresql+asyncpg": "postgresql+asyncpg",
}
_PRAGMAS = (
    "journal_mode = WAL",
    "synchronous = FULL",
    "foreign_keys = ON",
    "busy_timeout = 5000",
    "secure_delete = ON",  # what is forgotten is gone from the file too
    "cache_size = -1000",  # KB: the file is in the memory of the system anyway
    "wal_autocheckpoint = 2000",  # pages: a pause for a checkpoint each 8 MB
    "journal_size_limit = 67108864",
)
_PATIENCE = 60  # seconds that a transaction waits for the one connection


class Database:
    """What the bot remembers; see bot.ports.Database."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine
        self._structures = Structures()
        self._recent = Recent()
        self._alone = engine.dialect.name == "sqlite"  # one transaction at a time, whoever begins it

    def begin(self) -> AbstractAsyncContextManager[ports.Desk]:
        """A transaction; commits on leaving, rolls back when an exception leaves it.

        On SQLite transactions queue for the one connection: opening a second one inside the first waits in vain."""
        return self._begin()

    def busy(self) -> bool:
        pool = self._engine.pool
        return self._alone and isinstance(pool, AsyncAdaptedQueuePool) and pool.checkedout() > 0

    async def verify(self, fingerprint: str = "") -> Verdict:
        """Walk the trail, compare it with what is stored, and look for the entry of that fingerprint."""
        async with self._engine.connect() as opened:
            reading = {"reading": True} if self._alone else {"isolation_level": "REPEATABLE READ"}
            return await verify(await opened.execution_options(**reading), fingerprint)

    async def close(self) -> None:
        await self._engine.dispose()

    @asynccontextmanager
    async def _begin(self) -> AsyncIterator[ports.Desk]:
        async with self._engine.begin() as connection:
            desk = Desk(connection, self._structures, self._recent if self._alone else Recent())
            yield desk
            await desk.flush()
        desk.committed()


async def open_database(url: str, migrations: Path = MIGRATIONS, *, look: bool = False) -> Database:
    """Open the database at `url` (sqlite:///path or postgresql://…), its schema made or brought up to date first.

    An older SQLite file is copied beside itself before it is changed; with `look` it is refused instead. Raises
    BadSettings with a plain line."""
    location = _location(url)
    engine = _engine(location)
    try:
        await bring_up_to_date(engine, _file(location), migrations, look)
    except (DBAPIError, SqliteError, OSError) as error:
        await engine.dispose()
        raise BadSettings((f"database {_shown(location)} cannot be opened: {_cause(error)}",)) from error
    except BaseException:
        await engine.dispose()
        raise
    return Database(engine)


def _location(url: str) -> URL:
    try:
        location = make_url(url)
    except ArgumentError as error:
        raise BadSettings(("database: the address must look like sqlite:///path/to/file.sqlite",)) from error
    driver = _DRIVERS.get(location.drivername)
    if driver is None:
        raise BadSettings((f"database: {location.drivername} is not known, use sqlite or postgresql",))
    if location.get_backend_name() == "sqlite" and location.database in (None, "", ":memory:"):
        raise BadSettings(("database: the address must name a file, what is kept in memory would be lost",))
    return location.set(drivername=driver)


def _file(location: URL) -> Path | None:
    return Path(location.database or "") if location.get_backend_name() == "sqlite" else None


def _engine(location: URL) -> AsyncEngine:
    path = _file(location)
    if path is None:
        return _create(location)
    _touch(path, location)
    one = {"poolclass": AsyncAdaptedQueuePool, "pool_size": 1, "max_overflow": 0, "pool_timeout": _PATIENCE}
    engine = _create(location, connect_args={"async_creator_fn": connect}, **one)
    event.listen(engine.sync_engine, "connect", _on_connect)
    event.listen(engine.sync_engine, "begin", _on_begin)
    return engine


def _create(location: URL, **pool: Any) -> AsyncEngine:
    try:
        # A figure or a message must not reach a log through an error's text, hence hide_parameters.
        return create_async_engine(location, hide_parameters=True, json_serializer=_json, **pool)
    except ModuleNotFoundError as error:
        raise BadSettings((f"database: the package {error.name} is not installed",)) from error


def _touch(path: Path, location: URL) -> None:
    """Made before SQLite makes it, so that nobody else may read it; SQLite gives its journals the same mode."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
    except OSError as error:
        raise BadSettings((f"database {_shown(location)} cannot be opened: {error.strerror}",)) from error


def _on_connect(connection: DBAPIConnection, _: object) -> None:
    connection.isolation_level = None  # transactions begin where we say so
    cursor = connection.cursor()
    for pragma in _PRAGMAS:
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _on_begin(connection: Connection) -> None:
    reading = connection.get_execution_options().get("reading")  # one moment of the file, and nobody is held up
    connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")


def _shown(location: URL) -> str:
    return location.database or location.render_as_string(hide_password=True)


def _cause(error: Exception) -> str:
    return str(error.orig) if isinstance(error, DBAPIError) else str(error)


def _json(value: Any) -> str:
    return storable(_dumps(value))


_dumps = partial(json.dumps, ensure_ascii=False, separators=(",", ":"))
