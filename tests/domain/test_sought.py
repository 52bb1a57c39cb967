"""A search of the audit trail, as people type it."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from bot import sample
from bot.domain.calendar import TIMEZONE
from bot.domain.period import Period
from bot.domain.sought import Sought, people_named, read_sought

ORGANISATION, _ = sample.structure()
TODAY = date(2021, 10, 5)


def on(first: tuple[int, int, int], after: tuple[int, int, int], acts: tuple[str, ...] = ()) -> Sought:
    return Sought(acts=acts, since=datetime(*first, tzinfo=TIMEZONE), until=datetime(*after, tzinfo=TIMEZONE))


SAID = {
    "": Sought(),
    "Quan Sơn tháng 9": Sought(units=("quan-son",), period=Period(2021, 12)),
    "nhật ký của Quan Sơn": Sought(units=("quan-son",)),
    "sửa": Sought(acts=("correct",)),
    "ai sửa số liệu quan son": Sought(units=("quan-son",), acts=("correct",)),
    "hôm nay": on((2021, 10, 5), (2021, 10, 6)),
    "HÔM QUA rút": on((2021, 10, 4), (2021, 10, 5), ("withdraw",)),
    "tuần trước": on((2021, 9, 27), (2021, 10, 4)),
    "ngày 01/10/2021": on((2021, 10, 1), (2021, 10, 2)),
    "từ 1/10 đến 4/10": on((2021, 10, 1), (2021, 10, 5)),
    "từ 1/10 đến 9/10": on((2021, 10, 1), (2021, 10, 10)),
    "từ 30/12 đến 05/01": on((2020, 12, 30), (2021, 1, 6)),
    "từ 01/10": on((2021, 10, 1), (2021, 10, 6)),
    "sửa từ ngày 4/10": on((2021, 10, 4), (2021, 10, 6), ("correct",)),
    "hủy hẹn": Sought(acts=("promise_taken_back",)),
    "30/12": on((2020, 12, 30), (2020, 12, 31)),
    "99/99": Sought(rest="99 99"),
    "Lò Thị Bình": Sought(rest="lo thi binh"),
    "Quan Lâm": Sought(rest="quan lam"),
    "cụm 3 chỉ tiêu": Sought(units=("cum-3",), acts=("targets",)),
    "nguoi so 5 truoc so 120": Sought(people=(5,), before=120),
}


@pytest.mark.parametrize("text", SAID)
def test_a_search_is_read(text: str) -> None:
    assert read_sought(text, ORGANISATION, TODAY) == SAID[text]


def test_somebody_is_found_by_any_words_of_the_name() -> None:
    names = {1: "Lò Thị Bình", 2: "Lò Văn Bình", 3: "Hà Thị Hoa"}
    assert people_named("binh", names) == (1, 2)
    assert people_named("thi binh", names) == (1,)
    assert people_named("", names) == ()
