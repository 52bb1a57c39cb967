"""File an explicit "nothing new": the figures stay those of the month before, which is not the same as missing."""

from __future__ import annotations

from bot.asking import which_office
from bot.cards import period_name
from bot.chat import Choice, Reply
from bot.dialogue import Conversation, Heard, Move, answer
from bot.domain.calendar import local_day
from bot.domain.draft import Draft
from bot.domain.organisation import Office
from bot.domain.period import Period, opens
from bot.domain.person import Act
from bot.domain.question import read_question
from bot.drafting import NAME as SUBMIT
from bot.errors import NotAllowed
from bot.filing import default_period
from bot.forms import load
from bot.i18n import capital, gloss, say
from bot.ports import Desk
from bot.taking import advance, my_offices


async def open_(desk: Desk, heard: Heard) -> Move:
    """The usual card with last month's figures, to be confirmed like any other."""
    organisation = await desk.offices.organisation()
    offices = await my_offices(desk, heard)
    if not offices:
        raise NotAllowed(Act.FILE, say("any office"))
    question = read_question(heard.text, organisation, local_day(heard.now))
    named = [unit for unit in question.units if isinstance(unit, Office)]
    if not named and len(offices) > 1:
        return answer(which_office("khongphatsinh", offices))
    office, period = (named or offices)[0], _period(heard, question.period)
    if period.previous is None:
        return answer(_first_month(period))
    last = await desk.reports.get(office.key, organisation.form, period.previous)
    if last is None:
        return answer(_unknown(period.previous))
    cells = {cell: last.figures.get(cell, 0) for cell in load(organisation.form).cells}
    draft = Draft(heard.turn, heard.sent_at, office.key, period, cells=cells, text=heard.text, nil=True)
    return await advance(desk, heard, draft)


def _period(heard: Heard, named: Period | None) -> Period:
    """ "Tháng này không phát sinh" is said of the month that is being reported, not of the one that has just begun."""
    if named is None or opens(named) > local_day(heard.now):
        return default_period(heard.now)
    return named


def _first_month(period: Period) -> Reply:
    text = say(
        "{period} is the first of a new year: counting begins anew, so please file its figures.",
        period=capital(period_name(period)),
    )
    return Reply(text, (Choice(say("File the figures"), "/nop"),))


def _unknown(before: Period) -> Reply:
    text = say(
        "{period} has not been filed, so I cannot know the figures. Please file them with /nop.",
        period=capital(period_name(before)),
    )
    return Reply(text, (Choice(say("File the figures"), "/nop"),))


conversation = Conversation(
    name="nil",
    commands=("khongphatsinh",),
    about=gloss("File that there is nothing new"),
    open=open_,
    needs=Act.FILE,
    shares=SUBMIT,
)
