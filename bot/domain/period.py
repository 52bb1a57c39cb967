"""Reporting periods: k months of a reporting year that begins on 1 October, and the words that name them."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from bot.domain.letters import Letters

_DAY = timedelta(days=1)
LAST_MONTH = 12


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """ "`month` tháng năm `year`": 1 October `year` − 1 to a month's end. ValueError for a month outside 1 … 12."""

    year: int
    month: int

    def __post_init__(self) -> None:
        if not 1 <= self.month <= LAST_MONTH:
            raise ValueError(self.month)

    @classmethod
    def of_calendar(cls, year: int, month: int) -> Period:
        """The period that ends with that calendar month: October is the first of the next reporting year."""
        return cls(year + 1, month - 9) if month >= 10 else cls(year, month + 3)

    @property
    def calendar_month(self) -> tuple[int, int]:
        """Year and month of its last calendar month, the one it adds to the period before."""
        return (self.year - 1, self.month + 9) if self.month <= 3 else (self.year, self.month - 3)

    @property
    def start(self) -> date:
        return date(self.year - 1, 10, 1)

    @property
    def end(self) -> date:
        year, month = self.calendar_month
        return date(year, month, monthrange(year, month)[1])

    @property
    def previous(self) -> Period | None:
        """One month less of the same reporting year: None for the first, with which counting begins anew."""
        return Period(self.year, self.month - 1) if self.month > 1 else None

    @property
    def a_year_before(self) -> Period:
        return Period(self.year - 1, self.month)


def name(period: Period) -> str:
    """ "12 tháng năm 2021", the official wording."""
    return f"{period.month} tháng năm {period.year}"


def opens(period: Period) -> date:
    """The day from which it can be filed: the first after its end."""
    return period.end + _DAY


def last_ended(on: date) -> Period:
    """The latest period whose end lies before that day."""
    return period_before(Period.of_calendar(on.year, on.month))


def next_period(period: Period) -> Period:
    """The one that ends a month later."""
    return Period(period.year, period.month + 1) if period.month < LAST_MONTH else Period(period.year + 1, 1)


def period_before(period: Period) -> Period:
    """The one that ends a month earlier, whichever its reporting year."""
    return period.previous or Period(period.year - 1, LAST_MONTH)


@dataclass(frozen=True, slots=True)
class Mention:
    """A period named in text[start:end]; `alternatives` are other things the same words may mean."""

    start: int
    end: int
    period: Period
    alternatives: tuple[Period, ...] = ()


# A year of two digits stands only after a sign and from 20 on, so that no month is taken for one.
_YEAR = (
    r"(?:\s?/\s?|[.-])20\d\d(?!\d)|[/-]2\d(?!\d)|\s{1,3}nam\s{1,3}(?:20\d\d(?!\d)|(?:nay|ngoai|truoc)\b)"
    r"|,\s{1,3}nam\s{1,3}20\d\d(?!\d)"
)
_END = r"(?!\w|[.,/-]\d|\s?/\s?\d)"
_FREE = r"(?<![\w.,/-])"  # no digits of a longer number or date before it
_NO_UNIT = r"(?<!\bcum\s)(?<!\bcum\sso\s)(?<!\bvuc\s)"  # "cụm 3 tháng 8" is no three months

