"""My deadlines: what is open, due, filed or missing, and how long is left."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from bot.asking import before, token, unit_name
from bot.cards import at, countdown, period_name, period_range
from bot.chat import Choice, Reply
from bot.current import coming_after
from bot.dialogue import Conversation, Heard, Move, answer
from bot.domain.agenda import Agenda
from bot.domain.calendar import local_day
from bot.domain.organisation import Office, Organisation, Unit
from bot.domain.period import LAST_MONTH, Period, next_period, opens
from bot.domain.person import Act
from bot.domain.question import Intent, read
from bot.domain.reach import allowed, home, offices_for, offices_in
from bot.domain.report import Report, standing
from bot.errors import NotAllowed, PeriodNotOpen, UnknownOffice, Unread
from bot.filing import closed, default_period, due_at
from bot.forms import load
from bot.i18n import day, gloss, moment, say
from bot.ports import Desk
from bot.reminding import locked, sketch
from bot.unasked.notices import when

MOST_OFFICES = 10


async def open_(desk: Desk, heard: Heard) -> Move:
    organisation, today = await desk.offices.organisation(), local_day(heard.now)
    form = load(organisation.form)
    question = heard.question or read(
        heard.text, organisation, form, today, command=Intent.DEADLINES, before=before(heard)
    )
    if question.unknown:
        raise UnknownOffice(question.unknown, tuple((unit.key, unit.name) for unit in question.nearest))
    if question.unread:
        raise Unread(" · ".join(question.unread))
    period = question.period or default_period(heard.now)
    if period < organisation.reporting_from:
        raise PeriodNotOpen(period.year, period.month, None)
    offices = _offices(heard, organisation, question.units, period)
    agenda = await locked(desk, await sketch(desk, organisation, period, heard.now), heard.now)
    found = await desk.reports.histories([office.key for office in offices], form.key, period)
    reports = {key: report for key, report in found.items() if standing(report)}
    lines = [*_head(agenda, offices, heard.now), "", *_standing(agenda, offices, reports, heard.now)]
    if period == default_period(heard.now):
        lines += await _others(desk, heard, organisation, period)
    owing = [one for one in offices if one.key not in reports and not agenda.shut(one)]
    choices = _choices(heard, organisation, offices, owing, period) if opens(period) <= today else ()
    return answer(Reply("\n".join(lines), choices))


def _choices(
    heard: Heard, organisation: Organisation, offices: Sequence[Office], owing: Sequence[Office], period: Period
) -> tuple[Choice, ...]:
    """What to do next about the same offices and the same period."""
    clusters = {office.cluster for office in offices}
    cluster = organisation.cluster(clusters.pop(), period.end) if len(clusters) == 1 else None
    missing = Choice(say("Who is missing"), token("chuanop", cluster.short if cluster else "", period))
    mine = offices_for(heard.person, Act.FILE, organisation, local_day(heard.now), period.end)
    owed = [office.name for office in owing if office in mine]
    if not owed:
        return (missing,)
    # What needs no saying is left out: figures in a command would begin another draft beside one under way.
    office = owed[0] if len(owed) == 1 < len(mine) else ""
    when = None if period == default_period(heard.now) else period
    return (Choice(say("File the figures"), token("nop", office, when)), missing)


def _offices(heard: Heard, organisation: Organisation, named: Sequence[Unit], period: Period) -> list[Office]:
    """Those named, else one's own, else those of one's cluster. Raises NotAllowed."""
    today = local_day(heard.now)
    own = home(heard.person, organisation, today)
    units = named or offices_for(heard.person, Act.FILE, organisation, today, period.end) or ((own,) if own else ())
    for unit in units:
        if not allowed(heard.person, Act.READ, unit, organisation, today):
            raise NotAllowed(Act.READ, unit_name(unit))
    return list(dict.fromkeys(office for unit in units for office in offices_in(unit, organisation, period.end)))


def _head(agenda: Agenda, offices: Sequence[Office], now: datetime) -> list[str]:
    """“Hạn: … · Khóa sổ: …”: due and closed are different things and are always shown together."""
    period, deadline = agenda.period, _deadline(agenda, offices)
    lines = [f"**{period_name(period)}** ({period_range(period)})"]
    closed = {agenda.closed.get(office.cluster) for office in offices}
    if len(closed) == 1 and (closed_at := closed.pop()):
        lines.append(say("Due: **{deadline}** · Closed: {time}", deadline=moment(deadline), time=at(closed_at)))
        return lines
    lines.append(say("Due: **{deadline}** · Closes: when the head of the cluster closes it", deadline=moment(deadline)))
    if opens(period) > local_day(now):
        lines.append(say("It can be filed from {day}.", day=day(opens(period))))
    else:
        lines.append(countdown(deadline, now))
    return lines


def _deadline(agenda: Agenda, offices: Sequence[Office]) -> datetime:
    """That of the one office, of the one cluster, or of all."""
    if len(offices) == 1:
        return agenda.deadline_of(offices[0])
    clusters = {office.cluster for office in offices}
    return agenda.deadline_in(clusters.pop()) if len(clusters) == 1 else agenda.deadline


def _standing(agenda: Agenda, offices: Sequence[Office], reports: Mapping[str, Report], now: datetime) -> list[str]:
    if len(offices) > MOST_OFFICES:
        return [say("Filed **{filed}/{all}**.", filed=len(reports), all=len(offices))]
    return [f"- {office.full_name}: {_open(agenda, office, reports.get(office.key), now)}" for office in offices]


def _open(agenda: Agenda, office: Office, report: Report | None, now: datetime) -> str:
    """Where it stands, and until when it may still do something about it once the period is closed."""
    state, until = _state(agenda, office, report, now), agenda.opened.get(office.key)
    return say("{state}; opened again until {time}", state=state, time=moment(until)) if until else state


def _state(agenda: Agenda, office: Office, report: Report | None, now: datetime) -> str:
    if report is None and agenda.shut(office):
        return say("not filed")
    if report is None:
        promised = agenda.promised(office)
        if promised and promised > now:
            return say("not filed, promised for {time}", time=when(promised, now))
        own = agenda.deadline_of(office)
        if own > agenda.deadline_in(office.cluster):
            return say("not filed, has until {time}", time=moment(own))
        return say("not filed")
    sent, opening = at(report.latest.sent_at), report.opening.number
    if report.latest.number > opening:  # the mark is that of the one that opened it
        if report.on_time:
            return say("filed on time, corrected at {time}", time=sent)
        return say("filed late, corrected at {time}", time=sent)
    if opening > 1:
        again = say("filed again at {time}, on time", time=sent)
        return again if report.on_time else say("filed again at {time}, late", time=sent)
    return say("filed at {time}, on time", time=sent) if report.on_time else say("filed at {time}, late", time=sent)


async def _others(desk: Desk, heard: Heard, organisation: Organisation, period: Period) -> list[str]:
    """What one's own offices owe of this reporting year and the last; and the period that comes next."""
    years, today = (period.year - 1, period.year), local_day(heard.now)
    earlier = [Period(year, month) for year in years for month in range(1, LAST_MONTH + 1)]
    asked = [one for one in earlier if organisation.reporting_from <= one < period]
    mine = {one: offices_for(heard.person, Act.FILE, organisation, today, one.end) for one in asked}
    keys = list({office.key for offices in mine.values() for office in offices})
    filed = {key for year in years for key in await desk.reports.of_year(keys, organisation.form, year)}
    missing = {one: [each for each in offices if (each.key, one) not in filed] for one, offices in mine.items()}
    names = [await _named(desk, heard, one, owing) for one, owing in missing.items() if owing]
    lines = [say("Not filed either: {periods}.", periods=", ".join(names))] if names else []
    return [*lines, await coming_after(desk, period)]


async def _named(desk: Desk, heard: Heard, period: Period, owing: Sequence[Office]) -> str:
    """The period, and until when one was given time for it if that is yet to come."""
    if next_period(period) != default_period(heard.now):
        return period_name(period)  # none was given beyond the next deadline
    form = load((await desk.offices.organisation()).form)
    owing = [one for one in owing if not await closed(desk, form, one, period, heard.now)]
    until = min([await due_at(desk, period, office) for office in owing], default=heard.now)
    more = " " + say("(has until {time})", time=moment(until)) if until > heard.now else ""
    return period_name(period) + more


conversation = Conversation(
    name=Intent.DEADLINES,
    commands=("han", "hannop"),
    about=gloss("My deadlines"),
    open=open_,
    needs=Act.READ,
)
