"""The last office has filed: those who lead the cluster get its totals, in the transaction that stored the figures."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from bot.asking import token
from bot.cards import figure_lines, period_name, period_range, plain_rate_line
from bot.chat import Choice, Reply
from bot.domain.calendar import local_day
from bot.domain.changed import Reading
from bot.domain.figures import total
from bot.domain.form import Form
from bot.domain.organisation import Cluster
from bot.domain.period import Period
from bot.domain.person import Place
from bot.filing import Tally
from bot.i18n import capital, say
from bot.ports import Desk
from bot.unasked.telling import leaders, tell


async def tell_complete(
    desk: Desk, form: Form, period: Period, cluster: Cluster, counted: Tally, now: datetime
) -> None:
    people = await leaders(desk, Place(cluster.province, cluster.key), local_day(now))
    for person in await tell(desk, people, partial(_totals, form, period, cluster, counted), now):
        await desk.readings.saw(Reading(person, cluster.key, form.key, period, now))


def _totals(form: Form, period: Period, cluster: Cluster, counted: Tally) -> Reply:
    figures = total(report.figures for report in counted.reports.values())
    lines = [
        say(
            "**{cluster} · {period}**: all {count} offices have filed.",
            cluster=capital(cluster.name),
            period=period_name(period),
            count=len(counted.offices),
        ),
        period_range(period),
        *figure_lines(form, figures),
        plain_rate_line(form, form.rates[-1], figures),
    ]
    choices = (
        Choice(say("Totals"), token("tong", cluster.short, period)),
        Choice(say("Ranking"), token("xephang", cluster.short, period)),
    )
    return Reply("\n".join(lines), choices, spare=True)
