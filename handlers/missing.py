"""Who has filed, who has not, who was late, and how long is left."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime

from bot.absent import chiefs_away, until_when
from bot.asking import Inquiry, again, count, short_name, understand
from bot.cards import at, names, period_name, period_range, time_left
from bot.chat import Choice, Reply
from bot.dialogue import Conversation, Heard, Move
from bot.domain.agenda import Agenda
from bot.domain.calendar import local_day
from bot.domain.folding import fold
from bot.domain.organisation import Office
from bot.domain.person import Act
from bot.domain.question import Intent
from bot.domain.reach import allowed
from bot.domain.report import Report
from bot.filing import Tally, default_period
from bot.i18n import capital, gloss, moment, say
from bot.ports import Desk
from bot.reminding import locked, sketch
from bot.unasked.notices import later, nudge_choices

_WHEN = re.compile(r"\b(?:han|muon|tre|cham|som)\b")


async def open_(desk: Desk, heard: Heard) -> Move:
    asked = await understand(desk, heard, Intent.MISSING)
    counted = await count(desk, asked)
    agenda = await locked(desk, await sketch(desk, asked.organisation, asked.period, heard.now), heard.now)
    nudges = _nudges(asked, agenda, counted, heard)
    gone = await chiefs_away(desk, counted.missing, local_day(heard.now)) if nudges else {}
    choices = (*nudges, again(say("Totals"), "tong", asked))
    when = bool(_WHEN.search(fold(heard.text)))
    return asked.answered(Reply(_text(asked, agenda, counted, heard.now, gone, when), choices))


def _nudges(asked: Inquiry, agenda: Agenda, counted: Tally, heard: Heard) -> tuple[Choice, ...]:
    """For those who may, while the period is being reported."""
    may = allowed(heard.person, Act.NUDGE, asked.unit, asked.organisation, local_day(heard.now))
    missing = [office for office in counted.missing if not agenda.shut(office)]
    return nudge_choices(missing, short_name(asked.unit)) if may and asked.period == default_period(heard.now) else ()


def _text(asked: Inquiry, agenda: Agenda, counted: Tally, now: datetime, gone: Mapping[str, date], when: bool) -> str:
    """`when`: whether it was in time is asked too, so that nobody being late has to be said."""
    done = say("Filed **{filed}/{all}**.", filed=len(counted.filed), all=len(counted.offices))
    due = agenda.first_deadline(counted.missing or counted.offices)
    missing = ", ".join(_missing(agenda, office, due, gone) for office in counted.missing)
    rest = say("Not filed: {names}.", names=missing) if missing else say("Nobody is missing.")
    late = [office for office in counted.filed if not counted.reports[office.key].on_time]
    lines = [
        f"{done} {rest}",
        f"{capital(short_name(asked.unit))} · {period_name(asked.period)} ({period_range(asked.period)})",
    ]
    alone = when and isinstance(asked.unit, Office)
    if late or (when and counted.filed and not alone):
        lines.append(say("Late: {names}.", names=names(late) or say("nobody")))
    if alone and counted.filed:
        lines.append(_moment(counted.reports[asked.unit.key]))
    return "\n".join([*lines, _left(agenda, counted.missing, due, now)] if missing else lines)


def _missing(agenda: Agenda, office: Office, due: datetime, gone: Mapping[str, date]) -> str:
    return f"**{office.name}**" + later(agenda, office, due) + until_when(gone.get(office.key))


def _left(agenda: Agenda, missing: Sequence[Office], due: datetime, now: datetime) -> str:
    """How long is left for those who are missing; where they are locked, since when."""
    closed = [agenda.closed[office.cluster] for office in missing if office.cluster in agenda.closed]
    if len(closed) == len(missing):
        return say("Due: **{deadline}** · Closed: {time}", deadline=moment(due), time=at(max(closed)))
    return time_left(due, now)


def _moment(report: Report) -> str:
    """When the figures that stand were first filed, and by when they had to be."""
    times = {"time": at(report.opening.sent_at), "deadline": at(report.deadline)}
    if report.on_time:
        return say("On time: filed at {time}, due by {deadline}.", **times)
    return say("Filed at {time}, due by {deadline}.", **times)


conversation = Conversation(
    name=Intent.MISSING,
    commands=("chuanop", "danop"),
    about=gloss("Who has not filed"),
    open=open_,
    needs=Act.READ,
)
