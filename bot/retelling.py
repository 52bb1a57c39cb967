"""Totals that people have read and that are others now: each is told once, all of it together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from itertools import groupby

from bot.domain.calendar import local_day
from bot.domain.changed import Change, Reading, changes_since
from bot.domain.organisation import Office, Organisation, Unit
from bot.domain.period import Period
from bot.domain.person import Act
from bot.domain.reach import allowed, offices_in
from bot.domain.reminder import may_write
from bot.domain.report import Report
from bot.filing import Tally, tally
from bot.forms import load
from bot.ports import Desk, Tick
from bot.reminding import ASTRAY
from bot.unasked.changed import Shift, changed
from bot.unasked.telling import tell_each

NAME = "changes"


@dataclass(frozen=True, slots=True)
class Outdated:
    """What has changed in a unit since somebody read its totals."""

    reading: Reading
    unit: Unit
    offices: tuple[Office, ...]
    changes: Sequence[Change]


async def retell(desk: Desk, now: datetime) -> int:
    """Tell of all corrections, once they have settled; how many people were told.

    Two that look at once cannot both tell: whoever moves the cursor on has them, and what was told counts as read."""
    since = await _cursor(desk, now)
    stir = await desk.reports.stir(since, now)
    if stir is None or not stir.settled(now) or not may_write(now, await desk.offices.calendar()):
        return 0
    if not await desk.reminders.advance(NAME, Tick(now, stir.last)):
        return 0
    corrected = await desk.reports.stirred(since, stir.last)
    found = await _outdated(desk, await desk.offices.organisation(), corrected, now)
    return await _tell(desk, found, now)


async def _cursor(desk: Desk, now: datetime) -> datetime:
    """Up to when all that was corrected has been told; a day back when nobody knows, or a wrong clock said so."""
    last = await desk.reminders.ticked(NAME)
    if last and last.through and last.through <= now + ASTRAY:
        return last.through
    if last:
        await desk.reminders.tick(Tick(now, now - ASTRAY), NAME)
    return now - ASTRAY


async def _outdated(
    desk: Desk, organisation: Organisation, corrected: Sequence[Report], now: datetime
) -> list[Outdated]:
    """Who may still read what they have read, and did not correct it all themselves."""
    found: list[Outdated] = []
    for (form, period), reports in groupby(sorted(corrected, key=_key), key=_key):
        readings = await desk.readings.of_period(form, period, now)
        found += _of_period(organisation, period, list(reports), readings)
    people = await desk.people.some({one.reading.person for one in found})
    today = local_day(now)
    return [
        one
        for one in found
        if one.reading.person in people and allowed(people[one.reading.person], Act.READ, one.unit, organisation, today)
    ]


def _key(report: Report) -> tuple[str, Period]:
    return report.form, report.period


def _of_period(
    organisation: Organisation, period: Period, reports: Sequence[Report], readings: Sequence[Reading]
) -> list[Outdated]:
    found = []
    units = {key: unit for key in {one.unit for one in readings} if (unit := _unit(organisation, key, period))}
    offices = {key: offices_in(unit, organisation, period.end) for key, unit in units.items()}
    inside = {key: _inside(reports, members) for key, members in offices.items()}
    for reading in readings:
        changes = changes_since(inside.get(reading.unit, ()), reading.at)
        if not all(change.by(reading.person) for change in changes):
            found.append(Outdated(reading, units[reading.unit], offices[reading.unit], changes))
    return found


def _unit(organisation: Organisation, key: str, period: Period) -> Unit | None:
    return organisation.cluster(key, period.end) or organisation.province(key)


def _inside(reports: Sequence[Report], offices: Sequence[Office]) -> list[Report]:
    keys = {office.key for office in offices}
    return [report for report in reports if report.office in keys]


async def _tell(desk: Desk, found: Sequence[Outdated], now: datetime) -> int:
    """One message a person; what they were told they have read."""
    counted = await _tallies(desk, found)
    shifts: dict[int, list[Shift]] = {}
    for one in sorted(found, key=lambda one: one.reading.period, reverse=True):
        reading = one.reading
        shift = Shift(one.unit, load(reading.form), reading.period, one.changes, counted[_of(reading)])
        shifts.setdefault(reading.person, []).append(shift)
    told = await tell_each(desk, {person: partial(changed, mine) for person, mine in shifts.items()}, now)
    for reading in (one.reading for one in found if one.reading.person in told):
        await desk.readings.saw(replace(reading, at=now))
    return len(told)


async def _tallies(desk: Desk, found: Sequence[Outdated]) -> Mapping[tuple[str, str, Period], Tally]:
    """What stands now, once for each unit and period."""
    wanted = {_of(one.reading): one for one in found}
    return {key: await tally(desk.reports, one.offices, load(key[1]), key[2]) for key, one in wanted.items()}


def _of(reading: Reading) -> tuple[str, str, Period]:
    return reading.unit, reading.form, reading.period
