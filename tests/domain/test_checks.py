"""Faults and warnings of one report."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from importlib.resources import files

import pytest

from bot.domain.checks import (
    BadValue,
    Exceeds,
    FarFromLast,
    Fell,
    History,
    Missing,
    PercentMismatch,
    SameAsLast,
    Warning,
    Yardstick,
    faults,
    warnings,
)
from bot.domain.figures import Figures
from bot.domain.form import Cell, Measure, parse_form

FORM = parse_form((files("bot.forms") / "short.toml").read_text("utf-8"))
CASES, MONEY = Measure.CASES, Measure.MONEY
XONG_MONEY = Cell("resolved", MONEY)


@dataclass(frozen=True, slots=True)
class Percent:
    indicator: str
    measure: Measure | None
    value: Fraction
    text: str


def six(*values: int) -> Figures:
    return Figures(dict(zip(FORM.cells, values, strict=True)))


CLUSTER = six(2820, 93_084_022_000, 2407, 62_363_443_000, 2008, 21_155_130_000)
QUAN_SON_11 = six(201, 6_787_246_000, 175, 4_517_752_000, 147, 1_561_000_000)
QUAN_SON_12 = six(210, 6_912_400_000, 185, 4_690_150_000, 158, 1_701_300_000)


def test_good_figures_have_no_faults() -> None:
    assert faults(FORM, CLUSTER) == ()


def test_all_faults_are_listed_at_once_cells_before_relations() -> None:
    figures = Figures.from_json(
        {
            "received.money": -5,
            "enforceable.cases": 350,
            "enforceable.money": 4_000_000_000,
            "resolved.cases": 351,
            "resolved.money": 6_000_000_000,
        }
    )
    enforceable, resolved = FORM.relations
    assert faults(FORM, figures) == (
        Missing(Cell("received", CASES)),
        BadValue(Cell("received", MONEY), "-5"),
        Exceeds(enforceable, MONEY, 4_000_000_000, -5),
        Exceeds(resolved, CASES, 351, 350),
        Exceeds(resolved, MONEY, 6_000_000_000, 4_000_000_000),
    )


def test_equal_figures_satisfy_at_most() -> None:
    assert faults(FORM, six(5, 5, 5, 5, 5, 5)) == ()
    assert faults(FORM, six(0, 0, 0, 0, 0, 0)) == ()


def test_a_figure_that_cannot_be_stored_is_a_fault() -> None:
    figures = six(1, 2**63, 1, 1, 1, 1)
    assert faults(FORM, figures) == (BadValue(Cell("received", MONEY), "9223372036854775808"),)


def test_a_figure_of_another_form_is_a_fault() -> None:
    stray = Cell("suspended", CASES)
    assert faults(FORM, CLUSTER.replaced({stray: 3})) == (BadValue(stray, "3"),)


def test_the_first_report_of_a_year_is_compared_with_nothing() -> None:
    assert warnings(FORM, QUAN_SON_12, History()) == ()


def test_an_ordinary_month_gives_no_warning() -> None:
    assert warnings(FORM, QUAN_SON_12, History(QUAN_SON_11)) == ()


def test_a_cumulative_figure_that_fell_is_warned_of_and_enforceable_may_fall() -> None:
    now = QUAN_SON_12.replaced({Cell("resolved", CASES): 140, Cell("enforceable", CASES): 160})
    assert warnings(FORM, now, History(QUAN_SON_11)) == (Fell(Cell("resolved", CASES), 147, 140),)


@pytest.mark.parametrize(
    ("now", "suggestion"),
    [
        (1_701_300, 1_701_300_000),
        (1_701_300_000_000, 1_701_300_000),
        (1_701_300_000_001, None),
        (1_701, None),
        (40_000_000, None),
    ],
)
def test_a_slip_of_a_thousand_is_recognised_and_its_repair_suggested(now: int, suggestion: int | None) -> None:
    figures = QUAN_SON_12.replaced({XONG_MONEY: now})
    assert warnings(FORM, figures, History(QUAN_SON_11)) == (FarFromLast(XONG_MONEY, 1_561_000_000, now, suggestion),)


@pytest.mark.parametrize(
    ("before", "now", "expected"),
    [
        (100, 1999, []),
        (100, 2000, [FarFromLast(XONG_MONEY, 100, 2000, None)]),
        (2000, 100, [FarFromLast(XONG_MONEY, 2000, 100, None)]),
        (1999, 100, [Fell(XONG_MONEY, 1999, 100)]),
        (0, 5000, []),
        (5000, 0, [Fell(XONG_MONEY, 5000, 0)]),
    ],
)
def test_far_is_twenty_times_and_nothing_is_far_from_nothing(before: int, now: int, expected: list[Warning]) -> None:
    last = QUAN_SON_11.replaced({XONG_MONEY: before})
    figures = QUAN_SON_12.replaced({XONG_MONEY: now})
    assert list(warnings(FORM, figures, History(last))) == expected


def test_the_same_six_figures_are_one_warning() -> None:
    assert warnings(FORM, QUAN_SON_11, History(QUAN_SON_11)) == (SameAsLast(),)


def typed(text: str, indicator: str, measure: Measure | None) -> Percent:
    return Percent(indicator, measure, Fraction(text.rstrip(" %").replace(",", ".")) / 100, text)


@pytest.mark.parametrize(
    ("text", "indicator", "measure"),
    [
        ("85%", "enforceable", CASES),
        ("85,4%", "enforceable", CASES),
        ("85.35 %", "enforceable", CASES),
        ("67%", "enforceable", MONEY),
        ("67,00%", "enforceable", MONEY),
        ("83%", "resolved", CASES),
        ("83,42%", "resolved", CASES),
        ("34%", "resolved", MONEY),
        ("34%", "resolved", None),
        ("83%", "resolved", None),
    ],
)
def test_a_percentage_matches_when_it_rounds_to_the_decimals_typed(
    text: str, indicator: str, measure: Measure | None
) -> None:
    assert warnings(FORM, CLUSTER, History(), [typed(text, indicator, measure)]) == ()


def test_the_published_86_percent_is_caught() -> None:
    slip = typed("86%", "enforceable", CASES)
    expected = PercentMismatch(slip, CASES, Fraction(2407, 2820), 2407, 2820)
    assert warnings(FORM, CLUSTER, History(), [slip, typed("67 %", "enforceable", MONEY)]) == (expected,)


@pytest.mark.parametrize("text", ["83,43%", "83,40%", "84%", "82%"])
def test_a_percentage_of_no_measure_is_compared_with_the_nearer_one(text: str) -> None:
    slip = typed(text, "resolved", None)
    assert warnings(FORM, CLUSTER, History(), [slip]) == (
        PercentMismatch(slip, CASES, Fraction(2008, 2407), 2008, 2407),
    )


@pytest.mark.parametrize(("resolved", "text"), [(1, "13%"), (3, "38%"), (1, "12,5%")])
def test_halves_round_up(resolved: int, text: str) -> None:
    assert warnings(FORM, six(8, 8, 8, 8, resolved, 0), History(), [typed(text, "resolved", CASES)]) == ()


@pytest.mark.parametrize("indicator", ["resolved", "received"])
def test_a_percentage_with_nothing_to_compare_it_with_is_not_passed_over(indicator: str) -> None:
    slip = typed("5%", indicator, CASES)
    assert warnings(FORM, six(0, 0, 0, 0, 0, 0), History(), [slip]) == (PercentMismatch(slip, CASES, None, 0, 0),)


def test_a_wrong_percentage_needs_no_reason_and_every_other_warning_does() -> None:
    kinds: Sequence[type[Warning]] = (Fell, FarFromLast, SameAsLast, PercentMismatch)
    assert [kind.needs_reason for kind in kinds] == [True, True, True, False]


def test_the_first_month_of_a_year_is_held_against_the_same_month_a_year_ago() -> None:
    figures = QUAN_SON_11.replaced({XONG_MONEY: 1_561_000})
    slip = FarFromLast(XONG_MONEY, 1_561_000_000, 1_561_000, 1_561_000_000, Yardstick.YEAR_BEFORE)
    assert warnings(FORM, figures, History(year_before=QUAN_SON_11)) == (slip,)


def test_an_office_without_any_history_is_held_against_the_middle_one_of_its_peers() -> None:
    figures = QUAN_SON_11.replaced({XONG_MONEY: 1_561_000})
    slip = FarFromLast(XONG_MONEY, 1_561_000_000, 1_561_000, 1_561_000_000, Yardstick.PEERS)
    assert warnings(FORM, figures, History(peers=(QUAN_SON_11,) * 3)) == (slip,)
    assert warnings(FORM, figures, History(peers=(QUAN_SON_11,) * 2)) == ()
