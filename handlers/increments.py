"""The month alone: the difference of two cumulative figures."""

from __future__ import annotations

from collections.abc import Mapping

from bot.asking import Inquiry, again, short_name, understand
from bot.cards import amount, indicator_name, names, period_name
from bot.chat import Reply
from bot.dialogue import Conversation, Heard, Move
from bot.domain.change import Pair, paired
from bot.domain.figures import Figures
from bot.domain.form import Cell
from bot.domain.period import Period
from bot.domain.person import Act
from bot.domain.question import Intent
from bot.filing import tally
from bot.i18n import capital, gloss, say
from bot.ports import Desk

Filed = Mapping[str, Figures]


async def open_(desk: Desk, heard: Heard) -> Move:
    asked = await understand(desk, heard, Intent.INCREMENTS)
    now = await _figures(desk, asked, asked.period)
    before = await _figures(desk, asked, asked.period.previous) if asked.period.previous else _zeros(asked, now)
    pair = paired([office.key for office in asked.offices], now, before)
    return asked.answered(_reply(asked, pair, now, before))


async def _figures(desk: Desk, asked: Inquiry, period: Period) -> dict[str, Figures]:
    found = await tally(desk.reports, asked.offices, asked.form, period)
    return {key: report.figures for key, report in found.reports.items()}


def _zeros(asked: Inquiry, now: dict[str, Figures]) -> dict[str, Figures]:
    """Counting begins anew on 1 October: before the first month there is nothing."""
    return {key: Figures(dict.fromkeys(asked.form.cells, 0)) for key in now}


def _reply(asked: Inquiry, pair: Pair, now: Filed, before: Filed) -> Reply:
    year, month = asked.period.calendar_month
    when = say("month {month}/{year} alone", month=month, year=year)
    head = f"**{capital(short_name(asked.unit))} · {when}**"
    if len(asked.offices) > 1:  # of one office there is nothing to count
        head += " — " + say("{filed}/{all} offices", filed=len(pair.both), all=len(asked.offices))
    totals = (again(say("Totals"), "tong", asked),)
    if not pair.both:
        return Reply("\n".join([head, *_nothing(asked, now, before)]), totals)
    lines = [head]
    wanted = [one for one in asked.form.indicators if asked.indicator in (None, one.key)]
    for indicator in wanted:
        cells = [cell for cell in indicator.cells if asked.measure in (None, cell.measure)]
        amounts = " · ".join(f"**{amount(cell.measure, pair.difference.get(Cell(*cell), 0))}**" for cell in cells)
        lines.append(f"{capital(indicator_name(indicator))}: {amounts}")
    lines.append(_basis(asked))
    if pair.left_out:
        missing = [office for office in asked.offices if office.key in pair.left_out]
        lines.append(say("Not counted, one of the two is missing: {names}.", names=names(missing)))
    return Reply("\n".join(lines), totals)


def _nothing(asked: Inquiry, now: Filed, before: Filed) -> list[str]:
    """Why there is nothing to subtract: who has not filed which of the two."""
    lines = [say("There is no figure yet.")]
    for period, filed in ((asked.period, now), (asked.period.previous, before)):
        missing = [office for office in asked.offices if office.key not in filed]
        if period and missing:
            lines.append(say("{office} has not filed {period}.", office=names(missing), period=period_name(period)))
    return lines


def _basis(asked: Inquiry) -> str:
    before = asked.period.previous
    if before is None:
        return say("It is {period}, the first of its year.", period=period_name(asked.period))
    return say("It is {period} minus {before}.", period=period_name(asked.period), before=period_name(before))


conversation = Conversation(
    name=Intent.INCREMENTS,
    commands=("phatsinh",),
    about=gloss("The month alone"),
    open=open_,
    needs=Act.READ,
)
