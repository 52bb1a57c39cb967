"""Reports kept in memory are never older than the database."""

from __future__ import annotations

import pytest

from bot.domain.person import Person
from bot.domain.report import Report, first, revised
from db.engine import Database, open_database
from tests.db.conftest import NOW, SEPTEMBER, revision


def report(author: Person) -> Report:
    return first("quan-son", "short", SEPTEMBER, NOW, revision(author))


async def test_what_was_rolled_back_is_not_remembered(database: Database, chief: Person) -> None:
    async with database.begin() as desk:
        assert await desk.reports.get("quan-son", "short", SEPTEMBER) is None
    with pytest.raises(ZeroDivisionError):
        async with database.begin() as desk:
            await desk.reports.file(report(chief))
            assert await desk.reports.get("quan-son", "short", SEPTEMBER) == report(chief)
            raise ZeroDivisionError
    async with database.begin() as desk:
        assert await desk.reports.get("quan-son", "short", SEPTEMBER) is None
    other = first("ba-thuoc", "short", SEPTEMBER, NOW, revision(chief, cases=7))
    async with database.begin() as desk:
        await desk.reports.file(other)  # takes the ids that were rolled back
    async with database.begin() as desk:
        assert await desk.reports.of_period(["quan-son", "ba-thuoc"], "short", SEPTEMBER) == {"ba-thuoc": other}


async def test_what_another_program_files_is_seen(database: Database, url: str, chief: Person) -> None:
    one = report(chief)
    two = revised(one, revision(chief, 2, cases=211))
    other = await open_database(url)
    async with database.begin() as desk:
        assert await desk.reports.get("quan-son", "short", SEPTEMBER) is None
    async with other.begin() as desk:
        await desk.reports.file(one)
    async with database.begin() as desk:
        assert await desk.reports.get("quan-son", "short", SEPTEMBER) == one
    async with other.begin() as desk:
        await desk.reports.file(two)
    async with database.begin() as desk:
        assert await desk.reports.get("quan-son", "short", SEPTEMBER) == two
        assert (await desk.reports.of_period(["quan-son"], "short", SEPTEMBER))["quan-son"].revisions == two.revisions[
            -1:
        ]
        three = revised(two, revision(chief, 3, cases=212))
        await desk.reports.file(three)
        assert await desk.reports.get("quan-son", "short", SEPTEMBER) == three
        assert await desk.reports.get("quan-son", "short", SEPTEMBER) == three
    async with database.begin() as desk:
        assert await desk.reports.get("quan-son", "short", SEPTEMBER) == three
    await other.close()
