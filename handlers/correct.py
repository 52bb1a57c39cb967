"""Change one or more cells of what has been filed, in words or step by step; the same card confirms it."""

from __future__ import annotations

import re
from dataclasses import replace

from bot.cards import period_name
from bot.chat import Reply
from bot.dialogue import Conversation, Heard, Move, answer
from bot.domain.calendar import local_day
from bot.domain.draft import Draft, from_json
from bot.domain.message import read_message
from bot.domain.organisation import Office
from bot.domain.person import Act
from bot.domain.question import read_question
from bot.domain.reading import Exact
from bot.domain.report import Report
from bot.drafting import NAME as SUBMIT
from bot.drafting import ask_edit
from bot.errors import NotAllowed
from bot.filing import default_period
from bot.forms import load
from bot.i18n import gloss, say
from bot.ports import Desk
from bot.taking import my_offices, stay, take


async def open_(desk: Desk, heard: Heard) -> Move:
    """The draft under way, or what has been filed, with the cells that were named changed."""
    if not await my_offices(desk, heard):
        raise NotAllowed(Act.FILE, say("any office"))
    under_way = from_json(heard.stand) if heard.stand else None
    if under_way and under_way.values and heard.text and not await _elsewhere(desk, heard, under_way):
        return await take(desk, heard, replace(under_way, no=heard.turn, sent_at=heard.sent_at))
    report = await _filed(desk, heard)
    if report is None:
        text = say("There is nothing filed to change for {period}.", period=period_name(default_period(heard.now)))
        return answer(Reply(text))
    draft = Draft(heard.turn, heard.sent_at, report.office, report.period, cells=dict(report.figures))
    draft = replace(draft, seen=report.latest.number)
    form = load((await desk.offices.organisation()).form)
    question = read_question(heard.text, await desk.offices.organisation(), local_day(heard.now))
    if not re.search(r"\d", question.figures):
        return stay(draft, ask_edit(form, draft))
    return await take(desk, heard, draft)


async def _elsewhere(desk: Desk, heard: Heard, draft: Draft) -> bool:
    """Whether the words name another office or period than that of the draft under way."""
    question = read_question(heard.text, await desk.offices.organisation(), local_day(heard.now))
    offices = [unit.key for unit in question.units if isinstance(unit, Office)]
    return bool(offices and offices[0] != draft.office) or question.period not in (None, draft.period)


async def _filed(desk: Desk, heard: Heard) -> Report | None:
    """What is meant: the office and period named, else the own office's report of the period being reported now."""
    organisation = await desk.offices.organisation()
    question = read_question(heard.text, organisation, local_day(heard.now))
    named = [unit for unit in question.units if isinstance(unit, Office)]
    office = next(iter(named or await my_offices(desk, heard)))
    return await desk.reports.get(office.key, organisation.form, question.period or default_period(heard.now))


async def corrects(desk: Desk, heard: Heard) -> bool:
    """One cell with its figure and nothing else, from somebody whose office has filed: "việc thụ lý là 403"."""
    if not re.search(r"\d", heard.text) or not await my_offices(desk, heard):
        return False
    organisation = await desk.offices.organisation()
    question = read_question(heard.text, organisation, local_day(heard.now))
    filing = read_message(question.figures, load(organisation.form))
    exact = [reading for reading in filing.cells.values() if isinstance(reading, Exact)]
    return len(exact) == 1 and not filing.leftovers and await _filed(desk, heard) is not None


conversation = Conversation(
    name="correct",
    commands=("sua",),
    about=gloss("Change what was filed"),
    open=open_,
    needs=Act.CORRECT,
    recognises=corrects,
    shares=SUBMIT,
)
