"""Close a period for the cluster: refused while offices are missing, unless a reason is given; a snapshot is kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial

from bot.asking import Inquiry, count, short_name, title_line, understand
from bot.cards import figure_lines, names, period_name, period_range, period_words, plain_rate_line
from bot.chat import Choice, Reply
from bot.closed import adjustments, closed_line
from bot.dialogue import Conversation, Heard, Move, State, answer, cancelled, current, finish, in_place, only_buttons
from bot.domain.calendar import local_day
from bot.domain.changed import Reading
from bot.domain.closing import Closing
from bot.domain.figures import total
from bot.domain.form import Form
from bot.domain.organisation import Cluster, Office
from bot.domain.period import Period
from bot.domain.person import Act, Place
from bot.domain.question import Intent
from bot.domain.reach import allowed, offices_in, place_of
from bot.errors import NotAllowed, StaleChoice
from bot.filing import Tally, due_at, tally
from bot.forms import load
from bot.i18n import capital, gloss, moment, say
from bot.ports import Desk, Stand
from bot.reasons import show_reason
from bot.trail import entry, role_of
from bot.unasked.telling import filers, leaders, tell

NAME = "close"
CONFIRM, REASON = "confirm", "reason"


async def open_(desk: Desk, heard: Heard) -> Move:
    asked = await understand(desk, heard, Intent.TOTALS)
    unit = asked.unit
    if not isinstance(unit, Cluster) or not _may(heard, unit, asked):
        raise NotAllowed(Act.CLOSE, short_name(unit))
    closing = await desk.periods.closing(unit.key, asked.form.key, asked.period)
    if closing:
        return answer(Reply("\n".join([closed_line(closing), *await _adjustments(desk, asked, closing)])))
    counted = await count(desk, asked, heard)
    period = [asked.period.year, asked.period.month]
    state = {"no": heard.turn, "cluster": unit.key, "period": period, "seen": _numbers(counted)}
    early = await _early(desk, counted.missing, asked.period, heard.now)
    return Move((_ask(asked, counted, early, heard.turn),), Stand(NAME, CONFIRM, state))


def _may(heard: Heard, unit: Cluster, asked: Inquiry) -> bool:
    return allowed(heard.person, Act.CLOSE, unit, asked.organisation, local_day(heard.now))


def _numbers(counted: Tally) -> dict[str, int]:
    """By office, which revision the card shows: what is closed must be what was seen."""
    return {key: report.latest.number for key, report in counted.reports.items()}


async def _anew(desk: Desk, heard: Heard, unit: Cluster, period: Period) -> Move:
    """The card again, with how the figures stand now."""
    asked = replace(heard, text=f"{unit.short} {period_words(period)}", question=None)
    shown = await open_(desk, asked)
    line = say("The figures have changed since that card; this is how they stand now.")
    return replace(shown, replies=tuple(replace(one, text=f"{line}\n\n{one.text}") for one in shown.replies))


def _ask(asked: Inquiry, counted: Tally, early: Sequence[str], turn: int) -> Reply:
    figures = total(report.figures for report in counted.reports.values())
    lines = [
        say("**Close** this period?"),
        title_line(asked, counted),
        period_range(asked.period),
        *figure_lines(asked.form, figures),
        plain_rate_line(asked.form, asked.form.rates[-1], figures),
    ]
    label = say("Close")
    if counted.missing:
        lines.append(say("Still missing: {names}. It can be closed with a reason only.", names=names(counted.missing)))
        lines += early
        label = say("Close all the same, because…")
    choices = (
        Choice(label, f"{NAME}:{'why' if counted.missing else 'close'}:{turn}"),
        Choice(say("Cancel"), f"{NAME}:cancel:{turn}"),
    )
    return Reply("\n".join(lines), choices)


async def press_why(desk: Desk, heard: Heard, state: State | None, argument: str) -> Move:
    state, _ = current(state, argument)
    choices = (Choice(say("Cancel"), f"{NAME}:cancel:{state['no']}"),)
    return Move((Reply(say("For what reason? Please type it."), choices, in_place=True),), Stand(NAME, REASON, state))


async def press_close(desk: Desk, heard: Heard, state: State | None, argument: str) -> Move:
    state, _ = current(state, argument)
    return in_place(await _close(desk, heard, state, state.get("reason", "")))


async def hear_reason(desk: Desk, heard: Heard, state: State) -> Move:
    """The reason on a card, which still has to be confirmed."""
    period = Period(*state["period"])
    unit = (await desk.offices.organisation()).cluster(state["cluster"], period.end)
    if unit is None:
        raise StaleChoice
    form = load((await desk.offices.organisation()).form)
    counted = await tally(desk.reports, offices_in(unit, await desk.offices.organisation(), period.end), form, period)
    lines = [
        say("**Close** {period} of {cluster}?", period=period_name(period), cluster=unit.short),
        *figure_lines(form, total(report.figures for report in counted.reports.values())),
    ]
    if counted.missing:
        lines.append(say("Missing when it was closed: {names}.", names=names(counted.missing)))
        lines += await _early(desk, counted.missing, period, heard.now)
    state = {**state, "seen": _numbers(counted)}
    return show_reason(heard, Stand(NAME, CONFIRM, state), "\n".join(lines), say("Close"), "close")


async def _close(desk: Desk, heard: Heard, state: State, reason: str) -> Move:
    """Keep the snapshot with its fingerprint, and tell those who lead the cluster."""
    organisation, period = await desk.offices.organisation(), Period(*state["period"])
    form, unit = load(organisation.form), organisation.cluster(state["cluster"], period.end)
    if unit is None:
        raise StaleChoice
    if before := await desk.periods.closing(unit.key, form.key, period):
        return finish(Reply(closed_line(before)))
    today = local_day(heard.now)
    if not allowed(heard.person, Act.CLOSE, unit, organisation, today):
        raise NotAllowed(Act.CLOSE, unit.short)
    counted = await tally(desk.reports, offices_in(unit, organisation, period.end), form, period)
    if _numbers(counted) != state.get("seen") or (counted.missing and not reason):
        return await _anew(desk, heard, unit, period)
    figures = {key: report.figures for key, report in counted.reports.items()}
    trail, person = (await desk.audit.head()).digest, heard.person
    closing = Closing(unit.key, form.key, period, figures, heard.now, person.id, person.name, reason, trail)
    await _keep(desk, heard, closing, place_of(unit, organisation, today), state["no"])
    said = partial(_closed, form, unit, closing, counted)
    others = await leaders(desk, place_of(unit, organisation, today), today)
    for reader in await tell(desk, others, said, heard.now, but=heard.person.id):
        await desk.readings.saw(Reading(reader, unit.key, form.key, period, heard.now))
    await _tell_locked_out(desk, counted.missing, period, heard)
    return finish(said())


async def _early(desk: Desk, missing: Sequence[Office], period: Period, now: datetime) -> list[str]:
    """Whose time is not over yet: what the head should know before cutting it short."""
    due = {office: await due_at(desk, period, office) for office in missing}
    running = {office: until for office, until in due.items() if until > now}
    if not running:
        return []
    until = [say("{office} until {time}", office=one.name, time=moment(time)) for one, time in running.items()]
    return [say("They still have time: {names}.", names="; ".join(until))]


async def _tell_locked_out(desk: Desk, missing: Sequence[Office], period: Period, heard: Heard) -> None:
    """Those who have not filed hear that they no longer can, and how they still may."""
    today = local_day(heard.now)
    for office in missing:
        people = await filers(desk, office, today)
        await tell(
            desk, people, partial(_locked_out, office, period, heard.person.name), heard.now, but=heard.person.id
        )


def _locked_out(office: Office, period: Period, closer: str) -> Reply:
    text = say(
        "{closer} has closed **{period}** while {office} has not filed. To file still, ask: /xinmo and the reason.",
        closer=closer,
        period=period_name(period),
        office=office.full_name,
    )
    return Reply(text)


async def _keep(desk: Desk, heard: Heard, closing: Closing, place: Place, card: int) -> None:
    await desk.periods.close(closing)
    figures = {office: one.to_json() for office, one in closing.figures.items()}
    after = {"fingerprint": closing.fingerprint, "figures": figures}
    role = role_of(heard, Act.CLOSE, place)
    line = entry(heard, Act.CLOSE, closing.subject, role=role, after=after, reason=closing.reason, card=card)
    await desk.audit.write(line)


def _closed(form: Form, unit: Cluster, closing: Closing, counted: Tally) -> Reply:
    where = f"{capital(unit.short)} · {period_range(closing.period)}"
    lines = [closed_line(closing), where, *figure_lines(form, closing.total)]
    if counted.missing:
        lines.append(say("Missing when it was closed: {names}.", names=names(counted.missing)))
    if closing.reason:
        lines.append(say("Reason: “{reason}”.", reason=closing.reason))
    return Reply("\n".join(lines))


async def _adjustments(desk: Desk, asked: Inquiry, closing: Closing) -> list[str]:
    """The closed sums, and beside them, never instead of them, what has been changed since."""
    now = {key: report.figures for key, report in (await count(desk, asked)).reports.items()}
    lines = adjustments(asked.form, closing, asked.offices, now)
    return [*figure_lines(asked.form, closing.total), *(lines or [say("Nothing has been changed since.")])]


conversation = Conversation(
    name=NAME,
    commands=("chot",),
    about=gloss("Close the period"),
    open=open_,
    steps={CONFIRM: only_buttons, REASON: hear_reason},
    presses={"close": press_close, "why": press_why, "cancel": cancelled},
    free=frozenset({REASON}),
    asides=frozenset({REASON}),
    needs=Act.CLOSE,
)
