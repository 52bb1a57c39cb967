"""The review card: what was understood, its rates, what has changed, and every warning."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bot.cards import (
    amount,
    at,
    cell_name,
    figure_lines,
    in_words,
    indicator_name,
    measure_name,
    period_name,
    period_range,
    period_words,
    short_rate_line,
)
from bot.chat import Choice, Reply
from bot.dialogue import Heard
from bot.domain import checks
from bot.domain.calendar import local_day
from bot.domain.figures import Figures
from bot.domain.folding import fold
from bot.domain.form import Cell, Form
from bot.domain.organisation import Organisation
from bot.domain.person import Act
from bot.domain.reach import allowed
from bot.domain.report import Report
from bot.filing import Case, tally
from bot.i18n import capital, moment, number, percent, say
from bot.ports import Desk
from bot.unasked.answered import tell_answered
from bot.unasked.completion import tell_complete


def card_lines(form: Form, case: Case, figures: Figures, sent_at: datetime) -> list[str]:
    """The card without its warnings and buttons; it is judged by when the figures were sent."""
    rate = form.rates[-1]
    return [
        f"**{case.office.full_name} · {period_name(case.period)}**",
        f"{period_range(case.period)} · {_standing(case, sent_at)}",
        "",
        *figure_lines(form, figures),
        "",
        short_rate_line(form, rate, figures),
        *_growth(form, case.last, figures),
        *(change_lines(form, case.existing.figures, figures) if case.existing else ()),
        "",
        in_words(form, figures),
    ]


def _standing(case: Case, sent_at: datetime) -> str:
    """First filing, one again after a withdrawal, or a replacement; and a word when it is late."""
    late = sent_at > case.deadline
    if case.existing:
        filed = at(case.existing.latest.sent_at)
        if late:
            return say("replaces what was filed at {time}; the deadline has passed", time=filed)
        return say("replaces what was filed at {time}", time=filed)
    if case.kept:
        due = moment(case.deadline)
        return say("filed again, after the deadline {deadline}", deadline=due) if late else say("filed again")
    if late:
        return say("first filing, after the deadline {deadline}", deadline=moment(case.deadline))
    return say("first filing")


def overtaken_line(case: Case) -> str:
    """“Đơn vị vừa nộp lúc 08:02 … (người nộp: …)”: said when another was quicker."""
    if case.kept is None:
        return ""
    latest = case.kept.latest
    fields = {"time": at(latest.stored_at), "author": latest.author_name}
    if latest.withdrawn:
        return say("⚠ **Meanwhile** {author} has withdrawn the office's figures at {time}.", **fields)
    return say("⚠ **Meanwhile** {author} has filed for the office at {time}.", **fields)


def _growth(form: Form, last: Report | None, figures: Figures) -> list[str]:
    """“So với 11 tháng: thêm 11 việc, 140.300.000 đồng”, of the indicator that the main rate is about."""
    if last is None:
        return []
    key = form.rates[-1].numerator
    grown = figures - last.figures
    parts = []
    for measure in form.indicator(key).measures:
        by = grown.get(Cell(key, measure), 0)
        text = amount(measure, abs(by))
        parts.append(say("{amount} more", amount=text) if by >= 0 else say("{amount} less", amount=text))
    return [
        say(
            "{indicator} against {months} months: {changes}",
            indicator=capital(indicator_name(form.indicator(key))),
            months=last.period.month,
            changes=", ".join(parts),
        )
    ]


def change_lines(form: Form, before: Figures, after: Figures) -> list[str]:
    """“Việc xong: 158 → **159**” for each cell that differs."""
    return [
        f"{capital(cell_name(form, cell))}: {number(before.get(cell, 0))} → **{number(after[cell])}**"
        for cell in form.cells
        if cell in after and after[cell] != before.get(cell)
    ]


def warning_line(form: Form, warning: checks.Warning, case: Case) -> str:
    """One warning as one sentence that says what it rests on."""
    before = period_name(case.last.period) if case.last else ""
    match warning:
        case checks.Fell(cell=cell, before=old, now=new):
            return say(
                "{cell} {now} is less than the {before} of {period}; a cumulative figure should not fall.",
                cell=capital(cell_name(form, cell)),
                now=amount(cell.measure, new),
                before=amount(cell.measure, old),
                period=before,
            )
        case checks.FarFromLast():
            return _far(form, warning)
        case checks.PercentMismatch():
            return _mismatch(form, warning)
        case checks.SameAsLast():
            return say("These figures are exactly those of {period}. Was there really nothing new?", period=before)
    return ""


def _far(form: Form, warning: checks.FarFromLast) -> str:
    cell, small, large = warning.cell, *sorted((warning.before, warning.now))
    fields = {
        "cell": capital(cell_name(form, cell)),
        "now": amount(cell.measure, warning.now),
        "times": number(large // small),
        "yardstick": _yardstick(warning.yardstick),
    }
    if warning.now < warning.before:
        text = say("{cell} **{now}** is {times} times less than {yardstick}.", **fields)
    else:
        text = say("{cell} **{now}** is {times} times more than {yardstick}.", **fields)
    if warning.suggestion is None:
        return text
    return text + " " + say("Did you mean **{amount}**?", amount=amount(cell.measure, warning.suggestion))


def _yardstick(yardstick: checks.Yardstick) -> str:
    if yardstick is checks.Yardstick.LAST:
        return say("last month")
    if yardstick is checks.Yardstick.YEAR_BEFORE:
        return say("the same period last year")
    return say("the other offices")


def _mismatch(form: Form, warning: checks.PercentMismatch) -> str:
    typed = warning.typed
    return say(
        "You wrote {indicator} **{typed}** in {measure}; computed it is **{computed}** ({numerator}/{denominator}).",
        indicator=indicator_name(form.indicator(typed.indicator)),
        typed=typed.text.replace(" ", ""),
        measure=measure_name(warning.measure),
        computed=percent(warning.computed),
        numerator=number(warning.numerator),
        denominator=number(warning.denominator),
    )


def tally_line(cluster: str, filed: int, offices: int, missing: Sequence[str]) -> str:
    """“Cụm 3 đã có 6/7 đơn vị; còn thiếu Thường Xuân.”"""
    if missing:
        return say(
            "{cluster} has {filed}/{all} offices; still missing: {names}.",
            cluster=capital(cluster),
            filed=filed,
            all=offices,
            names=", ".join(missing),
        )
    return say("{cluster} has all {filed}/{all} offices.", cluster=capital(cluster), filed=filed, all=offices)


async def stored(desk: Desk, heard: Heard, form: Form, case: Case, report: Report, organisation: Organisation) -> Reply:
    """“Đã ghi nhận”: said only in the transaction that stores it, so that it goes out after the commit."""
    offices = organisation.offices_of(case.office.cluster, case.period.end)
    cluster = organisation.cluster(case.office.cluster, case.period.end)
    count = await tally(desk.reports, offices, form, case.period)
    lines = [
        _stored_line(report),
        f"{case.office.full_name} · {period_name(case.period)}",
        "",
        *figure_lines(form, report.figures),
    ]
    if report.latest.reason:
        lines.append(say("Reason: “{reason}”.", reason=report.latest.reason))
    if case.existing:
        await tell_answered(desk, heard, case.existing, report)
    choices: tuple[Choice, ...] = ()
    if cluster and allowed(heard.person, Act.READ, cluster, organisation, local_day(heard.now)):
        missing = [office.name for office in count.missing]
        lines += ["", tally_line(cluster.short, len(count.filed), len(offices), missing)]
        if not missing and len(report.revisions) == 1:
            await tell_complete(desk, form, case.period, cluster, count, report.latest.stored_at)
        see = say("See {cluster}", cluster=cluster.short)
        choices = (Choice(see, f"/tong {fold(cluster.short)} {period_words(case.period)}"),)
    return Reply("\n".join(lines), choices, in_place=True)


def _stored_line(report: Report) -> str:
    time = at(report.latest.sent_at)
    if report.latest is not report.opening:
        fields = {"time": time, "number": report.latest.number}
        if report.on_time:
            return say("**Recorded** at {time} as revision {number}; it was on time and stays so.", **fields)
        return say("**Recorded** at {time} as revision {number}; it was late and stays so.", **fields)
    if report.on_time:
        return say("**Recorded** at {time}, on time.", time=time)
    if report.latest.sent_at <= report.deadline:
        return say("**Recorded** at {time}; what was filed first was late, and so it stays.", time=time)
    return say(
        "**Recorded** at {time}, late (the deadline was {deadline}).", time=time, deadline=moment(report.deadline)
    )
