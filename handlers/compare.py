"""Against last month, against the same period last year, or one office against another."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from bot.asking import Inquiry, again, short_name, understand
from bot.cards import amount, indicator_name, names, period_name, period_range, plain_rate_line, points
from bot.chat import Choice, Reply
from bot.dialogue import Conversation, Heard, Move
from bot.domain.change import Pair, paired
from bot.domain.figures import Figures, total
from bot.domain.folding import fold
from bot.domain.form import Measure
from bot.domain.organisation import Office, Unit
from bot.domain.period import Period
from bot.domain.person import Act
from bot.domain.question import Against, Intent
from bot.domain.reach import offices_in
from bot.filing import default_period, tally
from bot.i18n import capital, gloss, percent, say
from bot.ports import Desk


async def open_(desk: Desk, heard: Heard) -> Move:
    asked = await understand(desk, heard, Intent.COMPARE)
    if len(asked.units) > 1:
        apart = asked.units[0] != asked.units[1]
        return asked.answered(await _units(desk, asked) if apart else _with_what(asked, short_name(asked.unit)))
    named, this = asked.question.periods, default_period(heard.now)
    if asked.question.against is not Against.PERIOD or len(named) != 1 or not _BASE.search(fold(heard.text)):
        return asked.answered(await _periods(desk, asked))
    if named[0] >= this:
        return asked.answered(_with_what(asked, period_name(asked.period)))
    question = replace(asked.question, periods=(this, *named), against=Against.PERIOD)
    return asked.answered(await _periods(desk, replace(asked, period=this, question=question)))


# "tăng bao nhiêu so với tháng 8": the one period named is what this one is compared with.
_BASE = re.compile(
    r"\b(?:so voi|so|hon|kem)(?: ket qua| so lieu| cua)* (?:(?:thang|t|ki|qui|nam) ?\d|\d{1,2} ?thang|thang truoc nua)"
)


def _with_what(asked: Inquiry, name: str) -> Reply:
    """Only what it is to be compared with is known: itself."""
    return Reply(say("Compare {name} with what?", name=name), (_last_month(asked), _last_year(asked)))


async def _periods(desk: Desk, asked: Inquiry) -> Reply:
    later, before = _two(asked)
    if before is None:
        text = say("{period} is the first of its year: there is no month before it.", period=period_name(asked.period))
        return Reply(capital(text), (_last_year(asked),))
    keys = [office.key for office in asked.offices]
    now, then = [await _figures(desk, asked, asked.offices, one) for one in (later, before)]
    pair = paired(keys, now, then)
    versus = say("{period} against {before}", period=period_name(later), before=period_name(before))
    counted = say("{filed}/{all} offices", filed=len(pair.both), all=len(keys))
    lines = [
        f"**{capital(short_name(asked.unit))} · {versus}** — {counted}",
        f"{period_range(later)} · {period_range(before)}",
        *(_changes(asked, pair) if pair.both else [say("There is no figure yet.")]),
    ]
    if pair.left_out:
        missing = [office for office in asked.offices if office.key in pair.left_out]
        lines.append(say("Not counted, one of the two is missing: {names}.", names=names(missing)))
    other = _last_month(asked) if before == asked.period.a_year_before else _last_year(asked)
    return Reply("\n".join(lines), (other, again(say("Totals"), "tong", asked)))


def _two(asked: Inquiry) -> tuple[Period, Period | None]:
    """The later and the earlier period: the two named, or this one and last year's, or the month before it, if any."""
    match asked.question.against:
        case Against.PERIOD if len(asked.question.periods) > 1:
            earlier, later = sorted(asked.question.periods[:2])
            return later, earlier
        case Against.LAST_YEAR:
            return asked.period, asked.period.a_year_before
    return asked.period, asked.period.previous


def _last_year(asked: Inquiry) -> Choice:
    return again(say("Same period last year"), "sosanh", asked, "cung ky")


def _last_month(asked: Inquiry) -> Choice:
    return again(say("Last month"), "sosanh", asked, "thang truoc")


async def _figures(desk: Desk, asked: Inquiry, offices: Sequence[Office], period: Period) -> dict[str, Figures]:
    found = await tally(desk.reports, offices, asked.form, period)
    return {key: report.figures for key, report in found.reports.items()}


