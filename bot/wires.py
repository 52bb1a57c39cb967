"""One channel as delivery sees it: how many messages may be on the way, and whether it is down, spent or stopped."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.chat import Channel

IN_FLIGHT = 64  # messages on the wire at once
OUTAGE = timedelta(minutes=10)  # of nothing but faults: then what must reach somebody goes another way


@dataclass
class Wire:
    channel: Channel
    pause: float  # seconds, the next time that it does not answer
    slots: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(IN_FLIGHT))
    up: asyncio.Event = field(default_factory=asyncio.Event)
    sent: int = 0
    stopped: bool = False
    failures: dict[int, tuple[int, int]] = field(default_factory=dict)  # by message: vain tries, and what was sent then
    failing_since: datetime | None = None
    spent_until: datetime | None = None  # its month's messages are used up; then it is asked again

    def __post_init__(self) -> None:
        self.up.set()

    def answered(self, pause: float) -> None:
        """It took a message, or refused it for what it was."""
        self.pause, self.failing_since, self.spent_until = pause, None, None

    def failed(self, now: datetime) -> None:
        self.failing_since = self.failing_since or now

    def vain(self, message: int) -> int:
        """One more try of it failed: how many have while others were taken, so that it is this message that fails."""
        tries, sent = self.failures.get(message, (0, self.sent))
        self.failures[message] = (tries + (self.sent > sent), self.sent)
        return self.failures[message][0]

    def out(self, now: datetime) -> bool:
        """Whether it has been failing for so long that nobody should wait for it."""
        return self.failing_since is not None and now - self.failing_since >= OUTAGE

    def spent(self, now: datetime) -> bool:
        return self.spent_until is not None and now < self.spent_until

    def carries(self, now: datetime) -> bool:
        """Whether a message that cannot go elsewhere is well placed here."""
        return not (self.stopped or self.out(now) or self.spent(now))

    async def rest(self, longest: float) -> None:
        """One pause for all chats; the next one is longer."""
        self.up.clear()
        await asyncio.sleep(self.pause)
        self.pause = min(self.pause * 2, longest)
        self.up.set()
