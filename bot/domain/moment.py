"""A moment as people write it: “16h”, “4 giờ chiều”, “9h kém 15”, “mai 9h”, “16:30 t2”, “9h 05/10”, “30 phút nữa”."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from bot.domain.calendar import TIMEZONE
from bot.domain.folding import fold

_HOUR = re.compile(
    r"(?<![\d/.])(\d{1,2}) ?(?:h|g|gio|:)"
    r"(?: ?kem ?(?P<less>\d{1,2})(?: ?(?:phut|p)\b)?| ?(\d{2})(?!\d)(?: ?(?:phut|p)\b)?| ?(ruoi)\b)?(?!\w|:\d)"
)
_HALF = re.compile(r"\b(sang|trua|chieu|toi(?! (?:nop|se|hen)))\b")
_DATES = (
    re.compile(r"\b(?:ngay )?(\d{1,2})[/-](\d{1,2})(?:[/-](\d{4}|\d\d))?(?!\d)"),
    re.compile(r"\b(?:ngay )?(\d{1,2})\.(0?[1-9]|1[0-2])(?:\.(\d{4}|\d\d))?(?![\d.])"),
    re.compile(r"\b(?:ngay )?(\d{1,2}) thang (\d{1,2})(?:(?: nam |/)(\d{4}))?(?!\d)"),
)
_WEEKDAY = re.compile(
    r"\b(?:ngay )?(?:thu (hai|ba|tu|nam|sau|bay|[2-7])|t([2-7])|(cn|chu nhat))\b(?: tuan (?P<week>nay|sau|toi)\b)?"
)
_RELATIVE = re.compile(
    r"\b(ngay mai|mai|ngay kia|ngay mot|hom nay|nay|hom qua)\b|\b(mot)\b(?= (?:luc )?\d| (?:toi|em|minh|nop)\b|$)"
)
_SPAN = re.compile(
    r"\b(?P<count>\d{1,3}|nua|mot|hai|ba) ?(?:(?P<hours>tieng|gio|h|g)(?: dong ho)?"
    r"(?: ?(?P<minutes>\d{1,2})(?: ?(?:phut|p))?| (?P<half>ruoi))?|phut|p) nua\b"
)
_COUNTS = {"mot": 1, "hai": 2, "ba": 3}
_WEEKDAYS = {"hai": 0, "ba": 1, "tu": 2, "nam": 3, "sau": 4, "bay": 5, "cn": 6, "chu nhat": 6} | {
    str(n): n - 2 for n in range(2, 8)
}
_AHEAD = {"hom qua": -1, "mai": 1, "ngay mai": 1, "ngay kia": 2, "ngay mot": 2, "mot": 2}


@dataclass(frozen=True, slots=True)
class Moment:
    """What was named of a moment; `wrong` are words that look like a day or an hour that there is not ("31/2", "25h").

    `rest` are the folded words around it, `end` is where the last of its own words ends."""

    day: date | None = None
    hour: time | None = None
    wrong: str = ""
    rest: tuple[str, ...] = ()
    end: int = 0

    def at(self, today: date, hour: time | None = None) -> datetime | None:
        """The instant (aware), of today when no day was named; `hour` is meant where a day stands without one."""
        if self.wrong:
            return None
        meant = self.hour or (hour if self.day else None)
        return datetime.combine(self.day or today, meant, TIMEZONE) if meant else None


def read_moment(text: str, now: datetime) -> Moment:
    """The day and the hour that a text names; "30 phút nữa" is counted from now.

    >>> now = datetime(2021, 10, 4, 8, tzinfo=TIMEZONE)
    >>> [read_moment(text, now).wrong for text in ("31/2", "9h 31/2", "25h mai", "9h mai", "")]
    ['31/2', '31/2', '25h', '', '']
    >>> f"{read_moment('1 tiếng rưỡi nữa', now).hour:%H:%M}"
    '09:30'
    >>> read_moment("06/10", now).day
    datetime.date(2021, 10, 6)
    """
    whole = fold(text)
    if span := _SPAN.search(whole):
        at, rest = _after(span, now).astimezone(TIMEZONE), _without(whole, span)
        return Moment(at.date(), at.time(), "", tuple(re.findall(r"\w+", rest)), span.end())
    day, wrong, said = _day(whole, now.astimezone(TIMEZONE).date())
    found = _HOUR.search(said)
    half = _HALF.search(_without(said, found) if found else said)
    hour = _clock(found, half[1] if half else "") if found else None
    if found and hour is None:
        wrong = wrong or found[0].strip()
    if found:
        said = _without(said, found)
        said = _without(said, half) if half else said
    taken = [at for at, (before, after) in enumerate(zip(whole, said, strict=True)) if before != after]
    return Moment(day, hour, wrong, tuple(re.findall(r"\w+", said)), max(taken, default=-1) + 1)


def _after(span: re.Match[str], now: datetime) -> datetime:
    """Now and that long, to the full minute."""
    unit = 60 if span["hours"] else 1
    minutes = unit // 2 if span["count"] == "nua" else unit * (_COUNTS.get(span["count"]) or int(span["count"]))
    minutes += int(span["minutes"] or 0) + (unit // 2 if span["half"] else 0)
    return now.replace(second=0, microsecond=0) + timedelta(minutes=minutes)


def _without(said: str, found: re.Match[str]) -> str:
    return said[: found.start()] + " " * (found.end() - found.start()) + said[found.end() :]


def _day(said: str, today: date) -> tuple[date | None, str, str]:
    """The day named, the words of one that there is not, and the text without either."""
    if found := next((one for pattern in _DATES if (one := pattern.search(said))), None):
        day = _dated(int(found[1]), int(found[2]), int(found[3] or 0), today)
        return day, "" if day else found[0].removeprefix("ngay "), _without(said, found)
    if found := _WEEKDAY.search(said):
        return _weekday(found, today), "", _without(said, found)
    if found := _RELATIVE.search(said):
        return today + timedelta(days=_AHEAD.get(found[0], 0)), "", _without(said, found)
    return None, "", said


def _weekday(found: re.Match[str], today: date) -> date:
    """The next one of that name, or the one of the week that is named with it."""
    weekday = _WEEKDAYS[found[1] or found[2] or found[3]]
    if week := found["week"]:
        return today + timedelta(days=weekday - today.weekday() + (0 if week == "nay" else 7))
    return today + timedelta(days=(weekday - today.weekday() - 1) % 7 + 1)


def _dated(day: int, month: int, year: int, today: date) -> date | None:
    """Of this year, or of the next when it lies more than half a year back."""
    year += 2000 if 0 < year < 100 else 0
    try:
        named = date(year or today.year, month, day)
        ahead = not year and today - named > timedelta(days=180)
        return date(today.year + 1, month, day) if ahead else named
    except ValueError:
        return None


def _clock(found: re.Match[str], half: str) -> time | None:
    hour, minute = int(found[1]), 30 if found[4] else int(found[3] or 0)
    if half in ("chieu", "toi") and hour < 12:
        hour += 12
    if less := int(found["less"] or 0):  # "9h kém 15"
        hour, minute = hour - 1, 60 - less
    return time(hour, minute) if 0 <= hour < 24 and 0 <= minute < 60 else None
