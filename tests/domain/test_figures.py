"""Figures: exact, added up in any order, divided only where there is something to divide by."""

from __future__ import annotations

import json
from fractions import Fraction
from functools import reduce
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.checks import faults
from bot.domain.figures import Figures, total
from bot.domain.form import Cell, Measure, Rate, parse_form

FORM = parse_form((files("bot.forms") / "short.toml").read_text("utf-8"))
XONG = FORM.rate("resolved")
amounts = st.integers(0, 5 * 10**14)
some_figures = st.fixed_dictionaries(dict.fromkeys(FORM.cells, amounts)).map(Figures)
part_figures = st.dictionaries(st.sampled_from(FORM.cells), amounts).map(Figures)


def consistent(values: tuple[list[int], list[int]]) -> Figures:
    """thụ lý ≥ có điều kiện ≥ xong, for each measure."""
    cases, money = (sorted(column, reverse=True) for column in values)
    return Figures(dict(zip(FORM.cells, [x for pair in zip(cases, money, strict=True) for x in pair], strict=True)))


three = st.lists(amounts, min_size=3, max_size=3)
consistent_figures = st.tuples(three, three).map(consistent)


@given(st.lists(part_figures, max_size=6), st.randoms())
def test_a_total_does_not_depend_on_the_order(many: list[Figures], random: object) -> None:
    shuffled = sorted(many, key=lambda _: random.random())  # type: ignore[attr-defined]
    assert total(shuffled) == total(many) == reduce(Figures.__add__, many, Figures())


@given(part_figures, part_figures, part_figures)
def test_adding_is_associative(one: Figures, two: Figures, three: Figures) -> None:
    assert (one + two) + three == one + (two + three)


@given(some_figures, some_figures)
def test_the_month_alone_and_the_month_before_make_the_month(now: Figures, before: Figures) -> None:
    assert (now - before) + before == now


@given(st.lists(consistent_figures, max_size=5))
def test_rates_lie_between_0_and_1_when_the_relations_hold(many: list[Figures]) -> None:
    summed = total(many)
    assert not many or faults(FORM, summed) == ()
    rates = [summed.rate(rate, measure) for rate in FORM.rates for measure in Measure]
    assert all(rate is None or 0 <= rate <= 1 for rate in rates)


def test_a_cluster_rate_is_the_sum_over_the_sum_and_never_the_mean_of_rates() -> None:
    small = Figures({Cell("enforceable", Measure.CASES): 1, Cell("resolved", Measure.CASES): 1})
    large = Figures({Cell("enforceable", Measure.CASES): 99, Cell("resolved", Measure.CASES): 0})
    assert total([small, large]).rate(XONG, Measure.CASES) == Fraction(1, 100)


@pytest.mark.parametrize("numerator", [0, 5])
def test_nothing_to_divide_by_is_no_figure_rather_than_0_percent(numerator: int) -> None:
    figures = Figures({Cell("enforceable", Measure.CASES): 0, Cell("resolved", Measure.CASES): numerator})
    assert figures.rate(XONG, Measure.CASES) is None


def test_a_rate_without_its_figures_is_none() -> None:
    assert Figures({Cell("enforceable", Measure.CASES): 3}).rate(XONG, Measure.CASES) is None
    assert Figures().rate(Rate("x", "x", "x", "a", "b"), Measure.MONEY) is None


@given(part_figures)
def test_figures_come_back_from_json(figures: Figures) -> None:
    assert Figures.from_json(json.loads(json.dumps(figures.to_json()))) == figures


@given(some_figures)
def test_equal_figures_hash_alike_whatever_their_order(figures: Figures) -> None:
    turned = Figures(reversed(list(figures.items())))
    assert (turned, hash(turned)) == (figures, hash(figures))


@pytest.mark.parametrize("value", [1.0, True, "1", None, Fraction(1)])
def test_only_a_whole_number_is_a_figure(value: object) -> None:
    with pytest.raises(TypeError):
        Figures({Cell("received", Measure.CASES): value})  # type: ignore[arg-type]


def test_a_replaced_cell_leaves_the_first_figures_as_they_were() -> None:
    cell = Cell("received", Measure.CASES)
    first = Figures({cell: 1})
    assert (first.replaced({cell: 2}), first) == (Figures({cell: 2}), Figures({cell: 1}))
