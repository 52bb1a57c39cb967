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


def figure_lines(
    form: Form, figures: Figures, indicator: str | None = None, measure: Measure | None = None
) -> list[str]:
    """“Thụ lý: **210** việc · **6.912.400.000** đồng”, a line an indicator; only those named, when any is."""
    shown = [one for one in form.indicators if indicator in (None, one.key)]
    return [
        f"{capital(indicator_name(one))}: {' · '.join(amounts)}"
        for one in shown
        if (amounts := _bold_amounts(one, figures, measure))
    ]


def _bold_amounts(indicator: Indicator, figures: Figures, measure: Measure | None) -> list[str]:
    texts = []
    for cell in indicator.cells:
        if cell in figures and measure in (None, cell.measure):
            bold = f"**{number(figures[cell])}**"
            cases = cell.measure is Measure.CASES
            texts.append(say("{number} cases", number=bold) if cases else say("{number} dong", number=bold))
    return texts


def rate_line(form: Form, rate: Rate, figures: Figures) -> str:
    """“Xong đạt **85,41%** về việc (158/185), **36,27%** về tiền (1.701.300.000/4.690.150.000)”."""
    return say(
        "{rate} {verb} **{cases}** in cases ({cases_basis}), **{money}** in money ({money_basis})",
        cases_basis=basis(rate, figures, Measure.CASES),
        money_basis=basis(rate, figures, Measure.MONEY),
        **_rate_fields(form, rate, figures),
    )


def short_rate_line(form: Form, rate: Rate, figures: Figures) -> str:
    """As rate_line, with the basis of the cases only: both money figures stand right above it."""
    return say(
        "{rate} {verb} **{cases}** in cases ({basis}), **{money}** in money",
        basis=basis(rate, figures, Measure.CASES),
        **_rate_fields(form, rate, figures),
    )


def plain_rate_line(form: Form, rate: Rate, figures: Figures) -> str:
    """As rate_line, without a basis: every figure stands right above it."""
    return say("{rate} {verb} **{cases}** in cases, **{money}** in money", **_rate_fields(form, rate, figures))


def one_rate_line(form: Form, rate: Rate, figures: Figures, measure: Measure) -> str:
    """“Xong đạt **33,92%** về tiền (21.155.130.000/62.363.443.000)”."""
    fields = _rate_fields(form, rate, figures)
    return say(
        "{rate} {verb} **{percent}** in {measure} ({basis})",
        rate=fields["rate"],
        verb=fields["verb"],
        percent=percent(figures.rate(rate, measure)),
        measure=measure_name(measure),
        basis=basis(rate, figures, measure),
    )


def _rate_fields(form: Form, rate: Rate, figures: Figures) -> dict[str, str]:
    cases, money = (percent(figures.rate(rate, measure)) for measure in Measure)
    name = capital(indicator_name(form.indicator(rate.numerator)))
    return {"rate": name, "verb": local(rate.verb, "reaches"), "cases": cases, "money": money}


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


def clipped(text: str, longest: int = 60) -> str:
    """A person's own words as they are told back: whole when short, else their beginning."""
    text = " ".join(text.split())
    return text if len(text) <= longest else text[:longest].rstrip() + "…"


def names(offices: Sequence[Office]) -> str:
    return ", ".join(office.name for office in offices)


def count_line(filed: int, offices: Sequence[Office], missing: Sequence[Office]) -> str:
    """“7/7 đơn vị”, or “mới có **5/7 đơn vị** (thiếu Mường Lát, Thường Xuân)”."""
    if not missing:
        return say("{filed}/{all} offices", filed=filed, all=len(offices))
    return say("only **{filed}/{all} offices** (missing: {names})", filed=filed, all=len(offices), names=names(missing))


def nobody_line(period: Period) -> str:
    return say(
        "No office has filed **{period}** ({range}) yet.", period=period_name(period), range=period_range(period)
    )


def at(instant: datetime) -> str:
    return say("{hour} on {day}", hour=hour(instant), day=day(instant.astimezone(TIMEZONE).date()))


def channel_name(name: str) -> str:
    return {"telegram": "Telegram", "zalo": "Zalo"}.get(name) or say("the web chat")


def time_left(deadline: datetime, now: datetime) -> str:
    """“Còn 2 giờ 20 phút đến hạn (17:00 thứ Hai 04/10/2021).”, or that it has passed."""
    if now <= deadline:
        left = wording.duration(deadline - now)
        return say("{left} left until the deadline ({deadline}).", left=left, deadline=moment(deadline))
    return say("The deadline ({deadline}) has passed.", deadline=moment(deadline))


def countdown(deadline: datetime, now: datetime) -> str:
    """The same beside the deadline itself: “Còn 2 giờ 20 phút đến hạn.”."""
    if now <= deadline:
        return say("{left} left until the deadline.", left=wording.duration(deadline - now))
    return say("The deadline has passed {left} ago.", left=wording.duration(now - deadline))


def points(difference: Fraction) -> str:
    return wording.points(abs(difference))
