"""Any amount from 0 to 10¹⁵, in every notation and with every fault, is read as itself or not at all."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.form import Measure
from bot.domain.reading import Ambiguous, Approximate, Exact, Unreadable, read_amount
from tests.domain.spellings import EXACT, FAULTS, bare, compound, decimal, half_in_words, vni

CASES, MONEY = Measure.CASES, Measure.MONEY
amounts = st.one_of(st.integers(0, 10**15), st.integers(0, 10**6), st.integers(0, 10**6).map(lambda n: n * 10**9))
AMBIGUOUS = ("compound with zeros",)


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("notation", EXACT)
@settings(max_examples=25)
@given(n=amounts)
def test_an_amount_in_any_notation_is_exactly_that_amount(notation: str, fault: str, n: int) -> None:
    text = FAULTS[fault](EXACT[notation](n))
    found = read_amount(text, MONEY)
    if notation in AMBIGUOUS and isinstance(found, Ambiguous):
        assert n in found.readings
    elif notation == "spaces" and n < 10**6:  # "1 100 đồng" may be two figures: read as one, or asked
        assert found == Exact(n, text) or isinstance(found, Unreadable)
    else:
        assert found == Exact(n, text)


@settings(max_examples=200)
@given(amounts, st.sampled_from([compound, half_in_words]), st.sampled_from([str, bare, vni]))
def test_a_compound_is_that_amount_or_among_its_readings(n: int, spelling: type[str], fault: type[str]) -> None:
    text = fault(spelling(n))
    found = read_amount(text, MONEY)
    assert found == Exact(n, text) or (isinstance(found, Ambiguous) and n in found.readings)


@settings(max_examples=200)
@given(amounts, st.sampled_from([("tỷ", 10**9), ("triệu", 10**6), ("nghìn", 10**3), ("nghìn tỷ", 10**12)]))
def test_a_decimal_before_a_scale_is_that_amount_or_among_its_readings(n: int, scale: tuple[str, int]) -> None:
    text = decimal(n, *scale)
    found = read_amount(text, MONEY)
    assert found == Exact(n, text) or (isinstance(found, Ambiguous) and n in found.readings)


@settings(max_examples=100)
@given(amounts, st.sampled_from(["hơn", "gần", "trên", "xấp xỉ", "khoảng", "ước đạt"]), st.sampled_from([str, bare]))
def test_a_hedged_amount_is_never_exact(n: int, hedge: str, fault: type[str]) -> None:
    text = fault(f"{hedge} {EXACT['grouped'](n)}")
    assert read_amount(text, MONEY) == Approximate(n, text)


@settings(max_examples=100)
@given(st.integers(0, 10**6), st.sampled_from(["việc", "vụ", "vụ việc"]), st.sampled_from(list(FAULTS)))
def test_cases_glued_to_their_unit_are_read(n: int, unit: str, fault: str) -> None:
    for text in (FAULTS[fault](f"{n}{unit}"), FAULTS[fault](f"{n:,}".replace(",", ".") + unit)):
        assert read_amount(text, CASES) == Exact(n, text)
