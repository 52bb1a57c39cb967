"""What is told unasked reaches whom it should, in their language; who is lost is told to whoever leads them."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import update

from bot import sample
from bot.chat import Reply
from bot.domain.organisation import Cluster
from bot.domain.person import Grant, Place, Role
from bot.i18n import say
from bot.unasked.telling import tell
from db.engine import Database, open_database
from db.tables import people
from tests.dialogues.stage import Hands, Stage, stage
from tests.dialogues.wires import PaperWire

LONG_AGO, TODAY, YESTERDAY = date(2020, 1, 1), date(2021, 10, 1), date(2021, 9, 30)
HEAD, BOSS = "truong-cum", "lanh-dao"
QUAN_SON, BA_THUOC, MUONG_LAT = "quan-son", "ba-thuoc", "muong-lat"
PROVINCE = Place("thanh-hoa")


@pytest.fixture
async def played(tmp_path: Path) -> AsyncIterator[Stage]:
    async with stage(tmp_path) as played:
        yield played


async def give(played: Stage, who: str, grant: Grant) -> None:
    name = next(player.name for player in sample.players() if player.key == who)
    async with played.database.begin() as desk:
        ids = {called: number for number, called in (await desk.people.names()).items()}
        await desk.people.grant(ids[name], grant, played.clock.now())


async def texts(played: Stage, who: str) -> list[str]:
    return [one.text for one in await played.wire.seen(who)]


async def block(played: Stage, who: str) -> None:
    assert isinstance(played.wire, PaperWire)
    await played.wire.hand_in(who, {"gone": True, "sent_at": played.clock.time.isoformat()})
    await played.work()


def lost(name: str) -> str:
    return f"Không còn liên lạc được với **{name}**: đề nghị đồng chí báo qua điện thoại."


@pytest.fixture
async def moved(played: Stage) -> Stage:
    """Quan Sơn has been in cluster 4 for a month; its chief's role still names cluster 3. The boss leads cluster 4."""
    organisation, calendar = sample.structure()
    other = Cluster("cum-4", "cụm thi đua số 4", "cụm 4", "thanh-hoa", (), LONG_AGO, date(2025, 6, 30))
    before = next(one for one in organisation.offices if one.key == QUAN_SON)
    rows = (
        *(one for one in organisation.offices if one.key != QUAN_SON),
        replace(before, valid_to=date(2021, 8, 31)),
        replace(before, valid_from=date(2021, 9, 1), cluster="cum-4"),
    )
    async with played.database.begin() as desk:
        clusters = (*organisation.clusters, other)
        await desk.offices.save(replace(organisation, clusters=clusters, offices=rows), calendar)
    await give(played, BOSS, Grant(Role.HEAD, Place("thanh-hoa", "cum-4"), LONG_AGO))
    return played


async def test_an_office_that_has_moved_is_told_though_its_roles_name_the_old_cluster(moved: Stage) -> None:
    told = await moved.say(BOSS, "/tralai Quan Sơn tiền xong")
    assert told == "Đã hỏi lại Chi cục THADS Quan Sơn: tiền xong."
    assert "Lãnh đạo phụ trách hỏi" in (await texts(moved, QUAN_SON))[-1]


async def test_the_head_of_the_cluster_that_an_office_is_in_now_is_told_of_who_is_lost_there(moved: Stage) -> None:
    await block(moved, QUAN_SON)
    assert (await texts(moved, BOSS), await texts(moved, HEAD)) == ([lost("Chi cục trưởng Quan Sơn")], [])


@pytest.fixture
async def taken_over(played: Stage) -> Stage:
    """Since today Mường Lát is part of khu vực 9, whose chief is the one that Mường Lát had."""
    organisation, calendar = sample.structure()
    before = next(one for one in organisation.offices if one.key == MUONG_LAT)
    rows = (
        *(one for one in organisation.offices if one.key != MUONG_LAT),
        replace(before, valid_to=YESTERDAY, successor="khu-vuc-9"),
        replace(before, key="khu-vuc-9", name="khu vực 9", aliases=(), valid_from=TODAY),
    )
    async with played.database.begin() as desk:
        await desk.offices.save(replace(organisation, offices=rows), calendar)
    old = replace(sample.CLUSTER, office=MUONG_LAT)
    await give(played, MUONG_LAT, Grant(Role.CHIEF, old, LONG_AGO, YESTERDAY))
    await give(played, MUONG_LAT, Grant(Role.CHIEF, replace(old, office="khu-vuc-9"), TODAY))
    return played


