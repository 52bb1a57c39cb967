"""Who last saw which totals; what was corrected since; the one who moves the cursor on tells of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from bot.domain.changed import Reading, Stir
from bot.domain.period import Period
from bot.domain.person import Person
from bot.domain.report import first, revised
from bot.ports import Tick
from db.engine import Database
from tests.db.conftest import MINUTE, NOW, SEPTEMBER, revision

HOUR = timedelta(hours=1)


def seen(chief: Person, unit: str = "cum-3") -> Reading:
    return Reading(chief.id, unit, "short", SEPTEMBER, NOW)


async def test_of_each_unit_and_period_the_last_look_is_kept(database: Database, chief: Person) -> None:
    later, province = replace(seen(chief), at=NOW + MINUTE), seen(chief, "thanh-hoa")
    august = replace(seen(chief), period=Period(2021, 11))
    async with database.begin() as desk:
        for one in (seen(chief), province, august):
            await desk.readings.saw(one)
    async with database.begin() as desk:
        await desk.readings.saw(later)
        found = await desk.readings.of_period("short", SEPTEMBER, NOW + HOUR)
        assert sorted(found, key=lambda one: one.unit) == [later, province]
        assert await desk.readings.of_period("short", SEPTEMBER, NOW + MINUTE) == [province]


async def test_a_correction_is_found_by_when_it_was_stored_and_a_first_report_is_none(
    database: Database, chief: Person
) -> None:
    report = first("quan-son", "short", SEPTEMBER, NOW + HOUR, revision(chief))
    later = revised(report, revision(chief, 2, cases=211))
    stored = later.latest.stored_at
    async with database.begin() as desk:
        await desk.reports.file(report)
        assert await desk.reports.stir(NOW, NOW + HOUR) is None
        assert await desk.reports.stirred(NOW, NOW + HOUR) == []
        await desk.reports.file(later)
        assert await desk.reports.stir(NOW, NOW + HOUR) == Stir(stored, stored)
        assert await desk.reports.stirred(NOW, NOW + HOUR) == [later]
        assert await desk.reports.stir(stored, NOW + HOUR) is None
        assert await desk.reports.stir(NOW, stored - timedelta.resolution) is None


async def test_a_cursor_only_goes_forward(database: Database) -> None:
    async with database.begin() as desk:
        assert await desk.reminders.advance("changes", Tick(NOW, NOW)) is True
        assert await desk.reminders.advance("changes", Tick(NOW + HOUR, NOW)) is False
        assert await desk.reminders.advance("changes", Tick(NOW + HOUR, NOW + MINUTE)) is True
        assert await desk.reminders.ticked("changes") == Tick(NOW + HOUR, NOW + MINUTE)
        assert await desk.reminders.ticked() is None


async def test_a_digest_is_claimed_once_a_day(database: Database, chief: Person) -> None:
    async with database.begin() as desk:
        assert await desk.readings.wished(chief.id) is None
        await desk.readings.wish(chief.id, NOW)
        await desk.readings.wish(chief.id, NOW + MINUTE)
        assert await desk.readings.wished(chief.id) == NOW
        assert await desk.readings.claim_digests(NOW, NOW + HOUR) == {}
        assert await desk.readings.claim_digests(NOW + MINUTE, NOW + HOUR) == {chief.id: NOW}
        assert await desk.readings.claim_digests(NOW + MINUTE, NOW + HOUR) == {}
        assert await desk.readings.wished(chief.id) == NOW + HOUR
        await desk.readings.unwish(chief.id)
        assert await desk.readings.wished(chief.id) is None
