"""The daily digest: once a working day for each who wishes it and may have it, at eight or at the first look after."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from bot import sample
from bot.domain.calendar import TIMEZONE
from bot.domain.organisation import Cluster
from bot.domain.person import Grant, Place, Role
from bot.scheduler import Scheduler
from db.engine import open_database
from tests.dialogues.stage import Stage, stage

HEAD = "truong-cum"
LONG_AGO = date(2020, 1, 1)


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2021, 10, day, hour, minute, tzinfo=TIMEZONE)


@pytest.fixture
async def played(tmp_path: Path) -> AsyncIterator[Stage]:
    """Friday at nine; the head has asked for the digest."""
    async with stage(tmp_path) as played:
        played.clock.time = at(1, 9)
        await played.tick()
        await played.say(HEAD, "/bantin")
        assert "Từ nay 08:00" in await played.say(HEAD, "[Bật hằng ngày]")
        yield played


async def digests(played: Stage, now: datetime) -> dict[str, str]:
    played.clock.time = now
    return {who: text for who, text in (await played.tick()).items() if "Bản tin" in text}


async def test_it_comes_once_a_working_day_at_eight_or_at_the_first_look_after(played: Stage) -> None:
    looks = (at(1, 20), at(2, 8), at(3, 8), at(4, 7, 59), at(4, 8, 20), at(4, 9), at(4, 17), at(5, 20, 59), at(6, 21))
    came = [now for now in looks if await digests(played, now)]
    assert came == [at(4, 8, 20), at(5, 20, 59)]


async def test_two_programs_send_it_once(played: Stage, tmp_path: Path) -> None:
    await digests(played, at(4, 7))  # the reminders of the morning
    played.clock.time = at(4, 8)
    other = await open_database(f"sqlite+aiosqlite:///{tmp_path / 'stage.sqlite'}")
    looks = [await Scheduler(one, played.clock, lambda: None).tick() for one in (other, played.database)]
    await other.close()
    assert looks == [4, 0]  # Mường Lát, Thường Xuân and its other chief are reminded


async def test_it_ends_with_the_role(played: Stage) -> None:
    async with played.database.begin() as desk:
        ids = {name: number for number, name in (await desk.people.names()).items()}
        ended = Grant(Role.HEAD, sample.CLUSTER, LONG_AGO, date(2021, 10, 3))
        await desk.people.grant(ids["Trưởng cụm"], ended, played.clock.now())
    assert await digests(played, at(4, 8)) == {}


async def test_who_leads_many_clusters_gets_one_message_that_fits(played: Stage) -> None:
    organisation, calendar = sample.structure()
    more = [
        Cluster(f"cum-{n}", f"cụm thi đua số {n}", f"cụm {n}", "thanh-hoa", (), LONG_AGO, date(2025, 6, 30))
        for n in range(10, 20)
    ]
    members = [replace(organisation.offices[n % 7], key=f"o-{n}", cluster=more[n % 10].key) for n in range(400)]
    async with played.database.begin() as desk:
        clusters, offices = (*organisation.clusters, *more), (*organisation.offices, *members)
        await desk.offices.save(replace(organisation, clusters=clusters, offices=offices), calendar)
        ids = {name: number for number, name in (await desk.people.names()).items()}
        for cluster in more:
            grant = Grant(Role.HEAD, Place("thanh-hoa", cluster.key), LONG_AGO)
            await desk.people.grant(ids["Trưởng cụm"], grant, played.clock.now())
    text = (await digests(played, at(4, 8)))[HEAD].partition("**Bản tin")[2]
    assert text.count("đã nộp") == 6
    assert "**Cụm 10 · 12 tháng năm 2021**: đã nộp **0/40** đơn vị." in text
    assert "… và 35 đơn vị nữa" in text
    assert len(text) < 2000


async def test_turning_it_on_twice_loses_nothing(played: Stage) -> None:
    played.clock.time += timedelta(hours=3)
    await played.say("ba-thuoc", "/sua việc xong 339")
    await played.say("ba-thuoc", "[Nộp]")
    played.clock.time += timedelta(hours=1)
    await played.say(HEAD, "[Bật hằng ngày]")
    assert "việc xong 338 → **339**" in (await digests(played, at(4, 8)))[HEAD]
