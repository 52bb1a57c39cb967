"""The calendar: days off and make-up working days to come; whoever looks after the structure sets them by hand."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Sequence
from datetime import date, timedelta

from bot.cards import period_name
from bot.chat import Choice, Reply
from bot.dialogue import Conversation, Heard, Move, State, answer, cancelled, current, finish, only_buttons
from bot.domain.calendar import Calendar, local_day
from bot.domain.folding import fold
from bot.domain.override import (
    MOST,
    Change,
    Fault,
    Kind,
    Moved,
    change,
    kind_of,
    moved_deadlines,
    moved_extensions,
    overridden,
    set_as,
    settable,
    within,
)
from bot.domain.period import last_ended
from bot.domain.person import Act, Place
from bot.domain.span import Days, Span, read_days
from bot.domain.special import Special, special_days
from bot.errors import NotAllowed, StaleChoice, Unread
from bot.filing import default_period
from bot.holiday import holiday_names
from bot.i18n import day, gloss, moment, say, weekday_and_day
from bot.ports import Desk, Stand, Tick
from bot.titles import can_anywhere
from bot.trail import entry, role_of
from bot.unasked.moved import tell_moved

NAME = "calendar"
CONFIRM = "confirm"
MOST_MOVED = 4
_FRIDAY = 4

_YEAR = re.compile(r"(?<!\d)(20\d\d)\b")
_MONTH = re.compile(r"\b(?:thang|thg|t) ?(\d{1,2})\b")


async def open_(desk: Desk, heard: Heard) -> Move:
    today, calendar = local_day(heard.now), await desk.offices.calendar()
    editor = can_anywhere(heard.person, Act.STRUCTURE, today)
    said = read_days(heard.text, today)
    if not said.spans and not said.wrong:
        return answer(_shown(calendar, *_asked(heard.text, today), today, editor))
    if not editor:
        raise NotAllowed(Act.STRUCTURE)
    bounds = settable(today)
    if not within(said.spans, bounds):
        fields = {"first": day(bounds.first or bounds.last), "last": day(bounds.last)}
        return answer(Reply(say("Days can be set from {first} to {last}.", **fields)))
    kind = kind_of(said)
    wanted = change(calendar, kind, said.spans) if kind else None
    if wanted is None or said.wrong or wanted.faults or len(wanted.days) > MOST:
        return answer(Reply(_refused(said, wanted, today)))
    moved = await _moved(desk, heard, wanted)
    if past := [one for one in moved if one.new <= heard.now < one.old]:
        return answer(Reply(_in_the_past(past[0])))
    return _ask(wanted, moved, heard.turn)


def _in_the_past(one: Moved) -> str:
    """Nobody becomes late by what somebody else does."""
    fields = {"period": period_name(one.period), "deadline": moment(one.new)}
    return say(
        "Then the deadline of {period} would be {deadline}, which has passed. Nothing has been changed.", **fields
    )


def _asked(text: str, today: date) -> tuple[int, int]:
    """The year and the month named; a month without a year is the next of that number, 0 means the whole year.

    Raises Unread for a month that there is not."""
    said = fold(text)
    named, months = _YEAR.search(said), _MONTH.search(said)
    year = int(named[1]) if named else today.year
    if months is None:
        return year, 0
    month = int(months[1])
    if not 1 <= month <= 12:
        raise Unread(months[0])
    return year + (not named and month < today.month), month


def _shown(calendar: Calendar, year: int, month: int, today: date, editor: bool) -> Reply:
    """What is left of this year, or all of another, or of one month."""
    if month:
        head = say("**Days off and make-up working days of {month}/{year}**", month=month, year=year)
        first, last = date(year, month, 1), date(year, month, monthrange(year, month)[1])
        none = say("There are none.")
    else:
        head = say("**Days off and make-up working days of {year}**", year=year)
        first, last = date(year, 1, 1), date(year, 12, 31)
        first = max(first, today) if year == today.year else first
        none = say("From today to the end of the year there are none.")
    lines = [head, *([f"- {_line(one)}" for one in special_days(calendar, first, last)] or [none])]
    if editor:
        lines.append(say("To change it: {examples}", examples=_examples(year, today)))
    return Reply("\n".join(lines), (Choice(say("The year {year}", year=year + 1), f"/lich {year + 1}"),))


def _line(one: Special) -> str:
    """“thứ Bảy 10/01/2026: làm bù (quản trị đặt)”."""
    days = weekday_and_day(one.first) if one.first == one.last else f"{day(one.first)}–{day(one.last)}"
    if one.works:
        what = say("worked in exchange (set by the administrator)") if one.ours else say("worked in exchange")
    elif one.ours:
        what = say("off (set by the administrator)")
    else:
        what = holiday_names(one) or say("off")
    return f"{days}: {what}"


def _examples(year: int, today: date) -> str:
    """Of a year to come: a Friday, and the Saturday of the week after it."""
    first = date(max(year, today.year + 1), 1, 1)
    off = first + timedelta(days=(_FRIDAY - first.weekday()) % 7)
    days = {"off": f"{off:%d/%m/%Y}", "worked": f"{off + timedelta(days=8):%d/%m/%Y}"}
    return "/lich nghỉ {off} · /lich làm bù {worked} · /lich bỏ {off}".format(**days)


def _refused(said: Days, wanted: Change | None, today: date) -> str:
    """What cannot be done, every fault at once."""
    if said.wrong:
        return say("“{words}” is no day of the calendar.", words=said.wrong)
    if wanted is None:
        return say("Off or worked? For example: {examples}", examples=_examples(said.spans[0].last.year, today))
    if len(wanted.days) > MOST:
        return say("These are {count} days; please set at most {most} at once.", count=len(wanted.days), most=MOST)
    return "\n".join(_why(one, why) for one, why in wanted.faults)


def _why(one: date, why: Fault) -> str:
    return {
        Fault.OFF_ALREADY: lambda: say("{day} is off already.", day=weekday_and_day(one)),
        Fault.WORKED_ALREADY: lambda: say("{day} is a working day already.", day=weekday_and_day(one)),
        Fault.NO_SATURDAY: lambda: say(
            "{day} is no Saturday: only a Saturday is worked in exchange.", day=weekday_and_day(one)
        ),
        Fault.NOT_SET: lambda: say(
            "{day} has not been set by the administrator; nothing to take back.", day=weekday_and_day(one)
        ),
    }[why]()


async def _moved(desk: Desk, heard: Heard, wanted: Change) -> list[Moved]:
    """The deadlines that it moves, from the period that is being reported on."""
    organisation, old = await desk.offices.organisation(), await desk.offices.calendar()
    new = overridden(old, wanted.kind, wanted.days)
    period = max(default_period(heard.now), organisation.reporting_from)
    given = (await desk.periods.all_extensions(organisation.form, period))[period].values()
    last = last_ended(max(wanted.days) + timedelta(days=1))
    deadlines = moved_deadlines(old, new, organisation.deadline, period, last)
    return [*deadlines, *moved_extensions(old, new, period, given)]


def _ask(wanted: Change, moved: Sequence[Moved], turn: int) -> Move:
    head = {
        Kind.OFF: lambda: say("**Set as days off?**"),
        Kind.WORKED: lambda: say("**Set as make-up working days?**"),
        Kind.DROPPED: lambda: say("**Take back what was set?**"),
    }[wanted.kind]()
    lines = [head, _days(wanted), *_moved_lines(moved)]
    lines.append(say("What has been filed keeps its mark, on time or late."))
    choices = (Choice(say("Record it"), f"{NAME}:set:{turn}"), Choice(say("Cancel"), f"{NAME}:cancel:{turn}"))
    state = {"no": turn, "kind": wanted.kind.value, "days": [one.isoformat() for one in wanted.days]}
    return Move((Reply("\n".join(lines), choices),), Stand(NAME, CONFIRM, state))


def _days(wanted: Change) -> str:
    return ", ".join(map(weekday_and_day, wanted.days))


def _moved_lines(moved: Sequence[Moved]) -> list[str]:
    if not moved:
        return [say("No deadline moves.")]
    return [*map(_moved_line, moved[:MOST_MOVED]), *(["…"] if len(moved) > MOST_MOVED else [])]


def _moved_line(one: Moved) -> str:
    fields = {"period": period_name(one.period), "old": moment(one.old), "new": moment(one.new)}
    if one.given:
        return say("Extended deadline of {period}: {old} → **{new}**", **fields)
    return say("Deadline of {period}: {old} → **{new}**", **fields)


async def press_set(desk: Desk, heard: Heard, state: State | None, argument: str) -> Move:
    """Keep it, unless somebody has set one of these days meanwhile."""
    state, _ = current(state, argument)
    today, calendar = local_day(heard.now), await desk.offices.calendar()
    person = await desk.people.get(heard.person.id)
    if not can_anywhere(person, Act.STRUCTURE, today):
        raise NotAllowed(Act.STRUCTURE)
    days = [date.fromisoformat(one) for one in state["days"]]
    wanted = change(calendar, Kind(state["kind"]), [Span(one, one) for one in days])
    if wanted.faults:
        raise StaleChoice
    moved = await _moved(desk, heard, wanted)
    if any(one.new <= heard.now < one.old for one in moved):
        raise StaleChoice
    await _keep(desk, heard, calendar, wanted)
    told = await tell_moved(desk, calendar, heard.now, but=heard.person.id)
    lines = [_done(wanted), *_moved_lines(moved)]
    if told:
        lines.append(say("Those who still have to file have been told: {count} people.", count=told))
    return finish(Reply("\n".join(lines), in_place=True))


async def _keep(desk: Desk, heard: Heard, calendar: Calendar, wanted: Change) -> None:
    """The reminders are looked through anew: with other deadlines some may be due at once."""
    new, organisation = overridden(calendar, wanted.kind, wanted.days), await desk.offices.organisation()
    await desk.offices.save(organisation, new)
    if last := await desk.reminders.ticked():
        await desk.reminders.tick(Tick(last.at, None))
    before, after = ({one.isoformat(): set_as(kept, one) for one in wanted.days} for kept in (calendar, new))
    role = role_of(heard, Act.STRUCTURE, Place(organisation.provinces[0].key))
    await desk.audit.write(entry(heard, NAME, NAME, role=role, before=before, after=after))


def _done(wanted: Change) -> str:
    days = _days(wanted)
    return {
        Kind.OFF: lambda: say("**Set**: off on {days}.", days=days),
        Kind.WORKED: lambda: say("**Set**: worked on {days}.", days=days),
        Kind.DROPPED: lambda: say("**Taken back**: {days}.", days=days),
    }[wanted.kind]()


conversation = Conversation(
    name=NAME,
    commands=("lich",),
    about=gloss("Days off and make-up working days"),
    open=open_,
    steps={CONFIRM: only_buttons},
    presses={"set": press_set, "cancel": cancelled},
    needs=Act.READ,
    phrases=("lich nghi", "lich lam bu", "lich lam viec"),
)
