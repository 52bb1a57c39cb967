"""People, their roles with dates, and the one table of rights."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Role(StrEnum):
    ADMIN = "admin"
    SUPERVISOR = "supervisor"
    HEAD = "head"
    DEPUTY = "deputy"
    CHIEF = "chief"
    CLERK = "clerk"
    VIEWER = "viewer"


class Act(StrEnum):
    READ = "read"
    FILE = "file"
    CORRECT = "correct"
    NUDGE = "nudge"
    EXTEND = "extend"
    UNLOCK = "unlock"
    SEND_BACK = "send_back"
    CLOSE = "close"
    INVITE = "invite"
    REVOKE = "revoke"
    DELEGATE = "delegate"
    TARGETS = "targets"
    STRUCTURE = "structure"
    AUDIT = "audit"


class Reach(StrEnum):
    """How far from the holder's own unit a right goes."""

    OFFICE = "office"
    CLUSTER = "cluster"
    PROVINCE = "province"


_HEAD = {
    Act.READ: Reach.CLUSTER,
    Act.NUDGE: Reach.CLUSTER,
    Act.EXTEND: Reach.CLUSTER,
    Act.UNLOCK: Reach.CLUSTER,
    Act.SEND_BACK: Reach.CLUSTER,
    Act.CLOSE: Reach.CLUSTER,
    Act.INVITE: Reach.CLUSTER,
    Act.REVOKE: Reach.CLUSTER,
    Act.DELEGATE: Reach.CLUSTER,
    Act.AUDIT: Reach.CLUSTER,
}

#: What is not in this table is not allowed.
RIGHTS: dict[Role, dict[Act, Reach]] = {
    Role.ADMIN: {
        Act.READ: Reach.PROVINCE,
        Act.INVITE: Reach.PROVINCE,
        Act.REVOKE: Reach.PROVINCE,
        Act.EXTEND: Reach.PROVINCE,
        Act.TARGETS: Reach.PROVINCE,
        Act.STRUCTURE: Reach.PROVINCE,
        Act.AUDIT: Reach.PROVINCE,
    },
    Role.SUPERVISOR: {**_HEAD, Act.READ: Reach.PROVINCE},
    Role.HEAD: _HEAD,
    Role.DEPUTY: _HEAD,
    Role.CHIEF: {
        Act.READ: Reach.CLUSTER,
        Act.FILE: Reach.OFFICE,
        Act.CORRECT: Reach.OFFICE,
        Act.DELEGATE: Reach.OFFICE,
    },
    Role.CLERK: {Act.READ: Reach.OFFICE, Act.FILE: Reach.OFFICE},
    Role.VIEWER: {Act.READ: Reach.CLUSTER},
}

#: What a role that was handed on does not include: it would outlive the day on which it is to end.
NOT_HANDED_ON = frozenset((Act.INVITE, Act.REVOKE, Act.DELEGATE))

#: Who has to be reminded, and who is told that others are missing (the first of these that there is, alone at the end).
FILERS = tuple(role for role in Role if Act.FILE in RIGHTS[role])
LEADERS = (Role.HEAD, Role.DEPUTY, Role.SUPERVISOR)


@dataclass(frozen=True, slots=True)
class Place:
    """Where an act happens, as keys of the structure at that time; an empty key stands for "all of the level above"."""

    province: str
    cluster: str = ""
    office: str = ""


@dataclass(frozen=True, slots=True)
class Grant:
    """One role at one place, from a day to a day (both inclusive, None is open-ended).

    `giver` is the person who has handed it on for a time, None for a role of one's own."""

    role: Role
    place: Place
    valid_from: date
    valid_to: date | None = None
    giver: int | None = None

    def holds(self, on: date) -> bool:
        return self.valid_from <= on and (self.valid_to is None or on <= self.valid_to)


@dataclass(frozen=True, slots=True)
class Person:
    id: int
    name: str
    grants: tuple[Grant, ...] = ()
    language: str = "vi"

    def current(self, on: date) -> tuple[Grant, ...]:
        return tuple(grant for grant in self.grants if grant.holds(on))


def may(grants: Iterable[Grant], act: Act, where: Place, on: date) -> bool:
    """Whether any grant in force on that day allows `act` at `where`. Deny by default.

    >>> chief = Grant(Role.CHIEF, Place("th", "cum-3", "quan-son"), date(2021, 1, 1))
    >>> may([chief], Act.FILE, Place("th", "cum-3", "quan-son"), date(2021, 10, 1))
    True
    >>> may([chief], Act.FILE, Place("th", "cum-3", "ba-thuoc"), date(2021, 10, 1))
    False
    """
    return any(grant.holds(on) and _covers(grant, _reach(grant, act), where) for grant in grants)


def _reach(grant: Grant, act: Act) -> Reach | None:
    return None if grant.giver is not None and act in NOT_HANDED_ON else RIGHTS[grant.role].get(act)


def _covers(grant: Grant, reach: Reach | None, where: Place) -> bool:
    """An office keeps its key when it moves to another cluster, so a right at an office is judged by office alone."""
    own = grant.place
    if reach is None or not own.province or own.province != where.province:
        return False
    if reach is Reach.PROVINCE:
        return True
    if reach is Reach.CLUSTER:
        return bool(own.cluster) and own.cluster == where.cluster
    return bool(own.office) and own.office == where.office
