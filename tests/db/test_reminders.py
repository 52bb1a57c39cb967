"""Reminders and promises: who inserts first sends, and what was sent and promised is known to all."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from bot.domain.person import Person
from bot.domain.reminder import Promise, Reminder, Rung
from bot.ports import Tick
from db.engine import Database
from tests.db.conftest import MINUTE, NOW, SEPTEMBER

HOUR = timedelta(hours=1)


def rung(chief: Person, rung: Rung = Rung.MORNING) -> Reminder:
    return Reminder(chief.id, "quan-son", "short", SEPTEMBER, rung, NOW)


async def test_a_rung_can_be_claimed_once(database: Database, chief: Person) -> None:
    async with database.begin() as desk:
        assert await desk.reminders.claim([rung(chief)], NOW) == {rung(chief)}
    async with database.begin() as desk:
        both = [rung(chief), rung(chief, Rung.TWO_HOURS)]
        assert await desk.reminders.claim(both, NOW) == {rung(chief, Rung.TWO_HOURS)}
        assert await desk.reminders.claim([], NOW) == ()


async def test_a_claim_that_was_rolled_back_is_free_again(database: Database, chief: Person) -> None:
    try:
        async with database.begin() as desk:
            await desk.reminders.claim([rung(chief)], NOW)
            raise ZeroDivisionError
    except ZeroDivisionError:
        pass
    async with database.begin() as desk:
        assert await desk.reminders.claim([rung(chief)], NOW) == {rung(chief)}


async def test_the_latest_rung_sent_is_known_and_nudges_are_not_of_the_ladder(
    database: Database, chief: Person
) -> None:
    later = replace(rung(chief, Rung.PROMISE), at=NOW + MINUTE)
    nudge = replace(rung(chief, Rung.NUDGE), at=NOW + HOUR)
    async with database.begin() as desk:
        await desk.reminders.claim([rung(chief), later, nudge], NOW)
        assert await desk.reminders.through("short", SEPTEMBER) == {(chief.id, "quan-son"): NOW + MINUTE}
        assert await desk.reminders.nudged("short", SEPTEMBER, NOW) == {"quan-son": NOW + HOUR}
        assert await desk.reminders.nudged("short", SEPTEMBER, NOW + HOUR) == {}


async def test_promises_come_in_the_order_in_which_they_were_made(database: Database, chief: Person) -> None:
    second = Promise("quan-son", "short", SEPTEMBER, chief.id, NOW + HOUR)
    first = replace(second, until=NOW + 3 * HOUR)
    async with database.begin() as desk:
        await desk.reminders.promise(first, NOW)
        await desk.reminders.promise(second, NOW + MINUTE)
        assert await desk.reminders.promises("short", SEPTEMBER) == [first, second]


async def test_the_last_look_is_remembered(database: Database) -> None:
    async with database.begin() as desk:
        assert await desk.reminders.ticked() is None
        for tick in (Tick(NOW, None), Tick(NOW + MINUTE, NOW)):
            await desk.reminders.tick(tick)
            assert await desk.reminders.ticked() == tick
