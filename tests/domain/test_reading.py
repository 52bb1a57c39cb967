"""Every notation in which an amount has been seen, and the number it is."""

import unicodedata
from fractions import Fraction

import pytest

from bot.domain.form import Measure
from bot.domain.reading import MAX, Ambiguous, Approximate, Exact, Reason, Unreadable, read_amount, read_percent

CASES, MONEY = Measure.CASES, Measure.MONEY


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("402", 402),
        ("402.", 402),
        ("402,", 402),
        (" 402 ", 402),
        ("0", 0),
        ("-0", 0),
        ("05 việc", 5),
        ("2.407việc", 2407),
        ("2008 việc", 2008),
        ("2.407", 2407),
        ("2,407", 2407),
        ("1,500 việc", 1500),
        ("620.657 việc", 620_657),
        ("350v", 350),
        ("350 vụ", 350),
        ("350 vụ việc", 350),
        ("7,8 ngàn việc", 7_800),
        ("2 nghìn 4", 2_400),
        ("7 ngàn 084 việc", 7_084),
        ("1,2 triệu việc", 1_200_000),
        ("bốn việc", 4),
        ("hai nghìn bốn trăm linh bảy", 2_407),
        ("hai nghìn không trăm linh tám việc", 2_008),
        ("hai mươi mốt", 21),
        ("ba mươi tư vụ", 34),
        ("mười lăm", 15),
        ("HAI TRĂM LẺ NĂM", 205),
        ("bon tram linh hai viec", 402),
    ],
)
def test_cases_are_read(text: str, value: int) -> None:
    assert read_amount(text, CASES) == Exact(value, text.strip())


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("93.084.022.000", 93_084_022_000),
        ("93,084,022,000", 93_084_022_000),
        ("93084022000", 93_084_022_000),
        ("1000000", 1_000_000),
        ("1.107.495.000đồng", 1_107_495_000),
        ("1.107.495.000 đ", 1_107_495_000),
        ("1.107.495.000 VNĐ", 1_107_495_000),
        ("1.107.495.000 vnd", 1_107_495_000),
        ("1.107.495.000₫", 1_107_495_000),
        ("2.407,00 đồng", 2_407),
        ("21.155 đồng", 21_155),
        ("62,36 tỷ", 62_360_000_000),
        ("62.36 tỷ", 62_360_000_000),
        ("62.363,443 tỷ", 62_363_443_000_000),
        ("0,084 tỷ", 84_000_000),
        ("0.084 tỷ", 84_000_000),
        ("6,5 tỉ", 6_500_000_000),
        ("13,2 ty", 13_200_000_000),
        ("3 tỷ", 3_000_000_000),
        ("3tỷ1", 3_100_000_000),
        ("3 tỷ 1", 3_100_000_000),
        ("3 TỶ 1", 3_100_000_000),
        ("1tr5", 1_500_000),
        ("1 tr 5", 1_500_000),
        ("2 tỷ 084", 2_084_000_000),
        ("2 tỷ 840", 2_840_000_000),
        ("3 tỷ 190.067.000", 3_190_067_000),
        ("tỷ rưỡi", 1_500_000_000),
        ("3 tỷ rưỡi đồng", 3_500_000_000),
        ("triệu rưỡi", 1_500_000),
        ("9 tỷ 84 triệu", 9_084_000_000),
        ("9 tỷ 84tr", 9_084_000_000),
        ("9 tỷ 84 triệu 5", 9_084_500_000),
        ("9 tỷ 84,5 triệu", 9_084_500_000),
        ("588 tỷ 190 triệu 067 nghìn đồng", 588_190_067_000),
        ("588 tỷ 067 nghìn đồng", 588_000_067_000),
        ("1.035 tỷ 43 triệu đồng", 1_035_043_000_000),
        ("2.612 tỷ 683 triệu", 2_612_683_000_000),
        ("284 nghìn tỷ", 284_000_000_000_000),
        ("1 nghìn 304 tỷ", 1_304_000_000_000),
        ("350k", 350_000),
        ("350 ngàn", 350_000),
        ("90 trđ", 90_000_000),
        ("3 tỷđ", 3_000_000_000),
        ("5 trăm triệu", 500_000_000),
        ("３ tỷ", 3_000_000_000),
        ("ba tỷ mốt", 3_100_000_000),
        ("ba tỷ một trăm triệu đồng", 3_100_000_000),
        ("ba tỷ lẻ năm triệu", 3_005_000_000),
        ("một nghìn ba trăm linh bốn tỷ", 1_304_000_000_000),
        ("một triệu không trăm linh năm", 1_000_005),
        ("0", 0),
        ("không đồng", 0),
        (f"{MAX} đồng", MAX),
    ],
)
def test_money_is_read(text: str, value: int) -> None:
    assert read_amount(text, MONEY) == Exact(value, text)


@pytest.mark.parametrize("text", ["3 tỷ 1", "588 tỷ 190 triệu 067 nghìn đồng", "tỷ rưỡi", "ba tỷ lẻ năm triệu"])
def test_composed_and_decomposed_text_are_the_same_number(text: str) -> None:
    typed = unicodedata.normalize("NFD", text)
    found = read_amount(typed, MONEY)
    assert found == Exact(read_amount(text, MONEY).value, typed)  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("text", "measure", "readings"),
    [
        ("1.304 tỷ", MONEY, (1_304_000_000_000, 1_304_000_000)),
        ("93,084 tỷ", MONEY, (93_084_000_000, 93_084_000_000_000)),
        ("21.155", MONEY, (21_155_000_000, 21_155_000, 21_155)),
        ("402", MONEY, (402_000_000, 402_000_000_000, 402)),
        ("13,2", MONEY, (13_200_000_000, 13_200_000)),
        ("13200", MONEY, (13_200_000_000, 13_200_000, 13_200)),
        ("3 tỷ 15", MONEY, (3_150_000_000, 3_015_000_000)),
        ("3 tỷ 190 đồng", MONEY, (3_190_000_000, 3_000_000_190)),
        ("3 tỷ 190.067", MONEY, (3_190_067_000, 3_000_190_067)),
        ("một triệu hai trăm", MONEY, (1_200_000, 1_000_200)),
        ("3ty3", MONEY, (3_300_000_000, 3_000_000_000)),
        ("1.304 nghìn việc", CASES, (1_304_000, 1_304)),
        ("hai trăm năm", CASES, (250, 205)),
    ],
)
def test_an_ambiguous_number_is_never_guessed(text: str, measure: Measure, readings: tuple[int, ...]) -> None:
    assert read_amount(text, measure) == Ambiguous(readings, text)


