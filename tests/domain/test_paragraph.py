"""The official paragraph reads back through the reader of filings to the very figures it was written from."""

from __future__ import annotations

import re
from datetime import date
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain import checks
from bot.domain.figures import Figures
from bot.domain.form import Form, Measure, parse_form
from bot.domain.message import read_message
from bot.domain.organisation import parse_structure
from bot.domain.paragraph import paragraph
from bot.domain.period import Period
from bot.domain.reading import Exact
from bot.domain.subject import read_question

TODAY = date(2021, 10, 2)
ORGANISATION, _ = parse_structure((files("bot.structure") / "thanh-hoa-3.toml").read_text("utf-8"))
SHORT, FULL = (parse_form((files("bot.forms") / f"{name}.toml").read_text("utf-8")) for name in ("short", "full"))
UNITS = {"quan-son": "Chi cục THADS Quan Sơn", "cum-3": "Cụm thi đua số 3", "thanh-hoa": "THADS tỉnh Thanh Hóa"}

UNREAD = {"khi trừ"}  # of the full form's sentence: "Sau khi trừ ủy thác …"; it costs no figure
MOST = {Measure.CASES: 99_999, Measure.MONEY: 10**13}
SMALLER = ("resolved", "enforceable", "to_enforce", "received")  # none is larger than the next


@st.composite
def figures(draw: st.DrawFn, form: Form) -> Figures:
    """Any figures whose rates are no more than 100 %."""
    found = {cell: draw(st.integers(1, MOST[cell.measure])) for cell in form.cells}
    for measure in Measure:
        chain = [cell for key in SMALLER for cell in found if cell.indicator == key and cell.measure is measure]
        found |= dict(zip(chain, sorted(found[cell] for cell in chain), strict=True))
    return Figures(found)


@pytest.mark.parametrize("form", [SHORT, FULL], ids=["short", "full"])
@pytest.mark.parametrize("unit", UNITS)
@pytest.mark.parametrize("digits", range(3))
@given(data=st.data(), month=st.integers(1, 12))
def test_it_reads_back_to_the_same_figures(form: Form, unit: str, digits: int, data: st.DataObject, month: int) -> None:
    written, period = data.draw(figures(form)), Period(2021, month)
    text = paragraph(form, UNITS[unit], period, written, digits)
    question = read_question(text, ORGANISATION, TODAY)
    filing = read_message(question.figures, form)
    read = {cell: one.value for cell, one in filing.cells.items() if isinstance(one, Exact)}
    named = set(re.findall(r"\{([a-z_.]+)\}", form.paragraph))
    assert ([one.key for one in question.units], question.periods) == ([unit], (period,))
    assert read == {cell: written[cell] for cell in form.cells if cell.name in named}
    assert (set(filing.leftovers) - UNREAD, filing.conflicts) == (set(), ())
    assert checks.warnings(form, written, checks.History(), filing.percents) == ()
