"""What is older than the trail, and what no entry speaks of."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path

from bot.domain.person import Grant, Place, Role
from bot.domain.replay import Replay
from db.engine import open_database
from db.schema import MIGRATIONS
from tests.db.test_verify import change, verdict


def migrations_before(number: str, folder: Path) -> Path:
    """Those of an older version of the program."""
    old = folder / "migrations"
    shutil.copytree(MIGRATIONS, old)
    for later in (old / "versions").glob("0*.py"):
        if later.name >= number:
            later.unlink()
    return old


async def test_a_file_from_before_the_trail_is_sealed_as_it_was_found(tmp_path: Path) -> None:
    old = migrations_before("0002", tmp_path)
    file = tmp_path / "old.sqlite"
    await (await open_database(f"sqlite:///{file}", old)).close()
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("INSERT INTO people VALUES (1, 'Lò Văn A', 'vi', '2021-10-01T01:12:00.000000+00:00')")
        connection.execute("INSERT INTO settings VALUES ('form', '\"short\"')")
        entry = "(1, '2021-10-01T01:12:00.000000+00:00', 1, 'chief', 'web', '7', 'file', 'x', NULL, '{\"a\":1}', '')"
        connection.execute(f"INSERT INTO audit VALUES {entry}")
        connection.commit()
    found = await verdict(file)
    assert (found.sound, found.predating, found.rows, found.head.number) == (True, 2, 2, 2)
    change(file, "UPDATE people SET name = 'Lò Văn B'")
    assert (await verdict(file)).differing == ("people 1: name is 'Lò Văn B', entry 2 wrote 'Lò Văn A'",)


async def test_a_role_given_before_roles_could_be_handed_on_is_ones_own(tmp_path: Path) -> None:
    old = migrations_before("0005", tmp_path)
    file = tmp_path / "old.sqlite"
    await (await open_database(f"sqlite:///{file}", old)).close()
    with closing(sqlite3.connect(file)) as connection:
        at = "'2021-10-01T01:12:00.000000+00:00'"
        connection.execute(f"INSERT INTO people VALUES (1, 'Lò Văn A', 'vi', {at})")
        place = "'thanh-hoa', 'cum-3', 'quan-son'"
        connection.execute(f"INSERT INTO grants VALUES (1, 1, 'chief', {place}, '2021-01-01', NULL, {at})")
        connection.commit()
    database = await open_database(f"sqlite:///{file}")
    async with database.begin() as desk:
        person = await desk.people.get(1)
    await database.close()
    own = Grant(Role.CHIEF, Place("thanh-hoa", "cum-3", "quan-son"), date(2021, 1, 1))
    assert person.grants == (own,)
    change(file, "UPDATE grants SET giver = 1")
    assert "grants 1: giver is 1, entry 1 wrote None" in (await verdict(file)).differing


def test_a_column_that_no_entry_speaks_of_is_named() -> None:
    replay = Replay({"people": ("id",)})
    replay.take(3, {"people": {"columns": ["id"], "put": [[1], [2]]}, "unheard": {"columns": ["x"], "put": [[1]]}})
    replay.take(4, {"people": {"gone": [[2]]}})
    assert list(replay.differences("people", [{"id": 1, "name": "A"}])) == [
        "people 1: name is 'A', no entry says what it is"
    ]
    assert list(replay.differences("people", [{"id": 1}])) == []
