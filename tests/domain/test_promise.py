"""The moment that a promise names."""

from __future__ import annotations

from datetime import datetime

import pytest

from bot.domain.calendar import TIMEZONE
from bot.domain.promise import read_promise

NOW = datetime(2021, 10, 4, 8, 0, tzinfo=TIMEZONE)  # a Monday

READ = {
    "16h": "04/10 16:00",
    "16:30": "04/10 16:30",
    "16h30": "04/10 16:30",
    "16 giờ": "04/10 16:00",
    "16g15": "04/10 16:15",
    "4 giờ chiều": "04/10 16:00",
    "4h rưỡi chiều nay": "04/10 16:30",
    "8h tối": "04/10 20:00",
    "mai 9h": "05/10 09:00",
    "9h sáng mai": "05/10 09:00",
    "ngày mai 9 giờ": "05/10 09:00",
    "ngày kia 10h": "06/10 10:00",
    "9h thứ sáu": "08/10 09:00",
    "9h thứ 2": "11/10 09:00",
    "9h 06/10": "06/10 09:00",
    "9h ngày 6/10/2021": "06/10 09:00",
    "16h tôi nộp": "04/10 16:00",
    "30 phút nữa": "04/10 08:30",
    "45p nữa tôi nộp": "04/10 08:45",
    "2 tiếng nữa": "04/10 10:00",
    "1h30 nữa": "04/10 09:30",
    "một tiếng rưỡi nữa": "04/10 09:30",
    "nửa tiếng nữa em nộp ạ": "04/10 08:30",
    "tôi sẽ nộp lúc 16h": "04/10 16:00",
    "16h toi nop": "04/10 16:00",
}
NOTHING = ["", "mai", "chiều nay", "25h", "16", "16 việc", "16:75", "9h 31/02", "thụ lý 402 việc 13,2 tỷ"]
PLAIN = [
    "16h tôi nộp",
    "16h toi nop",
    "mai 9h em nộp nhé",
    "tôi hẹn 16:30",
    "10h nộp ạ",
    "30 phút nữa tôi nộp",
    "2 tieng nua em nop a",
    "chiều nay 4h tôi sẽ nộp số liệu",
]
NOT_PLAIN = ["16h", "16h nộp thụ lý 402 việc", "ai nộp lúc 16h", "9h cụm 3 nộp chưa", "16h họp", "30 phút nữa họp xong"]


@pytest.mark.parametrize(("text", "moment"), READ.items())
def test_a_moment_is_read(text: str, moment: str) -> None:
    promised = read_promise(text, NOW)
    assert promised and f"{promised.at:%d/%m %H:%M}" == moment


@pytest.mark.parametrize("text", NOTHING)
def test_words_without_an_hour_or_with_an_impossible_one_are_no_moment(text: str) -> None:
    assert read_promise(text, NOW) is None


@pytest.mark.parametrize("text", PLAIN)
def test_plain_words_that_promise_are_a_promise(text: str) -> None:
    promised = read_promise(text, NOW)
    assert promised and promised.plain


@pytest.mark.parametrize("text", NOT_PLAIN)
def test_other_words_with_an_hour_are_no_promise(text: str) -> None:
    promised = read_promise(text, NOW)
    assert promised is None or not promised.plain


def test_a_day_of_january_said_in_december_is_next_years() -> None:
    promised = read_promise("9h 04/01", NOW.replace(month=12))
    assert promised and promised.at.year == 2022
