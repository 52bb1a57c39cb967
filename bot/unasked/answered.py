"""A figure that was sent back with a question has been changed or withdrawn: whoever asked is told the answer."""

from __future__ import annotations

from functools import partial

from bot.cards import amount
from bot.chat import Reply
from bot.dialogue import Heard
from bot.domain.calendar import local_day
from bot.domain.report import Report
from bot.i18n import say
from bot.matter import Matter, waiting
from bot.ports import Desk
from bot.unasked.telling import leaders, tell


async def tell_answered(desk: Desk, heard: Heard, before: Report, report: Report) -> None:
    """`before` is what stood until now: its questions, if `report` has another figure there, or none, are answered."""
    for matter, asked in await waiting(desk, before):
        if report.latest.withdrawn or report.figures.get(matter.cell) != before.figures.get(matter.cell):
            people = await leaders(desk, matter.place, local_day(heard.now))
            said = partial(_answered, matter, asked.entry.reason, report)
            await tell(desk, people, said, heard.now, but=heard.person.id)


def _answered(matter: Matter, question: str, report: Report) -> Reply:
    fields = {"office": matter.office.full_name, "cell": matter.name, "period": matter.period}
    if report.latest.withdrawn:
        lines = [say("{office} has withdrawn {period}, of which **{cell}** was asked about.", **fields)]
    else:
        old, new = (amount(matter.cell.measure, one.figures.get(matter.cell, 0)) for one in (matter.report, report))
        lines = [say("{office} corrects **{cell}** of {period}: {old} → **{new}**.", old=old, new=new, **fields)]
    lines.append(say("The question was: “{question}”", question=question))
    if report.latest.reason:
        lines.append(say("Reason: “{reason}”.", reason=report.latest.reason))
    return Reply("\n".join(lines))
