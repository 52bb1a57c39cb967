"""Days as people write them: “02/01/2026”, “05/10-12/10”, “5-12/10”, “từ 30/12 đến 05/01”, “mai”, “3 ngày”."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from bot.domain.folding import fold
from bot.domain.hearing import blank

_DATE = r"\d{1,2}/\d{1,2}(?:/\d{4})?"
_TO = r"(?:-|\b(?:den|toi)\b)(?: het)?(?: ngay)?"
_SPAN = re.compile(
    rf"(?<![\d/])(?:\btu )?(?:\bngay )?(?P<first>{_DATE}|\d{{1,2}}) ?{_TO} ?(?P<last>{_DATE})(?![\d/])"
    rf"|{_TO} ?(?P<until>{_DATE})(?![\d/])"
    rf"|(?<![\d/])(?:\bngay )?(?P<day>{_DATE})(?![\d/])"
)
_RELATIVE = re.compile(r"(?:^|(?<=\btu )|(?<=\bden )|(?<=\btoi )|(?<=\bhet ))(hom nay|ngay mai|mai|ngay kia)(?= |$)")
_COUNTED = re.compile(r"(?<![\d/])([1-9]\d?) ngay\b")
_AHEAD = {"hom nay": 0, "ngay mai": 1, "mai": 1, "ngay kia": 2}
_LONG_AGO = timedelta(days=180)


@dataclass(frozen=True, slots=True)
class Span:
    """From a day to a day, both inclusive; without `first` only the end was named."""

    first: date | None
    last: date

    def days(self) -> Iterator[date]:
        first = self.first or self.last
        yield from (first + timedelta(days=n) for n in range((self.last - first).days + 1))


@dataclass(frozen=True, slots=True)
class Days:
    """`rest` are the folded words around the days; `wrong` is what looks like days and is none."""

    spans: tuple[Span, ...]
    rest: tuple[str, ...]
    wrong: str = ""


def read_days(text: str, today: date) -> Days:
    """All days that a text names. Without a year they are of this one, or of the next when they lie long ago.

    >>> today = date(2021, 10, 1)
    >>> [f"{one.first}…{one.last}" for one in read_days("nghỉ 02/01/2026 và 30/12-05/01", today).spans]
    ['2026-01-02…2026-01-02', '2021-12-30…2022-01-05']
    >>> [f"{one.first}…{one.last}" for one in read_days("5-12/10, đến hết mai", today).spans]
    ['2021-10-05…2021-10-12', 'None…2021-10-02']
    >>> read_days("cô 31/02", today)
    Days(spans=(), rest=('co',), wrong='31/02')
    """
    said = " ".join(fold(text).split())
    said = _RELATIVE.sub(lambda one: f"{today + timedelta(days=_AHEAD[one[1]]):%d/%m/%Y}", said)
    said = _COUNTED.sub(lambda one: f"{today:%d/%m/%Y}-{today + timedelta(days=int(one[1]) - 1):%d/%m/%Y}", said)
    found = list(_SPAN.finditer(said))
    read = [_span(one, today) for one in found]
    rest = blank(said, [one.span() for one in found])
    wrong = next((re.sub(r"^\D+", "", one[0]) for one, span in zip(found, read, strict=True) if span is None), "")
    return Days(tuple(span for span in read if span), tuple(re.findall(r"\w+", rest)), wrong)


def _span(found: re.Match[str], today: date) -> Span | None:
    if found["until"]:
        last = _dated(found["until"], today)
        return Span(None, last) if last else None
    if found["day"]:
        day = _dated(found["day"], today)
        return Span(day, day) if day else None
    return _between(found["first"], found["last"], today)


def _between(first: str, last: str, today: date) -> Span | None:
    """The year of either end may be left out, of the beginning also the month. None when it ends before it begins."""
    if "/" not in first:
        first = f"{first}/{last.partition('/')[2]}"
    end = _dated(last, today)
    begin = _dated(first, today) if first.count("/") == 2 or last.count("/") < 2 else _before(first, end)
    if begin and end and end < begin and last.count("/") < 2:
        end = _dated(f"{last}/{begin.year}", today)
        end = _dated(f"{last}/{begin.year + 1}", today) if end and end < begin else end
    return Span(begin, end) if begin and end and begin <= end else None


def _before(day: str, end: date | None) -> date | None:
    """The day of that name that comes last before `end`."""
    begin = _dated(f"{day}/{end.year}", end) if end else None
    return _dated(f"{day}/{begin.year - 1}", begin) if begin and end and end < begin else begin


def _dated(text: str, today: date) -> date | None:
    """None for a day that there is not."""
    day, month, year = (*map(int, text.split("/")), 0)[:3]
    try:
        named = date(year or today.year, month, day)
        return date(today.year + 1, month, day) if not year and today - named > _LONG_AGO else named
    except ValueError:
        return None
