"""Periods: their dates, and the words that name them."""

from __future__ import annotations

import unicodedata
from datetime import date, timedelta
from itertools import pairwise
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.folding import fold
from bot.domain.period import Mention, Period, find_periods, last_ended, name, opens

periods = st.builds(Period, st.integers(2001, 2099), st.integers(1, 12))
TODAY = date(2021, 10, 2)


def named(text: str, today: date = TODAY) -> list[Period]:
    return [mention.period for mention in find_periods(text, today)]


def test_the_year_2021_runs_from_october_2020_to_september_2021() -> None:
    year = Period(2021, 12)
    assert (year.start, year.end, opens(year)) == (date(2020, 10, 1), date(2021, 9, 30), date(2021, 10, 1))


def test_5_thang_nam_2026_ends_with_february() -> None:
    assert (Period(2026, 5).start, Period(2026, 5).end) == (date(2025, 10, 1), date(2026, 2, 28))


def test_the_first_period_of_a_year_has_none_before_it() -> None:
    assert (Period(2021, 1).previous, Period(2021, 2).previous) == (None, Period(2021, 1))


@pytest.mark.parametrize("month", [0, 13, -1])
def test_a_year_has_twelve_periods(month: int) -> None:
    with pytest.raises(ValueError):
        Period(2021, month)


@given(periods)
def test_a_period_ends_with_its_calendar_month(period: Period) -> None:
    assert Period.of_calendar(*period.calendar_month) == period
    assert (opens(period).day, last_ended(opens(period)), last_ended(period.end) < period) == (1, period, True)


@given(periods, periods)
def test_periods_are_in_the_order_of_their_ends(one: Period, other: Period) -> None:
    assert (one < other) == (one.end < other.end)


@given(periods)
def test_the_same_period_a_year_before_has_as_many_months(period: Period) -> None:
    before = period.a_year_before
    assert (before.month, before.end.year, before.end.month) == (period.month, period.end.year - 1, period.end.month)


@given(periods, st.dates(date(2001, 1, 1), date(2099, 12, 31)))
def test_every_period_name_is_read_back_to_the_period(period: Period, today: date) -> None:
    said = name(period)
    expected = (Mention(0, len(said), period),)
    assert find_periods(said, today) == expected
    assert find_periods(fold(said).upper(), today) == expected


@given(periods, st.dates(date(2001, 1, 1), date(2099, 12, 31)))
def test_a_calendar_month_with_its_year_is_read_back_to_the_period(period: Period, today: date) -> None:
    year, month = period.calendar_month
    forms = [
        f"T{month}/{year}",
        f"tháng {month}/{year}",
        f"tháng {month} năm {year}",
        f"{month}-{year}",
        f"{month:02}/{year}",
    ]
    assert [named(form, today) for form in forms] == [[period]] * len(forms)


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("12 tháng", (2021, 12)),
        ("6 tháng", (2021, 6)),
        ("9 thang", (2021, 9)),
        ("6 tháng đầu năm", (2021, 6)),
        ("6 tháng đầu năm 2020", (2020, 6)),
        ("6 tháng đầu năm ngoái", (2020, 6)),
        ("12 tháng năm nay", (2021, 12)),
        ("quý III/2020", (2020, 9)),
        ("quý 4 năm 2021", (2021, 12)),
        ("cả năm", (2021, 12)),
        ("ca nam 2020", (2020, 12)),
        ("cả năm ngoái", (2020, 12)),
        ("năm 2021", (2021, 12)),
        ("năm 2022", (2022, 1)),
        ("năm nay", (2021, 12)),
        ("năm trước", (2020, 12)),
        ("nam ngoai", (2020, 12)),
        ("tháng này", (2022, 1)),
        ("thế tháng trước?", (2021, 12)),
        ("kỳ này", (2021, 12)),
        ("kì trước", (2021, 11)),
        ("T9.2021", (2021, 12)),
        ("thang 9/21", (2021, 12)),
        ("tháng 10 năm ngoái", (2021, 1)),
        ("Năm 2021, Cụm thi đua số 3 thụ lý", (2021, 12)),
    ],
)
def test_words_that_name_one_period(text: str, period: tuple[int, int]) -> None:
    assert [(one.period, one.alternatives) for one in find_periods(text, TODAY)] == [(Period(*period), ())]


@pytest.mark.parametrize("text", ["tháng 9", "thang 9", "T9", "t9", "THÁNG 09", "tháng9"])
def test_thang_9_alone_is_the_calendar_month_and_offers_9_thang(text: str) -> None:
    assert find_periods(text, TODAY) == (Mention(0, len(text), Period(2021, 12), (Period(2021, 9),)),)


