"""The official summary sentence of a unit's figures, by the form's own wording."""

from __future__ import annotations

import re

from bot.domain.figures import Figures
from bot.domain.form import Cell, Form, Measure, cell_named
from bot.domain.period import LAST_MONTH, Period, name
from bot.domain.wording import grouped, percent

_BLANK = re.compile(r"\{([a-z_.]+)(%?)\}")
NO_FIGURE = "chưa có số"


def paragraph(form: Form, unit: str, period: Period, figures: Figures, digits: int = 0) -> str:
    """The form's sentence with its blanks filled; `digits` (0 to 2) decimals in its percentages, rounded half up.

    It reads back to the same figures. ValueError for a blank that names neither figure nor rate of the form."""

    def fill(blank: re.Match[str]) -> str:
        if blank[1] in ("unit", "period"):
            return unit if blank[1] == "unit" else period_words(period)
        cell = cell_named(blank[1])
        return _rate(form, figures, cell, digits) if blank[2] else _figure(figures, cell)

    return _BLANK.sub(fill, form.paragraph.strip())


def _figure(figures: Figures, cell: Cell) -> str:
    """A form may have got an indicator that earlier periods do not know."""
    return grouped(figures[cell]) if cell in figures else NO_FIGURE


def _rate(form: Form, figures: Figures, cell: Cell, digits: int) -> str:
    rate = figures.rate(form.rate(cell.indicator), Measure(cell.measure))
    return NO_FIGURE if rate is None else percent(rate, digits)


def period_words(period: Period) -> str:
    """
    >>> period_words(Period(2021, 12)), period_words(Period(2026, 5))
    ('Năm 2021', '5 tháng năm 2026')
    """
    return f"Năm {period.year}" if period.month == LAST_MONTH else name(period)
