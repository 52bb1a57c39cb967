"""The daily digest in words: who has filed since the last one, who is missing, what was corrected, how long is left."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.asking import token
from bot.cards import at, period_name, time_left
from bot.chat import Choice, Reply
from bot.domain.agenda import Agenda
from bot.domain.calendar import local_day
from bot.domain.changed import Change
from bot.domain.form import Form
from bot.domain.organisation import Cluster, Office
from bot.filing import Tally
from bot.i18n import capital, day, moment, say
from bot.unasked.changed import change_line
from bot.unasked.notices import nudge_choices, standing_of, when

NAME = "digest"
MOST_CLUSTERS = 6
ROOM = 900  # letters for the corrections of one message


@dataclass(frozen=True, slots=True)
class Bulletin:
    """One cluster: who is counted, who of them is new, and what was corrected, with the offices' names."""

    agenda: Agenda
    cluster: Cluster
    form: Form
    tally: Tally
    fresh: Sequence[Office]
    changes: Sequence[tuple[str, Change]]

    @property
    def waiting(self) -> list[Office]:
        """Those that have still to file, and can."""
        return [office for office in self.tally.missing if not self.agenda.shut(office)]

    @property
    def worth(self) -> bool:
        return bool(self.fresh or self.changes or self.waiting)


def digest(bulletins: Sequence[Bulletin], since: datetime, now: datetime, *, daily: bool) -> Reply:
    """`daily`: it comes every day, and can be turned off here; else it can be turned on."""
    shown = bulletins[:MOST_CLUSTERS]
    parts = ["\n".join(_lines(one, now, len(shown))) for one in shown]
    parts += ["…"] if len(shown) < len(bulletins) else []
    head = say("**Digest of {day}** (since {time})", day=day(local_day(now)), time=at(since))
    turn = Choice(say("Stop the daily digest"), f"{NAME}:off:") if daily else Choice(say("Every day"), f"{NAME}:on:")
    return Reply("\n\n".join([head, *parts]), (*_choices(shown), turn))


def _lines(one: Bulletin, now: datetime, clusters: int) -> list[str]:
    few = 12 if clusters == 1 else 5
    filed = say(
        "**{cluster} · {period}**: filed **{filed}/{all}**.",
        cluster=capital(one.cluster.short),
        period=period_name(one.agenda.period),
        filed=len(one.tally.filed),
        all=len(one.tally.offices),
    )
    lines = [filed]
    if one.fresh:
        lines.append(say("New: {names}.", names=_some([_filed(one, office, now) for office in one.fresh], few)))
    if one.tally.missing:
        lines += _missing(one, now, few)
    return [*lines, *_changes(one, ROOM // clusters)]


def _filed(one: Bulletin, office: Office, now: datetime) -> str:
    report = one.tally.reports[office.key]
    fields = {"office": office.name, "time": when(report.opening.sent_at, now)}
    if report.on_time:
        return say("{office} ({time})", **fields)
    return say("{office} ({time}, late)", **fields)


def _missing(one: Bulletin, now: datetime, few: int) -> list[str]:
    agenda, missing = one.agenda, one.tally.missing
    due = agenda.first_deadline(one.waiting or missing)
    texts = [f"**{office.name}**" + standing_of(agenda, office, now, due, lost=False) for office in missing]
    named = say("Not filed: {names}.", names=_some(texts, few))
    if one.waiting:
        return [named, time_left(due, now)]
    closed = at(agenda.closed[one.cluster.key])
    return [named, say("Due: **{deadline}** · Closed: {time}", deadline=moment(due), time=closed)]


def _changes(one: Bulletin, room: int) -> list[str]:
    lines = [say("Corrected or withdrawn:")] if one.changes else []
    for name, change in one.changes:
        period = change.report.period
        named = f"**{name}**" if period == one.agenda.period else f"**{name}** · {period_name(period)}"
        line = "- " + change_line(one.form, named, change, 2)
        if len(lines) > 1 and len("\n".join([*lines, line])) > room:
            break
        lines.append(line)
    left = len(one.changes) - len(lines) + 1
    return [*lines, say("… and {count} more corrections", count=left)] if one.changes and left else lines


def _some(texts: Sequence[str], most: int) -> str:
    left = len(texts) - most
    return ", ".join(texts if left <= 0 else [*texts[:most], say("… and {count} more offices", count=left)])


def _choices(shown: Sequence[Bulletin]) -> list[Choice]:
    if len(shown) == 1:
        one = shown[0]
        nudges = nudge_choices(one.waiting, one.cluster.short)
        return [*nudges, Choice(say("Totals"), token("tong", one.cluster.short, one.agenda.period))]
    return [
        Choice(say("Remind {name}", name=one.cluster.short), token("nhacngay", one.cluster.short))
        for one in shown
        if one.waiting
    ]
