"""Takes what was said into a draft, and goes on with what is still to be settled: one flow for all who file."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from bot.chat import Reply
from bot.dialogue import Heard, Move, answer
from bot.domain import checks
from bot.domain.calendar import local_day
from bot.domain.draft import BadCell, Conflict, Crossed, Draft, WrongCount, merged, to_json
from bot.domain.form import Form
from bot.domain.message import Filing, read_message
from bot.domain.organisation import Office
from bot.domain.period import opens
from bot.domain.person import Act
from bot.domain.question import Intent, Question, read_question
from bot.domain.reach import offices_for
from bot.drafting import NAME, ask_cell, ask_office, ask_review, ask_which, refused
from bot.errors import NotOneOffice, PeriodClosed
from bot.explain import Problem
from bot.filing import Case, default_period, look_up, refusals
from bot.forms import load
from bot.i18n import say
from bot.ports import Desk, Stand
from bot.reasons import parted
from bot.review import overtaken_line

DRAFT, FIGURE, REASON = "draft", "figure", "reason"

_NUMBER = re.compile(r"\d[\d.,]*")


async def take(desk: Desk, heard: Heard, draft: Draft) -> Move:
    """Read a message into the draft, then go on with what is still to be settled."""
    organisation = await desk.offices.organisation()
    form = load(organisation.form)
    text, reason = parted(heard.text, correcting=draft.seen is not None)
    question = read_question(text, organisation, local_day(heard.now))
    draft = _about(heard, draft, question)
    filing = read_message(question.figures, form)
    draft, bad = merged(replace(draft, text=f"{draft.text}\n{heard.text}".strip()), filing)
    draft = replace(draft, reason=reason or draft.reason)
    left = [] if _only_wants(heard, filing, question.figures) else _left(filing, question.figures, form)
    return await advance(desk, heard, draft, [*bad, *left])


def _only_wants(heard: Heard, filing: Filing, text: str) -> bool:
    """ "tôi muốn nộp số liệu": no figure came with it, so no word of it can be a figure unread."""
    meant = heard.question is not None and heard.question.intent is Intent.SUBMIT
    return meant and not filing.cells and not _NUMBER.search(text)


def _about(heard: Heard, draft: Draft, question: Question) -> Draft:
    """The draft for the office and the period that are named: figures of one are never poured into another.

    Raises NotOneOffice where only a cluster is named; beside an office it says where that is."""
    named = [unit for unit in question.units if isinstance(unit, Office)]
    if question.units and not named:
        raise NotOneOffice(question.units[0].name)
    office = named[0].key if named else draft.office
    period = question.period or draft.period
    if draft.values and (office, period) != (draft.office, draft.period):
        draft = Draft(heard.turn, heard.sent_at)
    other = next(iter(question.alternatives), None) if question.period else draft.other_period
    return replace(draft, office=office, period=period, other_period=other)


def _left(filing: Filing, text: str, form: Form) -> list[str | WrongCount | Crossed]:
    """What was not read: word by word; or that so many numbers without names do not fill the form, or that it cannot be
    told which name each belongs to."""
    if filing.crossed:
        return [Crossed()]
    numbers = len(_NUMBER.findall(text))
    if not filing.cells and filing.leftovers and numbers > 2 and numbers != len(form.cells):
        return [WrongCount(numbers, len(form.cells))]
    return [*filing.leftovers]


async def advance(
    desk: Desk, heard: Heard, draft: Draft, said: Sequence[BadCell | Conflict | WrongCount | Crossed | str] = ()
) -> Move:
    """The next thing to say: which office, what is wrong, which number is meant, what is missing, or the card."""
    organisation = await desk.offices.organisation()
    form, period = load(organisation.form), draft.period or default_period(heard.now)
    office = organisation.office(draft.office, period.end) if draft.office else None
    if office is None:
        return stay(draft, ask_office(draft, await my_offices(desk, heard)))
    found: list[Problem] = [*await refusals(desk, form, office, period, heard), *said]
    found += [fault for fault in checks.faults(form, draft.figures()) if not isinstance(fault, checks.Missing)]
    case = await look_up(desk, form, office, period)
    if any(isinstance(one, PeriodClosed) for one in found):  # nothing to be mended: a draft under way stays as it was
        return answer(replace(refused(form, draft, found, case.last_figures), choices=()))
    asked = draft.asked(form) is not None
    if found:
        refusal = refused(form, draft, found, case.last_figures)
        return stay(replace(draft, shown=False), replace(refusal, wants_number=asked))
    going_on = replace(draft, shown=False) if asked else replace(draft, seen=case.number, shown=True)
    return stay(going_on, _next(heard, form, draft, case))


def _next(heard: Heard, form: Form, draft: Draft, case: Case) -> Reply:
    asked = draft.asked(form)
    if asked is None:
        return _card(heard, form, draft, case)
    doubt = next((one for one in draft.doubts if one.cell == asked), None)
    if doubt:
        return ask_which(form, draft, doubt, case.last_figures.get(asked) if case.last_figures else None)
    return ask_cell(form, draft, case, asked)


def _card(heard: Heard, form: Form, draft: Draft, case: Case) -> Reply:
    other = draft.other_period
    open_too = other if other and other != case.period and opens(other) <= local_day(heard.now) else None
    card = ask_review(form, draft, case, warnings_of(form, draft, case), open_too)
    if not overtaken(draft, case):
        return card
    ask = say("Replace it with these figures?") if case.existing else say("File these figures all the same?")
    return replace(card, text=f"{overtaken_line(case)} {ask}\n\n{card.text}")


def overtaken(draft: Draft, case: Case) -> bool:
    """Whether something has been stored for that office and period since the draft's card was shown."""
    return draft.seen is not None and draft.seen != case.number


def warnings_of(form: Form, draft: Draft, case: Case) -> tuple[checks.Warning, ...]:
    """What the card warns of; figures that stayed the same are no surprise where nothing new was said."""
    found = checks.warnings(form, draft.figures(), case.history, draft.percents)
    return tuple(one for one in found if not (draft.nil and isinstance(one, checks.SameAsLast)))


def stay(draft: Draft, reply: Reply, step: str = "") -> Move:
    step = step or (FIGURE if reply.wants_number else DRAFT)
    return Move((reply,), Stand(NAME, step, to_json(draft)))


async def my_offices(desk: Desk, heard: Heard) -> tuple[Office, ...]:
    """The offices that this person files for, as the structure was in the period that is being reported."""
    organisation, today = await desk.offices.organisation(), local_day(heard.now)
    return offices_for(heard.person, Act.FILE, organisation, today, default_period(heard.now).end)
