"""Plain words that say that somebody is away or back, and words that only look like it."""

from __future__ import annotations

from datetime import date

import pytest

from bot.domain.leave import means_away, means_back, read_leave

MONDAY = date(2021, 10, 4)
AWAY = {
    "tuần sau tôi đi vắng": ["11-15"],
    "tôi nghỉ phép từ 6/10 đến 8/10": ["6-8"],
    "mai tôi đi công tác": ["5-5"],
    "Tôi mai đi công tác": ["5-5"],
    "em nghỉ ốm hôm nay": ["4-4"],
    "toi nghi phep 6/10-8/10": ["6-8"],
    "mai toi nghi": ["5-5"],
    "tôi vắng thứ năm": ["7-7"],
    "em xin nghỉ từ thứ 3 đến thứ 5 tuần sau ạ": ["12-14"],
    "tôi vắng đến hết tuần này": ["-8"],
    "tôi nghỉ 3 ngày": ["4-6"],
    "tôi nghỉ phép": [],
    "vắng 05/10": ["5-5"],
    "tôi nghỉ 5/10 và 8/10": ["5-5", "8-8"],
}
NOT_AWAY = """
ai vắng
ai vắng mai
vâng
vâng, mai tôi nộp
Mường Lát nghỉ mấy ngày
mai nghỉ
hôm nay nghỉ à
mai tôi nghỉ được không
mai tôi nghỉ phải không?
tôi nghĩ mai nộp
em nghĩ hôm nay
tuần sau nộp được không
mai tôi nộp
công tác tháng 9
công tác thi hành án tháng 10 thụ lý 402 việc
tôi nghỉ, Bình nộp thay
402 13.200.000.000 350
tôi vắng 31/02
""".strip().splitlines()


@pytest.mark.parametrize("text", AWAY)
def test_somebody_who_says_so_is_away(text: str) -> None:
    days = read_leave(text, MONDAY)
    spans = [f"{one.first.day if one.first else ''}-{one.last.day}" for one in days.spans]
    assert (means_away(text, days), spans) == (True, AWAY[text])


@pytest.mark.parametrize("text", NOT_AWAY)
def test_a_question_a_filing_or_other_words_are_no_absence(text: str) -> None:
    assert not means_away(text, read_leave(text, MONDAY))


def test_only_plain_words_end_an_absence() -> None:
    assert [means_back(words) for words in ("het", "Đã về", "het 05/10", "")] == [True, True, False, False]


def test_without_the_command_they_name_what_ends() -> None:
    ends = (
        "thôi không vắng nữa",
        "hủy vắng",
        "bỏ báo vắng",
        "tôi hết vắng rồi",
        "em không nghỉ phép nữa ạ",
        "thôi vắng",
    )
    assert [text for text in ends if not means_back(text, alone=False)] == []
    others = ("hết", "thôi", "hủy", "thôi em nghỉ", "thôi nghỉ", "không vắng ai", "hủy", "hết hạn chưa")
    assert [text for text in others if means_back(text, alone=False)] == []
