"""Zalo's ids hold for one bot alone: with another bot's token nobody is taken for anybody."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.chat import Address, Reply
from bot.config import Settings
from bot.rebinding import rebind
from bot.wiring import Wiring
from db.engine import Database, open_database
from tests.db.conftest import CHIEF, NOW

ZALO, PHONE = Address("zalo", "z-1"), Address("telegram", "100")
LATER = NOW + timedelta(hours=1)


@pytest.fixture
async def database(tmp_path: Path) -> Database:
    return await open_database(f"sqlite+aiosqlite:///{tmp_path / 'a.sqlite'}")


async def known(database: Database) -> dict[Address, str]:
    async with database.begin() as desk:
        return {address: one.person.name for address, one in (await desk.people.known([ZALO, PHONE])).items()}


async def rebound(database: Database, *bots: str) -> int:
    changed = 0
    for bot in bots:
        async with database.begin() as desk:
            changed = await rebind(desk, "zalo", bot, LATER)
    return changed


async def test_the_first_bot_and_a_new_secret_change_nothing(database: Database) -> None:
    async with database.begin() as desk:
        await desk.people.admit("A", ZALO, NOW)
    assert await rebound(database, "1", "1") == 0
    assert await known(database) == {ZALO: "A"}
    await database.close()


async def test_at_another_bot_the_same_id_is_a_stranger_and_comes_back_with_the_old_one(database: Database) -> None:
    async with database.begin() as desk:
        await desk.people.admit("A", ZALO, NOW)
    assert await rebound(database, "1", "2") == 1
    assert await known(database) == {}
    async with database.begin() as desk:
        await desk.people.admit("B", ZALO, NOW)  # the same id, somebody else
    assert await rebound(database, "1") == 2
    assert await known(database) == {ZALO: "A"}
    assert (await database.verify()).sound
    await database.close()


async def test_what_waited_for_the_old_bot_goes_where_its_person_is_reached(database: Database) -> None:
    async with database.begin() as desk:
        one = await desk.people.admit("A", PHONE, NOW)
        await desk.people.grant(one.id, CHIEF, NOW)
        await desk.ways.join(one.id, ZALO, LATER, LATER)
        await desk.outbox.post(ZALO, Reply("một"), NOW, person=one.id)
        await desk.outbox.post(ZALO, Reply("hai"), NOW)
    await rebound(database, "1", "2")
    async with database.begin() as desk:
        assert [(out.address, out.reply.text) for out in await desk.outbox.unsent(0, 9)] == [(PHONE, "một")]
        assert await desk.places.addresses(one.id) == [PHONE]
    await database.close()


async def shown(database: Database) -> list[str]:
    async with database.begin() as desk:
        return [one.reply.text for one in await desk.outbox.shown(ZALO, 9)]


async def test_what_one_bot_showed_is_never_shown_again_by_another(database: Database) -> None:
    async with database.begin() as desk:
        await desk.people.admit("A", ZALO, NOW)
        await desk.outbox.post(ZALO, Reply("của A"), NOW)
    async with database.begin() as desk:
        await desk.outbox.sent({1: "m-1"}, NOW)
    await rebound(database, "1", "2")
    assert await shown(database) == []
    async with database.begin() as desk:
        await desk.people.admit("B", ZALO, NOW)
        await desk.outbox.post(ZALO, Reply("của B"), NOW)
    async with database.begin() as desk:
        await desk.outbox.sent({2: "m-1"}, NOW)
    assert await shown(database) == ["của B"]
    await rebound(database, "1")
    assert await shown(database) == ["của A"]
    await database.close()


async def test_the_program_tells_bots_apart_by_their_token(database: Database) -> None:
    async with database.begin() as desk:
        await desk.people.admit("A", ZALO, NOW)
    one, anew, other = ("111111111:" + 40 * "a", "111111111:" + 40 * "b", "222222222:" + 40 * "a")
    for token, there in ((one, {ZALO: "A"}), (anew, {ZALO: "A"}), (other, {}), (one, {ZALO: "A"})):
        await Wiring(Settings(zalo_token=SecretStr(token))).rebind(database, LATER)
        assert await known(database) == there
    await database.close()
