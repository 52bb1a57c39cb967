"""What conversations may ask of the world, one Protocol a noun; each room holds those that belong together."""

from __future__ import annotations

from contextlib import AbstractAsyncContextManager
from datetime import datetime
from typing import Protocol

from bot.domain.entry import Entry
from bot.ports.access import Invitation, Invitations, Known, People, Places, Reached
from bot.ports.filing import Reports, Targets
from bot.ports.health import Channels, Condition, Health, Traffic
from bot.ports.linking import Link, Links, Way, Ways
from bot.ports.periods import Periods
from bot.ports.reminding import Absences, Readings, Reminders, Tick
from bot.ports.structure import Offices
from bot.ports.talk import Inbox, Letter, Outbox, Shown, Stand, Stands
from bot.ports.trail import Audit

__all__ = [
    "Absences",
    "Audit",
    "Channels",
    "Clock",
    "Condition",
    "Database",
    "Desk",
    "Entry",
    "Health",
    "Inbox",
    "Invitation",
    "Invitations",
    "Known",
    "Letter",
    "Link",
    "Links",
    "Offices",
    "Outbox",
    "People",
    "Periods",
    "Places",
    "Reached",
    "Readings",
    "Reminders",
    "Reports",
    "Shown",
    "Stand",
    "Stands",
    "Targets",
    "Tick",
    "Traffic",
    "Way",
    "Ways",
]


class Clock(Protocol):
    """The program's time, which a demo or a drill may shift."""

    def now(self) -> datetime:
        """Aware, UTC."""

    def shifted(self, real: datetime) -> datetime:
        """The program's time at a real instant (of an incoming message)."""


class Desk(Protocol):
    """One transaction: what a turn may read and write. All of it commits together, or none."""

    people: People
    places: Places
    invitations: Invitations
    links: Links
    ways: Ways
    offices: Offices
    reports: Reports
    targets: Targets
    reminders: Reminders
    absences: Absences
    readings: Readings
    health: Health
    channels: Channels
    periods: Periods
    stands: Stands
    audit: Audit
    inbox: Inbox
    outbox: Outbox


class Database(Protocol):
    def begin(self) -> AbstractAsyncContextManager[Desk]:
        """A transaction; commits on leaving, rolls back when an exception leaves it."""

    def busy(self) -> bool:
        """Whether a transaction begun now would have to wait for another: what nobody waits for comes later."""

    async def close(self) -> None: ...
