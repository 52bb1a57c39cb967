"""The structure: as it was on a day, and found by the names that people type."""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from datetime import date, time
from importlib.resources import files
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.calendar import Calendar, DeadlineRule
from bot.domain.folding import fold
from bot.domain.organisation import Found, Nearest, Office, Organisation, parse_structure
from bot.domain.period import Period
from bot.domain.person import Place
from bot.errors import BadStructure

TEXT = (files("bot.structure") / "thanh-hoa-3.toml").read_text("utf-8")
ORGANISATION, CALENDAR = parse_structure(TEXT)
ON = date(2021, 10, 1)
OFFICES = [office.key for office in ORGANISATION.offices]


def keys(text: str, organisation: Organisation = ORGANISATION, on: date = ON) -> list[str]:
    return [mention.unit.key for mention in organisation.mentions(text, on)]


def found(text: str, organisation: Organisation = ORGANISATION, on: date = ON) -> str | list[str]:
    """The key of the unit found, or the keys of the nearest."""
    match organisation.find(text, on):
        case Found(unit=unit):
            return unit.key
        case Nearest(units=units):
            return [unit.key for unit in units]


def test_the_sample_cluster_has_its_seven_offices_in_order() -> None:
    names = [office.name for office in ORGANISATION.offices_of("cum-3", ON)]
    assert names == ["Bá Thước", "Quan Hóa", "Cẩm Thủy", "Ngọc Lặc", "Quan Sơn", "Mường Lát", "Thường Xuân"]


def test_an_office_is_called_by_its_kind_and_name() -> None:
    office = ORGANISATION.office("quan-son", ON)
    assert office is not None
    assert (office.full_name, office.title) == ("Chi cục THADS Quan Sơn", "Chi cục trưởng")
    assert ORGANISATION.place(office) == Place("thanh-hoa", "cum-3", "quan-son")


def test_the_settings_of_the_sample() -> None:
    assert (ORGANISATION.reporting_from, ORGANISATION.form) == (Period(2020, 12), "short")
    assert (ORGANISATION.deadline, ORGANISATION.province_deadline) == (
        DeadlineRule(2, time(17)),
        DeadlineRule(4, time(17)),
    )
    assert Calendar(frozenset({date(2026, 1, 2)}), frozenset({date(2026, 1, 10)})) == CALENDAR


def test_district_offices_end_with_june_2025_and_their_figures_stay() -> None:
    assert len(ORGANISATION.offices_of("cum-3", date(2025, 6, 30))) == 7
    assert ORGANISATION.offices_of("cum-3", date(2025, 7, 1)) == ()
    assert (ORGANISATION.office("quan-son", date(2025, 7, 1)), ORGANISATION.cluster("cum-3", date(2025, 7, 1))) == (
        None,
        None,
    )
    assert keys("số liệu Quan Sơn", on=date(2025, 7, 1)) == []


def test_an_office_that_changed_its_name_is_found_by_the_name_of_the_day() -> None:
    old = replace(ORGANISATION.offices[4], valid_to=date(2022, 12, 31))
    new = replace(old, name="Sơn Thủy", aliases=(), valid_from=date(2023, 1, 1), valid_to=None)
    changed = replace(ORGANISATION, offices=(old, new))
    days = (date(2022, 12, 31), date(2023, 1, 1))
    assert [changed.office("quan-son", day) for day in days] == [old, new]
    assert [keys("số liệu Sơn Thủy", changed, day) for day in days] == [[], ["quan-son"]]


def test_copies_of_a_structure_are_equal_whatever_has_been_asked_of_them() -> None:
    again = parse_structure(TEXT)[0]
    again.find("Quan Sơn", ON)
    assert (again, hash(again)) == (ORGANISATION, hash(ORGANISATION))


