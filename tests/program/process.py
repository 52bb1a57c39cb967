"""The real program as a process: started with an environment, ended gently or not, its words kept in files."""

from __future__ import annotations

import asyncio
import logging
import os
import sqlite3
import sys
from asyncio.subprocess import Process
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.servers.telegram import TOKEN

log = logging.getLogger(__name__)

THIDUA = Path(sys.executable).with_name("thidua")
MORNING = "2021-10-01T08:00:00+07:00"
PATIENCE = 30.0  # seconds for a command to end; the machine may be busy
SECRET = TOKEN.partition(":")[2].encode()
WAITING = """
SELECT (SELECT count(*) FROM inbox WHERE state = 'waiting') + (SELECT count(*) FROM outbox WHERE state = 'waiting')"""
SIZE = 16 * 1024  # bytes shown of a log when a test fails


@dataclass(frozen=True, slots=True)
class Done:
    """How a command ended, and what it said."""

    code: int
    out: str
    err: str

    @property
    def lines(self) -> list[str]:
        return self.out.splitlines()


@dataclass(frozen=True, slots=True)
class Running:
    """A program that goes on until it is told to stop."""

    process: Process
    out: Path
    err: Path

    async def stop(self, within: float = PATIENCE) -> int:
        """SIGTERM; its exit code. Raises TimeoutError when it takes longer."""
        self.process.terminate()
        return await self.ended(within)

    async def kill(self) -> None:
        """SIGKILL, at once."""
        self.process.kill()
        await self.process.wait()

    async def ended(self, within: float = PATIENCE) -> int:
        async with asyncio.timeout(within):
            return await self.process.wait()

    @property
    def alive(self) -> bool:
        return self.process.returncode is None

    @property
    def log(self) -> str:
        return self.err.read_text("utf-8")


@dataclass(slots=True)
class Machine:
    """A folder with nothing else in it, where the program runs with its own environment."""

    folder: Path
    settings: dict[str, str] = field(default_factory=dict)
    running: list[Running] = field(default_factory=list)
    _count: int = 0

    @property
    def database(self) -> Path:
        return self.folder / "thidua.sqlite"

    @property
    def temporary(self) -> Path:
        return self.folder / "tmp"

    def environment(self, **settings: str) -> dict[str, str]:
        """Nothing of the tester's own environment but the way to the programs; an empty setting is left out."""
        self.temporary.mkdir(exist_ok=True)
        kept = {name: value for name, value in os.environ.items() if name in ("PATH", "LANG", "SYSTEMROOT")}
        own = {"HOME": str(self.folder), "TMPDIR": str(self.temporary)}
        defaults = {
            "THIDUA_DATABASE_URL": f"sqlite+aiosqlite:///{self.database}",
            "THIDUA_TELEGRAM_TOKEN": TOKEN,
            "THIDUA_CLOCK": MORNING,
        }
        wanted = {**defaults, **self.settings, **settings}
        return {**kept, **own, **{name: value for name, value in wanted.items() if value}}

    async def command(self, *arguments: str, **settings: str) -> Done:
        """Run one command to its end."""
        running = await self.start(*arguments, **settings)
        code = await running.ended()
        return Done(code, running.out.read_text("utf-8"), running.err.read_text("utf-8"))

    async def start(self, *arguments: str, **settings: str) -> Running:
        """Start the program; `thidua run` when nothing else is said."""
        self._count += 1
        out, err = (self.folder / f"{self._count}.{name}" for name in ("out", "err"))
        with out.open("wb") as said, err.open("wb") as logged:
            process = await asyncio.create_subprocess_exec(
                THIDUA,
                *(arguments or ("run",)),
                stdin=asyncio.subprocess.DEVNULL,
                stdout=said,
                stderr=logged,
                cwd=self.folder,
                env=self.environment(**settings),
            )
        running = Running(process, out, err)
        self.running.append(running)
        return running

    async def end(self) -> None:
        """No process of ours outlives its test."""
        for one in self.running:
            if one.alive:
                await one.kill()

    def query(self, sql: str, *values: object) -> list[tuple[Any, ...]]:
        """Rows of the database file, read as another program would."""
        with closing(sqlite3.connect(f"file:{self.database}?mode=ro", uri=True, timeout=10)) as connection:
            return connection.execute(sql, values).fetchall()

    def make(self, sql: str) -> None:
        """Change the database file behind the program's back."""
        with closing(sqlite3.connect(self.database)) as connection, connection:
            connection.executescript(sql)

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Another program holds the database file."""
        with closing(sqlite3.connect(self.database, isolation_level=None)) as connection:
            connection.execute("BEGIN IMMEDIATE")
            yield
            connection.execute("ROLLBACK")

    def idle(self) -> bool:
        """Every stored update has been answered, and every answer has been sent."""
        return self.query(WAITING) == [(0,)]

    def telling(self) -> list[str]:
        """The files that hold the token: none may."""
        files = [path for path in self.folder.rglob("*") if path.is_file() and path.name != ".env"]
        return [path.name for path in files if SECRET in path.read_bytes()]

    def logs(self) -> str:
        """The end of everything said on stderr, for whoever reads a failed test."""
        return "\n".join(f"--- {one.err.name}\n{one.log[-SIZE:]}" for one in self.running)


def plain(done: Done) -> tuple[int, str]:
    """How it ended and what the operator was told; never a traceback."""
    assert "Traceback" not in done.out + done.err
    return done.code, done.err.strip()


async def eventually(condition: Callable[[], bool], timeout: float = 15.0) -> None:
    """Wait for something that only looking can tell. Raises TimeoutError."""
    async with asyncio.timeout(timeout):
        while not condition():
            await asyncio.sleep(0.03)


@asynccontextmanager
async def opened(folder: Path, **settings: str) -> AsyncIterator[Machine]:
    """A machine; in the end none of its processes is left, and no file tells the token."""
    machine = Machine(folder, settings)
    try:
        yield machine
    finally:
        await machine.end()
        log.warning("said on stderr:\n%s", machine.logs())  # pytest shows it when the test has failed
    assert machine.telling() == []
