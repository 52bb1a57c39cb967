"""Where the last number came from: formula, offices counted, revision, who filed it when, in which words."""

from __future__ import annotations

from bot.asking import Inquiry, count, short_name, understand
from bot.cards import at, channel_name, count_line, figure_lines, indicator_name, period_name, period_range, rate_line
from bot.chat import Reply
from bot.dialogue import Conversation, Heard, Move
from bot.domain.figures import Figures, total
from bot.domain.form import Form
from bot.domain.organisation import Office
from bot.domain.person import Act
from bot.domain.question import Intent
from bot.domain.report import Report
from bot.i18n import capital, gloss, say
from bot.ports import Desk

LONGEST = 600  # letters of the original message that are shown


async def open_(desk: Desk, heard: Heard) -> Move:
    asked = await understand(desk, heard, Intent.SOURCE)
    counted = await count(desk, asked)
    head = say("**Source** · {unit} · {period}", unit=capital(short_name(asked.unit)), period=period_name(asked.period))
    lines = [head, period_range(asked.period)]
    if isinstance(asked.unit, Office):
        report = await desk.reports.get(asked.unit.key, asked.form.key, asked.period)
        lines += _values(asked, report.figures) if report else []
        lines += _office(report) if report else [say("There is no figure yet.")]
    else:
        lines += _values(asked, total(report.figures for report in counted.reports.values()))
        lines.append(capital(count_line(len(counted.filed), counted.offices, counted.missing)))
        lines.append(say("A total adds up these offices; a rate is the sum of numerators over that of denominators."))
        lines += [_line(office, counted.reports[office.key]) for office in counted.filed]
    lines += _formulas(asked.form)
    return asked.answered(Reply("\n".join(lines)), remember=False)


def _values(asked: Inquiry, figures: Figures) -> list[str]:
    """The numbers whose source is told: those of the indicator and measure asked about, and the main rate."""
    shown = figure_lines(asked.form, figures, asked.indicator, asked.measure)
    return [*shown, rate_line(asked.form, asked.form.rates[-1], figures)] if figures else []


def _line(office: Office, report: Report) -> str:
    return say(
        "{office}: revision {number}, {time}, {author}",
        office=office.name,
        number=report.latest.number,
        time=at(report.latest.sent_at),
        author=report.latest.author_name,
    )


def _office(report: Report) -> list[str]:
    latest = report.latest
    lines = [
        say(
            "Revision {number}, filed at {time} by {author} over {channel}.",
            number=latest.number,
            time=at(latest.sent_at),
            author=latest.author_name,
            channel=channel_name(latest.channel),
        )
    ]
    if latest.reason:
        lines.append(say("Reason: “{reason}”.", reason=latest.reason))
    if latest.text:
        text = latest.text if len(latest.text) <= LONGEST else latest.text[:LONGEST] + "…"
        lines.append(say("The original message: “{text}”", text=text))
    return lines


def _formulas(form: Form) -> list[str]:
    return [
        say(
            "Rate of {rate} = {numerator} / {denominator}.",
            rate=indicator_name(form.indicator(rate.numerator)),
            numerator=indicator_name(form.indicator(rate.numerator)),
            denominator=indicator_name(form.indicator(rate.denominator)),
        )
        for rate in form.rates
    ]


conversation = Conversation(
    name=Intent.SOURCE,
    commands=("nguon",),
    about=gloss("Where a number came from"),
    open=open_,
    needs=Act.READ,
)
