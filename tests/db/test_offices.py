"""The structure: saved whole, read once, told line by line what changed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import event

from bot.domain.calendar import Calendar
from bot.domain.period import Period
from bot.errors import BadStructure
from db.engine import Database, open_database
from tests.db.conftest import CALENDAR, STRUCTURE


async def test_there_is_no_structure_before_the_first_is_saved(database: Database) -> None:
    async with database.begin() as desk:
        assert await desk.offices.calendar() == Calendar()
        with pytest.raises(BadStructure):
            await desk.offices.organisation()


async def test_the_structure_comes_back_as_it_was_saved(database: Database) -> None:
    async with database.begin() as desk:
        lines = await desk.offices.save(STRUCTURE, CALENDAR)
    async with database.begin() as desk:
        assert (await desk.offices.organisation(), await desk.offices.calendar()) == (STRUCTURE, CALENDAR)
    assert lines == [
        "province thanh-hoa added",
        "cluster cum-3 added",
        "office ba-thuoc added",
        "office ba-thuoc (version 2) added",
        "office quan-son added",
        "reporting_from: none → '1/2021'",
        "form: none → 'short'",
        "deadline: none → '3 working days, 16:30'",
        "province_deadline: none → '4 working days, 17:00'",
        "day off 2026-01-02 added",
        "working Saturday 2026-01-10 added",
    ]


async def test_saving_the_same_again_changes_nothing(database: Database) -> None:
    for expected in (11, 0):
        async with database.begin() as desk:
            assert len(await desk.offices.save(STRUCTURE, CALENDAR)) == expected


async def test_every_change_is_told(database: Database) -> None:
    first, second, _ = STRUCTURE.offices
    quan_son = replace(first, title="Trưởng phòng", aliases=("QS", "quan son"), valid_to=date(2030, 1, 1))
    changed = replace(STRUCTURE, offices=(quan_son, second), reporting_from=Period(2022, 1))
    async with database.begin() as desk:
        await desk.offices.save(STRUCTURE, CALENDAR)
        assert await desk.offices.save(changed, Calendar(CALENDAR.days_off)) == [
            "office ba-thuoc (version 2) removed",
            "office quan-son: title 'Chi cục trưởng' → 'Trưởng phòng'",
            "office quan-son: aliases '' → 'QS, quan son'",
            "office quan-son: valid_to none → '2030-01-01'",
            "reporting_from: '1/2021' → '1/2022'",
            "working Saturday 2026-01-10 removed",
        ]
        reordered = replace(changed, offices=(second, quan_son))
        assert await desk.offices.save(reordered, Calendar(CALENDAR.days_off)) == ["order changed"]
        assert await desk.offices.organisation() == reordered


async def test_a_structure_that_was_rolled_back_is_not_remembered(database: Database) -> None:
    async with database.begin() as desk:
        await desk.offices.save(STRUCTURE, CALENDAR)
    with pytest.raises(ZeroDivisionError):
        async with database.begin() as desk:
            await desk.offices.save(replace(STRUCTURE, form="full"), CALENDAR)
            raise ZeroDivisionError
    async with database.begin() as desk:
        assert await desk.offices.organisation() == STRUCTURE


async def test_a_structure_changed_by_another_program_is_noticed(database: Database, url: str) -> None:
    async with database.begin() as desk:
        await desk.offices.save(STRUCTURE, CALENDAR)
    other = await open_database(url)
    async with other.begin() as desk:
        await desk.offices.save(replace(STRUCTURE, form="full"), CALENDAR)
    await other.close()
    async with database.begin() as desk:
        assert (await desk.offices.organisation()).form == "full"


async def test_an_unchanged_structure_costs_one_query_a_transaction_and_is_the_same_object(database: Database) -> None:
    async with database.begin() as desk:
        await desk.offices.save(STRUCTURE, CALENDAR)
    async with database.begin() as desk:
        first = await desk.offices.organisation()
    queries: list[str] = []
    event.listen(database._engine.sync_engine, "before_cursor_execute", lambda *call: queries.append(call[2]))
    async with database.begin() as desk:
        await desk.offices.calendar()
        assert await desk.offices.organisation() is first
    assert len(queries) == 2 and queries[0] == "BEGIN IMMEDIATE"
