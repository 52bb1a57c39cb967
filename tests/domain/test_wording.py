"""Figures and dates as officials write them."""

import re
import unicodedata
from datetime import date, datetime, timedelta
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain import wording

figures = st.one_of(st.integers(0, 10**15), st.integers(0, 10**5), st.integers(0, 10**9).map(lambda n: n * 10**6))


@pytest.mark.parametrize(
    ("n", "words"),
    [
        (0, "không"),
        (5, "năm"),
        (10, "mười"),
        (11, "mười một"),
        (14, "mười bốn"),
        (15, "mười lăm"),
        (20, "hai mươi"),
        (21, "hai mươi mốt"),
        (24, "hai mươi tư"),
        (25, "hai mươi lăm"),
        (100, "một trăm"),
        (105, "một trăm linh năm"),
        (1_000, "một nghìn"),
        (1_005, "một nghìn không trăm linh năm"),
        (2_407, "hai nghìn bốn trăm linh bảy"),
        (1_000_005, "một triệu không trăm linh năm"),
        (1_304 * 10**9, "một nghìn ba trăm linh bốn tỷ"),
        (1_304_000_000, "một tỷ ba trăm linh bốn triệu"),
        (10**12, "một nghìn tỷ"),
        (10**15, "một triệu tỷ"),
        (-21, "âm hai mươi mốt"),
    ],
)
def test_numbers_are_read_out_in_the_official_style(n: int, words: str) -> None:
    assert wording.number_words(n) == words


@pytest.mark.parametrize(
    ("n", "words"),
    [
        (
            93_084_022_000,
            "chín mươi ba tỷ không trăm tám mươi tư triệu không trăm hai mươi hai nghìn đồng",
        ),
        (6_912_400_000, "sáu tỷ chín trăm mười hai triệu bốn trăm nghìn đồng"),
        (4_690_150_000, "bốn tỷ sáu trăm chín mươi triệu một trăm năm mươi nghìn đồng"),
        (1_701_300_000, "một tỷ bảy trăm linh một triệu ba trăm nghìn đồng"),
        (0, "không đồng"),
    ],
)
def test_money_is_read_out_to_the_dong(n: int, words: str) -> None:
    assert wording.money_words(n) == words


WORDS = "không một mốt hai ba bốn tư năm lăm sáu bảy tám chín mười mươi trăm linh nghìn triệu tỷ đồng"


@settings(max_examples=200)
@given(figures)
def test_spoken_money_is_well_formed(n: int) -> None:
    words = wording.money_words(n)
    assert set(words.split(" ")) <= set(WORDS.split())
    assert words == unicodedata.normalize("NFC", words)
    assert not re.search(
        r"linh (mười|mốt|tư|lăm|đồng)|^không \S+ (?!đồng)|(nghìn|triệu) (nghìn|triệu)|mươi mươi", words
    )


@pytest.mark.parametrize(
    ("rate", "digits", "text"),
    [
        (Fraction(2008, 2407), 2, "83,42%"),
        (Fraction(2407, 2820), 2, "85,35%"),
        (Fraction(2407, 2820), 0, "85%"),
        (Fraction(67), 2, "6.700,00%"),
        (Fraction(0), 2, "0,00%"),
        (Fraction(1), 1, "100,0%"),
        (Fraction(834_250, 1_000_000) + Fraction(5, 100_000), 2, "83,43%"),
        (Fraction(33_335, 100_000), 2, "33,34%"),
        (Fraction(5, 1000), 0, "1%"),
        (Fraction(4999, 1_000_000), 0, "0%"),
        (Fraction(-1, 100_000_000), 2, "0,00%"),
    ],
)
def test_percentages_are_rounded_half_up(rate: Fraction, digits: int, text: str) -> None:
    assert wording.percent(rate, digits) == text


def test_points_are_a_difference_of_rates() -> None:
    assert wording.points(Fraction(2008, 2407) - Fraction(82, 100)) == "1,42"
    assert wording.points(Fraction(21_155_130_000, 62_363_443_000) - Fraction(40, 100)) == "-6,08"


@pytest.mark.parametrize(
    ("day", "numeric", "official"),
    [
        (date(2021, 10, 4), "04/10/2021", "ngày 04 tháng 10 năm 2021"),
        (date(2021, 9, 30), "30/9/2021", "ngày 30 tháng 9 năm 2021"),
        (date(2020, 1, 5), "05/01/2020", "ngày 05 tháng 01 năm 2020"),
        (date(2020, 2, 15), "15/02/2020", "ngày 15 tháng 02 năm 2020"),
        (date(2019, 6, 29), "29/6/2019", "ngày 29 tháng 6 năm 2019"),
    ],
)
def test_days_and_the_first_two_months_take_a_leading_zero(day: date, numeric: str, official: str) -> None:
    assert (wording.date_numeric(day), wording.date_official(day)) == (numeric, official)


def test_a_range_is_two_dates() -> None:
    assert wording.range_words(date(2020, 10, 1), date(2021, 9, 30)) == "01/10/2020–30/9/2021"


def test_a_moment_names_the_weekday() -> None:
    assert wording.moment(datetime(2021, 10, 4, 17, 0)) == "17:00 thứ Hai 04/10/2021"
    assert wording.weekday(date(2021, 10, 10)) == "Chủ nhật"


@pytest.mark.parametrize(
    ("span", "text"),
    [
        (timedelta(hours=2, minutes=20), "2 giờ 20 phút"),
        (timedelta(hours=2), "2 giờ"),
        (timedelta(minutes=5, seconds=59), "5 phút"),
        (timedelta(seconds=59), "dưới 1 phút"),
        (timedelta(days=1, hours=3, minutes=5), "1 ngày 3 giờ"),
        (timedelta(days=2), "2 ngày"),
        (timedelta(days=2, minutes=5), "2 ngày"),
        (-timedelta(minutes=5), "5 phút"),
    ],
)
def test_a_duration_is_rounded_down(span: timedelta, text: str) -> None:
    assert wording.duration(span) == text
