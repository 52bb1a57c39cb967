"""The printed calendar of a reporting year; and a structure file that would undo what was set in the chat."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from bot import sample, setup
from bot.almanac import almanac
from bot.domain.override import Kind, overridden
from db.engine import Database, open_database

NOW = datetime(2021, 10, 1, 1, tzinfo=UTC)
YEAR_2026 = """
Reporting year 2026, 2025-10-01 to 2026-09-30
period  ends            offices, 2 working days         province, 4 working days
1       Fri 2025-10-31  Tue 2025-11-04 17:00            Thu 2025-11-06 17:00
2       Sun 2025-11-30  Tue 2025-12-02 17:00            Thu 2025-12-04 17:00
3       Wed 2025-12-31  Tue 2026-01-06 17:00            Thu 2026-01-08 17:00
4       Sat 2026-01-31  Tue 2026-02-03 17:00            Thu 2026-02-05 17:00
5       Sat 2026-02-28  Tue 2026-03-03 17:00            Thu 2026-03-05 17:00
6       Tue 2026-03-31  Thu 2026-04-02 17:00            Mon 2026-04-06 17:00
7       Thu 2026-04-30  Tue 2026-05-05 17:00            Thu 2026-05-07 17:00
8       Sun 2026-05-31  Tue 2026-06-02 17:00            Thu 2026-06-04 17:00
9       Tue 2026-06-30  Thu 2026-07-02 17:00            Mon 2026-07-06 17:00
10      Fri 2026-07-31  Tue 2026-08-04 17:00            Thu 2026-08-06 17:00
11      Mon 2026-08-31  Fri 2026-09-04 17:00            Tue 2026-09-08 17:00
12      Wed 2026-09-30  Fri 2026-10-02 17:00            Tue 2026-10-06 17:00
Days off:
  Thu 2026-01-01                    New Year
  Fri 2026-01-02                    set by hand
  Mon 2026-02-16 to Fri 2026-02-20  Lunar New Year
"""


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    one = await open_database(f"sqlite:///{tmp_path / 'almanac.sqlite'}")
    await setup.init(one, None, NOW)
    yield one
    await one.close()


async def test_a_year_is_printed_with_its_deadlines_and_days(database: Database) -> None:
    async with database.begin() as desk:
        lines = await almanac(desk, 2026, NOW)
        this = await almanac(desk, None, NOW)
    wanted = YEAR_2026.strip().splitlines()
    assert lines[: len(wanted)] == wanted
    assert lines[-3:] == ["Worked in exchange:", "  Sat 2026-01-10                    set by hand", "  Sat 2026-08-22"]
    assert this[0] == "Reporting year 2022, 2021-10-01 to 2022-09-30"


async def test_without_a_structure_there_is_nothing_to_print(tmp_path: Path) -> None:
    one = await open_database(f"sqlite:///{tmp_path / 'empty.sqlite'}")
    with pytest.raises(setup.Refused):
        async with one.begin() as desk:
            await almanac(desk, 2026, NOW)
    await one.close()


async def test_a_structure_file_does_not_undo_by_the_way_what_was_set_in_the_chat(database: Database) -> None:
    organisation, calendar = sample.structure()
    async with database.begin() as desk:
        new = overridden(calendar, Kind.OFF, [date(2021, 10, 4)])
        assert await desk.offices.save(organisation, new) == ["day off 2021-10-04 added"]
        assert await desk.offices.calendar() == new
    with pytest.raises(setup.Refused) as raised:
        await setup.init(database, None, NOW)
    told = "This would remove the day off 2021-10-04: write them into [calendar], or add --replace."
    assert str(raised.value) == told
    assert await setup.init(database, None, NOW, replace=True) == ["day off 2021-10-04 removed"]
