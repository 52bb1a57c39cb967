"""Targets: a rate to exceed, set for a unit and a reporting year from a day on; what is reached, what is missing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from math import floor

from bot.domain.form import Measure
from bot.domain.period import LAST_MONTH, Period


@dataclass(frozen=True, slots=True)
class Target:
    """`unit` is the key of an office, a cluster or a province; `rate` the form's rate; a `value` of 1 is 100 %.

    Written "trên X %" in the ministry's plans: only a higher rate meets it. It holds from `valid_from` until another
    one for the same unit, year, rate and measure begins."""

    unit: str
    year: int
    rate: str
    measure: Measure
    value: Fraction
    valid_from: date


@dataclass(frozen=True, slots=True)
class Standing:
    """`gap` = rate − target, `pace` = rate − target × k/12, both fractions; `share` = rate ÷ target (None for 0)."""

    met: bool
    gap: Fraction
    share: Fraction | None
    pace: Fraction


def in_force(
    targets: Iterable[Target], units: Sequence[str], period: Period, rate: str, measure: Measure
) -> Target | None:
    """The target that binds `units[0]` at the period's end: its own, else that of the next unit above it.

    >>> old, new = (Target("th", 2021, "resolved", Measure.CASES, Fraction(v, 100), date(2020, m, 1))
    ...             for v, m in ((80, 10), (82, 12)))
    >>> in_force([old, new], ["quan-son", "th"], Period(2021, 12), "resolved", Measure.CASES) == new
    True
    """
    fitting = [
        target
        for target in targets
        if (target.year, target.rate, target.measure) == (period.year, rate, measure)
        and target.valid_from <= period.end
    ]
    for unit in units:
        own = [target for target in fitting if target.unit == unit]
        if own:
            return max(own, key=lambda target: target.valid_from)
    return None


def judge(rate: Fraction, target: Fraction, period: Period) -> Standing:
    """Strictly greater meets the target.

    >>> judge(Fraction(82, 100), Fraction(82, 100), Period(2021, 12)).met
    False
    """
    share = rate / target if target else None
    return Standing(rate > target, rate - target, share, rate - target * Fraction(period.month, LAST_MONTH))


def still_missing(numerator: int, denominator: int, target: Fraction) -> int:
    """The least whole number x (việc or đồng) with (numerator + x) / denominator > target; 0 when it is met.

    >>> still_missing(2008, 2407, Fraction(839, 1000)), still_missing(82, 100, Fraction(82, 100))
    (12, 1)
    """
    return max(0, floor(target * denominator) - numerator + 1)
