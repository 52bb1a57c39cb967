"""Looks each minute whether something is due; what is due is in the database, nothing of it in memory."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress

import structlog

from bot.digesting import send_digests
from bot.ports import Clock, Database
from bot.reminding import remind
from bot.retelling import retell

log = structlog.get_logger()

EVERY = 60.0  # seconds


class Scheduler:
    """Several may run on one database: each reminder is sent by the one that claims it."""

    def __init__(self, database: Database, clock: Clock, posted: Callable[[], None]) -> None:
        self._database = database
        self._clock = clock
        self._posted = posted
        self._now = asyncio.Event()
        self._stopping = False

    def wake(self) -> None:
        """The clock has been moved: look at once."""
        self._now.set()

    async def run(self) -> None:
        """Look now and then each minute, until stopped; a look that fails is told and taken again."""
        while not self._stopping:
            self._now.clear()
            try:
                await self.tick()
            except Exception:
                log.exception("could not see what is due")
            with suppress(TimeoutError):
                await asyncio.wait_for(self._now.wait(), EVERY)

    def stop(self) -> None:
        self._stopping = True
        self._now.set()

    async def tick(self) -> int:
        """One look; how many people were written to. What is due and what has changed do not wait for each other."""
        async with self._database.begin() as desk:
            posted = await remind(desk, self._clock.now())
        async with self._database.begin() as desk:
            posted += await retell(desk, self._clock.now())
            posted += await send_digests(desk, self._clock.now())
        if posted:
            self._posted()
        return posted