@pytest.mark.parametrize(
    ("text", "words", "key"),
    [
        ("tong cum 3 thang 9", "cum 3", "cum-3"),
        ("tổng cụm số 3", "cụm số 3", "cum-3"),
        ("Cụm thi đua số 3 đạt bao nhiêu", "Cụm thi đua số 3", "cum-3"),
        ("số liệu Quan Sơn", "Quan Sơn", "quan-son"),
        ("so lieu quan son", "quan son", "quan-son"),
        ("ba thuoc the nao", "ba thuoc", "ba-thuoc"),
        ("xem Chi cục THADS Quan Sơn đi", "Chi cục THADS Quan Sơn", "quan-son"),
        ("Chi cục THADS huyện Cẩm Thuỷ", "Chi cục THADS huyện Cẩm Thuỷ", "cam-thuy"),
        ("số liệu QS", "QS", "quan-son"),
        ("so lieu qs", "qs", "quan-son"),
        ("quanson thang 9", "quanson", "quan-son"),
        ("tỷ lệ Quan-Hoá?", "Quan-Hoá", "quan-hoa"),
        ("so lieu ngoc lak", "ngoc lak", "ngoc-lac"),
        ("so lieu Quan Sown", "Quan Sown", "quan-son"),
        ("cam thuyr the nao", "cam thuyr", "cam-thuy"),
        ("nếu Mường Lad xong thêm 10 việc", "Mường Lad", "muong-lat"),
        ("thuog xuan", "thuog xuan", "thuong-xuan"),
        ("toàn tỉnh Thanh Hóa", "tỉnh Thanh Hóa", "thanh-hoa"),
    ],
)
def test_a_unit_is_found_inside_a_sentence(text: str, words: str, key: str) -> None:
    mentions = ORGANISATION.mentions(text, ON)
    assert [(text[one.start : one.end], one.unit.key) for one in mentions] == [(words, key)]


def test_several_units_come_in_the_order_of_the_words() -> None:
    assert keys("so Cẩm Thủy với ngoc lac") == ["cam-thuy", "ngoc-lac"]


@pytest.mark.parametrize(
    "text",
    [
        "quan",
        "cơ quan số 3",
        "co quan so 3",
        "co quan don vi",
        "khach quan hon",
        "liên quan, sơn",
        "thứ ba trước",
        "don vi la thuoc dien nao",
        "thường xuyên",
        "ai chưa nộp",
        "cụm 4",
        "cụm 33",
        "còn thiếu bao nhiêu việc để đạt ct 83,9%",
        "/nop tháng 9: thụ lý 402 việc 13,2 tỷ; đk 350v 9 tỷ 84 triệu; xong 290 việc 3 tỷ 1",
        "",
    ],
)
def test_ordinary_words_are_never_taken_for_a_unit(text: str) -> None:
    assert keys(text) == []


@pytest.mark.parametrize("name", [name for office in ORGANISATION.offices for name in (office.name, office.full_name)])
@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_every_office_is_found_by_its_names_in_either_unicode_form(name: str, form: str) -> None:
    typed = unicodedata.normalize(form, name)  # type: ignore[arg-type]
    key = next(office.key for office in ORGANISATION.offices if office.name in name)
    assert (found(typed), keys(typed), found(typed.upper())) == (key, [key], key)


@given(st.sampled_from(ORGANISATION.offices), st.integers(0, 20), st.sampled_from("jwz"))
def test_a_name_with_one_letter_too_many_is_never_taken_for_another_office(
    office: Office, place: int, letter: str
) -> None:
    slip = office.name[:place] + letter + office.name[place:]
    assert found(slip) == office.key
    assert keys(f"số liệu {slip} tháng 9") in ([office.key], [])


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("qs", "quan-son"),
        ("CT", "cam-thuy"),
        ("bathuoc", "ba-thuoc"),
        ("Cụm III", "cum-3"),
        ("thuog xuan", "thuong-xuan"),
        ("huyện Mường Lát", "muong-lat"),
        ("quan sonn", "quan-son"),
    ],
)
def test_a_whole_name_is_found_with_a_slip_and_by_its_initials(text: str, key: str) -> None:
    assert found(text) == key


@pytest.mark.parametrize(
    ("text", "nearest"),
    [
        ("quan", ["quan-hoa", "quan-son"]),
        ("quan so", ["quan-son", "quan-hoa"]),
        ("muong", ["muong-lat"]),
        ("cụm 4", ["cum-3"]),
    ],
)
def test_a_name_that_fits_none_or_two_gets_the_nearest(text: str, nearest: list[str]) -> None:
    assert found(text)[: len(nearest)] == nearest
    assert len(found(text)) <= 3


