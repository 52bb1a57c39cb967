"""Where people stand in a conversation; messages in and out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from bot.chat import Address, Outgoing, Raw, Reply


@dataclass(frozen=True, slots=True)
class Stand:
    """Where a person stands in one conversation, since when it is stored; `state` is what JSON can hold."""

    conversation: str
    step: str
    state: Mapping[str, Any]
    put_at: datetime | None = field(default=None, compare=False)


class Stands(Protocol):
    async def put(self, person: int, stand: Stand, now: datetime) -> None:
        """Remember and make it the active one."""

    async def at(self, person: int, conversation: str) -> Stand | None: ...

    async def drop(self, person: int, conversation: str) -> None: ...

    async def clear(self, person: int) -> int:
        """Leave every conversation; how many there were."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A message without what it held attached; `sent_at` is None until all of it is known to have gone out."""

    reply: Reply
    sent_at: datetime | None


class Outbox(Protocol):
    async def post(
        self,
        address: Address,
        reply: Reply,
        now: datetime,
        card: str = "",
        cause: int | None = None,
        person: int | None = None,
    ) -> None:
        """Queue a reply; it goes out only after the transaction has committed.

        With `person` it must reach them: when this address fails for good, their other one is tried, then the head."""

    async def posted(self) -> Sequence[Outgoing]:
        """What this transaction has posted so far, in the order of its ids."""

    async def unsent(self, after: int, limit: int) -> Sequence[Outgoing]:
        """What has still to go out and has a higher id than `after`, oldest first."""

    async def sent(self, ids: Mapping[int, str], now: datetime) -> None:
        """Mark as sent; id → the channel's message id."""

    async def dead(self, id: int, why: str, now: datetime, instead: bool = False) -> None:
        """It will not go out; `instead`: another message, over another channel, does."""

    async def doubted(self, id: int, why: str) -> None:
        """Its next part went out and nobody said whether it arrived."""

    async def settled(self, id: int, unsure: str = "") -> None:
        """Its next part is not sent again; `unsure` says why nobody knows whether it arrived."""

    async def moved(self, address: Address, chat: str) -> None: ...

    async def rebind(self, channel: str, before: str, bot: str) -> None:
        """The channel has another bot: what went out by the one before lies aside, as its addresses do."""

    async def shown(self, address: Address, limit: int) -> Sequence[Shown]:
        """What whoever that chat belongs to was sent there last and is being sent, the newest first."""


@dataclass(frozen=True, slots=True)
class Letter:
    """A stored update that waits its turn."""

    id: int
    raw: Raw
    received_at: datetime
    tries: int


class Inbox(Protocol):
    async def store(self, raws: Sequence[Raw], now: datetime) -> int:
        """Keep what is not kept yet (unique by channel and key); how many were new."""

    async def waiting(self, limit: int) -> Sequence[Letter]:
        """Not yet done nor quarantined, oldest first."""

    async def done(self, ids: Sequence[int], now: datetime) -> None: ...

    async def failed(self, id: int, why: str) -> int:
        """Count one failure; how many there have been."""

    async def forget(self, id: int) -> None:
        """Keep that there was an update, but not what it said."""

    async def quarantine(self, id: int, now: datetime) -> None: ...

    async def count(self) -> Mapping[str, int]:
        """By state: waiting, done, quarantined."""
