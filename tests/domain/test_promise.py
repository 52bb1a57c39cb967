"""The moment that a promise names."""

from __future__ import annotations

from datetime import datetime

import pytest

from bot.domain.calendar import TIMEZONE
from bot.domain.promise import means_later, read_promise

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
    "t3 9h": "05/10 09:00",
    "9h T2 tôi nộp": "11/10 09:00",
    "chủ nhật 9h": "10/10 09:00",
    "cn 9h": "10/10 09:00",
    "thứ năm tuần này 9h": "07/10 09:00",
    "9h thứ ba tuần sau": "12/10 09:00",
    "9h t2 tuần tới": "11/10 09:00",
    "mốt 9h": "06/10 09:00",
    "9h mốt": "06/10 09:00",
    "hôm qua 9h": "03/10 09:00",
    "5.10 9h": "05/10 09:00",
    "9h 05.10.2021": "05/10 09:00",
    "9h 5/10/21": "05/10 09:00",
    "9h ngày 5 tháng 10": "05/10 09:00",
    "16h ngày 5 tháng 10 năm 2021 tôi nộp": "05/10 16:00",
    "9h kém 15": "04/10 08:45",
    "5 giờ kém 10 phút chiều": "04/10 16:50",
    "16h30p": "04/10 16:30",
    "16 giờ 30 phút": "04/10 16:30",
}
UNREAD = {
    "thứ 8 9h": "thứ 8",
    "tuần sau 9h": "tuần sau",
    "9h 10h": "10h",
    "Bá Thước 16h": "Bá Thước",
    "tháng 8 16h": "tháng 8",
    "16h không kịp": "không kịp",
    "9h ngày 4": "ngày 4",
    "mai mốt 9h": "mốt",
    "5/10 9h 3.5": "3.5",
    "khoảng 16h em nộp nhé": "",
    "dạ vâng, 16h30 chúng tôi gửi ạ.": "",
}
NOTHING = [
    "",
    "mai",
    "chiều nay",
    "25h",
    "16",
    "16 việc",
    "16:75",
    "9h 31/02",
    "0h kém 5",
    "16.30",
    "thụ lý 402 việc 13,2 tỷ",
]
PLAIN = [
    "16h tôi nộp",
    "16h toi nop",
    "mai 9h em nộp nhé",
    "tôi hẹn 16:30",
    "10h nộp ạ",
    "30 phút nữa tôi nộp",
    "2 tieng nua em nop a",
    "chiều nay 4h tôi sẽ nộp số liệu",
    "t2 9h toi nop",
    "16h ngày 4 tháng 10 tôi nộp",
]
NOT_PLAIN = ["16h", "16h nộp thụ lý 402 việc", "ai nộp lúc 16h", "9h cụm 3 nộp chưa", "16h họp", "30 phút nữa họp xong"]


@pytest.mark.parametrize(("text", "moment"), READ.items())
def test_a_moment_is_read(text: str, moment: str) -> None:
    promised = read_promise(text, NOW)
    assert promised and f"{promised.at:%d/%m %H:%M}" == moment


@pytest.mark.parametrize(("text", "unread"), UNREAD.items())
def test_what_is_not_read_beside_a_moment_is_named_as_typed(text: str, unread: str) -> None:
    promised = read_promise(text, NOW)
    assert promised and promised.unread == unread


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


LATER = ["thứ hai tôi nộp", "chủ nhật em nộp ạ", "ngày 5 tháng 10 tôi sẽ nộp", "5/10 tôi nộp", "mốt tôi nộp"]
NOT_LATER = ["t2 tôi nộp", "nộp 4/10", "hôm qua tôi nộp", "hôm nay tôi nộp", "tháng 8 tôi nộp", "thứ hai ai nộp"]


@pytest.mark.parametrize("text", LATER)
def test_a_day_to_come_without_an_hour_asks_for_the_hour(text: str) -> None:
    assert means_later(text, NOW)


@pytest.mark.parametrize("text", NOT_LATER)
def test_other_words_with_a_day_do_not(text: str) -> None:
    assert not means_later(text, NOW)


def test_a_day_of_january_said_in_december_is_next_years() -> None:
    promised = read_promise("9h 04/01", NOW.replace(month=12))
    assert promised and promised.at.year == 2022