@pytest.mark.parametrize("text", ["", "xyz", "???", "12345"])
def test_what_is_near_to_nothing_gets_no_suggestion(text: str) -> None:
    assert found(text) == []


def test_a_name_shared_by_two_provinces_names_neither_and_offers_both() -> None:
    other = replace(ORGANISATION.clusters[0], key="cum-3-na", province="nghe-an")
    namesake = replace(ORGANISATION.offices[0], key="ba-thuoc-na", cluster="cum-3-na")
    two = replace(ORGANISATION, clusters=(*ORGANISATION.clusters, other), offices=(*ORGANISATION.offices, namesake))
    assert (keys("số liệu Bá Thước", two), found("Bá Thước", two)) == ([], ["ba-thuoc", "ba-thuoc-na"])


@pytest.mark.parametrize("name", ["Kim Sơn", "Bỉm Sơn", "kim son", "bim son", "chi cục Kim Sơn"])
def test_a_name_written_right_is_never_a_slip_of_another(name: str) -> None:
    both = [replace(ORGANISATION.offices[0], key=fold(one), name=one, aliases=()) for one in ("Kim Sơn", "Bỉm Sơn")]
    two = replace(ORGANISATION, offices=(*ORGANISATION.offices, *both))
    assert keys(f"tỷ lệ của {name} tháng 9", two) == [fold(name).removeprefix("chi cuc ")]


@given(st.text(max_size=60))
def test_any_text_can_be_searched(text: str) -> None:
    mentions = ORGANISATION.mentions(text, ON)
    assert all(0 <= one.start < one.end <= len(text) for one in mentions)
    assert all(one.end <= other.start for one, other in pairwise(mentions))
    assert isinstance(ORGANISATION.find(text, ON), Found | Nearest)


BROKEN = """
form = "short"
reporting_from = { year = 2021, month = 13 }
[deadline]
working_days = 0
[calendar]
days_off = [2026-01-10]
working_saturdays = [2026-01-10, 2026-01-11]
[[province]]
key = "th"
name = "THADS tỉnh"
[[cluster]]
key = "c"
name = "cụm 1"
short = "cụm 1"
province = "na"
valid_from = 2010-01-01
[[office]]
key = "A B"
name = "Bá Thước"
kind = "Chi cục"
title = "Chi cục trưởng"
cluster = "c"
valid_from = 2010-01-01
valid_to = 2009-01-01
[[office]]
key = "b"
name = "Bá Thuớc"
kind = "Chi cục"
title = "Chi cục trưởng"
cluster = "d"
valid_from = 2010-01-01
successor = "z"
[[office]]
key = "b"
name = "Khác"
kind = "Chi cục"
title = ""
cluster = "c"
valid_from = 2009-01-01
fax = 1
"""


def test_every_fault_of_a_structure_is_listed_at_once() -> None:
    with pytest.raises(BadStructure) as caught:
        parse_structure(BROKEN)
    assert caught.value.faults == (
        "calendar: 2026-01-11 is no Saturday",
        "calendar: 2026-01-10 is both off and worked",
        "office A B: key must be small letters, digits and single hyphens",
        "office b: title must be a text",
        "office b: unknown field fax",
        "reporting_from: no period 13 of the year 2021",
        "deadline: working_days must be 1 or more",
        "office A B: valid_to lies before valid_from",
        "office b: two rows of this key hold on the same day",
        "cluster c: no province na",
        "office b: no cluster d",
        "office b: cluster c does not exist on 2009-01-01",
        "office b: no office z to succeed it",
    )


def test_two_offices_of_a_province_never_share_a_name_at_the_same_time() -> None:
    text = TEXT.replace('aliases = ["QH"]', 'aliases = ["bá thuoc"]')
    with pytest.raises(BadStructure) as caught:
        parse_structure(text)
    assert caught.value.faults == ("office quan-hoa: “ba thuoc” already means office ba-thuoc",)


@pytest.mark.parametrize("text", ["", "form = ", 'form = "short"\noffice = 3'])
def test_a_file_that_is_no_structure_is_refused(text: str) -> None:
    with pytest.raises(BadStructure):
        parse_structure(text)
