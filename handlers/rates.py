"""Completion percentages, each with what was divided by what, and beside its target."""

from __future__ import annotations

from bot.asking import Inquiry, again, count, title_line, understand
from bot.cards import one_rate_line, period_range, rate_line
from bot.chat import Reply
from bot.dialogue import Conversation, Heard, Move
from bot.domain.figures import Figures, total
from bot.domain.person import Act
from bot.domain.question import Intent
from bot.i18n import gloss, say
from bot.ports import Desk
from bot.standing import against_targets, short_line


async def open_(desk: Desk, heard: Heard) -> Move:
    asked = await understand(desk, heard, Intent.RATES)
    counted = await count(desk, asked, heard)
    lines = [title_line(asked, counted), period_range(asked.period)]
    if counted.filed:
        figures = total(report.figures for report in counted.reports.values())
        lines += [*_rates(asked, figures), *await _targets(desk, asked, figures)]
    else:
        lines.append(say("There is no figure yet."))
    choices = (again(say("Totals"), "tong", asked), again(say("Targets"), "chitieu", asked))
    return asked.answered(Reply("\n".join(lines), choices))


def _rates(asked: Inquiry, figures: Figures) -> list[str]:
    """Every rate of the form, the main one first; or only those of the indicator and measure asked about."""
    rates = [one for one in reversed(asked.form.rates) if asked.indicator in (None, one.numerator)]
    rates = rates or [asked.form.rates[-1]]
    if asked.measure:
        return [one_rate_line(asked.form, rate, figures, asked.measure) for rate in rates]
    return [rate_line(asked.form, rate, figures) for rate in rates]


async def _targets(desk: Desk, asked: Inquiry, figures: Figures) -> list[str]:
    targets = await desk.targets.of_year(asked.period.year)
    found = against_targets(targets, asked.unit, asked.period, asked.form, asked.organisation, figures)
    found = [one for one in found if asked.measure in (None, one.measure)]
    return [short_line(found)] if found else []


conversation = Conversation(
    name=Intent.RATES,
    commands=("tyle", "phantram"),
    about=gloss("Completion percentages"),
    open=open_,
    needs=Act.READ,
)
