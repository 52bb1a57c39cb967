"""Whole messages, as chiefs type them, and the cells they fill."""

import unicodedata
from importlib import resources

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.form import Cell, Measure, parse_form
from bot.domain.message import Filing, read_message
from bot.domain.reading import Ambiguous, Approximate, Exact, Reason, Unreadable
from bot.domain.wording import grouped, money_words
from tests.domain.sample_form import FORM, ORDER, SIX, WIDE, clean

CASES, MONEY = Measure.CASES, Measure.MONEY


@pytest.mark.parametrize("form", ["NFC", "NFD"])
@pytest.mark.parametrize(
    "text",
    [
        "thụ lý 402 việc 13,2 tỷ; đk 350v 9 tỷ 84 triệu; xong 290 việc 3 tỷ 1",
        "thụ lý 402 việc 13,2 tỷ đk 350v 9 tỷ 84 triệu xong 290 việc 3 tỷ 1",
        "thu ly 402 viec 13,2 ty dk 350v 9 ty 84 trieu xong 290 viec 3 ty 1",
        "THỤ LÝ 402 13.200.000.000 ĐK 350 9.084.000.000 XONG 290 3.100.000.000",
        "xong 290 việc 3 tỷ 1\nthụ lý 402 việc 13,2 tỷ\nđk 350 việc 9 tỷ 84 triệu",
        "tl402 13,2 tỷ, đk350 9 tỷ 84tr, xong290 3tỷ1",
        "TL 402/13,2 tỷ; đk 350/9.084.000.000; xong 290/3 tỷ 1",
        "Thụ lý (việc/tiền): 402/13,2 tỷ; đk: 350/9 tỷ 84 triệu; xong: 290/3 tỷ 1",
        "402 13.200.000.000 350 9.084.000.000 290 3.100.000.000",
        "402\n13.200.000.000\n350\n9.084.000.000\n290\n3.100.000.000",
        "402; 13,2 tỷ; 350; 9 tỷ 84 triệu; 290; 3 tỷ 1",
        "402 | 13,2 tỷ | 350 | 9 tỷ 84 triệu | 290 | 3 tỷ 1",
        "402\t13.200.000.000\t350\t9.084.000.000\t290\t3.100.000.000",
        "402 việc 13,2 tỷ 350 việc 9 tỷ 84 triệu 290 việc 3 tỷ 1",
        "402 13,2 tỷ 350 9 tỷ 84 triệu 290 3 tỷ 1",
        "Thụ lý: 402 việc; 13.200.000.000 đồng\n"
        "Có điều kiện: 350 việc; 9.084.000.000 đồng\n"
        "Xong: 290 việc; 3.100.000.000 đồng",
        "1. Thụ lý: 402 việc; 13,2 tỷ\n2. Có điều kiện: 350 việc; 9 tỷ 84 triệu\n3) Xong: 290 việc; 3 tỷ 1.",
        "- Thụ lý: **402** việc · **13.200.000.000** đồng\n- Có điều kiện: **350** việc · **9.084.000.000** đồng\n"
        "- Xong: **290** việc · **3.100.000.000** đồng",
        "Về việc: thụ lý 402, có điều kiện 350, xong 290. "
        "Về tiền: thụ lý 13,2 tỷ, có điều kiện 9 tỷ 84 triệu, xong 3 tỷ 1",
        "việc thụ lý: 402; tiền thụ lý: 13,2 tỷ; việc đk: 350; tiền đk: 9 tỷ 84 triệu; "
        "việc xong: 290; tiền xong: 3 tỷ 1",
        "Thụ lý:\n- việc: 402\n- tiền: 13,2 tỷ\n"
        "Đk:\n- việc: 350\n- tiền: 9 tỷ 84 triệu\nXong:\n- việc: 290\n- tiền: 3 tỷ 1",
        "Em báo cáo đồng chí ạ, thụ lý được 402 việc với số tiền là 13,2 tỷ; trong đó có điều kiện 350 việc, "
        "tương ứng 9 tỷ 84 triệu đồng; đã giải quyết xong 290 việc, tương ứng 3 tỷ 1.",
        "thụ lý bốn trăm linh hai việc, mười ba tỷ hai trăm triệu đồng; đk ba trăm năm mươi việc, "
        "chín tỷ tám mươi tư triệu; xong hai trăm chín mươi việc, ba tỷ mốt",
        "thụ lý 402 việc, 13,2 tỷ (13.200.000.000 đồng); đk 350 việc, 9 tỷ 84 triệu; "
        "xong 290 việc, 3 tỷ 1; xong 290 việc",
    ],
)
def test_a_chief_files_six_figures_in_one_message(text: str, form: str) -> None:
    typed = unicodedata.normalize(form, text)  # type: ignore[arg-type]
    assert clean(read_message(typed, FORM)) == SIX


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        ("tiền xong 3 tỷ", {"resolved.money": 3_000_000_000}),
        ("sửa tiền xong thành 3,2 tỷ", {"resolved.money": 3_200_000_000}),
        ("số tiền xong 3 tỷ", {"resolved.money": 3_000_000_000}),
        ("xong tiền 3.100.000", {"resolved.money": 3_100_000}),
        ("việc xong: 290", {"resolved.cases": 290}),
        ("xong 290 việc 3 tỷ 1", {"resolved.cases": 290, "resolved.money": 3_100_000_000}),
        ("xong 3 tỷ 290 việc", {"resolved.cases": 290, "resolved.money": 3_000_000_000}),
        ("xong 3.100.000.000", {"resolved.money": 3_100_000_000}),
        ("thụ lý 402 việc, tiền xong 3 tỷ", {"received.cases": 402, "resolved.money": 3_000_000_000}),
        ("xong 0 việc 0 đồng", {"resolved.cases": 0, "resolved.money": 0}),
        ("xong 2008", {"resolved.cases": 2008}),
        ("", {}),
        ("báo cáo đồng chí", {}),
    ],
)
def test_some_cells_may_be_given_alone(text: str, cells: dict[str, int]) -> None:
    assert clean(read_message(text, FORM)) == cells


