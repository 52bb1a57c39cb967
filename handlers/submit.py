"""File the figures of a period: one line, six numbers, the template, or step by step; one card, one tap."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from bot.cards import at, period_name
from bot.chat import Reply
from bot.dialogue import Conversation, Heard, Move, Press, State, answer, cancelled, finish
from bot.domain import checks
from bot.domain.calendar import local_day
from bot.domain.draft import BadCell, Conflict, Draft, answered, from_json, merged, to_json
from bot.domain.form import Form, Measure
from bot.domain.message import read_message
from bot.domain.organisation import Office, Organisation
from bot.domain.period import opens
from bot.domain.person import Act
from bot.domain.question import Intent, read_question
from bot.domain.reach import offices_for
from bot.domain.reading import Reason, Unreadable, read_amount
from bot.drafting import NAME, ask_cell, ask_edit, ask_office, ask_reason, ask_review, ask_which, reasons, refused
from bot.errors import NotAllowed, StaleChoice
from bot.explain import Problem
from bot.filing import Case, Filed, default_period, look_up, refusals, store
from bot.forms import load
from bot.i18n import gloss, say
from bot.ports import Desk, Stand
from bot.review import stored

DRAFT, REASON = "draft", "reason"


async def open_(desk: Desk, heard: Heard) -> Move:
    """A new draft from the figures that came with the command; without any, the one under way or the first question."""
    offices = await _offices(desk, heard)
    if not offices:
        raise NotAllowed(Act.FILE, say("any office"))
    if heard.stand and not heard.text:
        return await _advance(desk, heard, replace(from_json(heard.stand), no=heard.turn))
    office = offices[0].key if len(offices) == 1 else ""
    return await _take(desk, heard, Draft(heard.turn, heard.sent_at, office, default_period(heard.now)))


async def hear_draft(desk: Desk, heard: Heard, state: State) -> Move | None:
    """Figures or corrections for the draft; None when the words hold none."""
    form = load((await desk.offices.organisation()).form)
    draft = replace(from_json(state), no=heard.turn)
    asked = draft.asked(form)
    if asked and _is_amount(heard.text, asked.measure):
        draft = replace(draft, sent_at=heard.sent_at, text=f"{draft.text}\n{heard.text}".strip())
        draft, bad = answered(draft, asked, read_amount(heard.text, asked.measure))
        if any(not isinstance(fault, checks.Missing) for fault in checks.faults(form, draft.figures())):
            draft = replace(draft, editing=asked)  # so that the next number mends this one
        return await _advance(desk, heard, draft, bad)
    question = heard.question
    if question and question.sure and question.intent is not Intent.SUBMIT:
        return None  # something else is asked in between
    if not re.search(r"\d", heard.text) and not read_message(heard.text, form).cells:
        return None
    return await _take(desk, heard, replace(draft, sent_at=heard.sent_at))


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


async def _take(desk: Desk, heard: Heard, draft: Draft) -> Move:
    """Read a message into the draft, then go on with what is still to be settled."""
    organisation = await desk.offices.organisation()
    question = read_question(heard.text, organisation, local_day(heard.now))
    named = [unit for unit in question.units if isinstance(unit, Office)]
    if named:
        draft = replace(draft, office=named[0].key)
    if question.period:
        draft = replace(draft, period=question.period, other_period=next(iter(question.alternatives), None))
    filing = read_message(question.figures, load(organisation.form))
    draft, bad = merged(replace(draft, text=f"{draft.text}\n{heard.text}".strip()), filing)
    return await _advance(desk, heard, draft, [*bad, *filing.leftovers])


async def _advance(desk: Desk, heard: Heard, draft: Draft, said: Sequence[BadCell | Conflict | str] = ()) -> Move:
    """The next thing to say: which office, what is wrong, which number is meant, what is missing, or the card."""
    organisation = await desk.offices.organisation()
    form, period = load(organisation.form), draft.period or default_period(heard.now)
    office = organisation.office(draft.office, period.end) if draft.office else None
    if office is None:
        return _stay(draft, ask_office(draft, await _offices(desk, heard)))
    found: list[Problem] = [*refusals(office, period, organisation, heard), *said]
    found += [fault for fault in checks.faults(form, draft.figures()) if not isinstance(fault, checks.Missing)]
    if found:
        return _stay(draft, refused(form, draft, found))
    asked, case = draft.asked(form), await look_up(desk, form, office, period)
    if asked is None:
        return _stay(draft, _card(heard, form, draft, case))
    doubt = next((one for one in draft.doubts if one.cell == asked), None)
    return _stay(draft, ask_which(form, draft, doubt) if doubt else ask_cell(form, draft, case, asked))


def _card(heard: Heard, form: Form, draft: Draft, case: Case) -> Reply:
    other = draft.other_period
    open_too = other if other and other != case.period and opens(other) <= local_day(heard.now) else None
    warnings = checks.warnings(form, draft.figures(), case.history, draft.percents)
    return ask_review(form, draft, case, warnings, heard.now, open_too)


def _stay(draft: Draft, reply: Reply, step: str = DRAFT) -> Move:
    return Move((reply,), Stand(NAME, step, to_json(draft)))


async def _offices(desk: Desk, heard: Heard) -> tuple[Office, ...]:
    return offices_for(heard.person, Act.FILE, await desk.offices.organisation(), local_day(heard.now))


def _current(state: State | None, argument: str) -> tuple[Draft, list[str]]:
    """The draft that a button belongs to and the rest of its argument; StaleChoice when the card has been replaced."""
    number, *rest = argument.split(".")
    if state is None or state["no"] != int(number or 0):
        raise StaleChoice
    return from_json(state), rest


def _press(change: Callable[[Draft, Form, list[str]], Draft]) -> Press:
    """A button that changes the draft, and then the next thing is said in the card's place."""

    async def press(desk: Desk, heard: Heard, state: State | None, argument: str) -> Move:
        draft, rest = _current(state, argument)
        form = load((await desk.offices.organisation()).form)
        return _in_place(await _advance(desk, heard, replace(change(draft, form, rest), no=heard.turn)))

    return press


def _in_place(move: Move) -> Move:
    return replace(move, replies=tuple(replace(reply, in_place=True) for reply in move.replies))


async def press_edit(desk: Desk, heard: Heard, state: State | None, argument: str) -> Move:
    draft, _ = _current(state, argument)
    form = load((await desk.offices.organisation()).form)
    return _in_place(_stay(draft, ask_edit(form, draft)))


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
        return _stay(draft, ask_reason(draft), REASON)
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
    draft, (place,) = _current(state, argument)
    return await _store(desk, heard, draft, reasons()[int(place)])


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
        return _stay(draft, refused(form, draft, found))
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
        "office": _press(lambda draft, form, rest: replace(draft, office=rest[0])),
        "set": _press(lambda draft, form, rest: draft.with_cell(form.cells[int(rest[0])], int(rest[1]), stepped=True)),
        "cell": _press(lambda draft, form, rest: replace(draft, editing=form.cells[int(rest[0])])),
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
