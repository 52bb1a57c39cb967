"""File the figures of a period: one line, six numbers, the template, or step by step; one card, one tap."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from bot.cards import at, period_name
from bot.chat import Choice, Reply
from bot.confirming import means_file, means_yes, press_because, press_file, typed
from bot.dialogue import Conversation, Heard, Move, Press, State, answer, cancelled, current, in_place, pick, whole
from bot.domain import checks
from bot.domain.broken import sounds_like_a_number
from bot.domain.calendar import local_day
from bot.domain.draft import Draft, answered, from_json, to_json
from bot.domain.folding import fold
from bot.domain.form import Cell, Form, Measure
from bot.domain.message import read_message
from bot.domain.organisation import Office
from bot.domain.person import Act
from bot.domain.promise import means_later, read_promise
from bot.domain.question import Intent, read_question
from bot.domain.reading import MAX, Reason, Unreadable, read_amount
from bot.drafting import NAME, ask_edit, ask_reason
from bot.errors import NotAllowed
from bot.filing import default_period
from bot.forms import load
from bot.i18n import gloss, say
from bot.ports import Desk
from bot.reasons import because, for_certain
from bot.taking import DRAFT, FIGURE, REASON, advance, my_offices, stay, take

_DIGIT = re.compile(r"\d")
_BARE = re.compile(r"\d{1,2}")  # at a card it is no figure: perhaps a choice of a list that stands elsewhere
_NOT_NOW = re.compile(r"^(thoi|khoan|dung|huy|khong nop|chua nop|cho|de toi|doi|lui)\b")


async def open_(desk: Desk, heard: Heard) -> Move:
    """A new draft from the figures that came with the command; without any, the one under way or the first question."""
    offices = await my_offices(desk, heard)
    if not offices:
        raise NotAllowed(Act.FILE, say("any office"))
    if heard.stand and not _DIGIT.search(heard.text):
        return _hinted(await _again(desk, heard, heard.stand), unless=say("File"))
    bare = not _DIGIT.search(heard.text) and "lai" not in fold(heard.text).split()
    if bare and (filed := await _filed_already(desk, heard, offices)):
        return answer(filed)
    office = offices[0].key if len(offices) == 1 else ""
    return await take(desk, heard, Draft(heard.turn, heard.sent_at, office, default_period(heard.now)))


async def hear_draft(desk: Desk, heard: Heard, state: State) -> Move | None:
    """Figures or corrections for the draft, or a word about its card; None when the words are meant elsewhere."""
    form = load((await desk.offices.organisation()).form)
    draft = replace(from_json(state), no=heard.turn)
    asked = draft.asked(form)
    if asked and not heard.edited and _is_amount(heard.text, asked.measure):
        return await _answered(desk, heard, form, draft, asked)
    if fold(heard.text).strip(" .!") == "quay lai":
        return await advance(desk, heard, draft.one_back())
    if asked is None and not heard.edited and (move := await _about_card(desk, heard, from_json(state))):
        return move
    if _asks_else(heard, form):
        return None
    if asked and sounds_like_a_number(heard.text):
        return await _answered(desk, heard, form, draft, asked)
    if not _DIGIT.search(heard.text) and not read_message(heard.text, form).cells:
        return None
    return await take(desk, heard, replace(draft, sent_at=heard.sent_at))


def _asks_else(heard: Heard, form: Form) -> bool:
    """Whether something else is meant in between: another question, however unclear, or a promise."""
    promised = read_promise(heard.text, heard.now)
    if (promised and promised.plain) or means_later(heard.text, heard.now):
        return True
    question = heard.question
    if question is None or question.intent is Intent.SUBMIT or Intent.SUBMIT in question.others:
        return False
    return question.sure or (bool(question.others) and not read_message(question.figures, form).cells)


async def _answered(desk: Desk, heard: Heard, form: Form, draft: Draft, asked: Cell) -> Move:
    """The one number that was asked for."""
    draft = replace(draft, sent_at=heard.sent_at, text=f"{draft.text}\n{heard.text}".strip())
    draft, bad = answered(draft, asked, read_amount(heard.text, asked.measure))
    if any(not isinstance(fault, checks.Missing) for fault in checks.faults(form, draft.figures())):
        draft = replace(draft, editing=asked)  # so that the next number mends this one
    return await advance(desk, heard, draft, bad)


async def _about_card(desk: Desk, heard: Heard, draft: Draft) -> Move | None:
    """Words said to a card: "nộp đi" files it, "ok" is asked what it means."""
    if means_file(heard.text):
        return await typed(desk, heard, draft)
    if not means_yes(heard.text) and not _BARE.fullmatch(heard.text.strip()):
        return None
    return _hinted(await _again(desk, heard, to_json(draft)))


async def _again(desk: Desk, heard: Heard, state: State) -> Move:
    """The draft as it stands; the cards shown before stay good, unless something else has been stored meanwhile."""
    shown = await advance(desk, heard, from_json(state))
    if shown.stand and shown.stand.state == state:
        return shown
    return await advance(desk, heard, replace(from_json(state), no=heard.turn))


async def _filed_already(desk: Desk, heard: Heard, offices: Sequence[Office]) -> Reply | None:
    """Said to a bare "nộp" when all of it is filed: the questions are not begun anew unasked."""
    organisation, period = await desk.offices.organisation(), default_period(heard.now)
    named = read_question(heard.text, organisation, local_day(heard.now))
    if named.units or named.period or len(offices) > 1:
        return None
    report = await desk.reports.get(offices[0].key, organisation.form, period)
    if report is None:
        return None
    text = say(
        "**{period}** of {office} was recorded at {time}. To mend a figure, type it, or tap.",
        period=period_name(period),
        office=offices[0].full_name,
        time=at(report.latest.sent_at),
    )
    return Reply(text, (Choice(say("Change"), "/sua"), Choice(say("File anew"), "/nop lai")))


def _hinted(move: Move, *, unless: str = "") -> Move:
    """The card with how to confirm it above; `unless` its button is called so."""
    choices = [choice for reply in move.replies for choice in reply.choices]
    label = next((choice.label for choice in choices if choice.token.startswith(f"{NAME}:file:")), "")
    if not label or label == unless:
        return move
    hint = say("To file it, please tap [{label}] or type the same words.", label=label)
    return replace(move, replies=tuple(replace(one, text=f"{hint}\n\n{one.text}") for one in move.replies))


async def are_figures(desk: Desk, heard: Heard) -> bool:
    """Two cells or more, named, without any command: somebody files, with the usual card to confirm."""
    organisation = await desk.offices.organisation()
    if not _DIGIT.search(heard.text):
        return False
    question = read_question(heard.text, organisation, local_day(heard.now))
    return len(read_message(question.figures, load(organisation.form)).cells) > 1


def _is_amount(text: str, measure: Measure) -> bool:
    """Whether a text is meant as the one number that was asked for, well or badly written."""
    reading = read_amount(text, measure)
    return not isinstance(reading, Unreadable) or reading.reason not in (Reason.EMPTY, Reason.NOT_A_NUMBER)


async def hear_reason(desk: Desk, heard: Heard, state: State) -> Move | None:
    """A reason in own words is shown on the card, which still has to be confirmed; figures mend the draft instead."""
    draft, form = replace(from_json(state), no=heard.turn), load((await desk.offices.organisation()).form)
    words = because(heard.text)
    if not words:
        return stay(draft, ask_reason(draft), REASON)
    if means_file(words):
        return stay(draft, ask_reason(draft, lacking=True), REASON)
    if not for_certain(heard.text) and read_message(heard.text, form).cells:
        return await hear_draft(desk, heard, state)
    if _NOT_NOW.search(fold(words)):
        return await advance(desk, heard, draft)
    return await advance(desk, heard, replace(draft, reason=words))


def _current(state: State | None, argument: str) -> tuple[Draft, list[str]]:
    """The draft that a button belongs to and the rest of its argument; StaleChoice when the card has been replaced."""
    kept, rest = current(state, argument)
    return from_json(kept), rest.split(".") if rest else []


def _cell(form: Form, rest: list[str]) -> Cell:
    """The cell whose place in the form a button tells; StaleChoice for a token that no card of ours holds."""
    return pick(form.cells, rest[0] if rest else "")


def _value(rest: list[str]) -> int:
    return whole(rest[1] if len(rest) > 1 else "", MAX)


def _press(change: Callable[[Draft, Form, list[str]], Draft]) -> Press:
    """A button that changes the draft, and then the next thing is said in the card's place."""

    async def press(desk: Desk, heard: Heard, state: State | None, argument: str) -> Move:
        draft, rest = _current(state, argument)
        form = load((await desk.offices.organisation()).form)
        changed = replace(change(draft, form, rest), no=heard.turn)
        if set(changed.values) - set(draft.values) and not draft.doubts:
            changed = replace(changed, sent_at=heard.sent_at)  # a figure that was not there before came with this tap
        return in_place(await advance(desk, heard, changed))

    return press


async def press_edit(desk: Desk, heard: Heard, state: State | None, argument: str) -> Move:
    draft, _ = _current(state, argument)
    form = load((await desk.offices.organisation()).form)
    return in_place(stay(draft, ask_edit(form, draft)))


conversation = Conversation(
    name=NAME,
    commands=("nop", "nopsolieu", "baocao"),
    about=gloss("File the figures"),
    open=open_,
    steps={DRAFT: hear_draft, FIGURE: hear_draft, REASON: hear_reason},
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
    asides=frozenset({REASON}),
    keeps=True,
    figures=frozenset({FIGURE}),
    needs=Act.FILE,
    recognises=are_figures,
)
