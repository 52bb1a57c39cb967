"""Completion percentages, each with what was divided by what."""

from __future__ import annotations

from bot.asking import Asked, again, count, short_name, understand
from bot.cards import count_line, period_name, period_range, rate_line
from bot.chat import Reply
from bot.dialogue import Conversation, Heard, Move, answer
from bot.domain.figures import total
from bot.domain.person import Act
from bot.filing import Tally
from bot.i18n import capital, gloss, say
from bot.ports import Desk


async def open_(desk: Desk, heard: Heard) -> Move:
    asked = await understand(desk, heard)
    return answer(_rates(asked, await count(desk, asked)))


def _rates(asked: Asked, counted: Tally) -> Reply:
    title = f"**{capital(short_name(asked.unit))} · {period_name(asked.period)}**"
    head = f"{title} — {count_line(len(counted.filed), counted.offices, counted.missing)}"
    if not counted.filed:
        return Reply("\n".join([head, period_range(asked.period), say("There is no figure yet.")]))
    figures = total(report.figures for report in counted.reports.values())
    lines = [rate_line(asked.form, rate, figures) for rate in reversed(asked.form.rates)]
    return Reply("\n".join([head, period_range(asked.period), *lines]), (again(say("Totals"), "tong", asked),))


conversation = Conversation(
    name="rates",
    commands=("tyle", "phantram"),
    about=gloss("Completion percentages"),
    open=open_,
    needs=Act.READ,
    phrases=("ty le", "ti le", "phan tram", "dat bao nhieu"),
)
