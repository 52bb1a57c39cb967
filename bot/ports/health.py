"""How the program and its channels are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from bot.ports.reminding import Tick


@dataclass(frozen=True, slots=True)
class Condition:
    """How the program is: messages by state, who cannot be reached, the last tick, the database's size in bytes."""

    inbox: Mapping[str, int]
    outbox: Mapping[str, int]
    unreachable: Sequence[str]
    tick: Tick | None
    size: int


class Health(Protocol):
    async def condition(self, on: date) -> Condition:
        """`on` that day: only who holds a role then has to be reached."""


@dataclass(frozen=True, slots=True)
class Traffic:
    """A channel with a limit: messages sent this month, how many it may send, how many of them nobody is sure of.

    `spent_at` is when it refused one because the month is used up, None when it has taken one since."""

    channel: str
    sent: int
    quota: int
    doubted: int
    spent_at: datetime | None = None


class Channels(Protocol):
    """What is known of each channel; `month` is "2021-10"."""

    async def webhooks(self, channel: str) -> Sequence[str]:
        """The URLs that this program has set, or tried to, and that may stand; none where no webhook is ours."""

    async def remember(self, channel: str, webhooks: Sequence[str]) -> None: ...

    async def bot(self, channel: str) -> str:
        """Which bot this program was there last, or empty."""

    async def remember_bot(self, channel: str, bot: str) -> None: ...

    async def allow(self, channel: str, quota: int) -> None:
        """It may send so many messages a month."""

    async def spend(self, channel: str, month: str, number: int) -> int:
        """So many more went out; how many in all."""

    async def spent(self, channel: str, month: str) -> int: ...

    async def warn(self, channel: str, month: str, now: datetime) -> bool:
        """Whether nobody has been told yet that this month is nearly spent; from now on somebody has."""

    async def exhausted(self, channel: str, month: str, now: datetime) -> bool:
        """It refuses more this month; whether that is the first time."""

    async def started(self) -> None:
        """The program has begun anew: no channel of its has stopped."""

    async def stopped(self, channel: str, now: datetime) -> None: ...

    async def stops(self) -> Mapping[str, datetime]:
        """The channels that have stopped since the program began, and when."""

    async def traffic(self, month: str) -> Sequence[Traffic]:
        """Of every channel that has a limit."""
