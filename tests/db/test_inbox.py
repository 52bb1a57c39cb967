"""The inbox: every update once, in order, until it is done."""

from __future__ import annotations

from bot.chat import Raw
from bot.ports import Letter
from db.engine import Database
from tests.db.conftest import MINUTE, NOW

ONE, TWO = Raw("telegram", "1", "100", '{"text": "nộp"}'), Raw("telegram", "2", "100", "{}")


async def test_an_update_is_stored_once_however_often_it_comes(database: Database) -> None:
    async with database.begin() as desk:
        stored = [
            await desk.inbox.store(raws, NOW)
            for raws in ([ONE], [ONE, TWO, TWO], [ONE], [], [Raw("zalo", "1", "z", "{}")])
        ]
    assert stored == [1, 1, 0, 0, 1]


async def test_a_large_batch_is_stored_whole(database: Database) -> None:
    batch = [Raw("telegram", str(number), "100", "{}") for number in range(5000)]
    async with database.begin() as desk:
        assert [await desk.inbox.store(batch, NOW), await desk.inbox.store(batch, NOW)] == [5000, 0]
        assert [letter.raw for letter in await desk.inbox.waiting(9999)] == batch


async def test_what_waits_comes_oldest_first(database: Database) -> None:
    async with database.begin() as desk:
        await desk.inbox.store([ONE], NOW)
        await desk.inbox.store([TWO], NOW + MINUTE)
        assert await desk.inbox.waiting(9) == [Letter(1, ONE, NOW, 0), Letter(2, TWO, NOW + MINUTE, 0)]
        assert await desk.inbox.waiting(1) == [Letter(1, ONE, NOW, 0)]


async def test_what_is_done_does_not_come_back(database: Database) -> None:
    async with database.begin() as desk:
        await desk.inbox.store([ONE, TWO], NOW)
        await desk.inbox.done([1, 2], NOW)
        await desk.inbox.done([], NOW)
        assert [await desk.inbox.waiting(9), await desk.inbox.store([ONE], NOW)] == [[], 0]
        assert await desk.inbox.count() == {"waiting": 0, "done": 2, "quarantined": 0}


async def test_failures_are_counted_until_quarantine(database: Database) -> None:
    async with database.begin() as desk:
        await desk.inbox.store([ONE, TWO], NOW)
        assert [await desk.inbox.failed(1, "ValueError") for _ in range(3)] == [1, 2, 3]
        assert [letter.tries for letter in await desk.inbox.waiting(9)] == [3, 0]
        await desk.inbox.quarantine(1, NOW)
        assert [letter.raw for letter in await desk.inbox.waiting(9)] == [TWO]
        assert await desk.inbox.count() == {"waiting": 1, "done": 0, "quarantined": 1}
