"""Everything that goes wrong on purpose.

ThiduaError
├── Refusal                  what a person asked for cannot be done; raised before anything is written
│   ├── NotAdmitted          a stranger
│   ├── NotAllowed           no right to do it there
│   ├── UnknownOffice        a name that fits no office (the nearest are offered)
│   ├── UnknownPeriod        words that name no reporting period
│   ├── Unread               words in a question that were not understood
│   ├── SeveralUnits         more than one office where one is answered at a time
│   ├── SeveralPeriods       more than one period where one is answered at a time
│   ├── NotOneOffice         a cluster or province named in a filing, which is of one office
│   ├── PeriodNotOpen        too early, or before reporting began
│   ├── PeriodClosed         the head has closed it: it must be opened again first
│   ├── BadInvitation        no such code, used, expired, revoked
│   ├── BadLink              no such code, used, expired, from a channel of one's own or an account of somebody else's
│   ├── TooManyTries         wrong codes from one account
│   └── StaleChoice          a button of a card that has been replaced
├── DeliveryError            a message did not go out
│   ├── Later                transient: try again, not before `after` seconds
│   ├── Spent                the month's messages are used up: another channel, or not before `after` seconds
│   ├── Partly               one part of it is out, the next may go
│   ├── Uncertain            a part may have gone out, and trying again would risk it a third time
│   ├── Unreachable          permanent: blocked, gone, never started
│   ├── Moved                the chat has a new id
│   └── Rejected             the channel will never take this message
├── ChannelStopped           the channel's token is refused: the operator must act
├── BadForm, BadStructure    a file that cannot be used, every fault listed
└── BadSettings              settings that cannot be used, every fault listed
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime


class ThiduaError(Exception):
    """The root: carries fields, never sentences."""


class Refusal(ThiduaError):
    """What a person asked for cannot be done; raised before anything is written."""


@dataclass(unsafe_hash=True)
class NotAdmitted(Refusal):
    pass


@dataclass(unsafe_hash=True)
class NotAllowed(Refusal):
    """`act` is an Act's value; `where` the office's or cluster's name, or empty."""

    act: str
    where: str = ""


@dataclass(unsafe_hash=True)
class UnknownOffice(Refusal):
    """`nearest` holds (key, name) of up to three units."""

    text: str
    nearest: tuple[tuple[str, str], ...] = ()


@dataclass(unsafe_hash=True)
class UnknownPeriod(Refusal):
    text: str


@dataclass(unsafe_hash=True)
class Unread(Refusal):
    text: str


@dataclass(unsafe_hash=True)
class SeveralPeriods(Refusal):
    """`periods` holds (reporting year, month) of each."""

    periods: tuple[tuple[int, int], ...]


@dataclass(unsafe_hash=True)
class SeveralUnits(Refusal):
    """`units` holds (key, name) of each."""

    units: tuple[tuple[str, str], ...]


@dataclass(unsafe_hash=True)
class NotOneOffice(Refusal):
    unit: str


@dataclass(unsafe_hash=True)
class PeriodNotOpen(Refusal):
    """`opens` is the day filing starts, or None when the period lies before reporting began."""

    year: int
    month: int
    opens: date | None


@dataclass(unsafe_hash=True)
class PeriodClosed(Refusal):
    """`opens` is the name of the unit if whoever is refused may open it themselves."""

    year: int
    month: int
    closed_at: datetime
    opens: str = ""


@dataclass(unsafe_hash=True)
class BadInvitation(Refusal):
    """`why` is one of unknown, used, expired, revoked, again (the account already holds this role)."""

    why: str


@dataclass(unsafe_hash=True)
class BadLink(Refusal):
    """`why` is one of unknown, used, expired, own, taken (then `name` holds the account, `ask` are the administrators),
    last (the only channel is not unlinked)."""

    why: str
    name: str = ""
    ask: tuple[str, ...] = ()


@dataclass(unsafe_hash=True)
class TooManyTries(Refusal):
    until: datetime


@dataclass(unsafe_hash=True)
class StaleChoice(Refusal):
    """`card` is the number of the card that the button stood on, 0 when it tells none."""

    card: int = 0


class DeliveryError(ThiduaError):
    """A message did not go out."""


@dataclass(unsafe_hash=True)
class Later(DeliveryError):
    """`after` in seconds, 0 when the channel named none; `uncertain` when it may have gone out all the same."""

    after: float = 0.0
    why: str = ""
    uncertain: bool = False


@dataclass(unsafe_hash=True)
class Uncertain(DeliveryError):
    """Twice nobody said whether this part arrived; `rest` when there are others after it."""

    why: str = ""
    rest: bool = False


@dataclass(unsafe_hash=True)
class Partly(DeliveryError):
    """This part arrived; there are others after it."""


@dataclass(unsafe_hash=True)
class Spent(DeliveryError):
    """`after` in seconds: then it is worth another try."""

    after: float = 0.0
    why: str = ""


@dataclass(unsafe_hash=True)
class Unreachable(DeliveryError):
    why: str = ""


@dataclass(unsafe_hash=True)
class Moved(DeliveryError):
    chat: str


@dataclass(unsafe_hash=True)
class Rejected(DeliveryError):
    why: str = ""


@dataclass(unsafe_hash=True)
class ChannelStopped(ThiduaError):
    channel: str
    why: str


@dataclass(unsafe_hash=True)
class Faults(ThiduaError):
    """A file or a set of settings that cannot be used: every fault, each a plain line."""

    faults: tuple[str, ...]

    def __str__(self) -> str:
        return "\n".join(self.faults)


class BadForm(Faults):
    pass


class BadStructure(Faults):
    pass


class BadSettings(Faults):
    pass
