"""One person on several channels: where they want to be told, and the codes that link."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.chat import Address


@dataclass(frozen=True, slots=True)
class Way:
    """One address at which a person is heard and told; `pinned`: what they did not ask for goes there."""

    id: int
    address: Address
    linked_at: datetime
    pinned: bool = False
    lost_at: datetime | None = None


class Ways(Protocol):
    """The addresses of people, one by one."""

    async def of(self, person: int) -> Sequence[Way]:
        """The one linked first comes first."""

    async def join(self, person: int, address: Address, seen_at: datetime, now: datetime) -> None:
        """From now on it is theirs, whosever it was."""

    async def pin(self, person: int, way: int | None, now: datetime) -> None:
        """Tell them there; None: where they were last."""

    async def cut(self, way: int) -> None:
        """That address is a stranger's."""

    async def rebind(self, channel: str, before: str, bot: str, now: datetime) -> int:
        """Set aside the addresses at the channel's former bot, and bring back those at `bot`; how many changed."""


@dataclass(frozen=True, slots=True)
class Link:
    """A code that was given to `person` at `home`; `there` is the address that has sent it, once one has."""

    id: int
    hash: str
    person: int
    home: Address
    expires_at: datetime
    there: Address | None = None
    name: str = ""
    sent_at: datetime | None = None
    answered_at: datetime | None = None


class Links(Protocol):
    """Codes that link one more address to a person; only their hashes are known."""

    async def issue(self, hash: str, person: int, home: Address, now: datetime, expires_at: datetime) -> None:
        """The person's earlier codes end."""

    async def find(self, hash: str) -> Link | None: ...

    async def get(self, id: int) -> Link | None: ...

    async def take(self, id: int, there: Address, name: str, now: datetime) -> bool:
        """It was sent from there; False when somebody else was first."""

    async def answer(self, id: int, now: datetime) -> bool:
        """Whether it was them has been answered; False when it was already."""
