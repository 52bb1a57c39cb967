"""Who is away when, and whom that leaves to be reminded."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from bot.domain.duty import Duty, first_filers
from bot.domain.reminder import Rung, Timed
from bot.domain.span import Days

#: Of an office where everybody is away, its people are still reminded of these: the last before the deadline, the last.
LAST_CALLS = (Rung.TWO_HOURS, Rung.OVERDUE_3)

_AWAY = re.compile(r"\b(?:vắng|vang)\b")  # "vâng" is a yes
_AROUND = frozenset(
    """
    vang mat di bao xin toi em minh se nghi phep cong tac hop hoc om ban o nha ngay tu den het tu a nhe trong la va
    """.split()  # noqa: SIM905
)
_BACK = frozenset(("het", "het vang", "da ve", "ve roi", "da ve roi", "thoi", "bo", "huy"))


@dataclass(frozen=True, slots=True)
class Absence:
    """A person is away from a day to a day, both inclusive."""

    person: int
    first: date
    last: date

    def covers(self, day: date) -> bool:
        return self.first <= day <= self.last


Away = Mapping[int, date]  #: by person, until when they are away


def open_ended(said: Days) -> bool:
    """ "từ mai": one day, and none until which."""
    return "tu" in said.rest and "den" not in said.rest and said.spans[0].first == said.spans[0].last


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


def means_back(words: str) -> bool:
    """Whether folded words end an absence."""
    return words in _BACK


def means_away(text: str, days: Days) -> bool:
    """Whether plain words say that somebody is away then, and nothing else.

    >>> from bot.domain.span import read_days
    >>> said = ("tôi vắng 05/10-12/10", "Vâng 05/10", "ai vắng 05/10", "vắng ạ", "xin bao vang den 12/10")
    >>> [means_away(one, read_days(one, date(2021, 10, 1))) for one in said]
    [True, False, False, False, True]
    """
    said = unicodedata.normalize("NFC", text).lower()
    return bool(_AWAY.search(said)) and bool(days.spans) and not days.wrong and only_away(days)


def only_away(days: Days) -> bool:
    """Whether the words around the days say nothing else."""
    return {*days.rest} <= _AROUND
