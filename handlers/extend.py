"""Move the deadline of the period for one office or a whole cluster, with a reason; who has not filed is told."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from bot.asking import unit_name
from bot.cards import clipped, names, period_name
from bot.chat import Choice, Reply
from bot.dialogue import Conversation, Heard, Move, State, answer, cancelled, current, finish, only_buttons
from bot.domain.agenda import Agenda
from bot.domain.calendar import local_day
from bot.domain.closing import Extension
from bot.domain.folding import fold
from bot.domain.organisation import Cluster, Office, Organisation, Unit
from bot.domain.period import Period
from bot.domain.person import Act
from bot.domain.promise import Promised, read_promise
from bot.domain.question import read_question
from bot.domain.reach import allowed, home, offices_in, place_of
from bot.domain.reminder import may_write
from bot.domain.strangers import nearest
from bot.errors import NotAllowed, PeriodClosed, PeriodNotOpen, SeveralUnits, StaleChoice, UnknownOffice
from bot.filing import closed, default_period
from bot.forms import load
from bot.i18n import capital, gloss, moment, say
from bot.ports import Desk, Stand
from bot.reminding import sketch
from bot.titles import can_anywhere
from bot.trail import entry, role_of
from bot.unasked.telling import filers, tell

NAME = "extend"
CONFIRM = "confirm"
LONGEST_REASON = 300

_COLON = re.compile(r"(?<!\d):|:(?!\d{2}\b)")
_BECAUSE = re.compile(r"\b(?:vì|lý do|do)\b", re.IGNORECASE)
_WHOLE = frozenset("cum toan ca".split())  # noqa: SIM905
_AROUND = frozenset(
    """
    cho den toi luc vao gia han doi lui nop them ngay het truoc so lieu thi dua thu hai ba tu nam sau bay
    """.split()  # noqa: SIM905
)


@dataclass(frozen=True, slots=True)
class Extending:
    """Whose deadline is to be moved; `missing` are the offices that have not filed."""

    unit: Office | Cluster
    agenda: Agenda
    missing: tuple[Office, ...]

    @property
    def cluster(self) -> str:
        return self.unit.cluster if isinstance(self.unit, Office) else self.unit.key

    @property
    def office(self) -> str:
        """Empty for a whole cluster."""
        return self.unit.key if isinstance(self.unit, Office) else ""

    @property
    def name(self) -> str:
        return self.unit.full_name if isinstance(self.unit, Office) else self.unit.short

    @property
    def deadline(self) -> datetime:
        """The one in force."""
        if isinstance(self.unit, Office):
            return self.agenda.deadline_of(self.unit)
        return self.agenda.deadline_in(self.unit.key)

    def given(self, until: datetime) -> list[Office]:
        """Those that have not filed and would have more time than now."""
        return [office for office in self.missing if self.agenda.deadline_of(office) < until]


async def open_(desk: Desk, heard: Heard) -> Move:
    organisation = await desk.offices.organisation()
    if not can_anywhere(heard.person, Act.EXTEND, local_day(heard.now)):
        raise NotAllowed(Act.EXTEND)
    head, reason = _parted(heard.text)
    wanted = read_promise(head, heard.now)
    named = _meant(heard, organisation, head, wanted)
    office = named.key if isinstance(named, Office) else ""
    unit = _unit(organisation, named.key, office, default_period(heard.now)) if named else None
    if unit is None:
        example = "/giahan Mường Lát 17h 06/10: lũ cuốn đường"
        return answer(Reply(say("Name the office, or “cả cụm”, for example: {example}", example=example)))
    asked = await _extending(desk, heard, unit)
    if not asked.missing:
        offices = offices_in(unit, organisation, asked.agenda.period.end)
        return answer(Reply(say("Nobody is missing: {names} filed already.", names=names(offices))))
    refused = _refused(asked, wanted.at if wanted else None, reason, heard.now)
    if refused or wanted is None:
        return answer(Reply(refused))
    return _ask(asked, wanted.at, reason, heard.turn)


def _parted(text: str) -> tuple[str, str]:
    """Whose deadline and until when; and why: what follows a colon that belongs to no hour, else “vì”."""
    found = _COLON.search(text) or _BECAUSE.search(text)
    if found is None:
        return text, ""
    return text[: found.start()], clipped(text[found.end() :].strip(" :,.;-"), LONGEST_REASON)


def _meant(heard: Heard, organisation: Organisation, head: str, wanted: Promised | None) -> Unit | None:
    """The office or cluster named, one's own cluster for “cả cụm”, None when none is named."""
    today = local_day(heard.now)
    units = read_question(head, organisation, today).units
    if len(units) > 1:
        raise SeveralUnits(tuple((unit.key, unit.name) for unit in units))
    if units:
        return units[0]
    rest = wanted.rest if wanted else tuple(re.findall(r"[a-z]+", fold(head)))
    strange = {*rest} - _WHOLE - _AROUND
    if strange and wanted:
        name = " ".join(word for word in head.split() if fold(word).strip(" ,.;-") in strange | {"cum"})
        raise UnknownOffice(name, tuple((unit.key, unit.name) for unit in nearest(name, organisation, today)))
    return home(heard.person, organisation, today) if "cum" in rest else None


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
    return Extending(unit, await sketch(desk, organisation, period, heard.now), missing)


async def _check_open(desk: Desk, heard: Heard, unit: Office | Cluster, period: Period) -> None:
    form = load((await desk.offices.organisation()).form)
    if isinstance(unit, Office):
        closing = await closed(desk, form, unit, period, heard.now)
    else:
        closing = await desk.periods.closing(unit.key, form.key, period)
    if closing:
        raise PeriodClosed(period.year, period.month, closing.closed_at)


