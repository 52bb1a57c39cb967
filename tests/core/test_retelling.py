"""Whoever has read totals that were corrected is told once: not too early, nothing that is no business of theirs."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import event

from bot import sample
from bot.domain.calendar import TIMEZONE
from bot.domain.changed import change_since
from bot.domain.figures import Figures
from bot.domain.organisation import Office
from bot.domain.period import Period
from bot.domain.person import Grant, Role
from bot.domain.report import Report, Revision
from bot.filing import Tally
from bot.forms import load
from bot.ports import Tick
from bot.scheduler import Scheduler
from bot.unasked.changed import Shift, changed
from db.engine import open_database
from tests.dialogues.stage import Stage, stage

BOSS, BA_THUOC, QUAN_HOA = "lanh-dao", "ba-thuoc", "quan-hoa"
LONG_AGO, YESTERDAY = date(2020, 1, 1), date(2021, 9, 30)
HEADLINE = "**Số cụm 3 đã thay đổi** · 12 tháng năm 2021 (01/10/2020–30/9/2021)"
MINUTE = timedelta(minutes=1)


@pytest.fixture
async def played(tmp_path: Path) -> AsyncIterator[Stage]:
    """Friday, eight o'clock: the reminders of the morning have been sent."""
    async with stage(tmp_path) as played:
        await played.tick()
        played.clock.time += MINUTE
        yield played


async def correct(played: Stage, who: str, words: str) -> None:
    await played.say(who, f"/sua {words}")
    assert "Đã ghi nhận" in await played.say(who, "[Nộp]")


async def read(played: Stage, who: str) -> None:
    assert "Số liệu lúc" in await played.say(who, "/tong cụm 3")
    played.wait(minutes=1)


async def after(played: Stage, **span: float) -> dict[str, str]:
    played.wait(**span)
    return await played.tick()


async def test_it_waits_until_nothing_has_been_corrected_for_ten_minutes(played: Stage) -> None:
    await read(played, BOSS)
    await correct(played, QUAN_HOA, "việc xong 210")
    assert await after(played, minutes=1) == {}
    played.wait(minutes=8)
    await correct(played, QUAN_HOA, "việc xong 211")
    assert await after(played, minutes=9) == {}
    told = await after(played, minutes=1)
    assert told.keys() == {BOSS}
    assert told[BOSS].split("\n")[:2] == [
        HEADLINE,
        "- **Quan Hóa**: việc xong 209 → **211** (Chi cục trưởng Quan Hóa, 08:11 ngày 01/10/2021)",
    ]
    assert await after(played, minutes=1) == {}


async def test_but_no_longer_than_an_hour(played: Stage) -> None:
    await read(played, BOSS)
    told: dict[int, set[str]] = {}
    for nine_minutes in range(8):
        await correct(played, QUAN_HOA, f"việc xong {210 + nine_minutes}")
        told[nine_minutes] = set(await after(played, minutes=9))
    assert [count for count, people in told.items() if people] == [6]


async def test_who_may_no_longer_read_it_is_not_told(played: Stage) -> None:
    await read(played, BOSS)
    await correct(played, QUAN_HOA, "việc xong 210")
    async with played.database.begin() as desk:
        ids = {name: number for number, name in (await desk.people.names()).items()}
        ended = Grant(Role.SUPERVISOR, sample.CLUSTER, LONG_AGO, YESTERDAY)
        await desk.people.grant(ids["Lãnh đạo phụ trách"], ended, played.clock.now())
    assert await after(played, minutes=11) == {}


async def test_who_corrected_all_of_it_is_not_told_of_it(played: Stage) -> None:
    await read(played, QUAN_HOA)
    await correct(played, QUAN_HOA, "việc xong 210")
    assert await after(played, minutes=11) == {}
    await correct(played, BA_THUOC, "việc xong 339")
    assert (await after(played, minutes=11)).keys() == {QUAN_HOA}


async def test_who_has_seen_the_new_figures_already_is_not_told(played: Stage) -> None:
    await played.say(BOSS, "/tong")
    await read(played, "pho-cum")
    await correct(played, QUAN_HOA, "việc xong 210")
    played.wait(minutes=1)
    assert "Xong: **1.559**" in await played.say(BOSS, "/tong")
    assert (await after(played, minutes=11)).keys() == {"pho-cum"}


