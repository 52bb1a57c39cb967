"""How more time is asked for in words, and which deadlines may be given."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time

import pytest

from bot import sample
from bot.domain.agenda import Agenda
from bot.domain.calendar import TIMEZONE
from bot.domain.extension import Extending, Fault, Wish, read_wish
from bot.domain.period import Period

ORGANISATION, CALENDAR = sample.structure()
CLUSTER, OFFICES = ORGANISATION.clusters[0], {office.key: office for office in ORGANISATION.offices}
MUONG_LAT, THUONG_XUAN = OFFICES["muong-lat"], OFFICES["thuong-xuan"]


def at(day: int, hour: int, minute: int = 0, month: int = 10) -> datetime:
    return datetime(2021, month, day, hour, minute, tzinfo=TIMEZONE)


NOW = at(4, 9)
WISHES = {
    "": Wish(),
    "Mường Lát": Wish((MUONG_LAT,)),
    "Mường Lát 17h 06/10/2021: lũ": Wish((MUONG_LAT,), at(6, 17), "lũ"),
    "gia hạn Mường Lát 9h 06/10 vì mất điện": Wish((MUONG_LAT,), at(6, 9), "mất điện"),
    "cho Chi cục THADS Mường Lát đến hết ngày 06/10 do lũ": Wish((MUONG_LAT,), at(6, 17), "lũ"),
    "Mường Lát 16:30: lũ": Wish((MUONG_LAT,), at(4, 16, 30), "lũ"),
    "cả cụm mai": Wish((), at(5, 17), whole=True),
    "cả cụm 6/10 20h: bão": Wish((), at(6, 20), "bão", whole=True),
    "ca cum 3 6/10 9h": Wish((CLUSTER,), at(6, 9)),
    "cả cụm 3-11": Wish((), at(3, 17, month=11), whole=True),
    "cả cụm thêm 3 ngày: bão": Wish((), None, "bão", wrong="thêm 3 ngày", whole=True),
    "muong lat 6/10 vi mat dien": Wish((MUONG_LAT,), at(6, 17), "mat dien"),
    "cụm 3 mai 9h": Wish((CLUSTER,), at(5, 9)),
    "muong latt mai 9h": Wish((MUONG_LAT,), at(5, 9), slips=(("muong latt", "Mường Lát"),)),
    "Quan Hoá mai 9h": Wish((OFFICES["quan-hoa"],), at(5, 9)),
    "Mường Lát 31/2: lũ": Wish((MUONG_LAT,), None, "lũ", wrong="31/2"),
    "Mường Lát 25h 06/10: lũ": Wish((MUONG_LAT,), None, "lũ", wrong="25h"),
    "Mường Lát mai 9h mất điện": Wish((MUONG_LAT,), at(5, 9), "mất điện"),
    "mai 9h Mường Lát vi mất điện": Wish((MUONG_LAT,), at(5, 9), "mất điện"),
    "mất điện Mường Lát mai 9h": Wish((MUONG_LAT,), at(5, 9), unread="mất điện"),
    "Mường Lát mai 9h lụt": Wish((MUONG_LAT,), at(5, 9), unread="lụt"),
    "Mường Lát 06/10 buổi trưa": Wish((MUONG_LAT,), at(6, 17), unread="buổi trưa"),
    "Mường Lát mất điện": Wish((MUONG_LAT,), unread="mất điện"),
    "ca cum mai 9h mat dien": Wish((), at(5, 9), "mat dien", whole=True),
    "cả cụm 9h mai": Wish((), at(5, 9), whole=True),
    "cả cụm 9 mai 9h: lũ": Wish((), at(5, 9), "lũ", unread="cụm 9"),
    "tat ca mai 17h: mat dien": Wish((), at(5, 17), "mat dien", whole=True),
    "cho tất cả đến mai 17h vì mất điện": Wish((), at(5, 17), "mất điện", whole=True),
    "mọi đơn vị mai 17h": Wish((), at(5, 17), whole=True),
    "mai 17h tất cả các đơn vị trong cụm": Wish((), at(5, 17), whole=True),
    "tất cả đơn vị cụm 3 mai 17h": Wish((CLUSTER,), at(5, 17)),
    "gia hạn hết cho các đơn vị chưa nộp đến mai 17h do lũ": Wish((), at(5, 17), "lũ", whole=True),
    "hết mai 17h": Wish((), at(5, 17), whole=True),
    "đến hết mai": Wish((), at(5, 17)),
    "tất cả mai 17h trừ Mường Lát": Wish((MUONG_LAT,), at(5, 17), unread="tất trừ", excluded="trừ Mường Lát"),
    "cả cụm mai 17h trừ đơn vị đã nộp": Wish((), at(5, 17), unread="trừ đã", excluded="trừ"),
    "Mường Lát chiều 06/10": Wish((MUONG_LAT,), at(6, 17), unread="chiều"),
    "Mường Lát và Mường Lạc mai 9h": Wish((MUONG_LAT,), at(5, 9), unread="Mường Lạc"),
    "cụm 9 mai 9h": Wish((), at(5, 9), unread="cụm 9"),
    "cả cụm trừ Mường Lát mai 9h": Wish((MUONG_LAT,), at(5, 9), unread="cụm trừ", excluded="trừ Mường Lát"),
}


@pytest.mark.parametrize("text", WISHES)
def test_a_wish_is_read_whole(text: str) -> None:
    assert read_wish(text, ORGANISATION, NOW, time(17)) == WISHES[text]


def test_words_beside_a_name_are_a_strange_name_only_when_they_are_written_like_one() -> None:
    strange = {text: wish.strange for text, wish in WISHES.items() if wish.strange}
    assert strange == {
        "Mường Lát và Mường Lạc mai 9h": "Mường Lạc",
        "cụm 9 mai 9h": "cụm 9",
        "cả cụm 9 mai 9h: lũ": "cụm 9",
        "cả cụm mai 17h trừ đơn vị đã nộp": "trừ đã",
    }


PLAIN = Agenda(Period(2021, 12), "short", at(4, 17), CALENDAR, [(CLUSTER, list(OFFICES.values()))])
GIVEN = replace(PLAIN, extended={("cum-3", "muong-lat"): at(8, 17), ("cum-3", ""): at(6, 17)})
FOLLOWING = at(2, 17, month=11)


def office(agenda: Agenda) -> Extending:
    return Extending(MUONG_LAT, agenda, (MUONG_LAT,), FOLLOWING)


def cluster(agenda: Agenda) -> Extending:
    return Extending(CLUSTER, agenda, (MUONG_LAT, THUONG_XUAN), FOLLOWING)


@pytest.mark.parametrize(
    ("asked", "until", "fault"),
    [
        (office(PLAIN), at(6, 17), None),
        (office(PLAIN), at(6, 21), None),
        (office(PLAIN), at(6, 21, 1), Fault.CLOSED_HOURS),
        (office(PLAIN), at(9, 9), Fault.CLOSED_HOURS),
        (office(PLAIN), at(4, 9), Fault.PAST),
        (office(PLAIN), at(4, 16), Fault.SAME),
        (office(PLAIN), at(4, 17), Fault.SAME),
        (office(PLAIN), FOLLOWING, None),
        (office(PLAIN), at(2, 17, 1, month=11), Fault.NEXT),
        (office(GIVEN), at(7, 17), None),
        (office(GIVEN), at(6, 17), None),
        (office(GIVEN), at(6, 16), Fault.EARLY),
        (office(GIVEN), at(8, 17), Fault.SAME),
        (cluster(GIVEN), at(4, 17), None),
        (cluster(GIVEN), at(4, 16), Fault.EARLY),
    ],
)
def test_a_deadline_lies_between_what_stands_without_it_and_the_next_one(
    asked: Extending, until: datetime, fault: Fault | None
) -> None:
    assert asked.fault(until, NOW) == fault


def test_who_has_a_later_deadline_of_their_own_is_not_told_of_that_of_the_cluster() -> None:
    assert cluster(GIVEN).changed(at(7, 17)) == [THUONG_XUAN]
    assert cluster(GIVEN).changed(at(11, 17)) == [MUONG_LAT, THUONG_XUAN]
    assert cluster(GIVEN).changed(at(4, 17)) == [THUONG_XUAN]
