"""Who is away when, and whom that leaves to be reminded."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from bot.domain.duty import Duty, first_filers
from bot.domain.reminder import Rung, Timed

#: Of an office where everybody is away, its people are still reminded of these: the last before the deadline, the last.
LAST_CALLS = (Rung.TWO_HOURS, Rung.OVERDUE_3)


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


def present(able: Iterable[Duty], gone: Collection[int]) -> list[Duty]:
    return [duty for duty in able if duty.person not in gone]


def reminded(able: Sequence[Duty], gone: Collection[int], table: Sequence[Timed]) -> tuple[Sequence[Duty], list[Timed]]:
    """Who of those who file for an office is reminded, and of which rungs: all of them by those who are here; where
    nobody is, only the last calls, by everybody."""
    here = present(able, gone)
    return (here, [*table]) if here else (able, [one for one in table if one.rung in LAST_CALLS])


def answering(able: Sequence[Duty], gone: Collection[int]) -> list[Duty]:
    """Who is told what an office has to know: its chief; when away, whoever else files for it, too."""
    first = first_filers(able)
    here = present(first, gone)
    return here or [*first, *present(able, gone)]


def chief_away(able: Sequence[Duty], gone: Away) -> date | None:
    """Until when nobody of those is here who answer for an office first: its chief; None while somebody is."""
    first = first_filers(able)
    if not first or present(first, gone):
        return None
    return min(gone[duty.person] for duty in first)


def unattended(able: Sequence[Duty], absences: Sequence[Absence], first: date, last: date) -> bool:
    """Whether on some day from `first` to `last` nobody is here who files for an office.

    It can begin only on the first of these days, or where somebody's absence begins."""
    days = {first, *(one.first for one in absences if first <= one.first <= last)}
    return any(not present(able, away(absences, day)) for day in days)
