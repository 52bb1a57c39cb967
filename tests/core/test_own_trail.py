"""Who leads a cluster reads the trail of its units, and nothing of anybody else's."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from bot import sample
from bot.domain.organisation import Cluster
from bot.domain.person import Grant, Place, Role
from bot.logbook import _dated
from tests.dialogues.stage import Stage, stage

LONG_AGO = date(2020, 1, 1)
OTHER = Place("thanh-hoa", "cum-4")


@pytest.fixture
async def played(tmp_path: Path) -> AsyncIterator[Stage]:
    """Ngọc Lặc belongs to cluster 4, which the leader in charge of cluster 3 leads as well; the deputy leads only 4."""
    async with stage(tmp_path) as played:
        organisation, calendar = sample.structure()
        fourth = Cluster("cum-4", "cụm thi đua số 4", "cụm 4", "thanh-hoa", (), date(1990, 1, 1), date(2025, 6, 30))
        offices = [replace(one, cluster="cum-4") if one.key == "ngoc-lac" else one for one in organisation.offices]
        new = replace(organisation, clusters=(*organisation.clusters, fourth), offices=tuple(offices))
        async with played.database.begin() as desk:
            await desk.offices.save(new, calendar)
            ids = {name: number for number, name in (await desk.people.names()).items()}
            now = played.clock.now()
            await desk.people.grant(ids["Lãnh đạo phụ trách"], Grant(Role.SUPERVISOR, OTHER, LONG_AGO), now)
            ended = Grant(Role.DEPUTY, sample.CLUSTER, LONG_AGO, date(2021, 9, 30))
            await desk.people.grant(ids["Phó cụm"], ended, now)
            await desk.people.grant(ids["Phó cụm"], Grant(Role.HEAD, OTHER, LONG_AGO), now)
        await played.say("ngoc-lac", "/sua việc xong 442")
        assert "Đã ghi nhận" in await played.say("ngoc-lac", "[Nộp]")
        await played.say("ba-thuoc", "/sua việc xong 339")
        assert "Đã ghi nhận" in await played.say("ba-thuoc", "[Nộp]")
        yield played


async def changed(played: Stage, who: str, words: str = "") -> list[str]:
    told = await played.say(who, f"/nhatky sửa {words}")
    return [name for name in ("Bá Thước", "Ngọc Lặc") if f"**Sửa số liệu** {name}" in told]


async def test_each_finds_what_is_about_their_own_cluster(played: Stage) -> None:
    people = ("truong-cum", "pho-cum", "lanh-dao", "quan-tri")
    both = ["Bá Thước", "Ngọc Lặc"]
    assert [await changed(played, who) for who in people] == [both[:1], both[1:], both, both]


@pytest.mark.parametrize("words", ["Chi cục trưởng Ngọc Lặc", "người số 4", "hôm nay", "tháng 9"])
async def test_no_search_leads_beyond_it(played: Stage, words: str) -> None:
    assert "Ngọc Lặc" not in await changed(played, "truong-cum", words)


@pytest.mark.parametrize("words", ["Ngọc Lặc", "cụm 4", "tỉnh Thanh Hóa"])
async def test_a_unit_of_another_cluster_is_refused(played: Stage, words: str) -> None:
    assert "không có quyền" in await played.say("truong-cum", f"/nhatky {words}")


def test_days_and_moments_are_written_as_people_write_them() -> None:
    assert _dated("valid_to none → '2021-08-31'") == "valid_to none → '31/8/2021'"
    assert _dated("2021-10-05T02:00:00+00:00") == "09:00 05/10/2021"
    assert _dated("2021-13-45 · 2021-12 · 12345-10-10-1") == "2021-13-45 · 2021-12 · 12345-10-10-1"
