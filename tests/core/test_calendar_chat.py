"""Days off set in the chat with buttons that are forged, stale, doubled, or overtaken; what is judged stays judged."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import date
from pathlib import Path

import pytest

from bot import sample
from bot.domain.calendar import Calendar
from bot.domain.override import Kind, overridden
from bot.domain.period import Period
from bot.domain.person import Grant, Place, Role
from tests.core.test_roles import STALE, press, token
from tests.dialogues.stage import Stage, stage
from tests.dialogues.wires import PaperWire

ADMIN, LAT = "quan-tri", "muong-lat"
MONDAY = date(2021, 10, 4)
BEFORE = sample.structure()[1]


@pytest.fixture
def wire() -> PaperWire:
    return PaperWire()


@pytest.fixture
async def played(tmp_path: Path, wire: PaperWire) -> AsyncIterator[Stage]:
    async with stage(tmp_path, wire) as one:
        yield one


async def stored(played: Stage) -> Calendar:
    async with played.database.begin() as desk:
        return await desk.offices.calendar()


async def test_forged_stale_and_doubled_presses_set_nothing(played: Stage, wire: PaperWire) -> None:
    await played.say(ADMIN, "/lich nghỉ 04/10")
    record = token(wire, ADMIN, "Ghi nhận")
    for forged in ("calendar:set:", "calendar:set:0", f"{record}1"):
        assert await press(played, wire, ADMIN, forged) == STALE, forged
    assert await press(played, wire, LAT, record) == STALE
    assert await stored(played) == BEFORE
    await press(played, wire, ADMIN, record)
    assert await stored(played) == overridden(BEFORE, Kind.OFF, [MONDAY])
    assert await press(played, wire, ADMIN, record) == STALE


async def test_a_card_that_another_administrator_has_overtaken_sets_nothing(played: Stage, wire: PaperWire) -> None:
    async with played.database.begin() as desk:
        people = {name: number for number, name in (await desk.people.names()).items()}
        other = Grant(Role.ADMIN, Place("thanh-hoa"), date(2021, 1, 1))
        await desk.people.grant(people["Lãnh đạo phụ trách"], other, played.clock.now())
    await played.say(ADMIN, "/lich nghỉ 04/10")
    for said in ("/lich nghỉ 04/10", "[Ghi nhận]"):
        await played.say("lanh-dao", said)
    assert await press(played, wire, ADMIN, token(wire, ADMIN, "Ghi nhận")) == STALE
    assert await stored(played) == overridden(BEFORE, Kind.OFF, [MONDAY])


async def test_whoever_is_no_administrator_any_more_sets_nothing(played: Stage, wire: PaperWire) -> None:
    await played.say(ADMIN, "/lich nghỉ 04/10")
    record = token(wire, ADMIN, "Ghi nhận")
    async with played.database.begin() as desk:
        people = {name: number for number, name in (await desk.people.names()).items()}
        person = people["Quản trị"]
        over = Grant(Role.ADMIN, Place("thanh-hoa"), date(2020, 1, 1), date(2021, 9, 30))
        await desk.people.grant(person, over, played.clock.now())
        viewer = Grant(Role.VIEWER, sample.CLUSTER, date(2021, 1, 1))
        await desk.people.grant(person, viewer, played.clock.now())
    assert await press(played, wire, ADMIN, record) == "Đồng chí không có quyền làm việc này."
    assert await stored(played) == BEFORE


async def test_no_change_of_the_calendar_judges_a_report_again(played: Stage) -> None:
    async with played.database.begin() as desk:
        before = await desk.reports.of_period(["quan-son", "ba-thuoc"], "short", Period(2021, 12))
    for said in ("/lich nghỉ 01/10", "[Ghi nhận]", "/lich làm bù 02/10", "[Ghi nhận]"):
        await played.say(ADMIN, said)
    async with played.database.begin() as desk:
        after = await desk.reports.of_period(["quan-son", "ba-thuoc"], "short", Period(2021, 12))
    assert after == before
    assert all(report.on_time for report in after.values())