_PATTERN = re.compile(
    rf"""
(?P<none>
    {_FREE}\d{{1,2}}(?P<sign>[/.-])\d{{1,2}}(?P=sign)(?:\d{{4}}|\d\d)(?!\d)
  | \bngay\s{{1,3}}\d{{1,2}}(?:\s?[/-]\s?|\s{{1,3}}thang\s{{1,3}})\d{{1,2}}
    (?:(?:\s?[/-]\s?|\s{{1,3}}nam\s{{1,3}})\d{{4}})?\b
  | {_FREE}\d{{1,2}}\s{{1,3}}thang\s{{1,3}}\d{{1,2}}(?:\s?[/-]\s?|\s{{1,3}}nam\s{{1,3}})\d{{4}}\b
  | \b\d{{1,2}}\s{{1,3}}thang\s{{1,3}}(?:cuoi|nua|toi|qua|truoc|sau|lien)\b
  | \bcung\s{{1,3}}k[yi](?:\s{{1,3}}nam\s{{1,3}}(?:truoc|ngoai|20\d\d))?\b
  | \b(?:nam|k[yi])\s{{1,3}}truoc\s{{1,3}}chuyen\b
)
| {_FREE}{_NO_UNIT}(?P<span>0?[1-9]|1[0-2])\s{{0,3}}thang(?:\s{{1,3}}dau(?=\s{{1,3}}nam\b))?
    (?:(?P<span_year>{_YEAR})|\s{{1,3}}nam\b(?!\s{{1,3}}\d))?{_END}
| \bnam\s{{1,3}}(?P<of_year>20\d\d|nay|ngoai)[\s,]{{1,3}}thang\s{{0,3}}(?P<of_month>0?[1-9]|1[0-2]){_END}
| \b(?:thang\s{{0,3}}|t\.?)(?P<month>0?[1-9]|1[0-2])(?P<month_year>{_YEAR})?{_END}
| {_FREE}(?P<bare>0?[1-9]|1[0-2])(?P<bare_year>[/-]20\d\d)(?![\w/]|[.,-]\w)
| \bqu[yi]\s{{0,3}}(?P<quarter>iv|i{{1,3}}|[1-4])(?P<quarter_year>{_YEAR})?{_END}
| \b(?P<running>thang\s{{1,3}}nay)\b
| \b(?P<before_last>thang\s{{1,3}}truoc\s{{1,3}}nua)\b
| \b(?P<ended>thang\s{{1,3}}truoc|k[yi]\s{{1,3}}nay)\b
| \b(?P<earlier>k[yi]\s{{1,3}}truoc)\b
| \b(?:ca\s{{1,3}})?(?P<year>nam\s{{1,3}}(?:20\d\d{_END}(?!\s{{0,3}}(?:viec|vu)\b)|(?:nay|ngoai|truoc)\b))
| \b(?P<whole>ca\s{{1,3}}nam)\b
""",
    re.VERBOSE,
)
_QUARTERS = {"i": 1, "ii": 2, "iii": 3, "iv": 4}


def find_periods(text: str, today: date) -> tuple[Mention, ...]:
    """The periods that a sentence names, with or without accents, in the order of its words.

    "tháng 9" is the calendar month, the running or the latest ended one; dates ("04/10/2021") are no periods."""
    letters = Letters(text)
    mentions = []
    for found in _PATTERN.finditer(letters.folded):
        if found["none"] is None:
            read = next(read for group, read in _READERS.items() if found[group] is not None)
            mentions.append(Mention(*letters.span(*found.span()), *read(found, today)))
    return tuple(mentions)


Reading = tuple[Period] | tuple[Period, tuple[Period, ...]]


def _span(found: re.Match[str], today: date) -> Reading:
    month = int(found["span"])
    if found["span_year"]:
        return (Period(_year(found["span_year"], last_ended(today).year), month),)
    return (_latest(month, today),)


def _month(found: re.Match[str], today: date) -> Reading:
    month = int(found["month"])
    if found["month_year"]:
        return (Period.of_calendar(_year(found["month_year"], today.year), month),)
    return _latest(Period.of_calendar(2000, month).month, today), (_latest(month, today),)


def _bare(found: re.Match[str], today: date) -> Reading:
    return (Period.of_calendar(_year(found["bare_year"], today.year), int(found["bare"])),)


def _of_year(found: re.Match[str], today: date) -> Reading:
    return (Period.of_calendar(_year(found["of_year"], last_ended(today).year), int(found["of_month"])),)


def _quarter(found: re.Match[str], today: date) -> Reading:
    quarter = _QUARTERS.get(found["quarter"]) or int(found["quarter"])
    if found["quarter_year"]:
        return (Period(_year(found["quarter_year"], last_ended(today).year), 3 * quarter),)
    # A quarter of the calendar ends with another month than one of the reporting year: which is meant is not said.
    return _latest(3 * quarter, today), (_latest(Period.of_calendar(2000, 3 * quarter).month, today),)


def _named_year(found: re.Match[str], today: date) -> Reading:
    ended = last_ended(today)
    year = _year(found["year"], ended.year)
    if year == ended.year:
        return (ended,)
    running = Period.of_calendar(today.year, today.month)
    return (running if year == running.year else Period(year, LAST_MONTH),)


def _year(words: str, this: int) -> int:
    digits = re.search(r"\d+", words)
    if digits:
        return int(digits.group()) % 100 + 2000
    return this if words.endswith("nay") else this - 1


def _latest(month: int, today: date) -> Period:
    """The latest period of that many months whose last month has begun."""
    running = Period.of_calendar(today.year, today.month)
    return Period(running.year if month <= running.month else running.year - 1, month)


_READERS: dict[str, Callable[[re.Match[str], date], Reading]] = {
    "span": _span,
    "of_year": _of_year,
    "month": _month,
    "bare": _bare,
    "quarter": _quarter,
    "running": lambda _, today: (Period.of_calendar(today.year, today.month),),
    "before_last": lambda _, today: (period_before(last_ended(today)),),
    "ended": lambda _, today: (last_ended(today),),
    "earlier": lambda _, today: (period_before(last_ended(today)),),
    "year": _named_year,
    "whole": lambda _, today: (last_ended(today),),
}
