"""Killed again and again under load, the program loses nothing that it acknowledged and stores nothing twice."""

from __future__ import annotations

import asyncio
import logging
import os
from random import Random

from bot.domain.person import Role
from tests.program.chief import Chief
from tests.program.people import prepared
from tests.program.process import Machine, eventually
from tests.program.province import write_province
from tests.servers.telegram import BotApi

log = logging.getLogger(__name__)

CHIEFS = 40
KILLS = 8
FILED = """
SELECT office, value FROM cells
JOIN revisions ON revisions.id = cells.revision JOIN reports ON reports.id = revisions.report
WHERE indicator = 'received' AND measure = 'cases' ORDER BY report, number"""


def filed(machine: Machine) -> dict[str, list[int]]:
    """By office, what each revision says, in the order of their numbers."""
    found: dict[str, list[int]] = {}
    for office, value in machine.query(FILED):
        found.setdefault(office, []).append(value)
    return found


def lost(machine: Machine, chiefs: list[Chief]) -> list[tuple[str, int]]:
    """What a chief was told is recorded, and is not."""
    stored = filed(machine)
    return [
        (one.office, cases) for one in chiefs for cases in one.acknowledged if cases not in stored.get(one.office, [])
    ]


async def kill_at_random(machine: Machine, api: BotApi, dice: Random, chiefs: list[Chief]) -> None:
    """Every fourth time while it is starting, else while it is at work."""
    for number in range(KILLS):
        api.counts["getUpdates"] = 0
        running = await machine.start()
        if number % 4:
            await api.until(lambda: api.counts["getUpdates"] > 0, 20)
        await asyncio.sleep(dice.uniform(0.0, 1.2))
        await running.kill()
        assert lost(machine, chiefs) == []


async def test_killed_at_random_it_loses_nothing_acknowledged_and_stores_nothing_twice(
    machine: Machine, api: BotApi
) -> None:
    seed = int(os.environ.get("SEED", "0")) or Random().randrange(1, 10**6)
    log.warning("to repeat: SEED=%s", seed)
    dice, structure = Random(seed), machine.folder / "province.toml"
    offices = write_province(structure, CHIEFS)
    made = await prepared(machine, *((Role.CHIEF, office) for office in offices), structure=structure)
    chiefs = [Chief(api, 7000 + n, offices[n], made[n], Random(seed + n)) for n in range(CHIEFS)]

    killing = asyncio.create_task(kill_at_random(machine, api, dice, chiefs))
    working = [asyncio.create_task(chief.work(lambda: not killing.done())) for chief in chiefs]
    await killing
    running = await machine.start()
    await asyncio.gather(*working)
    await eventually(lambda: not api.updates and machine.idle())
    assert await running.stop() == 0
    log.warning("%s updates, %s filings", api._update_id - 1000, sum(chief.confirmed for chief in chiefs))

    assert filed(machine) == {one.office: list(range(1001, 1001 + one.confirmed)) for one in chiefs}
    assert [(one.user, one.unanswered()) for one in chiefs if one.unanswered()] == []
    assert machine.query("SELECT count(*) FROM reports") == [(CHIEFS,)]
    assert machine.query("SELECT count(*) FROM people") == [(CHIEFS,)]
    assert machine.query("SELECT state, count(*) FROM inbox GROUP BY state") == [("done", api._update_id - 1000)]
    assert machine.query("SELECT state, count(*) FROM outbox WHERE state != 'sent' GROUP BY state") == []
