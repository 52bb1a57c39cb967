"""The one tap that stores a draft, and the reason that a warning or a late change asks for."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta

from bot.cards import at
from bot.chat import Reply
from bot.dialogue import Heard, Move, State, answer, current, finish, pick
from bot.domain import checks
from bot.domain.draft import Draft, from_json
from bot.domain.folding import fold
from bot.domain.form import Form
from bot.done import done
from bot.drafting import ask_reason, reasons, refused
from bot.errors import StaleChoice
from bot.explain import Problem
from bot.filing import Case, Filed, look_up, refusals, store
from bot.forms import load
from bot.i18n import say
from bot.ports import Desk
from bot.review import stored
from bot.taking import REASON, advance, overtaken, stay, warnings_of

AGAIN = timedelta(hours=1)  # “nộp” typed so soon is the same tap once more, later it begins anew
_SOFT = frozenset(
    """
    di ngay luon ok oke em a nhe nha giup cho toi minh da xem roi thi vang u gui xac nhan bao cao so lieu do het
    """.split()  # noqa: SIM905
)
_YES = frozenset({"ok", "oke", "dung", "duoc", "dong", "y", "nhat", "tri", "vang", "chuan", "co", "u", "phai", "chinh"})


async def press_file(desk: Desk, heard: Heard, state: State | None, argument: str) -> Move:
    """Store at once, or ask for the one reason that the warnings (or a change after the deadline) need."""
    if state is not None and means_file(heard.text):
        return await typed(desk, heard, from_json(state))  # the draft under way, not the card it once stood on
    try:
        kept, _ = current(state, argument)
    except StaleChoice as stale:
        within = AGAIN if means_file(heard.text) else None
        if told := await done(desk, heard, stale.card, within):
            return answer(told)
        raise
    return await confirm(desk, heard, from_json(kept))


async def typed(desk: Desk, heard: Heard, draft: Draft) -> Move:
    """“nộp” in words: stores what a card shows; what was refused or asked about meanwhile is shown on one first."""
    if draft.shown:
        return await confirm(desk, heard, draft)
    move = await advance(desk, heard, replace(draft, no=heard.turn))
    if move.stand is None or not from_json(move.stand.state).shown:
        return move
    first = say("Nothing has been filed yet. Please look at this card first, then tap its button or type “nộp” again.")
    return replace(move, replies=tuple(replace(one, text=f"{first}\n\n{one.text}") for one in move.replies))


async def confirm(desk: Desk, heard: Heard, draft: Draft) -> Move:
    form, case = await _case(desk, draft)
    if instead := await _instead(desk, heard, draft, form, case):  # before a reason is asked for in vain
        return instead
    late = case.existing is not None and draft.sent_at > case.deadline
    needed = late or any(warning.needs_reason for warning in warnings_of(form, draft, case))
    if needed and not draft.reason:
        return stay(draft, ask_reason(draft, lacking=means_file(heard.text)), REASON)
    return await _store(desk, heard, draft, draft.reason, form, case)


async def press_because(desk: Desk, heard: Heard, state: State | None, argument: str) -> Move:
    kept, rest = current(state, argument)
    draft = from_json(kept)
    form, case = await _case(desk, draft)
    reason = pick(reasons(), rest)
    return await _instead(desk, heard, draft, form, case) or await _store(desk, heard, draft, reason, form, case)


async def _case(desk: Desk, draft: Draft) -> tuple[Form, Case]:
    organisation = await desk.offices.organisation()
    form = load(organisation.form)
    if draft.period is None:
        raise StaleChoice
    office = organisation.office(draft.office, draft.period.end)
    if office is None or draft.asked(form) is not None:
        raise StaleChoice
    return form, await look_up(desk, form, office, draft.period)


def _stored_already(draft: Draft, case: Case) -> bool:
    existing = case.existing
    return existing is not None and existing.figures == draft.figures() and existing.latest.nil == draft.nil


async def _instead(desk: Desk, heard: Heard, draft: Draft, form: Form, case: Case) -> Move | None:
    """What is said instead of storing: others' figures came first, something forbids it, or it is done already."""
    same = _stored_already(draft, case)
    if overtaken(draft, case) and not same:
        return await advance(desk, heard, replace(draft, no=heard.turn))
    found: list[Problem] = [*await refusals(desk, form, case.office, case.period, heard)]
    found += checks.faults(form, draft.figures())
    if found:
        return stay(draft, refused(form, draft, found, case.last_figures))
    if case.existing and same:
        told = say("These very figures were stored at {time} already.", time=at(case.existing.latest.stored_at))
        return finish(Reply(told, in_place=True))
    return None


async def _store(desk: Desk, heard: Heard, draft: Draft, reason: str, form: Form, case: Case) -> Move:
    filed = Filed(draft.figures(), draft.sent_at, draft.text, reason, draft.nil, draft.no)
    report = await store(desk, heard, form, case, filed)
    return finish(await stored(desk, heard, form, case, report, await desk.offices.organisation()))


def means_file(text: str) -> bool:
    """Whether words typed at a card are its [Nộp]: "nộp đi", "ok nộp luôn em".

    >>> means_file("Nộp luôn đi em"), means_file("chưa nộp"), means_file("ok")
    (True, False, False)
    """
    words = re.findall(r"[a-z]+", fold(text))
    return "nop" in words and set(words) <= {"nop"} | _SOFT | _YES


def means_yes(text: str) -> bool:
    """Whether words agree without saying to what: the card is shown again, and how to file it.

    >>> means_yes("đồng ý"), means_yes("ok em"), means_yes("không")
    (True, True, False)
    """
    words = re.findall(r"[a-z]+", fold(text))
    return bool(words) and set(words) <= _SOFT | _YES and bool(set(words) & _YES)
