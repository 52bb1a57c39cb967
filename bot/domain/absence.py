"""Who is away when, and whom that leaves to be reminded."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from bot.domain.duty import Duty, first_filers


@dataclass(frozen=True, slots=True)
class Absence:
    """A person is away from a day to a day, both inclusive."""

    person: int
    first: date
    last: date

    def covers(self, day: date) -> bool:
        return self.first <= day <= self.last


Away = Mapping[int, date]  #: by person, until when they are away


def away(absences: Iterable[Absence], on: date) -> dict[int, date]:
    """Who is away on that day, and through which day."""
    found: dict[int, date] = {}
    for one in absences:
        if one.covers(on):
            found[one.person] = max(one.last, found.get(one.person, one.last))
    return found


def present(able: Sequence[Duty], gone: Collection[int]) -> list[Duty]:
    return [duty for duty in able if duty.person not in gone]


def chief_away(able: Sequence[Duty], gone: Away) -> date | None:
    """Until when nobody of those is here who answer for an office first: its chief; None while somebody is."""
    first = first_filers(able)
    if not first or present(first, gone):
        return None
    return min(gone[duty.person] for duty in first)


def unattended(able: Sequence[Duty], absences: Sequence[Absence], days: Iterable[date]) -> bool:
    """Whether on one of these days nobody who files for an office is here."""
    return any(not present(able, away(absences, day)) for day in days)
