"""Values come back as they went in."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

from bot.chat import Raw
from bot.domain.person import Person
from bot.ports import Stand
from db.engine import Database
from db.types import storable
from tests.db.conftest import NOW, PHONE

HANOI = timezone(timedelta(hours=7))


async def test_instants_come_back_aware_in_utc_to_the_microsecond(database: Database) -> None:
    there = datetime(2021, 10, 1, 8, 12, 3, 5, HANOI)
    async with database.begin() as desk:
        await desk.inbox.store([Raw("telegram", "1", "100", "{}")], there)
        found = (await desk.inbox.waiting(1))[0].received_at
    assert (found, found.tzinfo) == (datetime(2021, 10, 1, 1, 12, 3, 5, UTC), UTC)


async def test_what_no_database_can_keep_is_replaced(database: Database) -> None:
    async with database.begin() as desk:
        await desk.inbox.store([Raw("telegram", "1", "100", "nửa \ud83d hết\x00")], NOW)
        assert (await desk.inbox.waiting(1))[0].raw.payload == "nửa \ufffd hết\ufffd"


async def test_half_characters_in_a_stand_do_not_stop_it(database: Database, chief: Person) -> None:
    async with database.begin() as desk:
        await desk.stands.put(chief.id, Stand("submit", "ask", {"text": "nửa \ud83d"}), NOW)
        assert (await desk.people.known([PHONE]))[PHONE].stands == (Stand("submit", "ask", {"text": "nửa \ufffd"}),)


def test_whole_characters_are_left_alone() -> None:
    assert storable("Đã nộp 👍 \ud83d\udc4d") == "Đã nộp 👍 👍"
