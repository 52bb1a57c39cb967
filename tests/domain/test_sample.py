"""The sample figures: made up, and yet they add up to what was published."""

from __future__ import annotations

import tomllib
from datetime import date
from importlib.resources import files
from itertools import pairwise

import pytest

from bot.domain.checks import History, faults, warnings
from bot.domain.figures import Figures, total
from bot.domain.form import Cell, Measure, cell_named, parse_form
from bot.domain.organisation import parse_structure
from bot.domain.period import Period
from bot.domain.wording import percent

STRUCTURE = files("bot.structure")
DATA = tomllib.loads((STRUCTURE / "sample_figures.toml").read_text("utf-8"))
ORGANISATION, _ = parse_structure((STRUCTURE / f"{DATA['structure']}.toml").read_text("utf-8"))
FORM = parse_form((files("bot.forms") / f"{DATA['form']}.toml").read_text("utf-8"))
CELLS = [cell_named(name) for name in DATA["columns"]]
SAMPLE = {
    Period(row["year"], row["month"]): {
        office: Figures(dict(zip(CELLS, values, strict=True))) for office, values in row["offices"].items()
    }
    for row in DATA["period"]
}
OFFICES = [office.key for office in ORGANISATION.offices_of("cum-3", date(2021, 9, 30))]
YEAR = [Period(2021, month) for month in range(1, 13)]
LAST = Period(2021, 12)


def test_the_sample_holds_a_year_and_the_end_of_the_year_before_for_all_seven_offices() -> None:
    held = {period: list(offices) for period, offices in SAMPLE.items()}
    assert held == dict.fromkeys((Period(2020, 12), *YEAR), OFFICES)
    assert ORGANISATION.reporting_from == min(SAMPLE)


def test_the_seven_offices_add_up_exactly_to_the_six_published_totals() -> None:
    assert total(SAMPLE[LAST].values()).to_json() == {
        "received.cases": 2_820,
        "received.money": 93_084_022_000,
        "enforceable.cases": 2_407,
        "enforceable.money": 62_363_443_000,
        "resolved.cases": 2_008,
        "resolved.money": 21_155_130_000,
    }


def test_the_rates_of_the_cluster_are_the_computed_ones() -> None:
    summed = total(SAMPLE[LAST].values())
    rates = [summed.rate(rate, measure) for rate in FORM.rates for measure in Measure]
    assert [percent(rate) for rate in rates if rate is not None] == ["85,35%", "67,00%", "83,42%", "33,92%"]


def test_quan_son_has_the_figures_of_the_review_card() -> None:
    now, before = SAMPLE[LAST]["quan-son"], SAMPLE[Period(2021, 11)]["quan-son"]
    assert list(now.values()) == [210, 6_912_400_000, 185, 4_690_150_000, 158, 1_701_300_000]
    added = now - before
    assert [added[Cell("resolved", measure)] for measure in Measure] == [11, 140_300_000]


@pytest.mark.parametrize("period", SAMPLE)
def test_sample_figures_satisfy_the_form_in_whole_thousands_of_dong(period: Period) -> None:
    for figures in SAMPLE[period].values():
        assert faults(FORM, figures) == ()
        assert [figures[cell] % 1000 for cell in FORM.cells if cell.measure is Measure.MONEY] == [0, 0, 0]


def test_sample_figures_rise_month_by_month_and_give_no_warnings() -> None:
    for before, now in pairwise(YEAR):
        for office in OFFICES:
            assert warnings(FORM, SAMPLE[now][office], History(SAMPLE[before][office])) == ()
            added = SAMPLE[now][office] - SAMPLE[before][office]
            assert all(added[Cell("resolved", measure)] > 0 for measure in Measure)
            assert all(added[Cell("received", measure)] >= 0 for measure in Measure)


def test_the_year_before_ended_lower() -> None:
    risen = total(SAMPLE[LAST].values()) - total(SAMPLE[Period(2020, 12)].values())
    assert all(value > 0 for value in risen.values())


def test_sample_money_is_not_rounded_to_millions() -> None:
    money = [value for offices in SAMPLE.values() for figures in offices.values() for value in figures.values()]
    assert sum(value % 1_000_000 == 0 for value in money) < len(money) // 20
