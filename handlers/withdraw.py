"""Take back what was filed, with a reason, before the period is closed: the office then counts as missing."""

from __future__ import annotations

from dataclasses import replace

from bot.asking import token, understand, which_office
from bot.cards import at, figure_lines, period_name, period_range
from bot.chat import Choice, Reply
from bot.dialogue import Conversation, Heard, Move, State, answer, cancelled, current, finish, only_buttons, pick
from bot.domain.calendar import local_day
from bot.domain.draft import from_json
from bot.domain.form import Form
from bot.domain.organisation import Office, Organisation
from bot.domain.period import Period
from bot.domain.person import Act
from bot.domain.question import Intent
from bot.domain.reach import allowed
from bot.drafting import NAME as SUBMIT
from bot.errors import NotAllowed, StaleChoice
from bot.filing import Case, look_up, refusals, tally, withdraw
from bot.forms import load
from bot.i18n import gloss, moment, say
from bot.ports import Desk, Stand
from bot.reasons import show_reason
from bot.review import overtaken_line, tally_line
from bot.unasked.answered import tell_answered

NAME = "withdraw"
CONFIRM, REASON = "confirm", "reason"


async def open_(desk: Desk, heard: Heard) -> Move:
    asked = await understand(desk, heard, Intent.OFFICE, office=True)
    if not isinstance(asked.unit, Office):
        return answer(which_office("rut", asked.offices[:20]))
    await _check(desk, heard, asked.organisation, asked.unit, asked.period)
    case = await look_up(desk, asked.form, asked.unit, asked.period)
    return _ask(heard, asked.form, case) if case.existing else answer(Reply(_nothing(case)))


async def _check(desk: Desk, heard: Heard, organisation: Organisation, office: Office, period: Period) -> None:
    """Raises what stands in the way: no right to correct that office, or the period."""
    if not allowed(heard.person, Act.CORRECT, office, organisation, local_day(heard.now)):
        raise NotAllowed(NAME, office.full_name)
    for refusal in await refusals(desk, load(organisation.form), office, period, heard):
        raise refusal


def _nothing(case: Case) -> str:
    return say(
        "**{office}** has filed nothing for {period} that could be withdrawn.",
        office=case.office.full_name,
        period=period_name(case.period),
    )


def _ask(heard: Heard, form: Form, case: Case) -> Move:
    """What would be taken back, and what follows from it."""
    assert case.existing is not None
    latest = case.existing.latest
    lines = [
        say("**Withdraw what was filed?**"),
        f"{case.office.full_name} · {period_name(case.period)} ({period_range(case.period)})",
        say("Filed at {time} by {author}:", time=at(latest.sent_at), author=latest.author_name),
        *figure_lines(form, case.existing.figures),
        "",
        say("The office then counts as missing, and totals leave it out; the history is kept."),
    ]
    if heard.now > case.deadline:
        late = say(
            "The deadline ({deadline}) has passed: what is filed anew counts as late.", deadline=moment(case.deadline)
        )
        lines.append(late + " " + say("To mend a figure, change it instead: that keeps the mark."))
    choices = (
        Choice(say("Withdraw"), f"{NAME}:reason:{heard.turn}"),
        Choice(say("Change a figure"), token("sua", case.office.name, case.period)),
        Choice(say("Cancel"), f"{NAME}:cancel:{heard.turn}"),
    )
    period = [case.period.year, case.period.month]
    state = {"no": heard.turn, "office": case.office.key, "period": period, "seen": case.number}
    return Move((Reply("\n".join(lines), choices),), Stand(NAME, CONFIRM, state))


def reasons() -> tuple[str, ...]:
    """Reasons that one tap gives."""
    return (say("Wrong period or office"), say("The figures had not been approved yet"), say("Filed by mistake"))


