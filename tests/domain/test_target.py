"""Targets: strictly greater, from their day on, the unit's own before the one above."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.form import Measure
from bot.domain.period import Period
from bot.domain.target import Target, in_force, judge, still_missing

YEAR = Period(2021, 12)


def target(unit: str = "th", percent: str = "82", since: date = date(2020, 10, 1), year: int = 2021) -> Target:
    return Target(unit, year, "resolved", Measure.CASES, Fraction(percent) / 100, since)


def test_a_unit_has_its_own_target_or_that_of_the_unit_above() -> None:
    targets = [target(), target("quan-son", "85")]
    assert in_force(targets, ["quan-son", "cum-3", "th"], YEAR, "resolved", Measure.CASES) == targets[1]
    assert in_force(targets, ["ba-thuoc", "cum-3", "th"], YEAR, "resolved", Measure.CASES) == targets[0]
    assert in_force(targets, ["ba-thuoc", "cum-3", "th"], YEAR, "resolved", Measure.MONEY) is None
    assert in_force(targets, ["th"], Period(2022, 1), "resolved", Measure.CASES) is None


def test_a_target_changed_in_mid_year_holds_from_its_day() -> None:
    targets = [target(), target(percent="84", since=date(2021, 4, 1))]
    assert in_force(targets, ["th"], Period(2021, 5), "resolved", Measure.CASES) == targets[0]
    assert in_force(targets, ["th"], Period(2021, 7), "resolved", Measure.CASES) == targets[1]


def test_the_pace_is_measured_against_k_twelfths_of_the_target() -> None:
    standing = judge(Fraction(50, 100), Fraction(82, 100), Period(2021, 6))
    assert (standing.met, standing.gap, standing.pace) == (False, Fraction(-32, 100), Fraction(9, 100))
    assert standing.share == Fraction(50, 82)


@given(st.integers(0, 10**6), st.integers(1, 10**6), st.fractions(0, 1))
def test_what_is_missing_is_the_least_number_that_exceeds_the_target(done: int, base: int, goal: Fraction) -> None:
    missing = still_missing(done, base, goal)
    assert Fraction(done + missing, base) > goal
    assert missing == 0 or Fraction(done + missing - 1, base) <= goal
