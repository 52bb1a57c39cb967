"""The totals of a cluster or the province for a period."""

from __future__ import annotations

from bot.asking import Asked, again, count, understand, unit_name
from bot.cards import at, count_line, figure_lines, period_name, period_range, plain_rate_line
from bot.chat import Reply
from bot.dialogue import Conversation, Heard, Move, answer
from bot.domain.figures import total
from bot.domain.person import Act
from bot.filing import Tally
from bot.i18n import capital, gloss, say
from bot.ports import Desk


async def open_(desk: Desk, heard: Heard) -> Move:
    asked = await understand(desk, heard)
    counted = await count(desk, asked)
    return answer(nobody(asked) if not counted.filed else _total(asked, counted, heard))


def nobody(asked: Asked) -> Reply:
    """Nothing has been filed for this period: say so, and offer the period before."""
    text = say(
        "No office has filed **{period}** ({range}) yet.",
        period=period_name(asked.period),
        range=period_range(asked.period),
    )
    before = asked.period.previous
    return Reply(
        text, (again(say("See {months} months", months=before.month), "tong", asked, before),) if before else ()
    )


def _total(asked: Asked, counted: Tally, heard: Heard) -> Reply:
    figures = total(report.figures for report in counted.reports.values())
    title = f"**{capital(unit_name(asked.unit))} · {period_name(asked.period)}**"
    lines = [
        f"{title} — {count_line(len(counted.filed), counted.offices, counted.missing)}",
        period_range(asked.period),
        *figure_lines(asked.form, figures),
        plain_rate_line(asked.form, asked.form.rates[-1], figures),
        say("Figures as of {time}.", time=at(heard.now)),
    ]
    choices = (again(say("Rates"), "tyle", asked), again(say("Who is missing"), "chuanop", asked))
    return Reply("\n".join(lines), choices)


conversation = Conversation(
    name="totals",
    commands=("tong", "tongcong"),
    about=gloss("Totals of the cluster"),
    open=open_,
    needs=Act.READ,
    phrases=("tong", "ca cum", "toan cum", "ca tinh", "toan tinh", "bao nhieu viec", "bao nhieu tien"),
)
