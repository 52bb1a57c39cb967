"""Handing rights on with buttons that are forged, stale, doubled, or overtaken by a revocation."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import date
from pathlib import Path

import pytest

from bot.domain.person import Grant, Place, Role
from tests.core.test_roles import STALE, press, token
from tests.dialogues.stage import Stage, stage
from tests.dialogues.wires import PaperWire

TODAY = date(2021, 10, 1)
LAT, HEAD, ADMIN, DEPUTY = "muong-lat", "truong-cum", "quan-tri", "pho-cum"
OFFICE = Place("thanh-hoa", "cum-3", LAT)


@pytest.fixture
def wire() -> PaperWire:
    return PaperWire()


@pytest.fixture
async def played(tmp_path: Path, wire: PaperWire) -> AsyncIterator[Stage]:
    async with stage(tmp_path, wire) as one:
        yield one


async def handed(played: Stage) -> list[tuple[str, Role, date | None]]:
    """What has been handed on and holds today."""
    async with played.database.begin() as desk:
        held = await desk.people.duties(list(Role), TODAY)
        return [(one.name, one.grant.role, one.grant.valid_to) for one in held if one.grant.giver]


async def people(played: Stage) -> dict[str, int]:
    async with played.database.begin() as desk:
        return {name: number for number, name in (await desk.people.names()).items()}


async def test_forged_stale_and_doubled_presses_hand_nothing_on(played: Stage, wire: PaperWire) -> None:
    await played.say(LAT, "/uyquyen Phó cụm đến 15/10")
    give = token(wire, LAT, "Ghi nhận")
    number = give.rpartition(":")[2].partition(".")[0]
    for forged in ("delegate:give:", "delegate:give:0.", f"delegate:person:{number}.999", f"delegate:role:{number}.7"):
        assert await press(played, wire, LAT, forged) == STALE, forged
    assert await press(played, wire, HEAD, give) == STALE
    assert await handed(played) == []
    await press(played, wire, LAT, give)
    assert await handed(played) == [("Phó cụm", Role.CHIEF, date(2021, 10, 15))]
    assert await press(played, wire, LAT, give) == STALE
    assert await press(played, wire, DEPUTY, "delegate:end:1.0") == STALE


async def test_a_card_gives_nothing_once_the_givers_role_has_been_revoked(played: Stage, wire: PaperWire) -> None:
    await played.say(HEAD, "/uyquyen Chi cục trưởng Bá Thước đến 15/10")
    await played.say(HEAD, "[Trưởng cụm, cụm thi đua số 3]")
    give = token(wire, HEAD, "Ghi nhận")
    for said in ("/vaitro Trưởng cụm", "[Thu hồi Trưởng cụm (Trưởng cụm, cụm thi đua số 3)]", "[Thu hồi]"):
        await played.say(ADMIN, said)
    assert await press(played, wire, HEAD, give) == STALE
    assert await handed(played) == []


async def test_what_was_handed_on_ends_with_the_givers_role(played: Stage, wire: PaperWire) -> None:
    for said in ("/uyquyen Phó cụm đến 15/10", "[Ghi nhận]"):
        await played.say(LAT, said)
    for said in ("/thuhoi Mường Lát", "[Thu hồi Chi cục trưởng Mường Lát]", "[Thu hồi]"):
        await played.say(ADMIN, said)
    assert await handed(played) == []
    ids = await people(played)
    async with played.database.begin() as desk:
        person = await desk.people.get(ids["Phó cụm"])
    assert not any(grant.place == OFFICE for grant in person.current(TODAY))


async def test_it_is_cut_to_the_givers_own_last_day(played: Stage, wire: PaperWire) -> None:
    ids = await people(played)
    async with played.database.begin() as desk:
        own = Grant(Role.CHIEF, OFFICE, date(2020, 1, 1), date(2021, 10, 8))
        await desk.people.grant(ids["Chi cục trưởng Mường Lát"], own, played.clock.now())
    card = await played.say(LAT, "/uyquyen Phó cụm đến 15/10")
    assert card.splitlines()[1] == "- Chi cục trưởng Chi cục THADS Mường Lát: từ 01/10/2021 đến hết 08/10/2021"
    await played.say(LAT, "[Ghi nhận]")
    assert await handed(played) == [("Phó cụm", Role.CHIEF, date(2021, 10, 8))]


async def test_whoever_acts_for_the_chief_can_become_the_chief(played: Stage, wire: PaperWire) -> None:
    for said in ("/uyquyen Phó cụm đến 15/10", "[Ghi nhận]"):
        await played.say(LAT, said)
    await played.say(ADMIN, "/moi thủ trưởng đơn vị Mường Lát")
    code = (await played.say(ADMIN, "[Bỏ qua họ tên]")).splitlines()[1].partition("**")[2].strip("*")
    greeting = (await played.say(DEPUTY, code)).splitlines()[0]
    assert greeting == "Chào đồng chí. Đồng chí được ghi nhận là **Chi cục trưởng Chi cục THADS Mường Lát**."
    for said in ("/thuhoi Mường Lát", "[Thu hồi Chi cục trưởng Mường Lát]", "[Thu hồi]"):
        await played.say(ADMIN, said)
    async with played.database.begin() as desk:
        held = [one for one in await desk.people.duties([Role.CHIEF], TODAY) if one.grant.place == OFFICE]
    assert [(one.name, one.grant.giver) for one in held] == [("Phó cụm", None)]
