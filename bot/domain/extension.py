"""More time for one office or a whole cluster: how it is asked for in words, and what a new deadline would change."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time
from enum import StrEnum

from bot.domain.agenda import Agenda
from bot.domain.calendar import local_day
from bot.domain.everybody import all_at
from bot.domain.folding import fold
from bot.domain.hearing import blank
from bot.domain.moment import Moment, read_moment
from bot.domain.names import UnitMention
from bot.domain.organisation import Cluster, Office, Organisation, Unit
from bot.domain.reminder import may_fall

_COLON = re.compile(r"(?<!\d):|:(?!\d{2}\b)")
_BECAUSE = re.compile(r"\b(?:vì|(?:lý|lí|ly|li) do|do)\b", re.IGNORECASE)
_SAID = re.compile(r"^(?:vi|do|lý do|ly do)\b(?: là\b| la\b)?", re.IGNORECASE)
_DATED = re.compile(r"\d{1,2}[/.-]\d{1,2}|\d{1,2}(?= (?:ngày|ngay|thứ|thu)\b)")  # "cả cụm 3/11" names no cụm 3
_MORE = re.compile(r"(?:thêm|them) \d{1,2} (?:ngày|ngay|giờ|gio|tiếng|tieng|tuần|tuan)\b")  # of which days? asked back
_WORD = re.compile(r"[^\s,.;:–-]+")
_POLITE = re.compile(r"(?:\s+(?:ạ|nhé|nha))+$", re.IGNORECASE)
_MARKS = " :,.;-"
_OF_DAYS = frozenset("sang trua chieu buoi tuan thang gio phut mai kia mot hom nay qua".split())  # noqa: SIM905
_EXCEPT = frozenset("tru ngoai khong".split())  # noqa: SIM905
_WHOLE = frozenset("cum toan ca".split())  # noqa: SIM905
_AROUND = frozenset(
    """
    cho den toi luc vao gia han doi lui nop them ngay het truoc so lieu thi dua thu hai ba tu nam sau bay va voi
    xin giup nhe a don vi
    """.split()  # noqa: SIM905
)


@dataclass(frozen=True, slots=True)
class Wish:
    """What was typed: whose deadline, until when (None: not named), why.

    `wrong` names a day or an hour that there is not, `unread` are words that say nothing here, `excluded` those that
    leave an office out. `whole`: all of one's own cluster; `slips` are (as typed, name) of names with a slip."""

    units: tuple[Unit, ...] = ()
    until: datetime | None = None
    reason: str = ""
    wrong: str = ""
    unread: str = ""
    excluded: str = ""
    whole: bool = False
    slips: tuple[tuple[str, str], ...] = ()

    @property
    def strange(self) -> str:
        """The words in the place of a name that no unit bears."""
        named = all(word[0].isupper() for word in self.unread.split())
        return self.unread if self.unread and (not self.units or named) else ""


def read_wish(text: str, organisation: Organisation, now: datetime, cutoff: time) -> Wish:
    """A day without an hour means `cutoff`; the reason follows a colon that belongs to no hour, or “vì”; without
    either it is what stands after the moment and says nothing else ("cả cụm mai 9h mất điện")."""
    head, reason = parted(unicodedata.normalize("NFC", text))
    mentions = organisation.mentions(blank(head, [one.span() for one in _DATED.finditer(head)]), local_day(now))
    rest = blank(head, [(one.start, one.end) for one in mentions])
    more = _MORE.search(rest)
    rest = blank(rest, [more.span()] if more else [])
    everybody = None if any(isinstance(one.unit, Office) for one in mentions) else all_at(rest)
    rest = blank(rest, [everybody] if everybody else [])
    moment, named = read_moment(rest, now), max([one.end for one in mentions] + [everybody[1] if everybody else 0])
    left = {*moment.rest} - _AROUND
    strange = _strange(left, bool(mentions))
    excluded = _excluded(head, strange, max((one.end for one in mentions), default=0))
    tail = "" if reason or excluded else _tail(rest, moment, strange, named)
    strange = set() if tail else strange
    return Wish(
        units=tuple(one.unit for one in mentions),
        until=moment.at(local_day(now), cutoff),
        reason=reason or tail,
        wrong=moment.wrong or (more[0] if more else ""),
        unread=" ".join(word for word in _WORD.findall(rest) if fold(word) in strange),
        excluded=excluded,
        whole=("cum" in left or everybody is not None) and not mentions and not strange,
        slips=tuple(_slips(head, mentions)),
    )


