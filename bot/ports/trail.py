"""The audit trail."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from bot.domain.entry import Entry, Head, Line
from bot.domain.sought import Sought


class Audit(Protocol):
    async def write(self, entry: Entry) -> None:
        """Add an entry. It seals all that was written into the records since the one before: effects come first."""

    async def find(self, sought: Sought, limit: int) -> Sequence[Line]:
        """The entries that are sought, newest first."""

    async def about(self, act: str, subject: str, limit: int) -> Sequence[Line]:
        """What of that kind was done to a subject whose name begins with these words, newest first."""

    async def number(self, digest: str) -> int:
        """Of the entry with that digest; 0 when there is none."""

    async def head(self) -> Head:
        """The last entry, those written in this transaction included."""
