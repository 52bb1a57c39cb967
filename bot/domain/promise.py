"""A moment as people promise it: “16h”, “4 giờ chiều”, “mai 9h”, “16:30 thứ Hai”, “9h 05/10”."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from bot.domain.calendar import TIMEZONE
from bot.domain.folding import fold

_HOUR = re.compile(r"(?<![\d/.])(\d{1,2}) ?(?:h|g|gio|:)(?: ?(\d{2})(?!\d)| ?(ruoi)\b)?(?![\w:])")
_HALF = re.compile(r"\b(sang|trua|chieu|toi(?! (?:nop|se|hen)))\b")
_DAY = re.compile(r"\b(?:ngay )?(\d{1,2})[/-](\d{1,2})(?:[/-](\d{4}))?(?!\d)")
_WEEKDAY = re.compile(r"\bthu (hai|ba|tu|nam|sau|bay|[2-7])\b")
_RELATIVE = re.compile(r"\b(ngay mai|mai|ngay kia|ngay mot|hom nay|nay)\b")
_WEEKDAYS = {"hai": 0, "ba": 1, "tu": 2, "nam": 3, "sau": 4, "bay": 5} | {str(n): n - 2 for n in range(2, 8)}
_AHEAD = {"mai": 1, "ngay mai": 1, "ngay kia": 2, "ngay mot": 2}
_AROUND = frozenset(
    fold(
        "tôi em mình sẽ hẹn nộp lúc vào khoảng nhé ạ số liệu trước xin là báo cáo đơn vị "
        "cho để bận họp đang công tác đi mới"
    ).split()
)
_SAYS_SO = frozenset(("nop", "hen"))
_LATER = frozenset(("mai", "chieu", "trua", "lat", "chut", "ti", "kia"))  # "tối" reads like "tôi"
_OF_A_DAY = frozenset(fold("nay nữa ngày sáng đầu cuối giờ rồi thì").split())


@dataclass(frozen=True, slots=True)
class Promised:
    """`at` is aware, in TIMEZONE; `rest` are the folded words around it."""

    at: datetime
    rest: tuple[str, ...]

    @property
    def plain(self) -> bool:
        """Whether the words say that somebody will file then, and nothing else."""
        return _SAYS_SO & {*self.rest} != set() and {*self.rest} <= _AROUND


def read_promise(text: str, now: datetime) -> Promised | None:
    """The moment that a text names, of today when it names no day; None when it names no hour.

    >>> now = datetime(2021, 10, 4, 8, tzinfo=TIMEZONE)
    >>> [f"{read_promise(text, now).at:%d %H:%M}" for text in ("16h", "mai 9h", "4 giờ rưỡi chiều", "9h thứ ba")]
    ['04 16:00', '05 09:00', '04 16:30', '05 09:00']
    >>> read_promise("16h toi nop", now).plain, read_promise("16 việc", now)
    (True, None)
    """
    said = fold(text)
    day, said = _day(said, now.astimezone(TIMEZONE).date())
    hour = _HOUR.search(said)
    if hour is None or day is None:
        return None
    said = f"{said[: hour.start()]} {said[hour.end() :]}"
    half = _HALF.search(said)
    said = _HALF.sub(" ", said, count=1) if half else said
    at = _clock(int(hour[1]), 30 if hour[3] else int(hour[2] or 0), half[1] if half else "")
    return Promised(datetime.combine(day, at, TIMEZONE), tuple(re.findall(r"\w+", said))) if at else None


def means_later(text: str) -> bool:
    """Whether the words say that somebody will file later, without an hour.

    >>> [means_later(text) for text in ("chieu nay toi nop", "tôi bận họp, mai nộp", "mai nop chua", "nop")]
    [True, True, False, False]
    """
    words = {*re.findall(r"\w+", fold(text))}
    return "nop" in words and bool(words & _LATER) and words <= _AROUND | _LATER | _OF_A_DAY


def _day(said: str, today: date) -> tuple[date | None, str]:
    """The day named, and the text without it; None for a day that there is not."""
    if found := _DAY.search(said):
        day = _dated(int(found[1]), int(found[2]), int(found[3] or 0), today)
    elif found := _WEEKDAY.search(said):
        day = today + timedelta(days=(_WEEKDAYS[found[1]] - today.weekday() - 1) % 7 + 1)
    elif found := _RELATIVE.search(said):
        day = today + timedelta(days=_AHEAD.get(found[1], 0))
    else:
        return today, said
    return day, f"{said[: found.start()]} {said[found.end() :]}"


def _dated(day: int, month: int, year: int, today: date) -> date | None:
    """Of this year, or of the next when it lies more than half a year back."""
    try:
        named = date(year or today.year, month, day)
        ahead = not year and today - named > timedelta(days=180)
        return date(today.year + 1, month, day) if ahead else named
    except ValueError:
        return None


def _clock(hour: int, minute: int, half: str) -> time | None:
    if half in ("chieu", "toi") and hour < 12:
        hour += 12
    return time(hour, minute) if hour < 24 and minute < 60 else None
