"""Who leads: by việc, by tiền, against the target, by reporting on time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from fractions import Fraction

from bot.asking import Inquiry, again, count, short_name, understand
from bot.cards import amount, cell_name, names, period_name, period_range, points
from bot.chat import Choice, Reply
from bot.dialogue import Conversation, Heard, Move
from bot.domain.calendar import local_day
from bot.domain.form import Cell, Measure, Rate
from bot.domain.organisation import Office
from bot.domain.period import Period
from bot.domain.person import Act
from bot.domain.question import By, Intent
from bot.domain.ranking import Ranked, rank
from bot.domain.reach import allowed
from bot.errors import NotAllowed
from bot.filing import Tally, due_at
from bot.i18n import gloss, percent, say
from bot.ports import Desk
from bot.standing import against_targets


@dataclass(frozen=True, slots=True)
class Table:
    """`values` rank the offices (None: nothing to rank by), `shown` is what stands behind each name."""

    title: str
    values: Mapping[str, Fraction | None]
    shown: Mapping[str, str]
    basis: str


async def open_(desk: Desk, heard: Heard) -> Move:
    asked = await understand(desk, heard, Intent.RANKING)
    mine = asked.unit.key if isinstance(asked.unit, Office) else ""
    asked = _among(heard, asked)
    counted = await count(desk, asked, heard)
    by = asked.question.by or (By.MONEY if asked.measure is Measure.MONEY else By.CASES)
    table = await _table(desk, heard, asked, counted, by)
    return asked.answered(_reply(asked, counted, by, table, mine))


def _among(heard: Heard, asked: Inquiry) -> Inquiry:
    """An office is ranked among the offices of its cluster, never by itself."""
    if not isinstance(asked.unit, Office):
        return asked
    cluster = asked.organisation.cluster(asked.unit.cluster, asked.period.end)
    if cluster is None or not allowed(heard.person, Act.READ, cluster, asked.organisation, local_day(heard.now)):
        raise NotAllowed(Act.READ, cluster.short if cluster else "")
    offices = asked.organisation.offices_of(cluster.key, asked.period.end)
    return replace(asked, units=(cluster,), offices=offices)


async def _table(desk: Desk, heard: Heard, asked: Inquiry, counted: Tally, by: By) -> Table:
    if by is By.ON_TIME:
        return await _on_time(desk, heard, asked)
    if by is By.TARGET:
        return await _against_target(desk, asked, counted)
    if by is By.AMOUNT and asked.indicator:
        return _amounts(asked, counted, Cell(asked.indicator, asked.measure or Measure.CASES))
    return _rates(asked, counted, Measure.MONEY if by is By.MONEY else Measure.CASES)


def _amounts(asked: Inquiry, counted: Tally, cell: Cell) -> Table:
    figures = {key: report.figures.get(cell) for key, report in counted.reports.items()}
    known = {key: value for key, value in figures.items() if value is not None}
    shown = {key: f"**{amount(cell.measure, value)}**" for key, value in known.items()}
    title = say("Ranking by {cell}", cell=cell_name(asked.form, cell))
    return Table(title, {key: Fraction(value) for key, value in known.items()}, shown, say("cumulative figures"))


def _rates(asked: Inquiry, counted: Tally, measure: Measure) -> Table:
    rate = _rate(asked)
    values = {key: report.figures.rate(rate, measure) for key, report in counted.reports.items()}
    title = say("Ranking in money") if measure is Measure.MONEY else say("Ranking in cases")
    basis = say("{numerator} out of {denominator}", **_rate_names(asked))
    return Table(title, values, {key: f"**{percent(value)}**" for key, value in values.items()}, basis)


def _rate(asked: Inquiry) -> Rate:
    """The one whose numerator is named, else the main one."""
    return next((one for one in asked.form.rates if one.numerator == asked.indicator), asked.form.rates[-1])


def _rate_names(asked: Inquiry) -> dict[str, str]:
    rate = _rate(asked)
    return {
        "numerator": asked.form.indicator(rate.numerator).short,
        "denominator": asked.form.indicator(rate.denominator).short,
    }


async def _against_target(desk: Desk, asked: Inquiry, counted: Tally) -> Table:
    """By rate − target, of the measure asked for (việc when none is)."""
    targets, measure = await desk.targets.of_year(asked.period.year), asked.measure or Measure.CASES
    values: dict[str, Fraction | None] = {}
    shown: dict[str, str] = {}
    for office in counted.filed:
        figures = counted.reports[office.key].figures
        found = against_targets(targets, office, asked.period, asked.form, asked.organisation, figures)
        one = next((one for one in found if one.measure is measure), None)
        values[office.key] = one.standing.gap if one and one.standing else None
        if one and one.standing:
            rate = percent(figures.rate(one.rate, measure))
            gap = points(one.standing.gap)
            over = say("over by {points}", points=gap) if one.standing.met else say("short by {points}", points=gap)
            shown[office.key] = f"**{rate}** ({over})"
    title = (
        say("Ranking against the target in money")
        if measure is Measure.MONEY
        else say("Ranking against the target in cases")
    )
    return Table(title, values, shown, say("rate minus target, in percentage points"))


async def _on_time(desk: Desk, heard: Heard, asked: Inquiry) -> Table:
    """Of the periods of this reporting year that are due by now or filed already, how many were reported on time."""
    keys = [office.key for office in asked.offices]
    reports = await desk.reports.of_year(keys, asked.form.key, asked.period.year)
    so_far = [Period(asked.period.year, month) for month in range(1, asked.period.month + 1)]
    so_far = [period for period in so_far if period >= asked.organisation.reporting_from]
    due = await _due(desk, asked, so_far, heard.now)
    values: dict[str, Fraction | None] = {}
    shown: dict[str, str] = {}
    for key in keys:
        judged = [period for period in so_far if (key, period) in due or (key, period) in reports]
        on_time = sum(1 for period in judged if (key, period) in reports and reports[key, period].on_time)
        values[key] = Fraction(on_time, len(judged)) if judged else None
        shown[key] = say("**{on_time}/{all}** periods on time", on_time=on_time, all=len(judged))
    return Table(say("Ranking by reporting on time"), values, shown, say("this reporting year"))


async def _due(desk: Desk, asked: Inquiry, periods: list[Period], now: datetime) -> set[tuple[str, Period]]:
    """By office key and period, what should be filed by now: an extension ends with the next period's deadline."""
    over = [period for period in periods if await due_at(desk, period) <= now]
    longer = {
        (office.key, period)
        for office in asked.offices
        for period in over[-2:]
        if await due_at(desk, period, office) > now
    }
    return {(office.key, period) for office in asked.offices for period in over} - longer


