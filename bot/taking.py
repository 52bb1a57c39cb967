"""Takes what was said into a draft, and goes on with what is still to be settled: one flow for all who file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.chat import Reply
from bot.dialogue import Heard, Move
from bot.domain import checks
from bot.domain.calendar import local_day
from bot.domain.draft import BadCell, Conflict, Draft, merged, to_json
from bot.domain.form import Form
from bot.domain.message import read_message
from bot.domain.organisation import Office
from bot.domain.period import opens
from bot.domain.person import Act
from bot.domain.question import read_question
from bot.domain.reach import offices_for
from bot.drafting import NAME, ask_cell, ask_office, ask_review, ask_which, refused
from bot.explain import Problem
from bot.filing import Case, default_period, look_up, refusals
from bot.forms import load
from bot.i18n import say
from bot.ports import Desk, Stand
from bot.review import overtaken_line

DRAFT, REASON = "draft", "reason"


async def take(desk: Desk, heard: Heard, draft: Draft) -> Move:
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
    return await advance(desk, heard, draft, [*bad, *filing.leftovers])


async def advance(desk: Desk, heard: Heard, draft: Draft, said: Sequence[BadCell | Conflict | str] = ()) -> Move:
    """The next thing to say: which office, what is wrong, which number is meant, what is missing, or the card."""
    organisation = await desk.offices.organisation()
    form, period = load(organisation.form), draft.period or default_period(heard.now)
    office = organisation.office(draft.office, period.end) if draft.office else None
    if office is None:
        return stay(draft, ask_office(draft, await my_offices(desk, heard)))
    found: list[Problem] = [*refusals(office, period, organisation, heard), *said]
    found += [fault for fault in checks.faults(form, draft.figures()) if not isinstance(fault, checks.Missing)]
    if found:
        return stay(draft, refused(form, draft, found))
    asked, case = draft.asked(form), await look_up(desk, form, office, period)
    if asked is None:
        return stay(replace(draft, seen=case.number), _card(heard, form, draft, case))
    doubt = next((one for one in draft.doubts if one.cell == asked), None)
    return stay(draft, ask_which(form, draft, doubt) if doubt else ask_cell(form, draft, case, asked))


def _card(heard: Heard, form: Form, draft: Draft, case: Case) -> Reply:
    other = draft.other_period
    open_too = other if other and other != case.period and opens(other) <= local_day(heard.now) else None
    warnings = checks.warnings(form, draft.figures(), case.history, draft.percents)
    card = ask_review(form, draft, case, warnings, heard.now, open_too)
    if not overtaken(draft, case):
        return card
    ask = say("Replace it with these figures?") if case.existing else say("File these figures all the same?")
    return replace(card, text=f"{overtaken_line(case)} {ask}\n\n{card.text}")


def overtaken(draft: Draft, case: Case) -> bool:
    """Whether something has been stored for that office and period since the draft's card was shown."""
    return draft.seen is not None and draft.seen != case.number


def stay(draft: Draft, reply: Reply, step: str = DRAFT) -> Move:
    return Move((reply,), Stand(NAME, step, to_json(draft)))


async def my_offices(desk: Desk, heard: Heard) -> tuple[Office, ...]:
    return offices_for(heard.person, Act.FILE, await desk.offices.organisation(), local_day(heard.now))
