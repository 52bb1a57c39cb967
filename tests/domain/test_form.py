"""Forms: what a form file may say, and that both shipped forms hold what the circulars ask."""

from __future__ import annotations

from importlib.resources import files

import pytest

from bot.domain.checks import Exceeds, NotEqual, faults
from bot.domain.figures import Figures
from bot.domain.form import Cell, Form, Measure, Rate, cell_named, parse_form
from bot.errors import BadForm

CASES, MONEY = Measure.CASES, Measure.MONEY


def shipped(key: str) -> Form:
    return parse_form((files("bot.forms") / f"{key}.toml").read_text("utf-8"))


def test_the_short_form_has_six_cells_with_cases_before_money() -> None:
    assert [cell.name for cell in shipped("short").cells] == [
        "received.cases",
        "received.money",
        "enforceable.cases",
        "enforceable.money",
        "resolved.cases",
        "resolved.money",
    ]


def test_the_rate_of_resolved_is_over_enforceable_and_not_over_received() -> None:
    form = shipped("short")
    assert form.rate_of("resolved") == Rate("resolved", "xong", "resolved", "resolved", "enforceable", "đạt")
    assert form.rate_of("enforceable") == Rate(
        "enforceable", "có điều kiện", "enforceable", "enforceable", "received", "chiếm"
    )
    assert form.rate_of("received") is None


def test_what_is_enforceable_may_fall_within_a_year_and_the_others_may_not() -> None:
    assert {one.key: one.non_decreasing for one in shipped("short").indicators} == {
        "received": True,
        "enforceable": False,
        "resolved": True,
    }


def test_giam_is_money_only() -> None:
    assert shipped("full").indicator("reduced").cells == (Cell("reduced", MONEY),)


FULL_YEAR = {
    "carried_over.cases": 299_096,
    "new.cases": 636_950,
    "received.cases": 936_046,
    "entrusted.cases": 12_004,
    "withdrawn.cases": 501,
    "to_enforce.cases": 923_541,
    "enforceable.cases": 700_000,
    "not_yet_enforceable.cases": 200_000,
    "resolved.cases": 580_000,
    "suspended.cases": 10_000,
    "carried_forward.cases": 333_541,
    "carried_over.money": 60_000,
    "new.money": 40_000,
    "received.money": 100_000,
    "entrusted.money": 1_000,
    "withdrawn.money": 0,
    "to_enforce.money": 99_000,
    "enforceable.money": 53_266,
    "not_yet_enforceable.money": 40_000,
    "resolved.money": 34_110,
    "suspended.money": 17_034,
    "reduced.money": 2_122,
    "carried_forward.money": 45_734,
}


def test_published_figures_satisfy_the_full_form() -> None:
    assert faults(shipped("full"), Figures.from_json(FULL_YEAR)) == ()


def test_giam_counts_in_money_and_for_nothing_in_cases() -> None:
    form = shipped("full")
    wrong = Figures.from_json({**FULL_YEAR, "reduced.money": 2_123})
    assert faults(form, wrong) == (
        Exceeds(form.relations[3], MONEY, 53_267, 53_266),
        NotEqual(form.relations[4], MONEY, 45_733, 45_734),
    )


def test_the_sum_of_old_and_new_must_equal_the_total() -> None:
    form = shipped("full")
    wrong = Figures.from_json({**FULL_YEAR, "new.cases": 636_951})
    assert faults(form, wrong) == (NotEqual(form.relations[0], CASES, 936_047, 936_046),)


def test_a_cell_is_read_back_from_its_name() -> None:
    form = shipped("full")
    assert tuple(cell_named(cell.name) for cell in form.cells) == form.cells


@pytest.mark.parametrize("name", ["received", "received.tiền", "", ".cases"])
def test_a_word_that_names_no_cell_is_refused(name: str) -> None:
    with pytest.raises(ValueError):
        cell_named(name)


def test_every_fault_of_a_form_is_listed_at_once() -> None:
    text = """
key = "x"
name = "biểu"
valid_from = "2010"
colour = "red"
[[indicator]]
key = "a"
name = "thụ lý"
short = "thụ lý"
en = "a"
[[indicator]]
key = "a"
name = "Thụ lí"
short = "xong"
en = "b"
measures = ["money", "goats"]
[[relation]]
kind = "less"
left = ["c"]
right = ["a"]
[[rate]]
key = "r"
name = "r"
en = "r"
numerator = "a"
denominator = "d"
"""
    with pytest.raises(BadForm) as caught:
        parse_form(text)
    assert caught.value.faults == (
        "form: en must be a text",
        "form: valid_from must be a date",
        "indicator a: measures must be some of cases, money",
        "relation 1: kind must be equal or at_most",
        "form: unknown field colour",
        "indicator a: key used twice",
        "relation 1: no indicator c",
        "rate r: no indicator d",
        "relation 1: no cases on one side",
        "relation 1: no money on one side",
    )


def test_one_word_never_means_two_indicators() -> None:
    row = '[[indicator]]\nkey = "{}"\nname = "{}"\nshort = "{}"\nen = "x"\naliases = ["{}"]\n'
    head = 'key = "x"\nname = "x"\nen = "x"\nvalid_from = 2010-01-01\n'
    with pytest.raises(BadForm) as caught:
        parse_form(head + row.format("a", "thụ lý", "thụ lý", "TL") + row.format("b", "xong", "xong", "tl"))
    assert caught.value.faults == ("indicator b: “tl” already means a",)


@pytest.mark.parametrize("text", ["key = ", 'key = "x"'])
def test_a_file_that_is_no_form_is_refused(text: str) -> None:
    with pytest.raises(BadForm):
        parse_form(text)


def test_a_relation_on_a_measure_that_it_lacks_is_refused() -> None:
    text = (files("bot.forms") / "full.toml").read_text("utf-8")
    idle = '[[relation]]\nkind = "at_most"\nleft = ["reduced"]\nright = ["enforceable"]\n'
    with pytest.raises(BadForm) as caught:
        parse_form(text + idle)
    assert caught.value.faults == ("relation 6: no cases on one side",)
