"""File the figures of a period: one line, six numbers, the template, or step by step; one card, one tap."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from bot.cards import at, period_name
from bot.chat import Reply
from bot.dialogue import Conversation, Heard, Move, Press, State, answer, cancelled, current, finish
from bot.domain import checks
from bot.domain.calendar import local_day
from bot.domain.draft import Draft, answered, from_json
from bot.domain.form import Cell, Form, Measure
from bot.domain.message import read_message
from bot.domain.organisation import Organisation
from bot.domain.person import Act
from bot.domain.question import Intent, read_question
from bot.domain.reading import MAX, Reason, Unreadable, read_amount
from bot.drafting import NAME, ask_edit, ask_reason, reasons, refused
from bot.errors import NotAllowed, StaleChoice
from bot.explain import Problem
from bot.filing import Case, Filed, default_period, look_up, refusals, store
from bot.forms import load
from bot.i18n import gloss, say
from bot.ports import Desk
from bot.review import stored
from bot.taking import DRAFT, REASON, advance, my_offices, stay, take


async def open_(desk: Desk, heard: Heard) -> Move:
    """A new draft from the figures that came with the command; without any, the one under way or the first question."""
    offices = await my_offices(desk, heard)
    if not offices:
        raise NotAllowed(Act.FILE, say("any office"))
    if heard.stand and not heard.text:
        return await advance(desk, heard, replace(from_json(heard.stand), no=heard.turn))
    office = offices[0].key if len(offices) == 1 else ""
    return await take(desk, heard, Draft(heard.turn, heard.sent_at, office, default_period(heard.now)))


async def hear_draft(desk: Desk, heard: Heard, state: State) -> Move | None:
    """Figures or corrections for the draft; None when the words hold none."""
    form = load((await desk.offices.organisation()).form)
    draft = replace(from_json(state), no=heard.turn)
    asked = draft.asked(form)
    if asked and not heard.edited and _is_amount(heard.text, asked.measure):
        draft = replace(draft, sent_at=heard.sent_at, text=f"{draft.text}\n{heard.text}".strip())
        draft, bad = answered(draft, asked, read_amount(heard.text, asked.measure))
        if any(not isinstance(fault, checks.Missing) for fault in checks.faults(form, draft.figures())):
            draft = replace(draft, editing=asked)  # so that the next number mends this one
        return await advance(desk, heard, draft, bad)
    question = heard.question
    if question and question.sure and question.intent is not Intent.SUBMIT:
        return None  # something else is asked in between
    if not re.search(r"\d", heard.text) and not read_message(heard.text, form).cells:
        return None
    return await take(desk, heard, replace(draft, sent_at=heard.sent_at))


async def are_figures(desk: Desk, heard: Heard) -> bool:
    """Two cells or more, named, without any command: somebody files, with the usual card to confirm."""
    organisation = await desk.offices.organisation()
    if not re.search(r"\d", heard.text):
        return False
    question = read_question(heard.text, organisation, local_day(heard.now))
    return len(read_message(question.figures, load(organisation.form)).cells) > 1


def _is_amount(text: str, measure: Measure) -> bool:
    """Whether a text is meant as the one number that was asked for, well or badly written."""
    reading = read_amount(text, measure)
    return not isinstance(reading, Unreadable) or reading.reason not in (Reason.EMPTY, Reason.NOT_A_NUMBER)


async def hear_reason(desk: Desk, heard: Heard, state: State) -> Move:
    """The reason for what the warnings named, or for changing a report after its deadline; then it is stored."""
    return await _store(desk, heard, from_json(state), heard.text.strip())


def _current(state: State | None, argument: str) -> tuple[Draft, list[str]]:
    """The draft that a button belongs to and the rest of its argument; StaleChoice when the card has been replaced."""
    kept, rest = current(state, argument)
    return from_json(kept), rest.split(".") if rest else []


def _cell(form: Form, rest: list[str]) -> Cell:
    """The cell whose place in the form a button tells; StaleChoice for a token that no card of ours holds."""
    if not rest or not rest[0].isdecimal() or int(rest[0]) >= len(form.cells):
        raise StaleChoice
    return form.cells[int(rest[0])]


def _value(rest: list[str]) -> int:
    if len(rest) < 2 or not rest[1].isdecimal() or int(rest[1]) > MAX:
        raise StaleChoice
    return int(rest[1])


def _press(change: Callable[[Draft, Form, list[str]], Draft]) -> Press:
    """A button that changes the draft, and then the next thing is said in the card's place."""

    async def press(desk: Desk, heard: Heard, state: State | None, argument: str) -> Move:
        draft, rest = _current(state, argument)
        form = load((await desk.offices.organisation()).form)
        return _in_place(await advance(desk, heard, replace(change(draft, form, rest), no=heard.turn)))

    return press


