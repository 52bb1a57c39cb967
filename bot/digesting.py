"""The daily digest: what is new in the clusters that somebody leads, gathered once for all of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial

from bot.domain.agenda import Agenda
from bot.domain.calendar import TIMEZONE, Calendar, local_day
from bot.domain.changed import Change, changes_since, newly_filed
from bot.domain.organisation import Cluster, Organisation
from bot.domain.person import Act, Person
from bot.domain.reach import allowed
from bot.domain.reminder import MORNING, may_write
from bot.domain.report import Report
from bot.errors import BadStructure
from bot.filing import default_period, tally
from bot.forms import load
from bot.ports import Desk
from bot.reminding import sketch, weighed
from bot.unasked.digest import Bulletin, digest
from bot.unasked.telling import tell_each


def led(person: Person, organisation: Organisation, now: datetime) -> list[Cluster]:
    """The clusters whose digest this person may have."""
    today, period = local_day(now), default_period(now)
    return [
        cluster
        for province in organisation.provinces
        for cluster in organisation.clusters_of(province.key, period.end)
        if allowed(person, Act.NUDGE, cluster, organisation, today)
    ]


def since_yesterday(now: datetime, calendar: Calendar) -> datetime:
    """The morning of the working day before."""
    return datetime.combine(calendar.add_working_days(local_day(now), -1), MORNING, TIMEZONE)


async def send_digests(desk: Desk, now: datetime) -> int:
    """Each working day from eight o'clock on, once for each who wishes it; silent when there is nothing to tell."""
    due = datetime.combine(local_day(now), MORNING, TIMEZONE)
    if now < due or not may_write(now, await desk.offices.calendar()):
        return 0
    claimed = await desk.readings.claim_digests(due, now)
    if not claimed:
        return 0
    try:
        organisation = await desk.offices.organisation()
    except BadStructure:
        return 0
    people = await desk.people.some(claimed)
    agenda = await weighed(desk, await sketch(desk, organisation, default_period(now), now), now)
    told = {}
    for number, person in people.items():
        found = await bulletins(desk, agenda, led(person, organisation, now), claimed[number], now)
        if worth := [one for one in found if one.worth]:
            told[number] = partial(digest, worth, claimed[number], now, daily=True)
    return len(await tell_each(desk, told, now))


async def bulletins(
    desk: Desk, agenda: Agenda, clusters: Sequence[Cluster], since: datetime, now: datetime
) -> list[Bulletin]:
    """What has happened in each of these clusters since then, and how it stands."""
    organisation = await desk.offices.organisation()
    corrected = await desk.reports.stirred(since, now)
    return [await _bulletin(desk, organisation, agenda, cluster, corrected, since) for cluster in clusters]


async def _bulletin(
    desk: Desk,
    organisation: Organisation,
    agenda: Agenda,
    cluster: Cluster,
    corrected: Sequence[Report],
    since: datetime,
) -> Bulletin:
    form = load(agenda.form)
    counted = await tally(desk.reports, organisation.offices_of(cluster.key, agenda.period.end), form, agenda.period)
    whole = {report.office: report for report in corrected if report.period == agenda.period}
    latest: Mapping[str, Report] = {**counted.reports, **whole}
    fresh = [office for office in counted.filed if newly_filed(latest[office.key], since)]
    counted = replace(counted, reports={key: latest[key] for key in counted.reports})
    return Bulletin(agenda, cluster, form, counted, fresh, _changes(organisation, cluster, corrected, since))


def _changes(
    organisation: Organisation, cluster: Cluster, corrected: Sequence[Report], since: datetime
) -> list[tuple[str, Change]]:
    """Of whichever period, the newest first; each with its office's name."""
    found = []
    for change in sorted(changes_since(corrected, since), key=lambda one: one.report.period, reverse=True):
        members = organisation.offices_of(cluster.key, change.report.period.end)
        found += [(office.name, change) for office in members if office.key == change.report.office]
    return found