def _reply(asked: Inquiry, counted: Tally, by: By, table: Table, mine: str) -> Reply:
    filed = {office.key for office in counted.filed}  # whoever has not filed comes last, however it did before
    ranked, without = rank({key: table.values.get(key) for key in (one.key for one in counted.offices) if key in filed})
    office = {one.key: one for one in counted.offices}
    head = f"**{table.title} · {short_name(asked.unit)} · {period_name(asked.period)}**"
    lines = [f"{head} ({len(counted.filed)}/{len(counted.offices)})", f"{period_range(asked.period)} · {table.basis}"]
    if found := next((one for one in ranked if one.key == mine), None):
        lines.append(say("{office} is no. {place}.", office=f"**{office[mine].name}**", place=found.place))
    lines += _last(asked, ranked, office, table)
    lines += [f"{one.place}. {office[one.key].name} {table.shown[one.key]}" for one in ranked]
    unknown = [office[key] for key in without]
    if unknown:
        lines.append(say("No figure yet: {names}.", names=names(unknown)))
    missing = names(counted.missing) or say("nobody")
    lines.append(say("Not filed: {names}.", names=missing))
    return Reply("\n".join(lines), _others(asked, by))


def _last(asked: Inquiry, ranked: Sequence[Ranked], office: Mapping[str, Office], table: Table) -> list[str]:
    """Who stands at the end, all of them, where that is asked for and the others stand before them."""
    if not asked.question.lowest or not ranked or ranked[-1].place == 1:
        return []
    last = [one.key for one in ranked if one.place == ranked[-1].place]
    return [say("Last: {offices}.", offices=", ".join(f"{office[key].name} {table.shown[key]}" for key in last))]


def _others(asked: Inquiry, by: By) -> tuple[Choice, ...]:
    """The other ways to rank the same offices."""
    ways = {
        By.CASES: (say("In cases"), "ve viec"),
        By.MONEY: (say("In money"), "ve tien"),
        By.TARGET: (say("Against the target"), "chi tieu"),
        By.ON_TIME: (say("On time"), "dung han"),
    }
    return tuple(again(label, "xephang", asked, words) for way, (label, words) in ways.items() if way is not by)


conversation = Conversation(
    name=Intent.RANKING,
    commands=("xephang",),
    about=gloss("Ranking of the cluster"),
    open=open_,
    needs=Act.READ,
)
