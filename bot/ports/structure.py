"""The offices and their calendar."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from bot.domain.calendar import Calendar
from bot.domain.organisation import Organisation


class Offices(Protocol):
    async def organisation(self) -> Organisation:
        """The whole structure of all times; kept in memory until it changes."""

    async def calendar(self) -> Calendar: ...

    async def save(self, organisation: Organisation, calendar: Calendar) -> Sequence[str]:
        """Make the stored structure the given one; the plain lines of what changed, none when nothing did."""
