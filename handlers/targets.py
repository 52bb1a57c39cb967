"""Target against actual, and what is still missing."""

from __future__ import annotations

from bot.asking import Inquiry, again, count, title_line, understand
from bot.cards import period_range
from bot.chat import Reply
from bot.dialogue import Conversation, Heard, Move
from bot.domain.figures import Figures, total
from bot.domain.form import Measure
from bot.domain.person import Act
from bot.domain.question import Intent
from bot.domain.target import Target, judge
from bot.i18n import gloss, say
from bot.ports import Desk
from bot.standing import Against, against_targets, full_lines


async def open_(desk: Desk, heard: Heard) -> Move:
    asked = await understand(desk, heard, Intent.TARGETS)
    counted = await count(desk, asked, heard)
    head = [title_line(asked, counted), period_range(asked.period)]
    if not counted.filed:
        return asked.answered(Reply("\n".join([*head, say("There is no figure yet.")])))
    figures = total(report.figures for report in counted.reports.values())
    found = await _found(desk, asked, figures)
    if asked.measure:
        found = [one for one in found if one.measure is asked.measure]
    lines = full_lines(found, figures, asked.period) if found else [_none(asked)]
    choices = (again(say("Rank against the target"), "xephang", asked, "chi tieu"), again(say("Rates"), "tyle", asked))
    return asked.answered(Reply("\n".join([*head, *lines]), choices))


async def _found(desk: Desk, asked: Inquiry, figures: Figures) -> list[Against]:
    """Against the targets in force, or against the percentage that the question names."""
    named = asked.question.percent
    if named is None:
        targets = await desk.targets.of_year(asked.period.year)
        return against_targets(targets, asked.unit, asked.period, asked.form, asked.organisation, figures)
    rate, measure = asked.form.rates[-1], asked.measure or Measure.CASES
    value = figures.rate(rate, measure)
    target = Target(asked.unit.key, asked.period.year, rate.key, measure, named, asked.period.end)
    return [Against(rate, measure, target, None if value is None else judge(value, named, asked.period))]


def _none(asked: Inquiry) -> str:
    return say("No target has been set for {year}.", year=asked.period.year)


conversation = Conversation(
    name=Intent.TARGETS,
    commands=("chitieu",),
    about=gloss("Targets, and what is missing"),
    open=open_,
    needs=Act.READ,
)
