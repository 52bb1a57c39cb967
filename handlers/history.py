"""Every revision of an office's report: who, when, over which channel, what changed, why."""

from __future__ import annotations

from bot.asking import understand, which_office
from bot.cards import at, channel_name, figure_lines, period_name, period_range
from bot.chat import Choice, Reply
from bot.dialogue import Conversation, Heard, Move, State, answer
from bot.domain.calendar import local_day
from bot.domain.figures import Figures
from bot.domain.form import Form
from bot.domain.organisation import Office
from bot.domain.period import Period
from bot.domain.person import Act
from bot.domain.question import Intent
from bot.domain.reach import allowed
from bot.domain.report import Report, Revision
from bot.errors import NotAllowed, StaleChoice
from bot.forms import load
from bot.i18n import gloss, moment, say
from bot.ports import Desk
from bot.review import change_lines

NAME = "history"
AT_ONCE = 4  # revisions in one message


async def open_(desk: Desk, heard: Heard) -> Move:
    asked = await understand(desk, heard, Intent.OFFICE, office=True)
    if not isinstance(asked.unit, Office):
        return answer(which_office("lichsu", asked.offices[:20], asked.question.period))
    report = await desk.reports.history(asked.unit.key, asked.form.key, asked.period)
    if report is None:
        return asked.answered(Reply(_none(asked.unit, asked.period)), remember=False)
    return asked.answered(_page(asked.form, asked.unit, report, report.latest.number), remember=False)


def _none(office: Office, period: Period) -> str:
    return say(
        "**{office}** has not filed {period} ({range}).",
        office=office.full_name,
        period=period_name(period),
        range=period_range(period),
    )


def _page(form: Form, office: Office, report: Report, newest: int) -> Reply:
    """The revisions from `newest` down, so many as a message holds; older ones are a tap away."""
    numbers = range(newest, max(newest - AT_ONCE, 0), -1)
    lines = [
        say("**History** · {office} · {period}", office=office.name, period=period_name(report.period)),
        f"{period_range(report.period)} · {_mark(report)}",
    ]
    for number in numbers:
        lines += ["", *_revision(form, report, number)]
    older = newest - AT_ONCE
    where = f"{office.key}.{report.period.year}.{report.period.month}.{older}"
    choices = (Choice(say("Older"), f"{NAME}:older:{where}"),) if older > 0 else ()
    return Reply("\n".join(lines), choices)


def _mark(report: Report) -> str:
    if report.latest.withdrawn:
        return say("withdrawn, counts as missing")
    if report.on_time:
        return say("on time")
    return say("late (deadline {deadline})", deadline=moment(report.deadline))


def _revision(form: Form, report: Report, number: int) -> list[str]:
    one = report.revisions[number - 1]
    before = report.revisions[number - 2].figures if number > 1 else None
    head = say(
        "**Revision {number}** · {time} · {author}, over {channel}",
        number=number,
        time=at(one.sent_at),
        author=one.author_name,
        channel=channel_name(one.channel),
    )
    lines = [head, *_changed(form, one, before)]
    if one.reason:
        lines.append(say("Reason: “{reason}”.", reason=one.reason))
    return lines


def _changed(form: Form, one: Revision, before: Figures | None) -> list[str]:
    if one.withdrawn:
        return [say("Withdrawn.")]
    changed = change_lines(form, before, one.figures) if before else figure_lines(form, one.figures)
    if one.nil:
        return [say("Filed as nothing new."), *changed]
    return changed


async def press_older(desk: Desk, heard: Heard, state: State | None, argument: str) -> Move:
    """The revisions before those of the message above."""
    key, year, month, newest = argument.split(".")
    organisation, period = await desk.offices.organisation(), Period(int(year), int(month))
    form, office = load(organisation.form), organisation.office(key, period.end)
    if office is None or not allowed(heard.person, Act.READ, office, organisation, local_day(heard.now)):
        raise NotAllowed(Act.READ)
    report = await desk.reports.history(key, form.key, period)
    if report is None or not 1 <= int(newest) <= report.latest.number:
        raise StaleChoice
    return answer(_page(form, office, report, int(newest)))


conversation = Conversation(
    name=NAME,
    commands=("lichsu",),
    about=gloss("History of what was filed"),
    open=open_,
    presses={"older": press_older},
    needs=Act.READ,
)