def test_the_longest_name_wins() -> None:
    filing = read_message("có điều kiện 350 việc, chưa có điều kiện 20 việc 3 tỷ, năm trước chuyển sang 5", WIDE)
    assert clean(filing) == {
        "carried.cases": 5,
        "enforceable.cases": 350,
        "not_yet.cases": 20,
        "not_yet.money": 3 * 10**9,
    }


def test_an_indicator_without_cases_takes_money_first() -> None:
    assert clean(read_message("giảm 3.000.000", WIDE)) == {"reduced.money": 3_000_000}
    assert read_message("giảm 3 việc", WIDE) == Filing({}, leftovers=("3 việc",))


@pytest.mark.parametrize("text", ["xomg 290", "xonng 290", "thuly 5 xog 290", "co dieu kienn 5, xonh 290"])
def test_one_letter_amiss_in_an_indicator_does_not_matter(text: str) -> None:
    assert clean(read_message(text, FORM))["resolved.cases"] == 290


@pytest.mark.parametrize("word", ["tổng", "đồng", "cộng", "song", "không"])
def test_another_word_is_not_taken_for_a_slip(word: str) -> None:
    assert read_message(f"thụ lý 402 việc. {word} 290 việc", FORM).cells.keys() <= {Cell("received", CASES)}


