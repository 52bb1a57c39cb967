"""One bot in a process of its own: started, watched, stopped."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from subprocess import DEVNULL
from time import perf_counter

import psutil

_LEAVE_WITHIN = 15.0  # seconds


@dataclass(frozen=True, slots=True)
class Contestant:
    """`module` and its arguments are run by this Python; `settings` are environment variables."""

    name: str
    module: Sequence[str]
    settings: Mapping[str, str] = field(default_factory=dict)
    buttons: bool = False  # whether it shows any

    def at(self, url: str, token: str) -> Contestant:
        """The same bot, told where the Bot API is."""
        told = {"THIDUA_TELEGRAM_API_URL": url, "THIDUA_TELEGRAM_TOKEN": token}
        return replace(self, settings={**self.settings, **told})


@dataclass(slots=True)
class Running:
    """A started bot; `began` by perf_counter, `most` the largest resident memory seen, in bytes."""

    began: float
    process: psutil.Process
    most: int = 0

    def cpu(self) -> float:
        """Seconds of processor time so far."""
        times = self.process.cpu_times()
        return float(times.user + times.system)

    async def watch(self) -> None:
        with suppress(psutil.Error):
            while True:
                self.most = max(self.most, self.process.memory_info().rss)
                await asyncio.sleep(0.1)


@asynccontextmanager
async def running(bot: Contestant, folder: Path) -> AsyncIterator[Running]:
    """The bot at work; what it logs is in `folder`."""
    began = perf_counter()
    with log(bot, folder).open("ab") as output:
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", *bot.module),
            cwd=folder,
            env={**_environment(), **bot.settings},
            stdin=DEVNULL,
            stdout=output,
            stderr=output,
        )
    started = Running(began, psutil.Process(process.pid))
    watching = asyncio.create_task(started.watch())
    try:
        yield started
    finally:
        watching.cancel()
        await _stop(process)


async def _stop(process: asyncio.subprocess.Process) -> None:
    with suppress(ProcessLookupError):
        process.terminate()
    try:
        await asyncio.wait_for(process.wait(), _LEAVE_WITHIN)
    except TimeoutError:
        process.kill()
        await process.wait()


def log(bot: Contestant, folder: Path) -> Path:
    return folder / f"{bot.name}.log"


def _environment() -> dict[str, str]:
    """This one without the operator's own settings, and with the project on Python's path."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("THIDUA_")}
    return {**kept, "PYTHONPATH": str(Path(__file__).parent.parent)}
