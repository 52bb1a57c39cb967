"""What an office's wish for more time says."""

from __future__ import annotations

from datetime import datetime

import pytest

from bot import sample
from bot.domain.calendar import TIMEZONE
from bot.domain.period import Period
from bot.domain.wished import empty, read_wished, reason_in

ORGANISATION, _ = sample.structure()
NOW = datetime(2021, 10, 4, 9, tzinfo=TIMEZONE)
SAID = {
    "": "",
    "Mường Lát": "",
    "cho tôi xin gia hạn với": "",
    "mai 9h": "",
    "mai 9h: mất điện": "mất điện",
    "đến mai 9h vì mất điện ạ": "mất điện",
    "mai 9h mất điện": "mất điện",
    "máy hỏng, cho em xin gia hạn đến mai 9h": "máy hỏng, cho em xin gia hạn đến mai 9h",
}


@pytest.mark.parametrize("text", SAID)
def test_the_reason_is_that_of_the_wish_or_its_words_where_they_say_more_than_a_moment(text: str) -> None:
    assert reason_in(read_wished(text, ORGANISATION, NOW, Period(2021, 12)), text) == SAID[text]


def test_a_wish_without_moment_and_reason_is_empty() -> None:
    found = {text for text in SAID if empty(read_wished(text, ORGANISATION, NOW, Period(2021, 12)))}
    assert found == {"", "Mường Lát", "cho tôi xin gia hạn với"}