@pytest.mark.parametrize(
    ("text", "leftovers"),
    [
        ("xong 290 blablabla khó quá", ("blablabla khó quá",)),
        ("Khó Khăn là thiếu người, xong 290", ("Khó Khăn là thiếu người",)),
        ("xong 290, 3 tỷ 1 5 6", ("5 6",)),
        ("xong 290, 20/22 việc", ("20/22 việc",)),
        ("chưa xong 5 việc; xong 290", ("chưa xong 5 việc",)),
        ("xong 290 việc, đình chỉ 5 việc 200 triệu", ("đình chỉ 5 việc 200 triệu",)),
        ("xong 290, 3/4 tỷ", ("3/4 tỷ",)),
        ("402 việc; xong 290", ("402 việc",)),
        ("xong 290, thụ lý 290,3tỷ1", ("1",)),
        ("xong 290 350 k", ("k",)),
        ("86% xong 290", ("86%",)),
        ("xong 290 -5%", ("-5%",)),
        ("xong 290 $", ("$",)),
    ],
)
def test_what_was_not_understood_is_handed_back_as_typed(text: str, leftovers: tuple[str, ...]) -> None:
    filing = read_message(text, FORM)
    assert filing.leftovers == leftovers
    assert filing.cells[Cell("resolved", CASES)] in (Exact(290, "290"), Exact(290, "290 việc"))


@pytest.mark.parametrize(
    ("text", "leftovers"),
    [
        ("402 13 350", ("402 13 350",)),
        ("402 13 350 9 290 3 1", ("402 13 350 9 290 3 1",)),
        ("việc 402 350 290 tiền 13 tỷ; 9 tỷ; 3 tỷ", ("việc 402 350 290 tiền 13 tỷ", "9 tỷ", "3 tỷ")),
        ("402 350 290 13 tỷ; 9 tỷ; 3 tỷ", ("402 350 290 13 tỷ", "9 tỷ", "3 tỷ")),
        ("13.200.000.000 402 9.084.000.000 350 3.100.000.000 290", None),
        ("asdf", ("asdf",)),
    ],
)
def test_bare_numbers_count_only_when_they_fill_the_form(text: str, leftovers: tuple[str, ...] | None) -> None:
    assert read_message(text, FORM) == Filing({}, leftovers=leftovers or (text,))


def test_an_uncertain_figure_stays_uncertain() -> None:
    filing = read_message("thụ lý gần 402 việc 1.304 tỷ; đk -5 việc; xong 12.34.567 việc 402", FORM)
    assert filing == Filing(
        {
            Cell("received", CASES): Approximate(402, "gần 402 việc"),
            Cell("received", MONEY): Ambiguous((1_304_000_000_000, 1_304_000_000), "1.304 tỷ"),
            Cell("enforceable", CASES): Unreadable(Reason.NEGATIVE, "-5 việc"),
            Cell("resolved", CASES): Unreadable(Reason.MALFORMED_GROUPING, "12.34.567 việc"),
            Cell("resolved", MONEY): Ambiguous((402_000_000, 402_000_000_000, 402), "402"),
        }
    )


@pytest.mark.parametrize(
    ("text", "asides"),
    [
        ("xong 290 xếp thứ 5/34", ("xếp thứ 5/34",)),
        ("xong 290 ngày 30/9/2021", ("ngày 30/9/2021",)),
        ("Số 123/BC-CTHADS: xong 290", ("123/BC-CTHADS",)),
        ("xong 290, so với cùng kỳ năm trước tăng 120 việc", ("so với cùng kỳ năm trước tăng 120 việc",)),
        ("xong 290 chứ không phải 289", ("chứ không phải 289",)),
        ("xong từ 289 thành 290", ("từ 289 thành",)),
    ],
)
def test_what_is_no_figure_of_this_report_is_set_aside(text: str, asides: tuple[str, ...]) -> None:
    assert read_message(text, FORM) == Filing({Cell("resolved", CASES): Exact(290, "290")}, asides=asides)


def test_an_exact_figure_settles_an_approximate_one_nearby_and_no_other() -> None:
    assert clean(read_message("xong gần 3,2 tỷ (3.185.000.000 đồng)", FORM)) == {"resolved.money": 3_185_000_000}
    assert read_message("xong gần 3,2 tỷ (2.185.000.000 đồng)", FORM).conflicts != ()