async def test_who_got_the_totals_unasked_when_the_last_office_filed_has_read_them(played: Stage) -> None:
    for office in ("muong-lat", "thuong-xuan"):
        await played.say(office, "/nop 200 6 tỷ 180 4 tỷ 150 1,5 tỷ")
        if "Giữ nguyên" in "".join(played.looked[office][-1].buttons):
            await played.say(office, "[Giữ nguyên, vì…]")
            await played.say(office, "[Số đúng, không có gì thêm]")
        else:
            await played.say(office, "[Nộp]")
    played.wait(minutes=1)
    await correct(played, QUAN_HOA, "việc xong 210")
    assert {"truong-cum", BOSS} <= (await after(played, minutes=11)).keys()


async def test_two_programs_tell_it_once(played: Stage, tmp_path: Path) -> None:
    await read(played, BOSS)
    await correct(played, QUAN_HOA, "việc xong 210")
    played.wait(minutes=11)
    other = await open_database(f"sqlite+aiosqlite:///{tmp_path / 'stage.sqlite'}")
    looks = [await Scheduler(one, played.clock, lambda: None).tick() for one in (played.database, other)]
    await other.close()
    assert looks == [1, 0]


async def test_a_clock_that_was_a_year_ahead_does_not_silence_it(played: Stage) -> None:
    ahead = played.clock.now() + timedelta(days=365)
    async with played.database.begin() as desk:
        await desk.reminders.tick(Tick(ahead, ahead), "changes")
    await read(played, BOSS)
    await correct(played, BA_THUOC, "việc xong 339")
    assert (await after(played, minutes=11)).keys() == {BOSS}
    assert await after(played, minutes=11) == {}


async def test_a_totals_answer_costs_one_write_more(played: Stage) -> None:
    statements: list[str] = []
    event.listen(played.database._engine.sync_engine, "before_cursor_execute", lambda *call: statements.append(call[2]))
    for said in ("/tong", "/tyle", "/xephang", "/chitieu", "/doanvan"):
        statements.clear()
        await played.say(BOSS, said)
        assert sum("readings" in one for one in statements) == 1, said
    statements.clear()
    await played.say(BOSS, "/donvi Quan Sơn")
    assert not [one for one in statements if "readings" in one]


NOON = datetime(2021, 10, 5, 12, tzinfo=TIMEZONE)


def revision(number: int, figures: Figures, at: datetime, reason: str = "") -> Revision:
    return Revision(number, figures, number, "Chi cục trưởng " * 3, "web", at, at, reason=reason)


def many(count: int) -> tuple[list[Office], list[Report]]:
    """Offices that have all changed every figure of the longest form."""
    form = load("full")
    old, new = (Figures((cell, 10**13 + by) for cell in form.cells) for by in (0, 1))
    offices = [Office(f"o{n}", f"Khu vực {n}", "Phòng THADS", "Trưởng phòng", "c", (), LONG_AGO) for n in range(count)]
    both = (revision(1, old, NOON - MINUTE), revision(2, new, NOON + MINUTE, "nhập nhầm " * 40))
    return offices, [Report(one.key, "full", Period(2021, 12), NOON, True, both) for one in offices]


def shifts(count: int, units: int) -> Sequence[Shift]:
    offices, reports = many(count)
    changes = [change for one in reports if (change := change_since(one, NOON))]
    tally = Tally(tuple(offices), {one.office: one for one in reports})
    cluster = sample.structure()[0].clusters[0]
    return [Shift(cluster, load("full"), Period(2021, 12 - n), changes, tally) for n in range(units)]


@pytest.mark.parametrize(("count", "units"), [(1, 1), (3, 2), (400, 1), (400, 12)])
def test_the_message_fits_however_much_has_changed(count: int, units: int) -> None:
    assert len(changed(shifts(count, units)).text) <= 2000
    assert len(changed(shifts(count, units)).choices) <= 8


def test_what_is_left_out_is_counted() -> None:
    text = changed(shifts(400, 5)).text
    assert "… và 399 đơn vị nữa" in text
    assert text.endswith("… và 2 tổng khác")


def test_a_report_that_was_filed_anew_after_a_withdrawal_is_a_correction_of_what_stood() -> None:
    (report,) = many(1)[1]
    gone = replace(revision(2, Figures(), NOON + MINUTE), withdrawn=True)
    again = replace(report, revisions=(report.revisions[0], gone, revision(3, report.figures, NOON + 2 * MINUTE)))
    change = change_since(again, NOON)
    assert change is not None
    assert (change.now.number, len(change.cells)) == (3, len(load("full").cells))
    assert change_since(again, NOON + MINUTE) is None
