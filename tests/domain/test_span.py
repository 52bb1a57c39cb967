"""Days as people write them; whatever is written, nothing fails and nothing runs backwards."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.span import Days, Span, read_days

TODAY = date(2021, 10, 1)
words = st.sampled_from(
    "từ đến tới hết ngày mai hôm nay - – , 05/10 5 31/02 29/02 12/10/2022 1/1/9999 0/0 31/12 vắng".split()  # noqa: SIM905
)


def span(first: tuple[int, ...] | None, last: tuple[int, ...]) -> Span:
    return Span(date(*first) if first else None, date(*last))


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        ("05/10-12/10", [span((2021, 10, 5), (2021, 10, 12))]),
        ("05/10 – 12/10/2021", [span((2021, 10, 5), (2021, 10, 12))]),
        ("5-12/10", [span((2021, 10, 5), (2021, 10, 12))]),
        ("từ ngày 5/10 đến hết ngày 12/10", [span((2021, 10, 5), (2021, 10, 12))]),
        ("từ 30/12 đến 05/01", [span((2021, 12, 30), (2022, 1, 5))]),
        ("30/12-05/01/2022", [span((2021, 12, 30), (2022, 1, 5))]),
        ("đến 12/10", [span(None, (2021, 10, 12))]),
        ("đến hết mai", [span(None, (2021, 10, 2))]),
        ("từ mai đến 05/10", [span((2021, 10, 2), (2021, 10, 5))]),
        ("hôm nay", [span((2021, 10, 1), (2021, 10, 1))]),
        ("3 ngày", [span((2021, 10, 1), (2021, 10, 3))]),
        ("02/01", [span((2022, 1, 2), (2022, 1, 2))]),  # long ago this year, so of the next
        ("15/09", [span((2021, 9, 15), (2021, 9, 15))]),
    ],
)
def test_days_are_read(text: str, spans: list[Span]) -> None:
    assert read_days(text, TODAY) == Days(tuple(spans), ())


@pytest.mark.parametrize("text", ["Nguyễn Thị Mai", "5 việc", "402 13.200.000.000", "tuần sau", ""])
def test_what_is_no_day_is_left_alone(text: str) -> None:
    found = read_days(text, TODAY)
    assert (found.spans, found.wrong) == ((), "")


@given(
    st.lists(words, max_size=12).map(" ".join) | st.text(max_size=60), st.dates(date(2020, 1, 1), date(2040, 12, 31))
)
def test_nothing_fails_and_no_span_runs_backwards(text: str, today: date) -> None:
    found = read_days(text, today)
    assert all(one.first is None or one.first <= one.last for one in found.spans)
    assert read_days(text, today) == found