@pytest.mark.parametrize("money", ["13,2 tỷ", "13.200.000.000 đồng"])
def test_a_figure_that_may_belong_to_two_indicators_is_given_to_neither(money: str) -> None:
    filing = read_message(f"thụ lý 402 việc, {money} có điều kiện, 350 việc", FORM)
    assert filing == Filing(
        {Cell("received", CASES): Exact(402, "402 việc"), Cell("enforceable", CASES): Exact(350, "350 việc")},
        leftovers=(money,),
    )


def test_an_indicator_added_to_the_form_file_is_read_without_any_code() -> None:
    file = (resources.files("bot") / "forms" / "short.toml").read_text("utf-8")
    added = """
[[indicator]]
key = "suspended"
name = "đình chỉ thi hành án"
short = "đình chỉ"
en = "suspended"
aliases = ["ĐC"]
"""
    text = "thụ lý 402 việc; dinhf chir 5 việc, 200 triệu; xong 290 việc"
    assert read_message(text, parse_form(file)).leftovers != ()
    assert clean(read_message(text, parse_form(file + added))) == {
        "received.cases": 402,
        "suspended.cases": 5,
        "suspended.money": 200_000_000,
        "resolved.cases": 290,
    }


def test_a_cell_given_twice_with_different_numbers_is_a_conflict() -> None:
    filing = read_message("xong 290 việc, xong 300 việc 3 tỷ", FORM)
    assert filing == Filing(
        {Cell("resolved", MONEY): Exact(3_000_000_000, "3 tỷ")},
        conflicts=((Cell("resolved", CASES), (Exact(290, "290 việc"), Exact(300, "300 việc"))),),
    )


def test_an_exact_figure_settles_an_ambiguous_one_of_the_same_cell() -> None:
    assert clean(read_message("xong 1.304 tỷ (1.304.000.000 đồng)", FORM)) == {"resolved.money": 1_304_000_000}


six = st.tuples(*[st.integers(0, 10**6), st.integers(10**6, 10**15)] * 3)


@settings(max_examples=60)
@given(six, st.permutations(range(3)), st.sampled_from(["\n", "; ", " "]), st.booleans())
def test_six_figures_are_read_in_any_order(figures: tuple[int, ...], order: list[int], gap: str, spoken: bool) -> None:
    names = ("thụ lý", "có điều kiện", "xong")
    money = [money_words(n) if spoken else f"{grouped(n)} đồng" for n in figures[1::2]]
    text = gap.join(f"{names[i]}: {grouped(figures[2 * i])} việc, {money[i]}" for i in order)
    assert clean(read_message(text, FORM)) == dict(zip(ORDER, figures, strict=True))


@settings(max_examples=60)
@given(six)
def test_six_bare_figures_are_read_in_form_order(figures: tuple[int, ...]) -> None:
    assert clean(read_message(" ".join(map(grouped, figures)), FORM)) == dict(zip(ORDER, figures, strict=True))


pieces = "thụ_lý đk xong việc tiền về 3 402 13,2 1.304 tỷ triệu % - / 82% ( ) . ; | blabla năm là trên số tỷ_lệ chưa"
messages = st.lists(st.sampled_from(pieces.split()), max_size=20).map(lambda words: " ".join(words).replace("_", " "))


@settings(max_examples=200)
@given(messages | st.text(max_size=40))
def test_no_message_makes_the_reader_fail(text: str) -> None:
    filing = read_message(text, FORM)
    assert all(leftover and leftover in text for leftover in filing.leftovers)
    assert not filing.cells.keys() & {cell for cell, _ in filing.conflicts}


@settings(max_examples=100)
@given(messages)
def test_a_foreign_word_is_always_handed_back(text: str) -> None:
    assert any("quách" in leftover for leftover in read_message(f"{text} quách", FORM).leftovers)