@pytest.mark.parametrize("hedge", ["hơn", "trên", "gần", "xấp xỉ", "khoảng", "~"])
def test_a_hedged_number_is_approximate(hedge: str) -> None:
    text = f"{hedge} 3 tỷ 1"
    assert read_amount(text, MONEY) == Approximate(3_100_000_000, text)


@pytest.mark.parametrize("text", ["3 tỷ 1 hơn", "3 tỷ 1 trở lên", "ước đạt khoảng 3 tỷ 1", "3 tỷ 1 mấy", "≈ 3 tỷ 1"])
def test_a_hedge_may_stand_after_the_number_or_be_several_words(text: str) -> None:
    assert read_amount(text, MONEY) == Approximate(3_100_000_000, text)


def test_a_hedged_ambiguous_number_is_approximate_and_so_never_filed() -> None:
    assert read_amount("gần 1.304 tỷ", MONEY) == Approximate(1_304_000_000_000, "gần 1.304 tỷ")


@pytest.mark.parametrize(
    ("text", "place"),
    [("402 blabla", "blabla"), ("asdf", "asdf"), ("12.34.567 việc", "12.34.567 việc"), ("3 tỷ chưa rõ", "chưa rõ")],
)
def test_what_cannot_be_read_is_pointed_at(text: str, place: str) -> None:
    found = read_amount(text, MONEY if "tỷ" in text else CASES)
    assert isinstance(found, Unreadable)
    assert text[slice(*found.place)] == place


@pytest.mark.parametrize(
    ("text", "measure", "reason"),
    [
        ("", CASES, Reason.EMPTY),
        (" \n", CASES, Reason.EMPTY),
        ("asdf", CASES, Reason.NOT_A_NUMBER),
        ("402 blabla", CASES, Reason.NOT_A_NUMBER),
        ("402 350", CASES, Reason.NOT_A_NUMBER),
        ("20/22 việc", CASES, Reason.NOT_A_NUMBER),
        ("5/34", CASES, Reason.NOT_A_NUMBER),
        ("86%", CASES, Reason.NOT_A_NUMBER),
        ("tỷ", MONEY, Reason.NOT_A_NUMBER),
        ("trăm", CASES, Reason.NOT_A_NUMBER),
        ("hai trăm năm 2021", CASES, Reason.NOT_A_NUMBER),
        ("tạm", CASES, Reason.NOT_A_NUMBER),
        ("-5", CASES, Reason.NEGATIVE),
        ("−5 việc", CASES, Reason.NEGATIVE),
        ("-3 tỷ 1", MONEY, Reason.NEGATIVE),
        ("2.407,5 việc", CASES, Reason.FRACTION),
        ("2,5 việc", CASES, Reason.FRACTION),
        ("2,5 đồng", MONEY, Reason.FRACTION),
        ("12.34.567", CASES, Reason.MALFORMED_GROUPING),
        ("1234.567.890 đồng", MONEY, Reason.MALFORMED_GROUPING),
        ("012.345 việc", CASES, Reason.MALFORMED_GROUPING),
        ("0912345678", MONEY, Reason.MALFORMED_GROUPING),
        ("1.2345 tỷ", MONEY, Reason.MALFORMED_GROUPING),
        ("1.234,567.890", MONEY, Reason.MALFORMED_GROUPING),
        ("13.200,000 đồng", MONEY, Reason.MALFORMED_GROUPING),
        ("3,5 tỷ 190 triệu", MONEY, Reason.MALFORMED_GROUPING),
        ("3 tỷ 1900 triệu", MONEY, Reason.MALFORMED_GROUPING),
        (f"{MAX + 1} đồng", MONEY, Reason.TOO_LARGE),
        ("9" * 5_000, CASES, Reason.TOO_LARGE),
        ("402 việc", MONEY, Reason.WRONG_UNIT),
        ("402 đồng", CASES, Reason.WRONG_UNIT),
        ("3 tỷ", CASES, Reason.WRONG_UNIT),
    ],
)
def test_what_is_no_figure_has_a_reason(text: str, measure: Measure, reason: Reason) -> None:
    assert read_amount(text, measure) == Unreadable(reason, text.strip())


@pytest.mark.parametrize(
    ("text", "rate"),
    [
        ("86%", Fraction(86, 100)),
        ("86 %", Fraction(86, 100)),
        ("86 phần trăm", Fraction(86, 100)),
        ("82,86%", Fraction(8286, 10_000)),
        ("83.88%", Fraction(8388, 10_000)),
        ("5.6%", Fraction(56, 1_000)),
        ("83.885%", Fraction(83_885, 100_000)),
        ("83,9", Fraction(839, 1_000)),
        ("-5%", None),
        ("1.234,5%", None),
        ("%", None),
        ("", None),
    ],
)
def test_a_separator_in_a_percentage_is_always_decimal(text: str, rate: Fraction | None) -> None:
    assert read_percent(text) == rate
