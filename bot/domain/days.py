"""Days named in a question: the last of a month is a period's end, any other names no period."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from bot.domain.letters import Letters
from bot.domain.period import Period

_FREE = r"(?<![\w.,/-])(?<!\bcum\s)(?<!\bcum\sso\s)(?<!\bvuc\s)"
_NO_FIGURE = r"(?!\w|[.,/-]\d|\s?/\s?\d|\s?(?:viec|vu|don|chi\s?cuc|t[iy](?!\s?le)|trieu|%))"  # "5/7 đơn vị" is no day
_DAY = re.compile(
    rf"""
{_FREE}(?P<said>ngay\s{{1,3}})?(?P<day>\d{{1,2}})
(?: (?P<sign>[/.-])(?P<month>\d{{1,2}})(?:(?P=sign)(?P<year>20\d\d))?
  | \s{{1,3}}thang\s{{1,3}}(?P<of_month>\d{{1,2}})(?:(?:\s?[/-]\s?|\s{{1,3}}nam\s{{1,3}})(?P<of_year>20\d\d))?
){_NO_FIGURE}
""",
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Day:
    """A day named in text[start:end]; `period` is what ends with it, None when nothing does."""

    start: int
    end: int
    period: Period | None


def find_days(text: str, today: date) -> Iterator[Day]:
    """
    >>> [day.period for day in find_days("đến 31/8, ngày 15/8/2021, 5/7 đơn vị", date(2021, 10, 2))]
    [Period(year=2021, month=11), None]
    """
    letters = Letters(text)
    for found in _DAY.finditer(letters.folded):
        period = _period(found, today)
        if period or found["said"] or found["year"] or found["of_year"]:
            yield Day(*letters.span(*found.span()), period)


def _period(found: re.Match[str], today: date) -> Period | None:
    """What ends on that day, the latest that has begun where no year is named. "31.8" may be a number."""
    day, month = int(found["day"]), int(found["month"] or found["of_month"])
    year = found["year"] or found["of_year"]
    if not 1 <= month <= 12 or (found["sign"] in (".", "-") and not year):
        return None
    named = int(year) if year else today.year - (month > today.month)
    return Period.of_calendar(named, month) if day == monthrange(named, month)[1] else None
