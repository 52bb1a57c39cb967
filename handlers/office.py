"""One office's card: its figures, rates, when it filed and by whom."""

from __future__ import annotations

from bot.asking import Inquiry, again, understand, which_office
from bot.cards import at, figure_lines, period_name, period_range, rate_line, time_left
from bot.chat import Reply
from bot.dialogue import Conversation, Heard, Move, answer
from bot.domain.organisation import Office
from bot.domain.person import Act
from bot.domain.question import Intent
from bot.domain.report import Report
from bot.filing import due_at
from bot.i18n import gloss, moment, say
from bot.ports import Desk


async def open_(desk: Desk, heard: Heard) -> Move:
    asked = await understand(desk, heard, Intent.OFFICE, office=True)
    if not isinstance(asked.unit, Office):
        return answer(which_office("donvi", asked.offices[:20]))
    report = await desk.reports.get(asked.unit.key, asked.form.key, asked.period)
    if report:
        return asked.answered(_card(asked, asked.unit, report))
    left = time_left(await due_at(desk, asked.period, asked.unit), heard.now)
    return asked.answered(_none(asked, asked.unit, left))


def _card(asked: Inquiry, office: Office, report: Report) -> Reply:
    lines = [
        f"**{office.full_name} · {period_name(asked.period)}**",
        period_range(asked.period),
        *figure_lines(asked.form, report.figures),
        *(rate_line(asked.form, rate, report.figures) for rate in reversed(asked.form.rates)),
        _filed(report),
    ]
    before = asked.period.previous
    choices = (again(say("See {months} months", months=before.month), "donvi", asked, period=before),) if before else ()
    return Reply("\n".join(lines), choices)


def _filed(report: Report) -> str:
    latest, first = report.latest, report.opening
    standing = say("on time") if report.on_time else say("late (deadline {deadline})", deadline=moment(report.deadline))
    text = say(
        "Filed at {time}, {standing}, by {author}.",
        time=at(first.sent_at),
        standing=standing,
        author=latest.author_name,
    )
    if latest.nil:
        text += " " + say("Filed as nothing new.")
    if latest is not first:
        text += " " + say("Revision {number} at {time}.", number=latest.number, time=at(latest.sent_at))
    return text


def _none(asked: Inquiry, office: Office, left: str) -> Reply:
    text = say(
        "**{office}** has not filed {period} ({range}).",
        office=office.full_name,
        period=period_name(asked.period),
        range=period_range(asked.period),
    )
    before = asked.period.previous
    choices = (again(say("See {months} months", months=before.month), "donvi", asked, period=before),) if before else ()
    return Reply(f"{text}\n{left}", choices)


conversation = Conversation(
    name=Intent.OFFICE,
    commands=("donvi",),
    about=gloss("One office's figures"),
    open=open_,
    needs=Act.READ,
)
