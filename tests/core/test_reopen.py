"""A head opens a closed period unasked: sealed in the trail, once, and it locks again by itself."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import date
from pathlib import Path

import pytest

from bot import sample
from bot.domain.person import Act, Grant, Role
from bot.domain.sought import Sought
from tests.dialogues.stage import Stage, stage

HEAD, DEPUTY, BA_THUOC = "truong-cum", "pho-cum", "ba-thuoc"
OPENED = (
    "**Đã mở lại** 11 tháng năm 2021 của Bá Thước đến 08:00 ngày 02/10/2021, người mở: Trưởng cụm.\nLý do: “nhập nhầm”."
)


@pytest.fixture
async def played(tmp_path: Path) -> AsyncIterator[Stage]:
    """August is closed; the deputy and the head both look at a card that opens it for Bá Thước."""
    async with stage(tmp_path) as played:
        await played.say(HEAD, "/chot tháng 8")
        await played.say(HEAD, "[Chốt]")
        for who in (HEAD, DEPUTY):
            assert "**Mở lại** 11 tháng năm 2021 cho Bá Thước?" in await played.say(
                who, "/mokhoa Bá Thước tháng 8: nhập nhầm"
            )
        yield played


async def test_it_is_in_the_trail_and_told_to_the_chief(played: Stage) -> None:
    assert await played.say(HEAD, "[Mở 24 giờ]") == f"{OPENED}\nĐã báo: Bá Thước."
    async with played.database.begin() as desk:
        (line,) = await desk.audit.find(Sought(acts=(Act.UNLOCK,)), 9)
    entry = line.entry
    assert (entry.subject, entry.role, entry.reason) == ("unlock 1 ba-thuoc 2021-11", "head", "nhập nhầm")
    assert (entry.after or {})["until"] == "2021-10-02T01:00:00+00:00"
    assert (await played.wire.seen(BA_THUOC))[-1].shown() == f"{OPENED}\n[Sửa số]"


async def test_the_second_of_two_finds_it_open(played: Stage) -> None:
    await played.say(HEAD, "[Mở 24 giờ]")
    assert "không còn dùng" in await played.say(DEPUTY, "[Mở 24 giờ]")
    async with played.database.begin() as desk:
        assert len(await desk.audit.find(Sought(acts=(Act.UNLOCK,)), 9)) == 1


async def test_it_locks_again_by_itself(played: Stage) -> None:
    await played.say(HEAD, "[Mở 24 giờ]")
    played.wait(hours=24)
    assert "việc xong: 300 → **301**" in (await played.say(BA_THUOC, "/sua tháng 8 việc xong 301")).replace("V", "v")
    played.wait(seconds=1)
    assert "đã chốt" in await played.say(BA_THUOC, "/sua tháng 8 việc xong 302")


async def test_a_card_that_was_shown_does_nothing_once_the_role_has_ended(played: Stage) -> None:
    async with played.database.begin() as desk:
        ids = {name: number for number, name in (await desk.people.names()).items()}
        ended = Grant(Role.HEAD, sample.CLUSTER, date(2020, 1, 1), date(2021, 9, 30))
        await desk.people.grant(ids["Trưởng cụm"], ended, played.clock.now())
    assert await played.say(HEAD, "[Mở 24 giờ]") == "Đồng chí không có quyền này đối với Chi cục THADS Bá Thước."


async def test_a_request_that_waits_is_granted_by_it(played: Stage) -> None:
    await played.say(BA_THUOC, "/xinmo tháng 8 gõ nhầm")
    await played.say(BA_THUOC, "[Gửi đề nghị]")
    await played.say(HEAD, "[Mở 24 giờ]")
    assert "Trưởng cụm đã đồng ý mở rồi" in await played.say(DEPUTY, "[Đồng ý 24 giờ]")


async def test_words_are_no_longer_taken_for_a_reason_once_somebody_else_has_opened_it(played: Stage) -> None:
    await played.say(DEPUTY, "/mokhoa Bá Thước tháng 8")
    await played.say(HEAD, "[Mở 24 giờ]")
    assert "không còn dùng" in await played.say(DEPUTY, "nhập nhầm số tiền")
    assert "chưa hiểu" in await played.say(DEPUTY, "nhập nhầm số tiền")
