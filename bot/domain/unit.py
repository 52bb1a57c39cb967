"""Offices, clusters and provinces, each a row that is true from a day to a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Province:
    key: str
    name: str
    aliases: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        return (self.name, *self.aliases)

    def on(self, day: date) -> bool:
        return True


@dataclass(frozen=True, slots=True)
class Cluster:
    """`name` "cụm thi đua số 3", `short` "cụm 3"; `valid_to` is its last day, None is open-ended."""

    key: str
    name: str
    short: str
    province: str
    aliases: tuple[str, ...]
    valid_from: date
    valid_to: date | None = None

    @property
    def names(self) -> tuple[str, ...]:
        return (self.name, self.short, *self.aliases)

    def on(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


@dataclass(frozen=True, slots=True)
class Office:
    """`kind` "Chi cục THADS" and `name` "Quan Sơn"; `title` is what its chief is called.

    Several rows of one key are versions of one office; a different key in `successor` is who took over its work."""

    key: str
    name: str
    kind: str
    title: str
    cluster: str
    aliases: tuple[str, ...]
    valid_from: date
    valid_to: date | None = None
    successor: str | None = None

    @property
    def full_name(self) -> str:
        return f"{self.kind} {self.name}"

    @property
    def names(self) -> tuple[str, ...]:
        return (self.name, *self.aliases)

    def on(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


Unit = Province | Cluster | Office


def overlap(one: Cluster | Office, other: Cluster | Office) -> bool:
    """Whether both exist on some day."""
    return one.valid_from <= (other.valid_to or date.max) and other.valid_from <= (one.valid_to or date.max)