def _in_place(move: Move) -> Move:
    return replace(move, replies=tuple(replace(reply, in_place=True) for reply in move.replies))


async def press_edit(desk: Desk, heard: Heard, state: State | None, argument: str) -> Move:
    draft, _ = _current(state, argument)
    form = load((await desk.offices.organisation()).form)
    return _in_place(stay(draft, ask_edit(form, draft)))


async def press_file(desk: Desk, heard: Heard, state: State | None, argument: str) -> Move:
    """Store at once, or ask for the one reason that the warnings (or a change after the deadline) need."""
    if state is None:
        return answer(await _done_already(desk, heard))
    draft, _ = _current(state, argument)
    organisation = await desk.offices.organisation()
    form = load(organisation.form)
    case = await _case(desk, form, draft, organisation)
    warnings = checks.warnings(form, draft.figures(), case.history, draft.percents)
    late = case.existing is not None and heard.now > case.deadline
    if late or any(warning.needs_reason for warning in warnings):
        return stay(draft, ask_reason(draft), REASON)
    return await _store(desk, heard, draft, "")


async def _done_already(desk: Desk, heard: Heard) -> Reply:
    """What a second tap on [Nộp] is told: what the first one stored."""
    report = await desk.reports.last_by(heard.person.id)
    if report is None:
        raise StaleChoice
    organisation = await desk.offices.organisation()
    office = organisation.office(report.office, report.period.end)
    return Reply(
        say(
            "This card is done: {period} of {office} was recorded at {time}.",
            period=period_name(report.period),
            office=office.full_name if office else report.office,
            time=at(report.latest.sent_at),
        )
    )


async def press_because(desk: Desk, heard: Heard, state: State | None, argument: str) -> Move:
    draft, rest = _current(state, argument)
    if rest not in [[str(place)] for place in range(len(reasons()))]:
        raise StaleChoice
    return await _store(desk, heard, draft, reasons()[int(rest[0])])


async def _case(desk: Desk, form: Form, draft: Draft, organisation: Organisation) -> Case:
    if draft.period is None:
        raise StaleChoice
    office = organisation.office(draft.office, draft.period.end)
    if office is None or draft.asked(form) is not None:
        raise StaleChoice
    return await look_up(desk, form, office, draft.period)


async def _store(desk: Desk, heard: Heard, draft: Draft, reason: str) -> Move:
    organisation = await desk.offices.organisation()
    form = load(organisation.form)
    case = await _case(desk, form, draft, organisation)
    found: list[Problem] = [*refusals(case.office, case.period, organisation, heard)]
    found += checks.faults(form, draft.figures())
    if found:
        return stay(draft, refused(form, draft, found))
    if case.existing and case.existing.figures == draft.figures():
        same = say("These very figures were stored at {time} already.", time=at(case.existing.latest.stored_at))
        return finish(Reply(same, in_place=True))
    filed = Filed(draft.figures(), draft.sent_at, draft.text, reason)
    report = await store(desk, heard, form, case, filed)
    return finish(await stored(desk, form, case, report, organisation))


conversation = Conversation(
    name=NAME,
    commands=("nop", "nopsolieu", "baocao"),
    about=gloss("File the figures"),
    open=open_,
    steps={DRAFT: hear_draft, REASON: hear_reason},
    presses={
        "file": press_file,
        "edit": press_edit,
        "because": press_because,
        "cancel": cancelled,
        "office": _press(lambda draft, form, rest: replace(draft, office="".join(rest))),
        "set": _press(lambda draft, form, rest: draft.with_cell(_cell(form, rest), _value(rest), stepped=True)),
        "cell": _press(lambda draft, form, rest: replace(draft, editing=_cell(form, rest))),
        "back": _press(lambda draft, form, rest: draft.one_back()),
        "go": _press(lambda draft, form, rest: draft),
        "period": _press(
            lambda draft, form, rest: replace(draft, period=draft.other_period, other_period=draft.period)
        ),
    },
    free=frozenset({REASON}),
    needs=Act.FILE,
    recognises=are_figures,
)