def _refused(asked: Extending, until: datetime | None, reason: str, now: datetime) -> str:
    """Why this moment or this reason will not do, empty when both will."""
    name = asked.unit.name if isinstance(asked.unit, Office) else "cả cụm"
    if until is None:
        example = f"/giahan {name} mai 9h: mất điện"
        return say("Please write until which hour and day, for example: {example}", example=example)
    if until <= now:
        return say("{time} has passed already; please choose a later moment.", time=moment(until))
    if until <= asked.deadline:
        return say(
            "{time} is not later than the deadline in force: **{deadline}**.",
            time=moment(until),
            deadline=moment(asked.deadline),
        )
    if not may_write(until, asked.agenda.calendar):
        return say("{time} will not do: a deadline lies on a working day, from 07:00 to 21:00.", time=moment(until))
    if not reason:
        example = f"/giahan {name} {until:%Hh%M %d/%m}: mất điện"
        return say("Please write the reason after a colon, for example: {example}", example=example)
    return ""


def _ask(asked: Extending, until: datetime, reason: str, turn: int) -> Move:
    period = asked.agenda.period
    lines = [
        say("**Move** the deadline?"),
        f"{capital(asked.name)} · {period_name(period)}",
        say("From {old} to **{new}**.", old=moment(asked.deadline), new=moment(until)),
        say("Reason: “{reason}”.", reason=reason),
    ]
    if not asked.office:
        lines.append(say("Not filed: {names}.", names=names(asked.missing)))
    choices = (
        Choice(say("Move the deadline"), f"{NAME}:extend:{turn}"),
        Choice(say("Cancel"), f"{NAME}:cancel:{turn}"),
    )
    state = {
        "no": turn,
        "cluster": asked.cluster,
        "office": asked.office,
        "period": [period.year, period.month],
        "seen": asked.deadline.isoformat(),
        "until": until.isoformat(),
        "reason": reason,
    }
    return Move((Reply("\n".join(lines), choices),), Stand(NAME, CONFIRM, state))


async def press_extend(desk: Desk, heard: Heard, state: State | None, argument: str) -> Move:
    """Keep it, unless the deadline has been moved since the card was shown, or what it says holds no longer."""
    state, _ = current(state, argument)
    period, until = Period(*state["period"]), datetime.fromisoformat(state["until"])
    unit = _unit(await desk.offices.organisation(), state["cluster"], state["office"], period)
    if unit is None or period != default_period(heard.now):
        raise StaleChoice
    asked = await _extending(desk, heard, unit)
    moved = asked.deadline != datetime.fromisoformat(state["seen"])
    if moved or not asked.missing or _refused(asked, until, state["reason"], heard.now):
        raise StaleChoice
    await _keep(desk, heard, asked, until, state)
    told = await _tell(desk, heard, asked, until, state["reason"])
    return finish(_done(asked, until, state["reason"], told))


async def _keep(desk: Desk, heard: Heard, asked: Extending, until: datetime, state: State) -> None:
    organisation, agenda, reason = await desk.offices.organisation(), asked.agenda, state["reason"]
    await desk.periods.extend(Extension(asked.cluster, asked.office, agenda.form, agenda.period, until, reason))
    place = place_of(asked.unit, organisation, local_day(heard.now))
    await desk.audit.write(
        entry(
            heard,
            Act.EXTEND,
            f"{asked.unit.key} {agenda.form} {agenda.period.year}-{agenda.period.month:02}",
            role=role_of(heard, Act.EXTEND, place),
            before={"until": asked.deadline.isoformat()},
            after={"until": until.isoformat()},
            reason=reason,
            card=state["no"],
        )
    )


async def _tell(desk: Desk, heard: Heard, asked: Extending, until: datetime, reason: str) -> list[Office]:
    """Tell who files for each office that now has more time; the offices of which somebody was reached, or decided."""
    told = []
    for office in asked.given(until):
        people = await filers(desk, office, local_day(heard.now))
        news = partial(_news, asked, office, until, reason)
        if await tell(desk, people, news, heard.now, but=heard.person.id) or people == [heard.person.id]:
            told.append(office)
    return told


def _news(asked: Extending, office: Office, until: datetime, reason: str) -> Reply:
    text = say(
        "The deadline for **{period}** of {office} has been moved to **{new}** (it was {old}).",
        period=period_name(asked.agenda.period),
        office=office.full_name,
        new=moment(until),
        old=moment(asked.agenda.deadline_of(office)),
    )
    return Reply("\n".join((text, say("Reason: “{reason}”.", reason=reason))), (Choice(say("File now"), "/nop"),))


def _done(asked: Extending, until: datetime, reason: str, told: list[Office]) -> Reply:
    lines = [
        say(
            "**Moved**: {unit} files **{period}** by **{new}**.",
            unit=asked.name,
            period=period_name(asked.agenda.period),
            new=moment(until),
        ),
        say("Reason: “{reason}”.", reason=reason),
    ]
    if told:
        lines.append(say("It has been told to: {names}.", names=names(told)))
    unreached = [office for office in asked.given(until) if office not in told]
    lines += [say("Nobody at {office} can be reached.", office=office.full_name) for office in unreached]
    return Reply("\n".join(lines), in_place=True)


conversation = Conversation(
    name=NAME,
    commands=("giahan",),
    about=gloss("Move a deadline"),
    open=open_,
    steps={CONFIRM: only_buttons},
    presses={"extend": press_extend, "cancel": cancelled},
    needs=Act.EXTEND,
)
