"""Open a closed period again without being asked: for one office or all of a cluster, with a reason, for 24 hours."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from bot.asking import Inquiry, understand, unit_name
from bot.cards import at, period_name
from bot.chat import Choice, Reply
from bot.dialogue import (
    Conversation,
    Heard,
    Move,
    State,
    answer,
    cancelled,
    current,
    finish,
    in_place,
    only_buttons,
    pick,
)
from bot.domain.calendar import local_day
from bot.domain.closing import UNLOCKED_FOR, Closing, Unlock
from bot.domain.extension import parted
from bot.domain.organisation import Cluster, Office
from bot.domain.period import Period
from bot.domain.person import Act
from bot.domain.question import Intent
from bot.domain.reach import allowed, offices_in
from bot.errors import NotAllowed, Refusal, StaleChoice, Unread
from bot.explain import explain
from bot.i18n import gloss, say
from bot.locks import LATELY, MOST_NAMES, Locks, locks_of, overview
from bot.ports import Desk, Stand
from bot.reasons import because, show
from bot.trail import entry, role_of, unlock_subject
from bot.unasked.opened import News, few, named, tell_opened, told_of

NAME = "reopen"
CONFIRM, REASON, PERIOD = "confirm", "reason", "period"


async def open_(desk: Desk, heard: Heard) -> Move:
    """The office and the period stand before the colon, the reason after it; without anything, what is closed."""
    head, reason = parted(heard.text)
    try:
        asked = await understand(desk, replace(heard, text=head, question=None, before=None), Intent.MISSING)
    except Unread as refusal:
        return answer(_unread(refusal.text))
    unit = asked.unit
    if not isinstance(unit, Office | Cluster) or not _may(heard, asked, unit):
        raise NotAllowed(Act.UNLOCK, unit_name(unit))
    if not (asked.question.units or asked.question.whole or asked.question.period or because(reason)):
        return answer(await overview(desk, heard, asked.organisation))
    locks = await locks_of(desk, asked.form.key, unit, asked.offices, asked.period, heard.now)
    if locks.closing is None:
        return await _not_closed(desk, heard, asked, unit, because(reason))
    if not locks.shut:
        return answer(Reply(_open_already(locks, asked.period)))
    period = [asked.period.year, asked.period.month]
    state = {"no": heard.turn, "unit": unit.key, "office": isinstance(unit, Office), "period": period}
    return _go_on(heard, locks, locks.closing, {**state, "reason": because(reason)})


def _unread(text: str) -> Reply:
    """Words that may be a reason, or anything else."""
    example = "/mokhoa Bá Thước: nhập nhầm tiền xong"
    return Reply(
        say(
            "I did not understand “{text}”. If it is the reason, write it after a colon, for example: {example}",
            text=text,
            example=example,
        )
    )


def _may(heard: Heard, asked: Inquiry, unit: Office | Cluster) -> bool:
    return allowed(heard.person, Act.UNLOCK, unit, asked.organisation, local_day(heard.now))


async def _not_closed(desk: Desk, heard: Heard, asked: Inquiry, unit: Office | Cluster, reason: str) -> Move:
    """Nothing to be opened there; the periods that are closed are a tap away, with the reason that was typed."""
    cluster = unit.cluster if isinstance(unit, Office) else unit.key
    text = say("{period} is not closed: it can be changed as it is.", period=period_name(asked.period))
    lately = [one.period for one in await desk.periods.lately(cluster, asked.form.key, LATELY)]
    choices = [
        Choice(say("Open {period}", period=period_name(one)), f"{NAME}:period:{heard.turn}.{n}")
        for n, one in enumerate(lately)
    ]
    if not lately:
        return answer(Reply(text))
    periods = [[one.year, one.month] for one in lately]
    state = {"no": heard.turn, "unit": unit.key, "office": isinstance(unit, Office), "periods": periods}
    return Move((Reply(text, tuple(choices)),), Stand(NAME, PERIOD, {**state, "reason": reason}))


async def press_period(desk: Desk, heard: Heard, state: State | None, argument: str) -> Move:
    state, place = current(state, argument)
    period = pick(state.get("periods", ()), place)
    state = {**{key: state[key] for key in ("unit", "office", "reason")}, "no": heard.turn, "period": period}
    locks = await _locks(desk, heard, state)
    if locks.closing is None:
        raise StaleChoice
    if not locks.shut:
        return in_place(finish(Reply(_open_already(locks, locks.closing.period))))
    return in_place(_go_on(heard, locks, locks.closing, state))


def _go_on(heard: Heard, locks: Locks, closing: Closing, state: State) -> Move:
    """The card, or the reason that is still missing."""
    if state["reason"]:
        return _card(heard, locks, closing, state)
    text = say("For what reason? Please type it.")
    cancel = Choice(say("Cancel"), f"{NAME}:cancel:{heard.turn}")
    return Move((Reply(f"{_whom(locks, closing.period)}\n{text}", (cancel,)),), Stand(NAME, REASON, state))


def _said(unit: Office | Cluster) -> str:
    return unit.short if isinstance(unit, Cluster) else unit.name


def _open_already(locks: Locks, period: Period) -> str:
    fields = {"period": period_name(period), "office": _said(locks.unit)}
    return say("{period} of {office} is open already, until {time}.", time=at(min(locks.opened.values())), **fields)


def _whom(locks: Locks, period: Period) -> str:
    return say("**Open** {period} again for {office}?", period=period_name(period), office=named(locks))


def _card(heard: Heard, locks: Locks, closing: Closing, state: State) -> Move:
    lines = [
        _whom(locks, closing.period),
        say("It was closed at {time} by {closer}.", time=at(closing.closed_at), closer=closing.closer),
        say("It stays open for 24 hours and locks again by itself."),
        say("Reason: “{reason}”.", reason=state["reason"]),
    ]
    return show(heard, Stand(NAME, CONFIRM, state), lines, say("Open for 24 hours"), "open")


async def hear_reason(desk: Desk, heard: Heard, state: State) -> Move:
    reason = because(heard.text)
    try:
        locks = await _locks(desk, heard, state)
    except Refusal as refusal:
        return finish(explain(refusal))  # else any words would go on being taken for the reason
    if locks.closing is None or not locks.shut:
        return finish(explain(StaleChoice()))
    if not reason:
        return Move((Reply(say("For what reason? Please type it.")),))
    return _card(heard, locks, locks.closing, {**state, "reason": reason})


async def _locks(desk: Desk, heard: Heard, state: State) -> Locks:
    """How it stands now. Raises StaleChoice, NotAllowed."""
    organisation, period = await desk.offices.organisation(), Period(*state["period"])
    find = organisation.office if state["office"] else organisation.cluster
    unit = find(state["unit"], period.end)
    if unit is None:
        raise StaleChoice
    if not allowed(heard.person, Act.UNLOCK, unit, organisation, local_day(heard.now)):
        raise NotAllowed(Act.UNLOCK, unit_name(unit))
    offices = offices_in(unit, organisation, period.end)
    return await locks_of(desk, organisation.form, unit, offices, period, heard.now)


async def press_open(desk: Desk, heard: Heard, state: State | None, argument: str) -> Move:
    state, _ = current(state, argument)
    if not state.get("reason") or "period" not in state:
        raise StaleChoice
    locks, period = await _locks(desk, heard, state), Period(*state["period"])
    if locks.closing is None or not locks.shut:
        raise StaleChoice
    until = heard.now + UNLOCKED_FOR
    askers = {office.key: await _open(desk, heard, office, period, state, until) for office in locks.shut}
    news = News(locks, period, heard.person.name, until, state["reason"])
    told = await tell_opened(desk, heard, news, askers)
    lines = [told_of(news).text]
    if told:
        lines.append(say("It has been told to: {names}.", names=few(told)))
    unreached = [office for office in locks.shut if office not in told][:MOST_NAMES]
    lines += [say("Nobody at {office} can be reached.", office=office.full_name) for office in unreached]
    return in_place(finish(Reply("\n".join(lines))))


async def _open(
    desk: Desk, heard: Heard, office: Office, period: Period, state: State, until: datetime
) -> Sequence[int]:
    """Grant what the office has asked for, or open it unasked; whose request that was."""
    organisation, person = await desk.offices.organisation(), heard.person
    unlock = await desk.periods.waiting(office.key, organisation.form, period)
    if unlock:
        await desk.periods.answer(unlock.id, person.name, until, heard.now)
    else:
        own = Unlock(0, office.key, organisation.form, period, person.id, person.name, state["reason"], heard.now)
        granted = replace(own, answered_at=heard.now, answerer=person.name, until=until)
        unlock = replace(granted, id=await desk.periods.ask(granted))
    role = role_of(heard, Act.UNLOCK, organisation.place(office))
    after = {"until": until.isoformat()}
    subject = unlock_subject(unlock)
    line = entry(heard, Act.UNLOCK, subject, role=role, after=after, reason=state["reason"], card=state["no"])
    await desk.audit.write(line)
    return [unlock.asker] if unlock.asker != person.id else []


conversation = Conversation(
    name=NAME,
    commands=("mokhoa",),
    about=gloss("Open a closed period again"),
    open=open_,
    steps={CONFIRM: only_buttons, REASON: hear_reason, PERIOD: only_buttons},
    presses={"period": press_period, "open": press_open, "cancel": cancelled},
    free=frozenset({REASON}),
    asides=frozenset({REASON}),
    needs=Act.UNLOCK,
)
