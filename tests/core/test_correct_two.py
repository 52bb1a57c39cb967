"""Who files for two offices changes what one of them has filed, and nothing that waits in a draft."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import date
from pathlib import Path

import pytest

from bot import sample
from bot.domain.person import Grant, Place, Role
from tests.dialogues.stage import Stage, stage

CHIEF = "ba-thuoc"
WHICH = "Đơn vị nào ạ?\n[Bá Thước] [Quan Hóa]"


@pytest.fixture
async def played(tmp_path: Path) -> AsyncIterator[Stage]:
    """The chief of Bá Thước files for Quan Hóa as well, and figures of theirs wait for their office."""
    async with stage(tmp_path) as played:
        async with played.database.begin() as desk:
            ids = {name: number for number, name in (await desk.people.names()).items()}
            name = next(one.name for one in sample.players() if one.key == CHIEF)
            place = Place("thanh-hoa", "cum-3", "quan-hoa")
            await desk.people.grant(ids[name], Grant(Role.CHIEF, place, date(2020, 1, 1)), played.clock.now())
        assert await played.say(CHIEF, "/nop 30 1 tỷ 10 500 triệu 5 100 triệu") == f"{WHICH} [Hủy]"
        yield played


@pytest.mark.parametrize(("office", "before"), [("Bá Thước", "338"), ("Quan Hóa", "209")])
async def test_only_the_figure_that_was_named_changes(played: Stage, office: str, before: str) -> None:
    assert await played.say(CHIEF, "/sua việc xong 100") == WHICH
    card = await played.say(CHIEF, f"[{office}]")
    assert card.startswith(f"**Chi cục THADS {office} · 12 tháng năm 2021**")
    assert [line for line in card.splitlines() if "→" in line] == [f"Việc xong: {before} → **100**"]


async def test_an_office_that_is_named_is_not_asked_for(played: Stage) -> None:
    card = await played.say(CHIEF, "/sua Quan Hóa việc xong 100")
    assert [line for line in card.splitlines() if "→" in line] == ["Việc xong: 209 → **100**"]


async def test_an_office_that_has_filed_nothing_is_not_offered(played: Stage) -> None:
    for said in ("/rut Quan Hóa", "[Rút]", "[Nộp nhầm]"):
        await played.say(CHIEF, said)
    card = await played.say(CHIEF, "/sua việc xong 100")
    assert card.startswith("**Chi cục THADS Bá Thước · 12 tháng năm 2021**")
