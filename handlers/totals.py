"""The totals of a cluster or the province for a period."""

from __future__ import annotations

from bot.asking import Inquiry, again, count, title_line, understand
from bot.cards import at, figure_lines, nobody_line, period_range, plain_rate_line
from bot.chat import Reply
from bot.dialogue import Conversation, Heard, Move
from bot.domain.figures import total
from bot.domain.person import Act
from bot.domain.question import Intent
from bot.filing import Tally
from bot.i18n import gloss, say
from bot.ports import Desk


async def open_(desk: Desk, heard: Heard) -> Move:
    asked = await understand(desk, heard, Intent.TOTALS)
    counted = await count(desk, asked, heard)
    return asked.answered(_total(asked, counted, heard) if counted.filed else _nobody(asked))


def _nobody(asked: Inquiry) -> Reply:
    """Nothing has been filed for this period: say so, and offer the period before."""
    before = asked.period.previous
    choices = (again(say("See {months} months", months=before.month), "tong", asked, period=before),) if before else ()
    return Reply(nobody_line(asked.period), choices)


def _total(asked: Inquiry, counted: Tally, heard: Heard) -> Reply:
    """All figures, or only those that were asked about."""
    figures = total(report.figures for report in counted.reports.values())
    lines = [
        title_line(asked, counted, full=True),
        period_range(asked.period),
        *figure_lines(asked.form, figures, asked.indicator, asked.measure),
    ]
    if asked.indicator is None and asked.measure is None:
        lines.append(plain_rate_line(asked.form, asked.form.rates[-1], figures))
    lines.append(say("Figures as of {time}.", time=at(heard.now)))
    who = again(say("Who is missing"), "chuanop", asked)
    year = again(say("Same period last year"), "sosanh", asked, "cung ky")
    choices = (
        again(say("Rates"), "tyle", asked),
        again(say("Ranking"), "xephang", asked),
        who if counted.missing else year,
        again(say("Source"), "nguon", asked),
    )
    return Reply("\n".join(lines), choices)


conversation = Conversation(
    name=Intent.TOTALS,
    commands=("tong", "tongcong"),
    about=gloss("Totals of the cluster"),
    open=open_,
    needs=Act.READ,
)
