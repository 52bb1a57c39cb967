"""A closed period asked for again, as typed: whose, which one, and the reason left as it was written."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.domain.folding import fold
from bot.domain.hearing import blank
from bot.domain.names import UnitMention
from bot.domain.organisation import Organisation, Unit
from bot.domain.period import Mention, Period, find_periods

_COLON = re.compile(r"(?<!\d):|:(?!\d{2}\b)")
_WHY = re.compile(r"\b(?:vì|lý do|ly do|do)\b", re.IGNORECASE)
_SAID = re.compile(
    r"^(?:với\s+)?(?:vì|vi(?!\s+ph[ạa]m)|(?:lý|ly) do(?:\s+(?:là|la))?|do)\b(?!\s+sao)[\s:]*", re.IGNORECASE
)
_AGAIN = re.compile(r"^(?:lại|lai)\b", re.IGNORECASE)  # what is left of “xin mở lại”
_NTH = re.compile(r"\b(?:kỳ|kì|ky|ki)\s+(\d{1,2})(?:\s+(?:năm|nam)\s+(\d{4}))?(?![\w/.-]|\s+th[áa]ng)", re.IGNORECASE)
_MARKS = " \n\t:,.;-–"
_WORD = re.compile(r"[^\s,.;:–-]+")
_STRAY = re.compile(r"^(?:thang|ki|qui|cum)\s+(?:so\s+)?\d+")
_AROUND = frozenset("lai cho cua ki khoa so lieu bao cao don vi toi em minh da chot giup va nhe xin mo".split())  # noqa: SIM905


@dataclass(frozen=True, slots=True)
class Plea:
    """`units` and `periods` are those named before the reason, the latter else within it; `unread` are words in the
    place of a name or a period that are neither."""

    units: tuple[Unit, ...] = ()
    periods: tuple[Period, ...] = ()
    reason: str = ""
    unread: str = ""


def read_plea(text: str, organisation: Organisation, today: date) -> Plea:
    """The reason follows a colon; without one it begins at the first word that names nothing ("tháng 8 nhập nhầm")."""
    text = unicodedata.normalize("NFC", text)
    units, periods = _named(text, organisation, today)
    taken = [*((one.start, one.end) for one in units), *((one.start, one.end) for one in periods)]
    colon = _colon(text)
    end = colon if colon >= 0 else _end(text, taken)
    within = [one.period for one in periods if one.start < end or colon < 0]
    within = within or [one.period for one in periods]
    return Plea(
        units=tuple(dict.fromkeys(one.unit for one in units if one.start < end)),
        periods=tuple(dict.fromkeys(within)),
        reason=_reason(text[end:]),
        unread=_left(text[:end], taken) if colon >= 0 else _stray(text[end:].strip(_MARKS)),
    )


def _named(text: str, organisation: Organisation, today: date) -> tuple[Sequence[UnitMention], list[Mention]]:
    """Units come out first, lest "cụm 3 tháng 8" be read as three months; then by the names of that period."""
    units = organisation.mentions(text, today)
    rest = blank(text, [(one.start, one.end) for one in units])
    periods = named_periods(rest, today)
    blanked = blank(text, [(one.start, one.end) for one in periods])
    return (organisation.mentions(blanked, periods[0].period.end) if periods else ()) or units, periods


def named_periods(text: str, today: date) -> list[Mention]:
    """As `find_periods`, and "kỳ 11" besides."""
    nth = [one for found in _NTH.finditer(text) for one in _nth(found, today)]
    rest = blank(text, [(one.start, one.end) for one in nth])
    return sorted([*nth, *find_periods(rest, today)], key=lambda one: one.start)


def _nth(found: re.Match[str], today: date) -> list[Mention]:
    """ "kỳ 11" is the one of eleven months."""
    said = f"{found[1]} tháng" + (f" năm {found[2]}" if found[2] else "")
    return [Mention(found.start(), found.end(), one.period) for one in find_periods(said, today)]


def _colon(text: str) -> int:
    """Where the colon stands that parts the reason, -1 without one: after “vì” it belongs to the reason."""
    colon, why = _COLON.search(text), _WHY.search(text)
    return colon.start() if colon and not (why and why.start() < colon.start()) else -1


def _end(text: str, taken: Sequence[tuple[int, int]]) -> int:
    """After the last name or period of those that stand at the beginning, with small words around them only."""
    end = found.end() if (found := _AGAIN.search(text)) else 0
    for word in _WORD.finditer(text):
        inside = [stop for start, stop in taken if start < word.end() and word.start() < stop]
        if inside:
            end = max(end, *inside)
        elif fold(word[0]) not in _AROUND:
            break
    return end


def _reason(text: str) -> str:
    return _SAID.sub("", " ".join(text.split()).strip(_MARKS)).strip(_MARKS)


def _left(head: str, taken: Sequence[tuple[int, int]]) -> str:
    rest = blank(head, [(start, stop) for start, stop in taken if stop <= len(head)])
    return " ".join(word for word in _WORD.findall(rest) if fold(word) not in _AROUND)


def _stray(text: str) -> str:
    """ "tháng 13 nhầm số": what looks like a period and is none."""
    found = _STRAY.match(fold(text))
    return text[: found.end()] if found else ""
