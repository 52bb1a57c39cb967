"""One transaction, and all that may be read and written in it."""

from __future__ import annotations

from sqlalchemy.ext.asyncio import AsyncConnection

from bot import ports
from db.absences import Absences
from db.audit import Audit
from db.channels import Channels
from db.health import Health
from db.inbox import Inbox
from db.invitations import Invitations
from db.ledger import Ledger
from db.links import Links
from db.offices import Offices, Structures
from db.outbox import Outbox
from db.people import People
from db.periods import Periods
from db.places import Places
from db.readings import Readings
from db.recent import Recent
from db.reminders import Reminders
from db.reports import Reports
from db.stands import Stands
from db.targets import Targets
from db.ways import Ways


class Desk:
    """What `seen`, `write`, `post` and `saw` were given is written by `flush`, just before the commit."""

    people: ports.People
    places: ports.Places
    invitations: ports.Invitations
    links: ports.Links
    ways: ports.Ways
    offices: ports.Offices
    reports: ports.Reports
    targets: ports.Targets
    reminders: ports.Reminders
    absences: ports.Absences
    readings: ports.Readings
    health: ports.Health
    channels: ports.Channels
    periods: ports.Periods
    stands: ports.Stands
    audit: ports.Audit
    inbox: ports.Inbox
    outbox: ports.Outbox

    def __init__(self, connection: AsyncConnection, structures: Structures, recent: Recent) -> None:
        ledger = Ledger(connection)
        self.places = places = Places(connection, ledger)
        self.people = People(connection, ledger, places)
        self.audit = audit = Audit(connection, ledger)
        self.outbox = outbox = Outbox(connection)
        self.readings = readings = Readings(connection)
        self.invitations = Invitations(connection, ledger)
        self.links = Links(connection)
        self.ways = Ways(connection, ledger)
        self.offices = Offices(connection, structures, ledger)
        self.reports = self._filed = Reports(connection, recent, ledger)
        self.targets = Targets(connection, ledger)
        self.periods = Periods(connection, ledger)
        self.reminders = Reminders(connection, ledger)
        self.absences = Absences(connection, ledger)
        self.health = Health(connection, self.reminders)
        self.channels = Channels(connection)
        self.stands = Stands(connection)
        self.inbox = Inbox(connection)
        self._gathered = (places, audit, outbox, readings)

    async def flush(self) -> None:
        for gathered in self._gathered:
            await gathered.flush()

    def committed(self) -> None:
        self._filed.committed()
