"""Revoking roles with buttons that are forged, stale, doubled, or pressed in the same breath."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import date
from pathlib import Path

import pytest

from bot.domain.person import Grant, Place, Role
from tests.dialogues.stage import Stage, stage
from tests.dialogues.wires import PaperWire

TODAY = date(2021, 10, 1)
HEAD, LAT = "truong-cum", "muong-lat"
STALE = "Phiếu này không còn dùng nữa. Đồng chí gửi lại lệnh, ví dụ /nop."


@pytest.fixture
def wire() -> PaperWire:
    return PaperWire()


@pytest.fixture
async def played(tmp_path: Path, wire: PaperWire) -> AsyncIterator[Stage]:
    async with stage(tmp_path, wire) as one:
        yield one


async def held(played: Stage) -> list[tuple[str, Role]]:
    async with played.database.begin() as desk:
        return [(duty.name, duty.grant.role) for duty in await desk.people.duties(list(Role), TODAY)]


async def give(played: Stage, name: str, grant: Grant) -> None:
    async with played.database.begin() as desk:
        people = {called: number for number, called in (await desk.people.names()).items()}
        await desk.people.grant(people[name], grant, played.clock.now())


async def press(played: Stage, wire: PaperWire, who: str, token: str) -> str:
    before = {one.id for one in await wire.seen(who)}
    await wire.hand_in(who, {"choice": token, "sent_at": played.clock.time.isoformat()})
    await played.work()
    return "\n".join(one.text for one in await wire.seen(who) if one.id not in before)


def token(wire: PaperWire, who: str, label: str) -> str:
    return wire._button(who, label)[0]


async def test_forged_stale_and_doubled_presses_change_nothing(played: Stage, wire: PaperWire) -> None:
    await played.say(HEAD, "/vaitro Mường Lát")
    before, listed = await held(played), token(wire, HEAD, "Thu hồi Chi cục trưởng Mường Lát")
    number = listed.rpartition(":")[2].partition(".")[0]
    for forged in ("", "x", f"{number}", f"{number}.", f"{number}.1", f"{number}.-1", f"{number}.٠", "0.0"):
        assert await press(played, wire, HEAD, f"roles:revoke:{forged}") == STALE, forged
    assert await press(played, wire, "quan-son", listed) == STALE
    assert await press(played, wire, "quan-son", listed.replace("ask", "revoke")) == STALE
    await played.say(HEAD, "[Thu hồi Chi cục trưởng Mường Lát]")
    assert await press(played, wire, HEAD, listed) == STALE  # the list has been replaced by the card
    assert await held(played) == before
    revoke = token(wire, HEAD, "Thu hồi")
    await press(played, wire, HEAD, revoke)
    after = await held(played)
    assert ("Chi cục trưởng Mường Lát", Role.CHIEF) not in after and len(after) == len(before) - 1
    assert await press(played, wire, HEAD, revoke) == "Phiếu này xong rồi, lúc 08:00 ngày 01/10/2021."
    assert await held(played) == after


async def test_a_role_given_several_times_ends_altogether(played: Stage, wire: PaperWire) -> None:
    for since in (date(2021, 9, 1), TODAY, date(2021, 10, 9)):
        await give(played, "Chi cục trưởng Mường Lát", Grant(Role.CHIEF, Place("thanh-hoa", "cum-3", LAT), since))
    for said in ("/vaitro Mường Lát", "[Thu hồi Chi cục trưởng Mường Lát]", "[Thu hồi]"):
        await played.say(HEAD, said)
    async with played.database.begin() as desk:
        people = {called: number for number, called in (await desk.people.names()).items()}
        person = await desk.people.get(people["Chi cục trưởng Mường Lát"])
    assert not any(person.current(day) for day in (TODAY, date(2021, 10, 9), date(2030, 1, 1)))
    assert len(person.current(date(2021, 9, 30))) == 2


async def test_two_who_revoke_each_other_at_once_do_not_both_go(played: Stage, wire: PaperWire) -> None:
    await give(played, "Lãnh đạo phụ trách", Grant(Role.ADMIN, Place("thanh-hoa"), TODAY))
    await played.say("quan-tri", "/vaitro lãnh đạo phụ trách")
    await played.say("quan-tri", "[Thu hồi Lãnh đạo phụ trách (Quản trị, THADS tỉnh Thanh Hóa)]")
    await played.say("lanh-dao", "/vaitro quản trị")
    await played.say("lanh-dao", "[Thu hồi Quản trị]")
    for who in ("quan-tri", "lanh-dao"):
        at = played.clock.time.isoformat()
        await wire.hand_in(who, {"choice": token(wire, who, "Thu hồi"), "sent_at": at})
    await played.work()
    assert [name for name, role in await held(played) if role is Role.ADMIN] == ["Quản trị"]


async def test_the_list_stops_at_twelve(played: Stage, wire: PaperWire) -> None:
    shown = (await played.say("quan-tri", "/vaitro")).splitlines()
    assert len([line for line in shown if line.startswith("- ")]) == 12
    assert shown[13] == "…" and shown[-1].count("[Thu hồi ") == 6


async def test_the_menu_of_who_was_revoked_shows_what_is_left(played: Stage, wire: PaperWire) -> None:
    for said in ("/vaitro Mường Lát", "[Thu hồi Chi cục trưởng Mường Lát]", "[Thu hồi]"):
        await played.say(HEAD, said)
    last = list(wire.paper.messages[LAT].values())[-1]
    assert [command.word for command in last.reply.menu] == ["start", "trogiup"]
    assert last.reply.text.startswith("Vai trò **Chi cục trưởng")
