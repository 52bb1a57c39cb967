"""What conversations may ask of the world, one Protocol a noun."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Protocol

from bot.chat import Address, Outgoing, Raw, Reply
from bot.domain.absence import Absence
from bot.domain.calendar import Calendar
from bot.domain.changed import Reading, Stir
from bot.domain.closing import Closing, Extension, Unlock
from bot.domain.duty import Duty
from bot.domain.entry import Entry as Entry
from bot.domain.entry import Head, Line
from bot.domain.organisation import Organisation
from bot.domain.period import Period
from bot.domain.person import Grant, Person, Role
from bot.domain.reminder import Promise, Reminder
from bot.domain.report import Report
from bot.domain.sought import Sought
from bot.domain.target import Target


class Clock(Protocol):
    """The program's time, which a demo or a drill may shift."""

    def now(self) -> datetime:
        """Aware, UTC."""

    def shifted(self, real: datetime) -> datetime:
        """The program's time at a real instant (of an incoming message)."""


@dataclass(frozen=True, slots=True)
class Stand:
    """Where a person stands in one conversation; `state` is what JSON can hold."""

    conversation: str
    step: str
    state: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Invitation:
    """A single-use way in; of the code only its hash is known."""

    id: int
    hash: str
    name: str
    grant: Grant
    inviter: int | None
    created_at: datetime
    expires_at: datetime
    used_at: datetime | None = None
    used_by: int | None = None
    revoked_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Known:
    """Who writes from an address, and where they stand in their conversations (the active one first)."""

    person: Person
    stands: tuple[Stand, ...] = ()
    menu: tuple[tuple[str, str], ...] = ()  # (label, token) of the last choices offered there
    asked: Mapping[str, Any] | None = None  # what was asked last there


@dataclass(frozen=True, slots=True)
class Reached:
    """Where somebody is told what they did not ask for, and in which language."""

    address: Address
    language: str


class People(Protocol):
    async def known(self, addresses: Sequence[Address]) -> Mapping[Address, Known]:
        """Those of `addresses` that belong to somebody, in two queries however many."""

    async def get(self, person: int) -> Person: ...

    async def some(self, people: Collection[int]) -> Mapping[int, Person]:
        """As `get`, many in one query; who is not there is absent."""

    async def admit(self, name: str, address: Address, now: datetime) -> Person:
        """A new person with no rights yet, reachable at `address`."""

    async def grant(self, person: int, grant: Grant, now: datetime) -> None: ...

    async def names(self) -> Mapping[int, str]:
        """Everybody's name."""

    async def addresses(self, person: int) -> Sequence[Address]:
        """Where a person can be reached, the pinned or the one used last first; unreachable ones left out."""

    async def seen(
        self, address: Address, menu: Sequence[tuple[str, str]], asked: Mapping[str, Any] | None, now: datetime
    ) -> None:
        """Remember the choices just offered at this address, and what was asked."""

    async def offered(self, choices: Mapping[Address, Sequence[tuple[str, str]]]) -> None:
        """Remember the choices of what is sent unasked, beside those shown there before."""

    async def unreachable(self, address: Address, why: str, now: datetime) -> int | None:
        """Whose address that was, when it is news."""

    async def moved(self, address: Address, chat: str) -> None: ...

    async def duties(self, roles: Collection[Role], on: date) -> Sequence[Duty]:
        """Every such role held on that day, in one query however many."""

    async def handed_on(self, giver: int, on: date) -> Sequence[Duty]:
        """The roles that this person has handed on and that end no earlier than that day; some may begin later."""

    async def reached(self, people: Collection[int]) -> Mapping[int, Reached]:
        """Where each is reached best; those who cannot be reached are absent."""


class Invitations(Protocol):
    async def issue(
        self, hash: str, name: str, grant: Grant, inviter: int | None, now: datetime, expires_at: datetime
    ) -> int: ...

    async def find(self, hash: str) -> Invitation | None: ...

    async def use(self, invitation: int, person: int, now: datetime) -> None: ...

    async def failed(self, address: Address, now: datetime) -> None:
        """Count a wrong code from this address."""

    async def failures(self, address: Address, since: datetime) -> Sequence[datetime]: ...


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


class Offices(Protocol):
    async def organisation(self) -> Organisation:
        """The whole structure of all times; kept in memory until it changes."""

    async def calendar(self) -> Calendar: ...

    async def save(self, organisation: Organisation, calendar: Calendar) -> Sequence[str]:
        """Make the stored structure the given one; the plain lines of what changed, none when nothing did."""


