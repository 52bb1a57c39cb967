"""Move the deadline of the period for one office or a whole cluster, with a reason; who has not filed is told."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from bot.asking import unit_name
from bot.cards import clipped, names, period_name
from bot.chat import Choice, Reply
from bot.dialogue import Conversation, Heard, Move, State, answer, cancelled, current, finish, only_buttons
from bot.domain.calendar import local_day
from bot.domain.extension import Extending, Wish, read_wish
from bot.domain.organisation import Cluster, Office, Organisation, Unit
from bot.domain.period import Period, next_period
from bot.domain.person import Act
from bot.domain.reach import allowed, home, offices_in
from bot.domain.strangers import nearest
from bot.errors import (
    NotAllowed,
    PeriodClosed,
    PeriodNotOpen,
    Refusal,
    SeveralUnits,
    StaleChoice,
    UnknownOffice,
    Unread,
)
from bot.explain import explain
from bot.extending import card, confirm_label, done, refused, unread, why
from bot.filing import closed, default_period, due_at, may_open
from bot.forms import load
from bot.granting import grant
from bot.i18n import gloss, moment, say
from bot.ports import Desk, Stand
from bot.reminding import sketch
from bot.titles import can_anywhere
from bot.wishing import reason_for

NAME = "extend"
CONFIRM, REASON, UNIT = "confirm", "reason", "unit"
LONGEST_REASON = 300


async def open_(desk: Desk, heard: Heard) -> Move:
    organisation, today = await desk.offices.organisation(), local_day(heard.now)
    if not can_anywhere(heard.person, Act.EXTEND, today):
        if not can_anywhere(heard.person, Act.FILE, today):
            raise NotAllowed(Act.EXTEND)
        return answer(
            Reply(say("The head of the cluster moves deadlines. To ask for it, send: /xingiahan mai 9h: mất điện"))
        )
    wish = read_wish(heard.text, organisation, heard.now, organisation.deadline.cutoff)
    try:
        unit = _meant(heard, organisation, wish)
    except UnknownOffice as refusal:
        return _which(heard, refusal, refusal.nearest, wish)
    except SeveralUnits as refusal:
        return _which(heard, refusal, refusal.units, wish)
    if unit and wish.unread:
        return answer(Reply(unread(wish)))
    return await _consider(desk, heard, unit, wish)


def _meant(heard: Heard, organisation: Organisation, wish: Wish) -> Unit | None:
    """The office or cluster named, one's own cluster for “cả cụm”, None when none is named."""
    today = local_day(heard.now)
    if wish.excluded:
        raise Unread(wish.excluded)
    if wish.strange:
        near = nearest(wish.strange, organisation, today)
        raise UnknownOffice(wish.strange, tuple((unit.key, unit.name) for unit in near))
    if len(wish.units) > 1:
        raise SeveralUnits(tuple((unit.key, unit.name) for unit in wish.units))
    return wish.units[0] if wish.units else home(heard.person, organisation, today) if wish.whole else None


def _which(heard: Heard, refusal: UnknownOffice | SeveralUnits, units: tuple[tuple[str, str], ...], wish: Wish) -> Move:
    """The names as buttons, each with the moment and the reason that were written already."""
    if wish.until is None or not units:
        raise refusal
    choices = tuple(Choice(name, f"{NAME}:unit:{heard.turn}.{n}") for n, (_, name) in enumerate(units))
    state = {
        "no": heard.turn,
        "units": [key for key, _ in units],
        "until": wish.until.isoformat(),
        "reason": wish.reason,
    }
    return Move((replace(explain(refusal), choices=choices),), Stand(NAME, UNIT, state))


async def press_unit(desk: Desk, heard: Heard, state: State | None, argument: str) -> Move:
    state, place = current(state, argument)
    organisation, today, key = await desk.offices.organisation(), local_day(heard.now), state["units"][int(place)]
    wish = Wish(until=datetime.fromisoformat(state["until"]), reason=state["reason"])
    return await _consider(desk, heard, organisation.office(key, today) or organisation.cluster(key, today), wish)


async def _consider(desk: Desk, heard: Heard, named: Unit | None, wish: Wish) -> Move:
    """The card; the reason when it is missing; or why it cannot be."""
    organisation, period = await desk.offices.organisation(), default_period(heard.now)
    office = named.key if isinstance(named, Office) else ""
    unit = _unit(organisation, named.key, office, period) if named else None
    if unit is None:
        example = "/giahan Mường Lát 17h 06/10: lũ cuốn đường"
        return answer(Reply(say("Name the office, or “cả cụm”, for example: {example}", example=example)))
    asked = await _extending(desk, heard, unit)
    if not asked.missing:
        offices = offices_in(unit, organisation, period.end)
        return answer(Reply(say("Nobody is missing: {names} filed already.", names=names(offices))))
    fault = refused(asked, wish, heard.now)
    if fault or wish.until is None:
        return answer(Reply(fault))
    wished = "" if wish.reason or isinstance(unit, Cluster) else await reason_for(desk, asked.agenda, unit, wish.until)
    if wished and wish.until <= asked.deadline:  # an older wish, after a later one was granted
        text = say(
            "{office} has until **{deadline}** already.", office=unit_name(unit), deadline=moment(asked.deadline)
        )
        return answer(Reply(text))
    if reply := await _locks_before(desk, heard, unit, wish.until):
        return answer(reply)
    return _propose(heard, asked, wish, wish.until, wished)


