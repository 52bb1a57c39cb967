"""Whoever still has to file is told at once that the calendar has moved their deadline."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial

from bot.cards import period_name
from bot.chat import Choice, Reply
from bot.domain.absence import answering
from bot.domain.agenda import Agenda
from bot.domain.calendar import Calendar, deadline
from bot.domain.organisation import Office
from bot.extending import void_promise
from bot.filing import default_period
from bot.i18n import moment, say
from bot.ports import Desk
from bot.reminding import filled, sketch, worked
from bot.unasked.telling import tell_each


async def tell_moved(desk: Desk, old: Calendar, now: datetime, but: int = 0) -> int:
    """To how many people; the calendar has been saved already, `old` is the one before. Only the period that is being
    reported concerns them."""
    organisation, period = await desk.offices.organisation(), default_period(now)
    given = await desk.periods.all_extensions(organisation.form, period)
    agenda = await filled(desk, await sketch(desk, organisation, period, now, given), now)
    due = deadline(period.end, organisation.deadline, old)
    before, able = replace(agenda, deadline=due, extended=worked(given[period], old)), agenda.filers()
    mine: dict[int, list[Office]] = {}
    for office in _owing(agenda, before):
        made = agenda.promises[office.key].person if before.voided(office, agenda.deadline_of(office)) else 0
        filing = (duty.person for duty in answering(able.get(office.key, ()), agenda.away))
        for person in dict.fromkeys([*filing, *([made] if made else [])]):
            mine.setdefault(person, []).append(office)
    news = {person: partial(_news, before, agenda, offices) for person, offices in mine.items() if person != but}
    return len(await tell_each(desk, news, now))


def _owing(agenda: Agenda, before: Agenda) -> list[Office]:
    """Those that have not filed and whose own deadline moves: a later one that they were given stands."""
    return [
        office
        for _, offices in agenda.clusters
        for office in agenda.missing(offices)
        if agenda.deadline_of(office) != before.deadline_of(office)
    ]


def _news(before: Agenda, agenda: Agenda, owing: Sequence[Office]) -> Reply:
    text = say(
        "The calendar of days off has changed: the deadline for **{period}** is now **{new}** (it was {old}).",
        period=period_name(agenda.period),
        new=moment(agenda.first_deadline(owing)),
        old=moment(before.first_deadline(owing)),
    )
    voided = (before.voided(office, agenda.deadline_of(office)) for office in owing)
    lines = [void_promise(until) for until in dict.fromkeys(voided) if until]
    return Reply("\n".join([text, *lines]), (Choice(say("File now"), "/nop"),))
