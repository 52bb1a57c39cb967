"""Duties, the roles that people hold on a day: who files for an office, who leads a cluster."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType

from bot.domain.person import FILERS, LEADERS, Grant, Place

_NONE: Mapping[str, str] = MappingProxyType({})
Leading = Mapping[tuple[str, str], Sequence["Duty"]]


@dataclass(frozen=True, slots=True)
class Duty:
    """A role that somebody holds, and since when the bot knows of it."""

    person: int
    name: str
    grant: Grant
    since: datetime


def filers(duties: Iterable[Duty], heirs: Mapping[str, str] = _NONE) -> dict[str, list[Duty]]:
    """By office, who may file for it: by its key alone, which it keeps when it moves to another cluster.

    `heirs` are, by office, those that have taken over its work since: their people answer for what it still owes."""
    own: dict[str, list[Duty]] = {}
    for duty in duties:
        if duty.grant.role in FILERS and duty.grant.place.office:
            own.setdefault(duty.grant.place.office, []).append(duty)
    inherited = {key: [*own.get(key, ()), *own.get(heir, ())] for key, heir in heirs.items()}
    return own | {key: able for key, able in inherited.items() if able}


def first_filers(able: Sequence[Duty]) -> list[Duty]:
    """Of those who file for an office its chief; when there is none, its clerks."""
    first = min((FILERS.index(duty.grant.role) for duty in able), default=0)
    return [duty for duty in able if duty.grant.role is FILERS[first]]


def leaders(duties: Sequence[Duty], place: Place) -> list[Duty]:
    """Who leads the cluster of a place: its head first, its deputy, the leader in charge; a whole province's too."""
    return over(leading(duties), place.province, place.cluster)


def leading(duties: Sequence[Duty]) -> Leading:
    """By province and cluster, who leads there; a whole province has no cluster."""
    found: dict[tuple[str, str], list[Duty]] = {}
    for duty in duties:
        if duty.grant.role in LEADERS:
            found.setdefault((duty.grant.place.province, duty.grant.place.cluster), []).append(duty)
    return found


def over(leading: Leading, province: str, cluster: str) -> list[Duty]:
    """As `leaders`, when it is asked of many clusters."""
    found = [duty for key in dict.fromkeys((cluster, "")) for duty in leading.get((province, key), ())]
    return sorted(found, key=lambda duty: LEADERS.index(duty.grant.role))