def _propose(heard: Heard, asked: Extending, wish: Wish, until: datetime, wished: str) -> Move:
    """The card, or the question for a reason; `wished` is the one that the office gave."""
    (cluster, office), period, reason = asked.key, asked.agenda.period, wish.reason or wished
    state = {
        "no": heard.turn,
        "cluster": cluster,
        "office": office,
        "period": [period.year, period.month],
        "seen": asked.deadline.isoformat(),
        "until": until.isoformat(),
        "reason": clipped(reason, LONGEST_REASON),
        "wished": bool(wished),
        "slips": wish.slips,
    }
    return _ask(asked, state) if reason else _ask_reason(asked, state)


async def _locks_before(desk: Desk, heard: Heard, unit: Unit, until: datetime) -> Reply | None:
    """Of a closed period more time is of no use beyond the moment at which it locks again."""
    form, period = (await desk.offices.organisation()).form, default_period(heard.now)
    locks = (await desk.periods.opened(form, period, heard.now)).get(unit.key)
    if locks is None or until <= locks:
        return None
    example = f"/mokhoa {unit.name} {period_name(period)}: mất điện"
    return Reply(
        say(
            "**{period}** is closed and opened again for {office} until **{time}** only. For longer, when that has "
            "passed, open it again: {example}",
            period=period_name(period),
            office=unit_name(unit),
            time=moment(locks),
            example=example,
        )
    )


def _unit(organisation: Organisation, cluster: str, office: str, period: Period) -> Office | Cluster | None:
    """As the structure was in that period; the whole cluster when `office` is empty."""
    return organisation.office(office, period.end) if office else organisation.cluster(cluster, period.end)


async def _extending(desk: Desk, heard: Heard, unit: Office | Cluster) -> Extending:
    """What is in force for that unit. Raises NotAllowed, PeriodNotOpen, PeriodClosed."""
    organisation, period = await desk.offices.organisation(), default_period(heard.now)
    if not allowed(heard.person, Act.EXTEND, unit, organisation, local_day(heard.now)):
        raise NotAllowed(Act.EXTEND, unit_name(unit))
    if period < organisation.reporting_from:
        raise PeriodNotOpen(period.year, period.month, None)
    await _check_open(desk, heard, unit, period)
    filed = await desk.reports.filed(organisation.form, period)
    missing = tuple(one for one in offices_in(unit, organisation, period.end) if one.key not in filed)
    following = await due_at(desk, next_period(period))
    return Extending(unit, await sketch(desk, organisation, period, heard.now), missing, following)


async def _check_open(desk: Desk, heard: Heard, unit: Office | Cluster, period: Period) -> None:
    organisation = await desk.offices.organisation()
    form = load(organisation.form)
    if isinstance(unit, Office):
        closing = await closed(desk, form, unit, period, heard.now)
    else:
        closing = await desk.periods.closing(unit.key, form.key, period)
    if closing:
        raise PeriodClosed(period.year, period.month, closing.closed_at, may_open(heard, unit, organisation))


def _ask(asked: Extending, state: State) -> Move:
    until, no = datetime.fromisoformat(state["until"]), state["no"]
    choices = (Choice(confirm_label(asked, until), f"{NAME}:extend:{no}"), _cancel(no))
    text = card(asked, until, state["reason"], state["slips"], wished=state.get("wished", False))
    return Move((Reply(text, choices),), Stand(NAME, CONFIRM, state))


def _ask_reason(asked: Extending, state: State) -> Move:
    until = datetime.fromisoformat(state["until"])
    return Move((Reply(why(asked, until, state["slips"]), (_cancel(state["no"]),)),), Stand(NAME, REASON, state))


def _cancel(no: int) -> Choice:
    return Choice(say("Cancel"), f"{NAME}:cancel:{no}")


async def hear_reason(desk: Desk, heard: Heard, state: State) -> Move:
    reason = clipped(" ".join(heard.text.split()), LONGEST_REASON)
    try:
        asked = await _again(desk, heard, state)
    except Refusal as refusal:
        return finish(explain(refusal))  # else any words would go on being taken for the reason
    state = {**state, "no": heard.turn, "reason": reason}
    return _ask(asked, state) if reason else _ask_reason(asked, state)


async def press_extend(desk: Desk, heard: Heard, state: State | None, argument: str) -> Move:
    state, _ = current(state, argument)
    if not state["reason"]:
        raise StaleChoice
    asked, until = await _again(desk, heard, state), datetime.fromisoformat(state["until"])
    told = await grant(desk, heard, asked, until, state["reason"], state["no"])
    return finish(done(asked, until, state["reason"], told))


async def _again(desk: Desk, heard: Heard, state: State) -> Extending:
    """Raises StaleChoice when the deadline has been moved since it was shown, or what was said holds no longer."""
    organisation, period = await desk.offices.organisation(), Period(*state["period"])
    unit = _unit(organisation, state["cluster"], state["office"], period)
    if unit is None or period != default_period(heard.now):
        raise StaleChoice
    asked = await _extending(desk, heard, unit)
    moved = asked.deadline != datetime.fromisoformat(state["seen"])
    if moved or not asked.missing or asked.fault(datetime.fromisoformat(state["until"]), heard.now):
        raise StaleChoice
    return asked


conversation = Conversation(
    name=NAME,
    commands=("giahan",),
    about=gloss("Move a deadline"),
    open=open_,
    steps={CONFIRM: only_buttons, REASON: hear_reason, UNIT: only_buttons},
    presses={"extend": press_extend, "unit": press_unit, "cancel": cancelled},
    free=frozenset({REASON}),
    asides=frozenset({REASON}),
    needs=Act.EXTEND,
)
