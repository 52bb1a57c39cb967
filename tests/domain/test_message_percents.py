"""Percentages that stand among figures: understood, kept apart, never taken for figures."""

from fractions import Fraction

import pytest

from bot.domain.form import Cell, Measure
from bot.domain.message import Filing, TypedPercent, read_message
from bot.domain.reading import Exact
from tests.domain.sample_form import FORM, ORDER, clean

CASES, MONEY = Measure.CASES, Measure.MONEY


def percents(text: str) -> list[tuple[str, Measure | None, str]]:
    filing = read_message(text, FORM)
    assert (filing.leftovers, filing.conflicts) == ((), ())
    return [(one.indicator, one.measure, one.text) for one in filing.percents]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("xong 290 việc đạt 82,86%", [("resolved", CASES, "82,86%")]),
        ("xong 290 việc (82,86%), 3 tỷ (34 %)", [("resolved", CASES, "82,86%"), ("resolved", MONEY, "34 %")]),
        ("xong 290 việc 3 tỷ, đạt 82,86%", [("resolved", None, "82,86%")]),
        (
            "xong 290 việc, 3 tỷ, đạt tỷ lệ 83% về việc và 34% về tiền trên số có điều kiện",
            [("resolved", CASES, "83%"), ("resolved", MONEY, "34%")],
        ),
        ("đk 350 việc, chiếm 86 phần trăm; xong 3 tỷ", [("enforceable", CASES, "86 phần trăm")]),
        ("xong 290 viec, ty le 82,86%", [("resolved", CASES, "82,86%")]),
        ("tỷ lệ xong 82%", [("resolved", None, "82%")]),
    ],
)
def test_a_percentage_belongs_to_the_indicator_before_it(
    text: str, found: list[tuple[str, Measure | None, str]]
) -> None:
    assert percents(text) == found


def test_a_percentage_is_no_figure() -> None:
    filing = read_message("đã giải quyết xong 2.008 việc đạt 83.42%", FORM)
    assert filing == Filing(
        {Cell("resolved", CASES): Exact(2008, "2.008 việc")},
        (TypedPercent("resolved", CASES, Fraction(8342, 10_000), "83.42%"),),
    )


def test_the_published_paragraph_is_understood() -> None:
    filing = read_message(
        "thụ lý tổng số 2.820 việc, tương ứng 93.084.022.000 đồng; trong đó có điều kiện thi hành 2.407 việc, "
        "tương ứng 62.363.443.000 đồng (bằng 85% về việc và 67% về tiền). Kết quả, đã giải quyết xong 2.008 việc, "
        "tương ứng 21.155.130.000 đồng, đạt tỷ lệ 83% về việc và 34% về tiền trên số có điều kiện.",
        FORM,
    )
    figures = (2_820, 93_084_022_000, 2_407, 62_363_443_000, 2_008, 21_155_130_000)
    assert clean(filing) == dict(zip(ORDER, figures, strict=True))
    assert filing.percents == (
        TypedPercent("enforceable", CASES, Fraction(85, 100), "85%"),
        TypedPercent("enforceable", MONEY, Fraction(67, 100), "67%"),
        TypedPercent("resolved", CASES, Fraction(83, 100), "83%"),
        TypedPercent("resolved", MONEY, Fraction(34, 100), "34%"),
    )