@pytest.mark.parametrize(
    ("today", "period"),
    [
        (date(2021, 8, 31), Period(2020, 12)),
        (date(2021, 9, 1), Period(2021, 12)),
        (date(2022, 8, 31), Period(2021, 12)),
    ],
)
def test_a_month_without_a_year_is_the_running_or_the_latest_ended_one(today: date, period: Period) -> None:
    assert named("tháng 9", today) == [period]


@pytest.mark.parametrize(
    ("today", "period"),
    [
        (date(2021, 4, 10), Period(2021, 6)),
        (date(2021, 10, 1), Period(2021, 12)),
        (date(2020, 10, 20), Period(2021, 1)),
    ],
)
def test_a_year_is_its_latest_period(today: date, period: Period) -> None:
    assert named("năm 2021", today) == [period]


@pytest.mark.parametrize(
    "text",
    [
        "2008 việc",
        "20/22 việc",
        "04/10/2021",
        "4-10-2021",
        "01/10/2020–30/9/2021",
        "ngày 04 tháng 10 năm 2021",
        "ngày 30/9",
        "04 tháng 10 năm 2021",
        "xếp thứ 5/34",
        "106/2025/QH15",
        "06/2019/TT-BTP",
        "tháng 13",
        "0 tháng",
        "6 tháng cuối năm",
        "3 tháng trước",
        "năm trước chuyển sang 4 việc",
        "so với cùng kỳ năm trước",
        "13,2 tỷ",
        "đồng chí quý mến",
        "năm việc",
        "",
    ],
)
def test_numbers_dates_and_other_words_are_no_periods(text: str) -> None:
    assert find_periods(text, TODAY) == ()


def test_two_periods_are_found_in_the_order_of_the_words() -> None:
    assert named("so tháng 8/2021 với 12 tháng năm 2020") == [Period(2021, 11), Period(2020, 12)]


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_a_mention_covers_the_words_as_they_were_typed(form: str) -> None:
    text = unicodedata.normalize(form, "/nộp tháng 9: thụ lý 402 việc")  # type: ignore[arg-type]
    words = [text[one.start : one.end] for one in find_periods(text, TODAY)]
    assert words == [unicodedata.normalize(form, "tháng 9")]  # type: ignore[arg-type]


@given(st.text(max_size=60), st.dates(date(2001, 1, 1), date(2099, 12, 31)))
def test_any_text_can_be_searched(text: str, today: date) -> None:
    found = find_periods(text, today)
    assert all(0 <= one.start < one.end <= len(text) for one in found)
    assert all(one.end <= other.start for one, other in pairwise(found))


@pytest.mark.parametrize("word", ["9 ", "thang ", "9/", " ", "12 thang ", "nam "])
def test_a_very_long_text_takes_time_in_proportion(word: str) -> None:
    began = process_time()
    find_periods(word * 20_000, TODAY)
    assert process_time() - began < 3


def test_the_period_that_opens_today_is_this_term() -> None:
    day = TODAY - timedelta(days=1)
    assert named("kỳ này", day) == [Period(2021, 12)]


@pytest.mark.parametrize("text", ["tổng cụm 3 tháng 8", "cụm số 3 tháng 8", "khu vực 3 tháng 8"])
def test_the_number_of_a_cluster_is_never_taken_for_a_number_of_months(text: str) -> None:
    assert [mention.period for mention in find_periods(text, date(2021, 10, 1))] == [Period(2021, 11)]


def test_a_count_of_cases_is_never_taken_for_a_year() -> None:
    assert find_periods("trong năm 2008 việc", date(2021, 10, 1)) == ()


@pytest.mark.parametrize(
    ("text", "reported", "calendar"),
    [("quý I", (2021, 3), (2021, 6)), ("quy 1", (2021, 3), (2021, 6)), ("quý IV", (2021, 12), (2021, 3))],
)
def test_a_quarter_is_the_reporting_years_and_offers_the_calendars(
    text: str, reported: tuple[int, int], calendar: tuple[int, int]
) -> None:
    assert find_periods(text, TODAY) == (Mention(0, len(text), Period(*reported), (Period(*calendar),)),)


def test_a_year_and_the_month_after_it_are_one_period() -> None:
    assert named("năm 2021 tháng 8 cụm 3") == named("nam 2021, thang 8") == [Period(2021, 11)]


def test_thang_truoc_nua_is_the_month_before_the_last() -> None:
    assert named("tháng trước nữa") == named("thang truoc nua") == [Period(2021, 11)]
