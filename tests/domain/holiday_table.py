"""`python -m tests.domain.holiday_table`: write down anew what the package `holidays` knows of Việt Nam's days off."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path

from holidays.countries.vietnam import Vietnam

import bot.domain.days_off

YEARS = range(2015, 2036)
FILE = Path(bot.domain.days_off.__file__)
_HEAD = '''"""Việt Nam's public holidays and the weekend days worked for them, as the package `holidays` tells them.

Written by `make holidays` and held to the package by a test: the package itself costs every start 12 MB and 0.1 s."""

from __future__ import annotations

#: By year: days off as MMDD, and after "|" the weekend days worked in exchange.
DAYS_OFF: dict[int, str] = {
'''


def told(year: int) -> tuple[frozenset[date], frozenset[date]]:
    """Days off and weekend days worked, by the package."""
    vietnam = Vietnam(years=year)  # type: ignore[no-untyped-call]
    return frozenset(vietnam), frozenset(day for day in vietnam.weekend_workdays if day.year == year)


def _line(year: int) -> str:
    off, worked = told(year)
    return f'    {year}: "{_days(off)}|{_days(worked)}",\n'


def _days(days: Iterable[date]) -> str:
    return " ".join(f"{day:%m%d}" for day in sorted(days))


def text() -> str:
    return _HEAD + "".join(map(_line, YEARS)) + "}\n"


if __name__ == "__main__":
    FILE.write_text(text(), "utf-8")
