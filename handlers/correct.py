"""Change one or more cells of what has been filed, in words or step by step; the same card confirms it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from bot.cards import period_name
from bot.chat import Choice, Reply
from bot.dialogue import Conversation, Heard, Move, State, answer, current, in_place, only_buttons, pick
from bot.domain.calendar import local_day
from bot.domain.draft import Draft, from_json
from bot.domain.message import read_message
from bot.domain.organisation import Office
from bot.domain.person import Act
from bot.domain.question import Intent, read_question
from bot.domain.reading import Exact
from bot.domain.report import Report
from bot.drafting import NAME as SUBMIT
from bot.drafting import ask_edit
from bot.errors import NotAllowed
from bot.filing import default_period
from bot.forms import load
from bot.i18n import gloss, say
from bot.ports import Desk, Stand
from bot.reasons import parted
from bot.taking import my_offices, stay, take

NAME, OFFICE = "correct", "office"
LATELY = timedelta(hours=1)  # a draft older than that is not what "sửa" means; what has been filed is


async def open_(desk: Desk, heard: Heard) -> Move:
    """The draft under way, or what has been filed, with the cells that were named changed."""
    if not await my_offices(desk, heard):
        raise NotAllowed(Act.FILE, say("any office"))
    if under_way := await _under_way(desk, heard):
        return await take(desk, heard, replace(under_way, no=heard.turn, sent_at=heard.sent_at))
    filed = await _filed(desk, heard)
    if not filed:
        text = say("There is nothing filed to change for {period}.", period=period_name(default_period(heard.now)))
        return answer(Reply(text))
    if len(filed) > 1:
        return await _which(desk, heard, [report.office for report in filed])
    return await _change(desk, heard, filed[0])


async def _which(desk: Desk, heard: Heard, keys: Sequence[str]) -> Move:
    """Each office as a button that keeps what was typed."""
    mine = {office.key: office.name for office in await my_offices(desk, heard)}
    choices = tuple(Choice(mine[key], f"{NAME}:office:{heard.turn}.{n}") for n, key in enumerate(keys))
    state = {"no": heard.turn, "names": [mine[key] for key in keys], "text": heard.text}
    return Move((Reply(say("Which office is this for?"), choices),), Stand(NAME, OFFICE, state))


async def press_office(desk: Desk, heard: Heard, state: State | None, argument: str) -> Move:
    state, place = current(state, argument)
    name = pick(state["names"], place)
    await desk.stands.drop(heard.person.id, NAME)
    return in_place(await open_(desk, replace(heard, text=f"{name}: {state['text']}", stand=None)))


async def _change(desk: Desk, heard: Heard, report: Report) -> Move:
    """What was filed as a draft, with the cells that were named changed."""
    draft = Draft(heard.turn, heard.sent_at, report.office, report.period, cells=dict(report.figures))
    draft = replace(draft, seen=report.latest.number)
    form = load((await desk.offices.organisation()).form)
    question = read_question(_figures(heard), await desk.offices.organisation(), local_day(heard.now))
    if not re.search(r"\d", question.figures):
        return stay(draft, ask_edit(form, draft))
    return await take(desk, heard, draft)


def _figures(heard: Heard) -> str:
    """What is to be changed, without the reason: a month or an office in that is not what is meant."""
    return parted(heard.text, correcting=True)[0]


async def _under_way(desk: Desk, heard: Heard) -> Draft | None:
    """The draft that figures in a correction are meant for: of the same office and period, and not older than what
    stands there unless it was begun just now; an explicit "nothing new" is never changed by a figure."""
    draft = from_json(heard.stand) if heard.stand else None
    if draft is None or not draft.office or not draft.values or draft.nil:
        return None
    organisation, period = await desk.offices.organisation(), draft.period or default_period(heard.now)
    if heard.sent_at - draft.sent_at > LATELY and await desk.reports.get(draft.office, organisation.form, period):
        return None
    question = read_question(_figures(heard), organisation, local_day(heard.now))
    offices = [unit.key for unit in question.units if isinstance(unit, Office)]
    elsewhere = bool(offices and offices[0] != draft.office) or question.period not in (None, draft.period)
    return draft if re.search(r"\d", question.figures) and not elsewhere else None


async def _filed(desk: Desk, heard: Heard) -> list[Report]:
    """What may be meant: the office and period named, else each own office's report of the period reported now."""
    organisation = await desk.offices.organisation()
    question = read_question(_figures(heard), organisation, local_day(heard.now))
    named = [unit for unit in question.units if isinstance(unit, Office)][:1]
    period = question.period or default_period(heard.now)
    offices = named or await my_offices(desk, heard)
    found = [await desk.reports.get(office.key, organisation.form, period) for office in offices]
    return [report for report in found if report]


async def corrects(desk: Desk, heard: Heard) -> bool:
    """One cell with its figure and nothing else, from somebody whose office has filed: "việc thụ lý là 403"."""
    asked = heard.question.intent if heard.question else None
    if asked not in (None, Intent.SUBMIT) or not re.search(r"\d", heard.text) or not await my_offices(desk, heard):
        return False
    organisation = await desk.offices.organisation()
    question = read_question(_figures(heard), organisation, local_day(heard.now))
    filing = read_message(question.figures, load(organisation.form))
    exact = [reading for reading in filing.cells.values() if isinstance(reading, Exact)]
    return len(exact) == 1 and not filing.leftovers and bool(await _filed(desk, heard))


conversation = Conversation(
    name=NAME,
    commands=("sua",),
    about=gloss("Change what was filed"),
    open=open_,
    steps={OFFICE: only_buttons},
    presses={"office": press_office},
    needs=Act.CORRECT,
    recognises=corrects,
    eager=True,
    shares=SUBMIT,
)