def _strange(left: set[str], named: bool) -> set[str]:
    strange = left - (_WHOLE - {"cum"} if named else _WHOLE)
    return strange | {"cum"} if not named and "cum" in left and strange else strange  # "cụm 9"


def _tail(rest: str, moment: Moment, strange: set[str], named: int) -> str:
    """What stands after the moment and the names when it can be nothing but a reason: two words that say nothing
    here, and not a part of a day or a name."""
    start = max(moment.end, named)
    words = [word for word in _WORD.finditer(rest) if fold(word[0]) in strange]
    typed = [word[0] for word in words]
    if not moment.end or moment.wrong or len(words) < 2 or words[0].start() < start or strange & _OF_DAYS:
        return ""
    if all(word[0].isupper() for word in typed) or any(char.isdigit() for char in rest[start:]):
        return ""
    return _bare(_SAID.sub("", rest[start:].strip(_MARKS)))


def parted(text: str) -> tuple[str, str]:
    """What is wanted, and the reason: it follows a colon that belongs to no hour, or “vì”."""
    found = _COLON.search(text) or _BECAUSE.search(text)
    return (text[: found.start()], _bare(text[found.end() :])) if found else (text, "")


def _bare(reason: str) -> str:
    return _POLITE.sub("", reason.strip(_MARKS)).strip(_MARKS)


def _excluded(head: str, strange: set[str], end: int) -> str:
    """“trừ Mường Lát”: from the word that leaves somebody out to the last name."""
    found = next((one for one in _WORD.finditer(head) if fold(one[0]) in _EXCEPT & strange), None)
    return head[found.start() : max(end, found.end())] if found else ""


def _slips(head: str, mentions: Sequence[UnitMention]) -> list[tuple[str, str]]:
    typed = [(head[one.start : one.end], one.unit) for one in mentions]
    return [(text, unit.name) for text, unit in typed if not any(_ends(text, name) for name in unit.names)]


def _ends(text: str, name: str) -> bool:
    return fold(text).replace(" ", "").endswith(fold(name).replace(" ", ""))


class Fault(StrEnum):
    """Why a moment will not do."""

    PAST = "past"
    SAME = "same"
    EARLY = "early"  # before the deadline that stands without this extension
    CLOSED_HOURS = "closed hours"
    NEXT = "next"  # after the next period's deadline


@dataclass(frozen=True, slots=True)
class Extending:
    """Whose deadline is to be moved; `missing` are the offices that have not filed, `following` the next deadline."""

    unit: Office | Cluster
    agenda: Agenda
    missing: tuple[Office, ...]
    following: datetime

    @property
    def key(self) -> tuple[str, str]:
        """Cluster and office; the office is empty for a whole cluster."""
        return (self.unit.cluster, self.unit.key) if isinstance(self.unit, Office) else (self.unit.key, "")

    @property
    def name(self) -> str:
        return self.unit.full_name if isinstance(self.unit, Office) else self.unit.short

    @property
    def deadline(self) -> datetime:
        """The one in force."""
        return _deadline(self.agenda, self.unit)

    @property
    def before(self) -> datetime:
        """The one that would be in force without what this unit itself was given."""
        others = {one: at for one, at in self.agenda.extended.items() if one != self.key}
        return _deadline(self._agenda(others), self.unit)

    def fault(self, until: datetime, now: datetime) -> Fault | None:
        """A deadline that was moved may be taken back as long as nobody is late by it: to a moment yet to come."""
        if until <= now:
            return Fault.PAST
        if until == self.deadline or (until < self.deadline and self.deadline == self.before):
            return Fault.SAME
        if until < self.before:
            return Fault.EARLY
        if until > self.following:
            return Fault.NEXT
        return None if may_fall(until, self.agenda.calendar) else Fault.CLOSED_HOURS

    def deadline_after(self, office: Office, until: datetime) -> datetime:
        return self._agenda({**self.agenda.extended, self.key: until}).deadline_of(office)

    def changed(self, until: datetime) -> list[Office]:
        """Those that have not filed and whose deadline would be another one."""
        return [one for one in self.missing if self.deadline_after(one, until) != self.agenda.deadline_of(one)]

    def _agenda(self, extended: Mapping[tuple[str, str], datetime]) -> Agenda:
        return replace(self.agenda, extended=extended)


def _deadline(agenda: Agenda, unit: Office | Cluster) -> datetime:
    return agenda.deadline_of(unit) if isinstance(unit, Office) else agenda.deadline_in(unit.key)
