"""What several conversations show: periods, figures, rates, who has filed, how long is left."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from fractions import Fraction

from bot.domain import wording
from bot.domain.calendar import TIMEZONE
from bot.domain.figures import Figures
from bot.domain.form import Cell, Form, Indicator, Measure, Rate
from bot.domain.organisation import Office
from bot.domain.period import Period
from bot.domain.report import Revision
from bot.i18n import capital, day, hour, local, moment, number, percent, say


def period_name(period: Period) -> str:
    """“12 tháng năm 2021”."""
    return say("{months} months of {year}", months=period.month, year=period.year)


def period_words(period: Period) -> str:
    """The period as a button's token says it and the reader reads it: ASCII."""
    return f"{period.month} thang nam {period.year}"


def period_range(period: Period) -> str:
    """“01/10/2020–30/9/2021”."""
    return wording.range_words(period.start, period.end)


def indicator_name(indicator: Indicator) -> str:
    return local(indicator.short, indicator.en)


def measure_name(measure: Measure) -> str:
    return say("cases") if measure is Measure.CASES else say("money")


def cell_name(form: Form, cell: Cell) -> str:
    """“tiền xong”, “việc thụ lý”."""
    indicator = indicator_name(form.indicator(cell.indicator))
    if cell.measure is Measure.CASES:
        return say("cases {indicator}", indicator=indicator)
    return say("money {indicator}", indicator=indicator)


def amount(measure: Measure, value: int) -> str:
    """“402 việc”, “3.100.000.000 đồng”."""
    if measure is Measure.CASES:
        return say("{number} cases", number=number(value))
    return say("{number} dong", number=number(value))


def figure_lines(form: Form, figures: Figures) -> list[str]:
    """One line an indicator: “Thụ lý: **210** việc · **6.912.400.000** đồng”."""
    return [
        f"{capital(indicator_name(one))}: {' · '.join(_bold_amounts(one, figures))}"
        for one in form.indicators
        if any(cell in figures for cell in one.cells)
    ]


def _bold_amounts(indicator: Indicator, figures: Figures) -> list[str]:
    texts = []
    for cell in indicator.cells:
        if cell in figures:
            bold = f"**{number(figures[cell])}**"
            cases = cell.measure is Measure.CASES
            texts.append(say("{number} cases", number=bold) if cases else say("{number} dong", number=bold))
    return texts


def rate_name(rate: Rate) -> str:
    return capital(local(rate.name, rate.en))


def rate_line(form: Form, rate: Rate, figures: Figures) -> str:
    """“Xong đạt **85,41%** về việc (158/185), **36,27%** về tiền (1.701.300.000/4.690.150.000)”."""
    cases, money = (figures.rate(rate, measure) for measure in Measure)
    return say(
        "{rate} {verb} **{cases}** in cases ({cases_basis}), **{money}** in money ({money_basis})",
        rate=capital(indicator_name(form.indicator(rate.numerator))),
        verb=local(rate.verb, "reaches"),
        cases=percent(cases),
        cases_basis=basis(rate, figures, Measure.CASES),
        money=percent(money),
        money_basis=basis(rate, figures, Measure.MONEY),
    )


def short_rate_line(form: Form, rate: Rate, figures: Figures) -> str:
    """As rate_line, with the basis of the cases only: both money figures stand right above it."""
    cases, money = (figures.rate(rate, measure) for measure in Measure)
    return say(
        "{rate} {verb} **{cases}** in cases ({basis}), **{money}** in money",
        rate=capital(indicator_name(form.indicator(rate.numerator))),
        verb=local(rate.verb, "reaches"),
        cases=percent(cases),
        basis=basis(rate, figures, Measure.CASES),
        money=percent(money),
    )


def plain_rate_line(form: Form, rate: Rate, figures: Figures) -> str:
    """As rate_line, without a basis: every figure stands right above it."""
    cases, money = (figures.rate(rate, measure) for measure in Measure)
    return say(
        "{rate} {verb} **{cases}** in cases, **{money}** in money",
        rate=capital(indicator_name(form.indicator(rate.numerator))),
        verb=local(rate.verb, "reaches"),
        cases=percent(cases),
        money=percent(money),
    )


def basis(rate: Rate, figures: Figures, measure: Measure) -> str:
    """“158/185”: what was divided by what."""
    return "/".join(number(figures.get(Cell(key, measure), 0)) for key in (rate.numerator, rate.denominator))


def in_words(form: Form, figures: Figures) -> str:
    """“thụ lý sáu tỷ … đồng; có điều kiện …; xong …”: money spelt out, so that a wrong zero is heard."""
    spoken = [
        f"{indicator_name(one)} {wording.money_words(figures[Cell(one.key, Measure.MONEY)])}"
        for one in form.indicators
        if Cell(one.key, Measure.MONEY) in figures
    ]
    return say("In words: {amounts}.", amounts="; ".join(spoken))


def names(offices: Sequence[Office]) -> str:
    return ", ".join(office.name for office in offices)


def count_line(filed: int, offices: Sequence[Office], missing: Sequence[Office]) -> str:
    """“7/7 đơn vị”, or “mới có **5/7 đơn vị** (thiếu Mường Lát, Thường Xuân)”."""
    if not missing:
        return say("{filed}/{all} offices", filed=filed, all=len(offices))
    return say("only **{filed}/{all} offices** (missing: {names})", filed=filed, all=len(offices), names=names(missing))


def filed_when(revision: Revision) -> str:
    """“08:12 ngày 01/10/2021”, by the minute the message was sent."""
    return at(revision.sent_at)


def at(instant: datetime) -> str:
    return say("{hour} on {day}", hour=hour(instant), day=day(instant.astimezone(TIMEZONE).date()))


def time_left(deadline: datetime, now: datetime) -> str:
    """“Còn 2 giờ 20 phút đến hạn (17:00 thứ Hai 04/10/2021).”, or that it has passed."""
    if now <= deadline:
        left = wording.duration(deadline - now)
        return say("{left} left until the deadline ({deadline}).", left=left, deadline=moment(deadline))
    return say("The deadline ({deadline}) has passed.", deadline=moment(deadline))


def points(difference: Fraction) -> str:
    return wording.points(abs(difference))