async def press_reason(desk: Desk, heard: Heard, state: State | None, argument: str) -> Move:
    state, _ = current(state, argument)
    choices = [Choice(text, f"{NAME}:because:{state['no']}.{place}") for place, text in enumerate(reasons())]
    text = say("What is the reason? Tap one or type it.")
    reply = Reply(text, (*choices, Choice(say("Cancel"), f"{NAME}:cancel:{state['no']}")), in_place=True)
    return Move((reply,), Stand(NAME, REASON, state))


async def press_because(desk: Desk, heard: Heard, state: State | None, argument: str) -> Move:
    state, place = current(state, argument)
    return await _withdraw(desk, heard, state, pick(reasons(), place))


async def hear_reason(desk: Desk, heard: Heard, state: State) -> Move:
    """The reason on a card, which still has to be confirmed."""
    period = Period(*state["period"])
    office = (await desk.offices.organisation()).office(state["office"], period.end)
    if office is None:
        raise StaleChoice
    line = say("**Withdraw** {period} of {office}?", period=period_name(period), office=office.full_name)
    return show_reason(heard, Stand(NAME, CONFIRM, state), line, say("Withdraw"), "withdraw")


async def press_withdraw(desk: Desk, heard: Heard, state: State | None, argument: str) -> Move:
    state, _ = current(state, argument)
    return await _withdraw(desk, heard, state, state.get("reason", ""))


async def _withdraw(desk: Desk, heard: Heard, state: State, reason: str) -> Move:
    """Take it back, unless something else has been stored since the card was shown."""
    organisation, period = await desk.offices.organisation(), Period(*state["period"])
    form, office = load(organisation.form), organisation.office(state["office"], period.end)
    if office is None or not reason:
        raise StaleChoice
    await _check(desk, heard, organisation, office, period)
    case = await look_up(desk, form, office, period)
    if case.existing is None:
        return finish(Reply(_nothing(case), in_place=True))
    if case.number != state["seen"]:
        asked = _ask(heard, form, case)
        meanwhile = replace(asked.replies[0], text=f"{overtaken_line(case)}\n\n{asked.replies[0].text}", in_place=True)
        return replace(asked, replies=(meanwhile,))
    report = await withdraw(desk, heard, case, reason, state["no"])
    await tell_answered(desk, heard, case.existing, report)
    await _drop_draft(desk, heard, case)
    return finish(await _done(desk, form, case, organisation, heard, reason))


async def _drop_draft(desk: Desk, heard: Heard, case: Case) -> None:
    """A change under way of what has just been taken back is a change of nothing."""
    stand = await desk.stands.at(heard.person.id, SUBMIT)
    draft = from_json(stand.state) if stand else None
    if draft and (draft.office, draft.period) == (case.office.key, case.period):
        await desk.stands.drop(heard.person.id, SUBMIT)


async def _done(desk: Desk, form: Form, case: Case, organisation: Organisation, heard: Heard, reason: str) -> Reply:
    offices = organisation.offices_of(case.office.cluster, case.period.end)
    cluster = organisation.cluster(case.office.cluster, case.period.end)
    count = await tally(desk.reports, offices, form, case.period)
    lines = [
        say("**Withdrawn** at {time}.", time=at(heard.now)),
        f"{case.office.full_name} · {period_name(case.period)}",
        say("Reason: “{reason}”.", reason=reason),
    ]
    if cluster:
        missing = [office.name for office in count.missing]
        lines.append(tally_line(cluster.short, len(count.filed), len(offices), missing))
    return Reply("\n".join(lines), _next(case), in_place=True)


def _next(case: Case) -> tuple[Choice, ...]:
    office, period = case.office.name, case.period
    file = Choice(say("File the figures"), token("nop", office, period))
    return (file, Choice(say("History"), token("lichsu", office, period)))


conversation = Conversation(
    name=NAME,
    commands=("rut",),
    about=gloss("Withdraw what was filed"),
    open=open_,
    steps={CONFIRM: only_buttons, REASON: hear_reason},
    presses={"reason": press_reason, "because": press_because, "withdraw": press_withdraw, "cancel": cancelled},
    free=frozenset({REASON}),
    asides=frozenset({REASON}),
    needs=Act.CORRECT,
)
