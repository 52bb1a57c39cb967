"""Who is away, what people were reminded of, and which totals they have read."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from bot.domain.absence import Absence
from bot.domain.changed import Reading
from bot.domain.period import Period
from bot.domain.reminder import Promise, Reminder


class Absences(Protocol):
    async def since(self, day: date) -> Sequence[Absence]:
        """Everybody's absences that are not over on that day; some may begin later."""

    async def put(self, absence: Absence, now: datetime) -> None: ...

    async def end(self, person: int, day: date) -> bool:
        """Let this person's absences end before that day; False when there is none to end."""


@dataclass(frozen=True, slots=True)
class Tick:
    """When somebody last looked whether something is due, and up to which instant all that was due has been sent."""

    at: datetime
    through: datetime | None


class Reminders(Protocol):
    async def claim(self, wanted: Sequence[Reminder], now: datetime) -> Collection[Reminder]:
        """Those that nobody has sent yet; from now on they are sent."""

    async def through(self, form: str, period: Period) -> Mapping[tuple[int, str], datetime]:
        """By person and unit, the instant of the latest rung of the ladder that was sent."""

    async def nudged(self, form: str, period: Period, since: datetime) -> Mapping[str, datetime]:
        """By office, when somebody last had it nudged, if that was after `since`."""

    async def promise(self, promise: Promise, now: datetime) -> None: ...

    async def promises(self, form: str, period: Period) -> Sequence[Promise]:
        """Every promise, in the order in which they were made."""

    async def ticked(self, name: str = "tick") -> Tick | None:
        """The last look of that name at what is due; None when there was none yet."""

    async def tick(self, tick: Tick, name: str = "tick") -> None: ...

    async def advance(self, name: str, tick: Tick) -> bool:
        """As `tick`, but only forward; False when somebody else has gone as far already."""


class Readings(Protocol):
    """Who last saw which totals, and who is sent a digest every day."""

    async def saw(self, reading: Reading) -> None: ...

    async def of_period(self, form: str, period: Period, before: datetime) -> Sequence[Reading]:
        """Everybody who last saw totals of that period before that instant."""

    async def wish(self, person: int, now: datetime) -> None:
        """From now on they are sent a digest every day, unless they are already."""

    async def unwish(self, person: int) -> None: ...

    async def wished(self, person: int) -> datetime | None:
        """Up to when they have been told everything; None when they do not wish a digest."""

    async def claim_digests(self, due: datetime, now: datetime) -> Mapping[int, datetime]:
        """By person, up to when they had been told everything, if that was before `due`; now they are told."""