def _changes(asked: Inquiry, pair: Pair) -> list[str]:
    """One line an indicator and measure, then the main rate in percentage points."""
    lines = []
    for indicator in asked.form.indicators:
        for cell in indicator.cells:
            if asked.indicator not in (None, indicator.key) or asked.measure not in (None, cell.measure):
                continue
            now, before = pair.now.get(cell, 0), pair.before.get(cell, 0)
            label = f"{capital(indicator_name(indicator))}: **{amount(cell.measure, now)}**"
            lines.append(f"{label}, {_grown(cell.measure, now, before)}")
    return [*lines, *_rate_changes(asked, pair)]


def _grown(measure: Measure, now: int, before: int) -> str:
    if now == before:
        return say("unchanged")
    by, rate = amount(measure, abs(now - before)), Fraction(abs(now - before), before) if before else None
    share = f" ({percent(rate)})" if rate is not None else ""
    return (say("up {amount}", amount=by) if now > before else say("down {amount}", amount=by)) + share


def _rate_changes(asked: Inquiry, pair: Pair) -> list[str]:
    rate, lines = asked.form.rates[-1], []
    name = capital(indicator_name(asked.form.indicator(rate.numerator)))
    for measure in Measure:
        now, before = pair.now.rate(rate, measure), pair.before.rate(rate, measure)
        if now is None or before is None or asked.measure not in (None, measure):
            continue
        cases = measure is Measure.CASES
        label = say("rate in cases") if cases else say("rate in money")
        lines.append(f"{name}, {label}: **{percent(now)}**, {_points(now - before)}")
    return lines


def _points(difference: Fraction) -> str:
    if not difference:
        return say("unchanged")
    by = points(difference)
    return say("up {points} points", points=by) if difference > 0 else say("down {points} points", points=by)


async def _units(desk: Desk, asked: Inquiry) -> Reply:
    """Each unit's figures and main rate, and by how much the first differs from the others."""
    title = say("Comparison")
    lines = [f"**{title} · {period_name(asked.period)}**", period_range(asked.period)]
    sums: list[tuple[Unit, Figures]] = []
    for unit in asked.units:
        offices = offices_in(unit, asked.organisation, asked.period.end)
        found = await _figures(desk, asked, offices, asked.period)
        sums.append((unit, total(found.values())))
        lines += _unit_lines(asked, unit, sums[-1][1], len(found), len(offices))
    lines += [line for other in sums[1:] for line in _difference(asked, sums[0], other)]
    return Reply("\n".join(lines))


def _unit_lines(asked: Inquiry, unit: Unit, figures: Figures, filed: int, offices: int) -> list[str]:
    name = f"**{capital(short_name(unit))}**"
    if not filed:
        return [name + ": " + say("no figure yet")]
    counted = "" if isinstance(unit, Office) else f" ({filed}/{offices})"
    return [f"{name}{counted}: {plain_rate_line(asked.form, asked.form.rates[-1], figures)}"]


def _difference(asked: Inquiry, one: tuple[Unit, Figures], other: tuple[Unit, Figures]) -> list[str]:
    rate, parts = asked.form.rates[-1], []
    for measure in Measure:
        mine, theirs = one[1].rate(rate, measure), other[1].rate(rate, measure)
        if mine is None or theirs is None:
            continue
        parts.append(_gap(measure, mine - theirs))
    if not parts:
        return []
    return [
        say(
            "{one} against {other}: {parts}.",
            one=capital(short_name(one[0])),
            other=short_name(other[0]),
            parts=", ".join(parts),
        )
    ]


def _gap(measure: Measure, difference: Fraction) -> str:
    by, higher = points(difference), difference >= 0
    if measure is Measure.CASES:
        return (
            say("{points} points higher in cases", points=by)
            if higher
            else say("{points} points lower in cases", points=by)
        )
    return (
        say("{points} points higher in money", points=by)
        if higher
        else say("{points} points lower in money", points=by)
    )


conversation = Conversation(
    name=Intent.COMPARE,
    commands=("sosanh",),
    about=gloss("Compare months, years, offices"),
    open=open_,
    needs=Act.READ,
)