class Reports(Protocol):
    async def get(self, office: str, form: str, period: Period) -> Report | None:
        """What stands: None when nothing was filed, or what was is withdrawn."""

    async def history(self, office: str, form: str, period: Period) -> Report | None:
        """As `get`, what is withdrawn included."""

    async def of_period(self, offices: Sequence[str], form: str, period: Period) -> Mapping[str, Report]:
        """By office key, with the latest revision only; offices for which nothing stands are absent."""

    async def file(self, report: Report) -> None:
        """Store the report's last revision (and the report, when it is the first or filed again after a withdrawal)."""

    async def of_year(self, offices: Sequence[str], form: str, year: int) -> Mapping[tuple[str, Period], Report]:
        """By office key and period, with the latest revision only."""

    async def filed(self, form: str, period: Period) -> Collection[str]:
        """The keys of all offices that have filed, and for which it stands."""

    async def by_card(self, person: int, card: int) -> Report | None:
        """The report that this person filed, revised or withdrew by confirming that card."""

    async def stir(self, since: datetime, until: datetime) -> Stir | None:
        """When something was corrected or withdrawn, filed again, after `since` and not after `until`."""

    async def stirred(self, since: datetime, until: datetime) -> Sequence[Report]:
        """The reports to which that happened, with all their revisions."""


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
    """A channel with a limit: messages sent this month, how many it may send, and how many nobody is sure of."""

    channel: str
    sent: int
    quota: int
    doubted: int


class Channels(Protocol):
    """What is known of each channel; `month` is "2021-10"."""

    async def webhook(self, channel: str) -> str:
        """The URL of the webhook that this program has set, or empty."""

    async def remember(self, channel: str, webhook: str) -> None: ...

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

    async def traffic(self, month: str) -> Sequence[Traffic]:
        """Of every channel that has a limit."""


class Targets(Protocol):
    async def of_year(self, year: int) -> Sequence[Target]:
        """Every target of that reporting year, the earliest first."""

    async def put(self, targets: Sequence[Target], now: datetime) -> Sequence[Target]:
        """Keep them; one for the same unit, year, rate, measure and day is replaced. Those that changed anything."""


class Periods(Protocol):
    """Periods that were closed, opened again, or given more time."""

    async def closing(self, cluster: str, form: str, period: Period) -> Closing | None: ...

    async def close(self, closing: Closing) -> None: ...

    async def ask(self, unlock: Unlock) -> int:
        """Store a request, or what was opened without one (its `id` is given back)."""

    async def unlock(self, id: int) -> Unlock | None: ...

    async def waiting(self, office: str, form: str, period: Period) -> Unlock | None:
        """The latest request for that office and period that nobody has answered."""

    async def unlocks(self, form: str, now: datetime, since: datetime) -> Sequence[Unlock]:
        """What is open now, and the requests since then that nobody has answered; the latest first."""

    async def closed(self, clusters: Sequence[str]) -> Sequence[Closing]:
        """Every closing of these clusters, the latest first."""

    async def lately(self, cluster: str, form: str, most: int) -> Sequence[Closing]:
        """The periods that are closed for the cluster, the latest first."""

    async def answer(self, id: int, answerer: str, until: datetime | None, now: datetime) -> bool:
        """Grant or refuse a request; False when somebody else was first."""

    async def unlocked(self, office: str, form: str, period: Period, now: datetime) -> bool: ...

    async def closings(self, form: str, period: Period) -> Mapping[str, datetime]:
        """By cluster, when it was closed: all that are, in one query."""

    async def opened(self, form: str, period: Period, now: datetime) -> Mapping[str, datetime]:
        """By office, until when it is opened again: all that are now, in one query."""

    async def extend(self, extension: Extension) -> None:
        """Keep it; one for the same office or cluster and period is replaced."""

    async def extensions(self, cluster: str, form: str, period: Period) -> Mapping[str, datetime]:
        """By office key, and under the empty key for the whole cluster."""

    async def all_extensions(self, form: str, period: Period) -> Mapping[tuple[str, str], datetime]:
        """By cluster and office key (empty for the whole cluster), those of all clusters in one query."""


class Stands(Protocol):
    async def put(self, person: int, stand: Stand, now: datetime) -> None:
        """Remember and make it the active one."""

    async def at(self, person: int, conversation: str) -> Stand | None: ...

    async def drop(self, person: int, conversation: str) -> None: ...

    async def clear(self, person: int) -> int:
        """Leave every conversation; how many there were."""


class Audit(Protocol):
    async def write(self, entry: Entry) -> None:
        """Add an entry. It seals all that was written into the records since the one before: effects come first."""

    async def find(self, sought: Sought, limit: int) -> Sequence[Line]:
        """The entries that are sought, newest first."""

    async def number(self, digest: str) -> int:
        """Of the entry with that digest; 0 when there is none."""

    async def head(self) -> Head:
        """The last entry, those written in this transaction included."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A message without what it held attached; `sent_at` is None until it is known to have gone out."""

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

    async def unsent(self, after: int, limit: int) -> Sequence[Outgoing]:
        """What has still to go out and has a higher id than `after`, oldest first."""

    async def sent(self, ids: Mapping[int, str], now: datetime) -> None:
        """Mark as sent; id → the channel's message id."""

    async def dead(self, id: int, why: str, now: datetime) -> None: ...

    async def doubted(self, id: int, why: str) -> None:
        """It went out and nobody said whether it arrived."""

    async def moved(self, address: Address, chat: str) -> None: ...

    async def shown(self, address: Address, limit: int) -> Sequence[Shown]:
        """What that chat was sent last and is being sent, the newest first."""


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


class Desk(Protocol):
    """One transaction: what a turn may read and write. All of it commits together, or none."""

    people: People
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

    async def close(self) -> None: ...
