"""Stands: one a conversation, the one put last is the active one."""

from __future__ import annotations

from bot.domain.person import Person
from bot.ports import Stand
from db.engine import Database
from tests.db.conftest import NOW, PHONE

ONE, TWO = Stand("submit", "ask", {"cells": {"received.money": 2**63 - 1}}), Stand("correct", "ask", {})


async def stands(database: Database) -> tuple[Stand, ...]:
    async with database.begin() as desk:
        return (await desk.people.known([PHONE]))[PHONE].stands


async def test_the_one_put_last_is_active_even_within_one_instant(database: Database, chief: Person) -> None:
    async with database.begin() as desk:
        for stand in (ONE, TWO):
            await desk.stands.put(chief.id, stand, NOW)
    assert await stands(database) == (TWO, ONE)
    assert [stand.put_at for stand in await stands(database)] == [NOW, NOW]
    again = Stand("submit", "confirm", {})
    async with database.begin() as desk:
        await desk.stands.put(chief.id, again, NOW)
    assert await stands(database) == (again, TWO)


async def test_a_dropped_stand_is_gone(database: Database, chief: Person) -> None:
    async with database.begin() as desk:
        for stand in (ONE, TWO):
            await desk.stands.put(chief.id, stand, NOW)
        await desk.stands.drop(chief.id, "correct")
        await desk.stands.drop(chief.id, "never begun")
    assert await stands(database) == (ONE,)