async def test_who_took_over_an_office_is_reminded_of_what_it_owes_and_files_it(taken_over: Stage) -> None:
    taken_over.wait(days=3)
    assert "của Chi cục THADS Mường Lát" in (await taken_over.tick())[MUONG_LAT]
    assert "Chi cục THADS Mường Lát" in await taken_over.say(MUONG_LAT, "/hen 16h")
    await taken_over.say(MUONG_LAT, "/nop 200 6 tỷ 180 4 tỷ 150 1,5 tỷ")
    assert "**Chi cục THADS Mường Lát · 12 tháng năm 2021**" in (await texts(taken_over, MUONG_LAT))[-1]


async def test_a_promise_ends_with_the_role_of_who_made_it(played: Stage) -> None:
    place = replace(sample.CLUSTER, office=MUONG_LAT)
    played.wait(hours=1)
    assert "16:00" in await played.say(MUONG_LAT, "/hen 16h")
    assert "hẹn 16:00" in await played.say(HEAD, "/han Mường Lát")
    await give(played, MUONG_LAT, Grant(Role.CHIEF, place, LONG_AGO, YESTERDAY))
    assert "hẹn" not in await played.say(HEAD, "/han Mường Lát")
    played.wait(hours=8)
    assert await played.tick() == {}


async def test_a_role_counts_on_its_last_day(played: Stage) -> None:
    place = replace(sample.CLUSTER, office=BA_THUOC)
    await give(played, BA_THUOC, Grant(Role.CHIEF, place, LONG_AGO, TODAY))
    assert await played.say(HEAD, "/tralai Bá Thước tiền xong") == "Đã hỏi lại Chi cục THADS Bá Thước: tiền xong."
    await give(played, BA_THUOC, Grant(Role.CHIEF, place, LONG_AGO, YESTERDAY))
    assert "Chưa liên lạc được" in await played.say(HEAD, "/tralai Bá Thước tiền xong")


async def test_who_leads_the_whole_province_is_told_what_those_of_the_cluster_are(played: Stage) -> None:
    await give(played, BOSS, Grant(Role.SUPERVISOR, sample.CLUSTER, LONG_AGO, YESTERDAY))
    await give(played, BOSS, Grant(Role.SUPERVISOR, PROVINCE, LONG_AGO))
    await played.say(HEAD, "/tralai Bá Thước tiền xong")
    await played.say(BA_THUOC, "[Giữ nguyên]")
    assert (await texts(played, BOSS)) == (await texts(played, "pho-cum")) == [(await texts(played, HEAD))[-1]]


async def test_the_head_is_told_of_who_blocks_the_bot_once(played: Stage) -> None:
    for _ in range(2):
        await block(played, MUONG_LAT)
    await block(played, "nguoi-la")
    await played.scheduler.tick()
    await played.work()
    told = lost("Chi cục trưởng Mường Lát")
    assert [one for one in await texts(played, HEAD) if "liên lạc" in one] == [told]


async def test_the_head_is_told_again_of_who_came_back_and_left_again(played: Stage) -> None:
    await block(played, MUONG_LAT)
    await played.say(MUONG_LAT, "/toi")
    await block(played, MUONG_LAT)
    assert await texts(played, HEAD) == [lost("Chi cục trưởng Mường Lát")] * 2


async def test_the_next_one_who_leads_is_told_when_the_head_is_lost_too(played: Stage) -> None:
    await block(played, HEAD)
    await block(played, MUONG_LAT)
    named = [lost("Trưởng cụm"), lost("Chi cục trưởng Mường Lát")]
    assert (await texts(played, HEAD), await texts(played, "pho-cum")) == ([], named)


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    database = await open_database(f"sqlite+aiosqlite:///{tmp_path / 'd.sqlite'}")
    yield database
    await database.close()


async def test_each_is_told_in_their_own_language(database: Database) -> None:
    now = Hands().now()
    async with database.begin() as desk:
        await sample.seed(desk, now, figures_too=False)
    async with database._engine.begin() as connection:
        await connection.execute(update(people).where(people.c.id == 2).values(language="en"))
    async with database.begin() as desk:
        reached = await tell(desk, [1, 2, 3, 999], lambda: Reply(say("**All is well.**")), now, but=3)
        said = [(one.person, one.reply.text) for one in await desk.outbox.unsent(0, 9)]
    assert said == [(1, "**Mọi thứ bình thường.**"), (2, "**All is well.**")]
    assert set(reached) == {1, 2}
