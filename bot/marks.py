"""What has gone out, marked as sent: many in one commit."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable

import structlog

from bot.chat import Outgoing
from bot.ports import Clock, Database
from bot.thrift import Thrift

log = structlog.get_logger()

EVERY = 0.1  # seconds: marks share a commit, which what has come in meanwhile would have to wait for
PAUSE = 0.5  # seconds before marks that could not be stored are tried again
GLANCES = 40  # at most, one every 5 ms: marks let answers go first
MANY = 50  # marks that wait no longer: what a crash leaves unmarked goes out twice


class Marks:
    """`posted` is told when storing them has put something into the outbox."""

    def __init__(self, database: Database, clock: Clock, thrift: Thrift, posted: Callable[[], None]) -> None:
        self._database = database
        self._clock = clock
        self._thrift = thrift
        self._posted = posted
        self._sent: dict[int, str] = {}
        self._spent: Counter[str] = Counter()  # by channel: messages that went out and are not counted yet
        self._news = asyncio.Event()
        self._storing = asyncio.Lock()

    def put(self, outgoing: Outgoing, message: str) -> None:
        self._sent[outgoing.id] = message
        self._spent += self._thrift.cost(outgoing)
        self._news.set()

    async def run(self) -> None:
        while True:
            await self._news.wait()
            await asyncio.sleep(EVERY)
            await self._quiet()
            try:
                await self.store()
            except Exception:
                log.exception("sent marks not stored yet")
                await asyncio.sleep(PAUSE)

    async def _quiet(self) -> None:
        """A moment in which nobody has the database; what is counted against a month waits for none."""
        for _ in range(GLANCES):
            if self._spent or len(self._sent) >= MANY or not self._database.busy():
                return
            await asyncio.sleep(0.005)

    async def store(self) -> None:
        """What cannot be stored now is kept for the next time; one at a time, so that the last one waits for all."""
        async with self._storing:
            self._news.clear()
            sent, self._sent = self._sent, {}
            spent, self._spent = self._spent, Counter()
            if not sent:
                return
            try:
                async with self._database.begin() as desk:
                    await desk.outbox.sent(sent, self._clock.now())
                    warned = await self._thrift.spend(desk, spent, self._clock.now())
            except BaseException:
                self._sent = {**sent, **self._sent}
                self._spent += spent
                self._news.set()
                raise
            if warned:
                self._posted()
