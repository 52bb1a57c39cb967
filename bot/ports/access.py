"""Who people are, where they are reached, and how they got in."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Protocol

from bot.chat import Address
from bot.domain.duty import Duty
from bot.domain.person import Grant, Person, Role
from bot.ports.talk import Stand


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
    """Where somebody is told what they did not ask for, and in which language.

    `busy`: they are in the middle of something, so that what they type next is meant for that."""

    address: Address
    language: str
    busy: bool = False


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

    async def duties(self, roles: Collection[Role], on: date) -> Sequence[Duty]:
        """Every such role held on that day, in one query however many."""

    async def handed_on(self, giver: int, on: date) -> Sequence[Duty]:
        """The roles that this person has handed on and that end no earlier than that day; some may begin later."""


class Places(Protocol):
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
