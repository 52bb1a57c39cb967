"""How questions are read: what is asked back, what a follow-up takes over, what is never assumed."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from fractions import Fraction
from importlib.resources import files
from itertools import islice, permutations
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.asked import Against, Asked, By, Change, Format, Question, Whole
from bot.domain.followup import a_month_before
from bot.domain.form import Measure, parse_form
from bot.domain.intent import Intent
from bot.domain.period import Period
from bot.domain.question import read
from tests.domain.questions import FORM, ORGANISATION, TODAY, cases

FULL = parse_form((files("bot.forms") / "full.toml").read_text("utf-8"))
T9 = Period(2021, 12)
TEXTS = [case.text for case in cases("questions.txt")]


def ask(text: str, before: Asked | None = None, command: Intent | None = None) -> Question:
    return read(text, ORGANISATION, FORM, TODAY, command=command, before=before)


def keys(question: Question) -> list[str]:
    return [unit.key for unit in question.units]


@pytest.mark.parametrize("text", ["tổng Hà Nội tháng 9", "tong cum 4", "số liệu Như Xuân", "tỷ lệ quan"])
def test_a_name_that_fits_no_unit_is_never_ones_own_cluster(text: str) -> None:
    question = ask(text)
    assert (question.sure, keys(question), question.whole, bool(question.unknown)) == (False, [], None, True)


def test_an_unknown_name_is_told_as_it_was_typed_with_the_nearest_units() -> None:
    question = ask("quan", command=Intent.OFFICE)
    assert (question.unknown, question.intent) == ("quan", Intent.OFFICE)
    assert [unit.key for unit in question.nearest][:2] == ["quan-hoa", "quan-son"]


@pytest.mark.parametrize(
    "text", ["tổng để báo cáo sếp", "tổng giúp em với ạ", "cho tôi hỏi tổng với", "tong gap de hop"]
)
def test_politeness_and_reasons_are_no_names(text: str) -> None:
    assert (ask(text).intent, ask(text).unknown, ask(text).unread) == (Intent.TOTALS, "", ())


@pytest.mark.parametrize(
    ("text", "unread"),
    [
        ("tổng cụm 3 trừ Quan Sơn", ("trừ Quan Sơn",)),
        ("tổng tháng 13", ("13",)),
        ("tỷ lệ tuần này của Quan Sơn", ("tuần này",)),
        ("Quan Sơn chưa xong bao nhiêu việc", ("chưa xong",)),
    ],
)
def test_what_nobody_answers_is_told_back_and_not_passed_over(text: str, unread: tuple[str, ...]) -> None:
    assert (ask(text).sure, ask(text).unread) == (False, unread)
    assert not ask(text, command=Intent.TOTALS).sure


def test_a_command_fixes_the_intent_whatever_else_the_words_say() -> None:
    question = ask("ai chưa nộp cụm 3", command=Intent.TOTALS)
    assert (question.intent, question.others, keys(question)) == (Intent.TOTALS, (), ["cum-3"])


def test_two_readings_that_are_as_likely_are_asked_about() -> None:
    question = ask("số liệu tháng 9")
    assert (question.intent, question.others) == (None, (Intent.TOTALS, Intent.OFFICE))


@pytest.mark.parametrize("text", ["", " ", "?", "asdf", "chào đồng chí", "cảm ơn", "hôm nay trời đẹp quá", "😀"])
def test_what_is_no_question_has_no_likely_intent_either(text: str) -> None:
    assert (ask(text).intent, ask(text).others) == (None, ())


def test_units_come_in_the_order_of_the_words_and_once() -> None:
    assert keys(ask("so Cẩm Thủy với Ngọc Lặc và Cẩm Thủy")) == ["cam-thuy", "ngoc-lac"]


def test_thang_9_offers_its_other_reading() -> None:
    question = ask("tổng cụm 3 tháng 9")
    assert (question.periods, question.alternatives) == ((T9,), (Period(2021, 9),))


def test_a_supposition_tells_how_much_more_of_what() -> None:
    question = ask("nếu Mường Lát xong thêm 10 việc 500 triệu")
    assert (question.indicator, question.change) == ("resolved", Change.MORE)
    assert [(one.measure, getattr(one.reading, "value", None)) for one in question.amounts] == [
        (Measure.CASES, 10),
        (Measure.MONEY, 500_000_000),
    ]


def test_a_wanted_rate_is_an_exact_fraction() -> None:
    assert ask("còn thiếu bao nhiêu việc để đạt 83,9%").percent == Fraction(839, 1000)


def test_a_file_may_be_asked_for_by_its_kind() -> None:
    assert [ask(f"xuất {kind} cụm 3").format for kind in ("excel", "word", "csv")] == list(Format)


def test_a_month_before_in_a_follow_up_is_the_one_before_that_was_asked_about() -> None:
    before = Asked(Intent.OFFICE, ("quan-son",), Period(2021, 11))
    assert ask("tháng trước?", before).periods == (Period(2021, 10),)
    assert ask("số liệu Quan Sơn tháng trước", before).periods == (T9,)
    assert a_month_before(Period(2021, 1)) == Period(2020, 12)


def test_what_a_follow_up_takes_over_is_named() -> None:
    before = Asked(Intent.TOTALS, ("cum-3",), T9, "resolved", Measure.CASES)
    question = ask("còn tiền?", before)
    assert (question.intent, keys(question), question.periods) == (Intent.TOTALS, ["cum-3"], (T9,))
    assert (question.indicator, question.measure) == ("resolved", Measure.MONEY)
    assert question.inherited == {"intent", "units", "periods", "indicator"}


def test_a_question_of_its_own_takes_nothing_over() -> None:
    before = Asked(Intent.OFFICE, ("quan-son",), Period(2021, 11), "resolved", Measure.MONEY)
    assert ask("ai chưa nộp", before) == ask("ai chưa nộp")


def test_only_commands_about_what_was_shown_last_lean_on_it() -> None:
    before = Asked(Intent.OFFICE, ("quan-son",), Period(2021, 11))
    assert keys(ask("", before, Intent.SOURCE)) == ["quan-son"]
    assert keys(ask("", before, Intent.TOTALS)) == []


def test_one_office_stays_when_it_is_compared_with_another() -> None:
    before = Asked(Intent.COMPARE, ("cam-thuy", "ngoc-lac"), T9, against=Against.OFFICE)
    question = ask("thế với Bá Thước?", before)
    assert (keys(question), question.against) == (["cam-thuy", "ba-thuoc"], Against.OFFICE)


def test_units_that_are_gone_are_not_taken_over() -> None:
    assert keys(ask("còn tiền?", Asked(Intent.RATES, ("hà-nội", "quan-son"), T9))) == ["quan-son"]


def test_whose_units_are_left_to_the_caller() -> None:
    texts = ("tỷ lệ đơn vị tôi", "cả cụm thụ lý bao nhiêu", "toàn tỉnh thụ lý bao nhiêu")
    assert [ask(text).whole for text in texts] == [Whole.OFFICE, Whole.CLUSTER, Whole.PROVINCE]


def test_what_was_asked_survives_json() -> None:
    asked = Asked(Intent.COMPARE, ("quan-son",), T9, "resolved", Measure.MONEY, Against.LAST_YEAR, By.ON_TIME)
    for one in (asked, Asked(Intent.TOTALS)):
        assert Asked.from_json(json.loads(json.dumps(one.to_json()))) == one


def test_the_full_form_knows_its_own_indicators() -> None:
    question = read("Quan Sơn chưa có điều kiện bao nhiêu việc", ORGANISATION, FULL, TODAY)
    assert question.sure
    assert question.indicator == "not_yet_enforceable"


@given(st.text(max_size=80), st.sampled_from([None, *Intent]))
def test_any_text_can_be_read(text: str, command: Intent | None) -> None:
    before = Asked(Intent.COMPARE, ("quan-son",), Period(2021, 1), against=Against.LAST_YEAR)
    for question in (ask(text, command=command), ask(text, before)):
        assert len(question.others) <= 3
        assert len(question.nearest) <= 3


@given(st.lists(st.sampled_from(TEXTS), min_size=1, max_size=3))
def test_questions_run_together_are_read_without_harm(texts: list[str]) -> None:
    assert len(ask(", ".join(texts)).others) <= 3


def test_a_question_among_355_offices_takes_less_than_a_few_milliseconds() -> None:
    syllables = [
        "An",
        "Bắc",
        "Cam",
        "Đại",
        "Giang",
        "Hoa",
        "Khe",
        "Lam",
        "Minh",
        "Nam",
        "Phú",
        "Quang",
        "Tân",
        "Vĩnh",
        "Yên",
        "Thịnh",
        "Lộc",
        "Kiên",
        "Đông",
        "Hạ",
    ]
    names = [" ".join(pair) for pair in islice(permutations(syllables, 2), 348)]
    office = ORGANISATION.offices[0]
    more = tuple(replace(office, key=f"office-{n}", name=name, aliases=()) for n, name in enumerate(names))
    many = replace(ORGANISATION, offices=(*ORGANISATION.offices, *more))
    texts = TEXTS[:200]
    read(texts[0], many, FORM, TODAY)
    began = process_time()
    for text in texts:
        read(text, many, FORM, TODAY)
    assert process_time() - began < 0.005 * len(texts)


def test_a_very_long_text_takes_time_in_proportion() -> None:
    began = process_time()
    read("so với Quan Sơn tháng 9 nếu thêm 10 việc thì đạt chưa " * 500, ORGANISATION, FORM, date(2021, 10, 2))
    assert process_time() - began < 5
