"""What the speaker writes the reader reads, and no text makes it fail."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.form import Measure
from bot.domain.numeral import numeral_at
from bot.domain.reading import Exact, Unreadable, read_amount, read_percent
from bot.domain.token import tokens_of
from bot.domain.wording import grouped, money_words, number_words

CASES, MONEY = Measure.CASES, Measure.MONEY
figures = st.one_of(st.integers(0, 10**15), st.integers(0, 10**5), st.integers(0, 10**9).map(lambda n: n * 10**6))
pieces = (
    "3 12 084 1.304 13,2 12.34.567 - % / , . ; tỷ triệu tr k nghìn rưỡi trăm linh lẻ mươi năm ba không "
    "việc v đ đồng hơn"
)
typed = st.lists(st.sampled_from(pieces.split()), max_size=12).map(" ".join) | st.text(max_size=40)


def compound(n: int) -> str:
    parts = [(n // 10**9, "tỷ"), (n // 10**6 % 1000, "triệu"), (n // 1000 % 1000, "nghìn"), (n % 1000, "")]
    named = [f"{grouped(value)} {name}".strip() for value, name in parts if value]
    return " ".join([*(named or ["0"]), "đồng"])


@settings(max_examples=200)
@given(figures)
def test_grouped_figures_are_read_back(n: int) -> None:
    assert read_amount(grouped(n), CASES) == Exact(n, grouped(n))
    for text in (f"{grouped(n)} đồng", f"{grouped(n)}đ", f"{n} vnđ"):
        assert read_amount(text, MONEY) == Exact(n, text)


@settings(max_examples=200)
@given(figures.map(lambda n: n // 1000 * 1000))
def test_compounds_are_read_back(n: int) -> None:
    text = compound(n)
    # One group alone ("1.304 tỷ") is the ambiguous notation, in which the number is among the readings.
    found = read_amount(text, MONEY)
    assert found == Exact(n, text) or n in getattr(found, "readings", ())
    assert isinstance(found, Exact) or re.fullmatch(r"\S+ tỷ đồng", text)


@settings(max_examples=300)
@given(figures)
def test_spoken_money_is_read_back(n: int) -> None:
    assert read_amount(money_words(n), MONEY) == Exact(n, money_words(n))


@settings(max_examples=100)
@given(st.integers(0, 10**6 - 1))
def test_spoken_cases_are_read_back(n: int) -> None:
    assert read_amount(number_words(n), CASES) == Exact(n, number_words(n))


@settings(max_examples=300)
@given(typed, st.sampled_from(Measure))
def test_no_text_makes_the_reader_fail(text: str, measure: Measure) -> None:
    read_percent(text)
    assert read_amount(text, measure).text == text.strip()


@settings(max_examples=200)
@given(typed.map(lambda text: re.sub(r"[0-9０-９]", "", text)))
def test_a_text_without_number_has_no_value(text: str) -> None:
    tokens = tokens_of(text)
    if "ruoi" not in [token.text for token in tokens] and not any(numeral_at(tokens, at) for at in range(len(tokens))):
        assert isinstance(read_amount(text, MONEY), Unreadable)


@pytest.mark.parametrize("piece", ["9", "9.", "1 tỷ ", "năm ", "- ", "tỷ rưỡi ", "1/", "\u0301"])
def test_long_texts_cost_no_more_than_their_length(piece: str) -> None:
    assert isinstance(read_amount(piece * 20_000, MONEY), Unreadable)
