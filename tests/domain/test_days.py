"""Days in questions: a month's last day ends a period, another day none, and a ratio is no day."""

from __future__ import annotations

from datetime import date

import pytest

from bot.domain.days import find_days
from bot.domain.period import Period

TODAY = date(2021, 10, 2)
AUGUST = Period(2021, 11)


def ends(text: str) -> list[Period | None]:
    return [day.period for day in find_days(text, TODAY)]


@pytest.mark.parametrize(
    "text", ["31/8", "ngày 31/8/2021", "31-8-2021", "31.08.2021", "31 tháng 8 năm 2021", "ngay 31 thang 8"]
)
def test_the_last_day_of_august_ends_its_month(text: str) -> None:
    assert ends(f"đến {text} xong bao nhiêu") == [AUGUST]


def test_a_day_without_a_year_is_the_latest_that_has_begun() -> None:
    assert ends("đến 31/12") == [Period(2021, 3)]
    assert ends("đến 28/2") == [Period(2021, 5)]


@pytest.mark.parametrize("text", ["15/8/2021", "ngày 15/8", "ngày 31/9/2021", "29/2/2021"])
def test_another_day_ends_none(text: str) -> None:
    assert ends(text) == [None]


@pytest.mark.parametrize(
    "text", ["5/7 đơn vị", "147/175", "31.8", "tháng 8/2021", "30/6 việc", "12 tháng năm 2021", "30/6 chi cục"]
)
def test_no_day(text: str) -> None:
    assert ends(text) == []
