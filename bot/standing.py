"""How a unit stands against its targets, in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.cards import amount, basis, measure_name, points
from bot.domain.figures import Figures
from bot.domain.form import Cell, Form, Measure, Rate
from bot.domain.organisation import Organisation, Unit
from bot.domain.period import LAST_MONTH, Period
from bot.domain.reach import chain
from bot.domain.target import Standing, Target, in_force, judge, still_missing
from bot.i18n import percent, say


@dataclass(frozen=True, slots=True)
class Against:
    """One rate, of one measure, beside its target; `standing` is None while there is nothing to divide by."""

    rate: Rate
    measure: Measure
    target: Target
    standing: Standing | None


def against_targets(
    targets: Sequence[Target], unit: Unit, period: Period, form: Form, organisation: Organisation, figures: Figures
) -> list[Against]:
    """The main rate beside its targets in force: việc, then tiền; measures without a target are left out."""
    rate, found = form.rates[-1], []
    units = chain(unit, organisation, period.end)
    for measure in Measure:
        target = in_force(targets, units, period, rate.key, measure)
        if target:
            value = figures.rate(rate, measure)
            standing = None if value is None else judge(value, target.value, period)
            found.append(Against(rate, measure, target, standing))
    return found


def short_line(found: Sequence[Against]) -> str:
    """“Chỉ tiêu trên 82,00% và trên 40,00%: **đạt** về việc (vượt 1,42), **chưa đạt** về tiền (thiếu 6,08).”"""
    goals = [percent(one.target.value) for one in found]
    verdicts = ", ".join(_verdict(one) for one in found)
    if len(goals) == 2:
        return say("Target above {one} and above {other}: {verdicts}.", one=goals[0], other=goals[1], verdicts=verdicts)
    return say("Target above {one}: {verdicts}.", one=goals[0], verdicts=verdicts)


def _verdict(one: Against) -> str:
    measure = measure_name(one.measure)
    if one.standing is None:
        return say("no figure yet in {measure}", measure=measure)
    gap = points(one.standing.gap)
    if one.standing.met:
        return say("**met** in {measure} (over by {points})", measure=measure, points=gap)
    return say("**not met** in {measure} (short by {points})", measure=measure, points=gap)


def full_lines(found: Sequence[Against], figures: Figures, period: Period) -> list[str]:
    """Each target on lines of its own: what is reached, the gap, what is still missing, the pace of the year."""
    return [line for one in found for line in _full(one, figures, period)]


def _full(one: Against, figures: Figures, period: Period) -> list[str]:
    goal = percent(one.target.value)
    head = say("**In {measure}**: target above {goal}", measure=measure_name(one.measure), goal=goal)
    if one.standing is None:
        return [head, say("There is no figure yet.")]
    value = figures.rate(one.rate, one.measure)
    parts = {"rate": percent(value), "basis": basis(one.rate, figures, one.measure), "verdict": _verdict(one)}
    reached = say("{rate} ({basis}): {verdict}", **parts)
    lines = [head, reached]
    if one.standing.share is not None:
        lines.append(say("That is {share} of the target.", share=percent(one.standing.share)))
    if not one.standing.met:
        lines.append(missing_line(one.rate, one.measure, figures, one))
    if period.month < LAST_MONTH:
        lines.append(_pace(one.standing, period))
    return lines


def missing_line(rate: Rate, measure: Measure, figures: Figures, one: Against) -> str:
    """“Còn phải xong thêm **12 việc** để vượt 83,90%.”"""
    done, base = (figures.get(Cell(key, measure), 0) for key in (rate.numerator, rate.denominator))
    missing = still_missing(done, base, one.target.value)
    text = say(
        "Still to resolve: **{amount}** to exceed {percent}.",
        amount=amount(measure, missing),
        percent=percent(one.target.value),
    )
    if done + missing > base:
        text += " " + say("That is more than is left to enforce.")
    return text


def _pace(standing: Standing, period: Period) -> str:
    share = f"{period.month}/{LAST_MONTH}"
    if standing.pace >= 0:
        return say("Ahead of {share} of the year's target by {points}.", share=share, points=points(standing.pace))
    return say("Behind {share} of the year's target by {points}.", share=share, points=points(standing.pace))
