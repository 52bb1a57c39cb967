"""Rankings: order, ties, and those without a value."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.ranking import rank

VALUES = st.dictionaries(st.text(max_size=3), st.none() | st.fractions(0, 1, max_denominator=4), max_size=8)


@given(VALUES)
def test_a_place_is_one_more_than_the_number_of_those_who_are_better(values: dict[str, Fraction | None]) -> None:
    ranked, without = rank(values)
    assert [one.place for one in ranked] == [1 + sum(b.value > a.value for b in ranked) for a in ranked]
    assert sorted([one.key for one in ranked] + list(without)) == sorted(values)
    assert {key for key, value in values.items() if value is None} == set(without)
