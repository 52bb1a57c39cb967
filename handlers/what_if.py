"""What if: some cases or money more or less, and what it would change for the office and its cluster."""

from __future__ import annotations

from collections.abc import Mapping

from bot.asking import Inquiry, short_name, understand
from bot.cards import amount, cell_name, count_line, period_name, period_range
from bot.chat import Reply
from bot.dialogue import Conversation, Heard, Move, answer
from bot.domain import checks
from bot.domain.calendar import local_day
from bot.domain.figures import Figures, total
from bot.domain.form import Cell, Measure
from bot.domain.organisation import Cluster, Office
from bot.domain.person import Act
from bot.domain.question import Change, Intent
from bot.domain.reach import allowed
from bot.domain.reading import Exact
from bot.explain import problem_line
from bot.filing import Tally, tally
from bot.i18n import capital, gloss, percent, say
from bot.ports import Desk
from bot.standing import against_targets, short_line
from bot.supposing import left_open


async def open_(desk: Desk, heard: Heard) -> Move:
    asked = await understand(desk, heard, Intent.WHAT_IF, office=True)
    if open_question := left_open(asked):
        return asked.answered(open_question)
    supposed, office = _supposed(asked), asked.unit
    if not supposed or not isinstance(office, Office):
        return answer(Reply(say("For example: “{example}”.", example=_example(asked))))
    offices = asked.organisation.offices_of(office.cluster, asked.period.end)
    counted = await tally(desk.reports, offices, asked.form, asked.period)
    if office.key not in counted.reports:
        fields = {"period": period_name(asked.period), "range": period_range(asked.period)}
        return asked.answered(
            Reply(say("**{office}** has not filed {period} ({range}).", office=office.full_name, **fields))
        )
    before = counted.reports[office.key].figures
    after = before.replaced({cell: _changed(asked, before.get(cell, 0), value) for cell, value in supposed.items()})
    broken = [fault for fault in checks.faults(asked.form, after) if not isinstance(fault, checks.Missing)]
    if broken:
        lines = [say("That cannot be:"), *(problem_line(asked.form, fault) for fault in broken)]
        return asked.answered(Reply("\n".join(lines)))
    change = _change(asked, supposed)
    when = period_name(asked.period)
    head = say("**If {office} {change}** · {period}", office=office.name, change=change, period=when)
    lines = [head, period_range(asked.period), *_office(asked, office, supposed, before, after)]
    lines += await _cluster(desk, heard, asked, office, counted, after - before)
    return asked.answered(Reply("\n".join([*lines, say("Nothing has been stored.")])))


def _supposed(asked: Inquiry) -> Mapping[Cell, int]:
    """The amounts by cell: of the indicator that was named, else of the main rate's numerator."""
    indicator = asked.indicator or asked.form.rates[-1].numerator
    return {
        Cell(indicator, one.measure): one.reading.value
        for one in asked.question.amounts
        if isinstance(one.reading, Exact)
    }


def _changed(asked: Inquiry, before: int, by: int) -> int:
    match asked.question.change:
        case Change.LESS:
            return before - by
        case Change.TO:
            return by
    return before + by


def _change(asked: Inquiry, supposed: Mapping[Cell, int]) -> str:
    """“có việc xong thêm 10 việc”."""
    parts = []
    for cell, value in supposed.items():
        fields = {"cell": cell_name(asked.form, cell), "amount": amount(cell.measure, value)}
        match asked.question.change:
            case Change.LESS:
                parts.append(say("has {cell} {amount} less", **fields))
            case Change.TO:
                parts.append(say("has {cell} of {amount}", **fields))
            case _:
                parts.append(say("has {cell} {amount} more", **fields))
    return ", ".join(parts)


def _example(asked: Inquiry) -> str:
    office = asked.unit if isinstance(asked.unit, Office) else next(iter(asked.offices), None)
    return say("if {office} resolves 10 more cases", office=office.name if office else "…")


def _office(asked: Inquiry, office: Office, supposed: Mapping[Cell, int], before: Figures, after: Figures) -> list[str]:
    cells = [
        f"{capital(cell_name(asked.form, cell))}: {amount(cell.measure, before.get(cell, 0))} → "
        f"**{amount(cell.measure, after[cell])}**"
        for cell in supposed
    ]
    return [*cells, *_rates(asked, office.name, supposed, before, after)]


def _rates(asked: Inquiry, name: str, supposed: Mapping[Cell, int], before: Figures, after: Figures) -> list[str]:
    """The main rate before and after, of each measure that changes."""
    rate, lines = asked.form.rates[-1], []
    for measure in dict.fromkeys(cell.measure for cell in supposed):
        fields = {
            "name": name,
            "before": percent(before.rate(rate, measure)),
            "after": percent(after.rate(rate, measure)),
        }
        if measure is Measure.CASES:
            lines.append(say("{name}, rate in cases: {before} → **{after}**", **fields))
        else:
            lines.append(say("{name}, rate in money: {before} → **{after}**", **fields))
    return lines


async def _cluster(
    desk: Desk, heard: Heard, asked: Inquiry, office: Office, counted: Tally, difference: Figures
) -> list[str]:
    """The same for the office's cluster, beside its targets."""
    cluster = asked.organisation.cluster(office.cluster, asked.period.end)
    today = local_day(heard.now)
    if cluster is None or not allowed(heard.person, Act.READ, cluster, asked.organisation, today):
        return []
    whole = total(report.figures for report in counted.reports.values())
    after = whole + difference
    lines = _rates(asked, capital(short_name(cluster)), _supposed(asked), whole, after)
    if counted.missing:
        lines.append(capital(count_line(len(counted.filed), counted.offices, counted.missing)))
    return lines + await _targets(desk, asked, cluster, after)


async def _targets(desk: Desk, asked: Inquiry, cluster: Cluster, figures: Figures) -> list[str]:
    targets = await desk.targets.of_year(asked.period.year)
    found = against_targets(targets, cluster, asked.period, asked.form, asked.organisation, figures)
    return [f"{capital(short_name(cluster))}: {short_line(found)}"] if found else []


conversation = Conversation(
    name=Intent.WHAT_IF,
    commands=("neu",),
    about=gloss("What if"),
    open=open_,
    needs=Act.READ,
)
