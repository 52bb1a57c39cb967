"""What is closed, what of it is open again, and who waits for it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.cards import at, clipped, period_name
from bot.chat import Choice, Reply
from bot.dialogue import Heard
from bot.domain.calendar import local_day
from bot.domain.closing import Closing, Unlock
from bot.domain.organisation import Cluster, Office, Organisation
from bot.domain.period import Period
from bot.domain.person import Act
from bot.domain.reach import allowed
from bot.i18n import capital, say
from bot.ports import Desk

LATELY = 3  # closed periods of a cluster
WAITS = timedelta(days=7)  # an older request is put anew, or over
MOST = 6  # requests
MOST_NAMES = 12


@dataclass(frozen=True, slots=True)
class Locks:
    """One period of an office or a cluster; `opened` is, by office, until when it is open again."""

    unit: Office | Cluster
    offices: tuple[Office, ...]
    closing: Closing | None
    opened: Mapping[str, datetime]

    @property
    def shut(self) -> tuple[Office, ...]:
        return tuple(office for office in self.offices if self.closing and office.key not in self.opened)


async def locks_of(
    desk: Desk, form: str, unit: Office | Cluster, offices: Sequence[Office], period: Period, now: datetime
) -> Locks:
    cluster = unit.cluster if isinstance(unit, Office) else unit.key
    opened = await desk.periods.opened(form, period, now)
    inside = {office.key: opened[office.key] for office in offices if office.key in opened}
    return Locks(unit, tuple(offices), await desk.periods.closing(cluster, form, period), inside)


async def overview(desk: Desk, heard: Heard, organisation: Organisation) -> Reply:
    """Of each cluster in which this person may open: what is closed, what is open, who has asked."""
    form = organisation.form
    unlocks = await desk.periods.unlocks(form, heard.now, heard.now - WAITS)
    parts, choices = [], []
    for cluster in _led(heard, organisation):
        mine = [(one, office) for one in unlocks if (office := _inside(organisation, cluster, one))]
        waiting = [(one, office) for one, office in mine if one.answered_at is None][:MOST]
        opened = [(one, office) for one, office in mine if one.open(heard.now)]
        closed = await desk.periods.lately(cluster.key, form, LATELY)
        parts.append("\n".join(_lines(cluster, closed, opened, waiting)))
        choices += [choice for one, office in waiting for choice in _answers(one, office)]
    parts.append(say("To open one, for example: {example}", example=_example(organisation, heard)))
    return Reply("\n\n".join(parts), tuple(choices))


def _led(heard: Heard, organisation: Organisation) -> list[Cluster]:
    today = local_day(heard.now)
    clusters = [one for province in organisation.provinces for one in organisation.clusters_of(province.key, today)]
    return [one for one in clusters if allowed(heard.person, Act.UNLOCK, one, organisation, today)][:MOST]


def _inside(organisation: Organisation, cluster: Cluster, unlock: Unlock) -> Office | None:
    office = organisation.office(unlock.office, unlock.period.end)
    return office if office and office.cluster == cluster.key else None


def _lines(
    cluster: Cluster,
    closed: Sequence[Closing],
    opened: Sequence[tuple[Unlock, Office]],
    waiting: Sequence[tuple[Unlock, Office]],
) -> list[str]:
    lines = [f"**{capital(cluster.short)}**"]
    if closed:
        closings = [
            say("{period} (at {time})", period=period_name(one.period), time=at(one.closed_at)) for one in closed
        ]
        lines.append(say("Closed lately: {periods}.", periods="; ".join(closings)))
    else:
        lines.append(say("No period is closed."))
    lines += _opened(opened)
    for unlock, office in waiting:
        fields = {"office": f"**{office.name}**", "period": period_name(unlock.period), "time": at(unlock.asked_at)}
        reason = clipped(unlock.reason)
        lines.append(say("- {office} has asked for {period} at {time}: “{reason}”", reason=reason, **fields))
    return lines


def _opened(opened: Sequence[tuple[Unlock, Office]]) -> list[str]:
    """A line for each period and moment at which it locks again."""
    found: dict[tuple[Period, datetime], dict[str, None]] = {}
    for unlock, office in reversed(opened):
        if unlock.until:
            found.setdefault((unlock.period, unlock.until), {})[office.name] = None
    return [
        say(
            "- {period} is open until {time} for {names}",
            period=period_name(period),
            time=at(until),
            names=", ".join([*list(offices)[:MOST_NAMES], *(["…"] if len(offices) > MOST_NAMES else [])]),
        )
        for (period, until), offices in sorted(found.items(), reverse=True)
    ]


def _answers(unlock: Unlock, office: Office) -> tuple[Choice, Choice]:
    fields = {"office": office.name, "months": unlock.period.month}
    return (
        Choice(say("Agree: {office}, {months} months", **fields), f"unlock:grant:{unlock.id}"),
        Choice(say("Refuse: {office}, {months} months", **fields), f"unlock:refuse:{unlock.id}"),
    )


def _example(organisation: Organisation, heard: Heard) -> str:
    """With an office of one's own cluster."""
    clusters = _led(heard, organisation)
    offices = organisation.offices_of(clusters[0].key, local_day(heard.now)) if clusters else ()
    name = offices[0].name if offices else "cả cụm"
    return f"/mokhoa {name}: nhập nhầm tiền xong"
