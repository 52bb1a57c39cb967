"""The trail cannot be bent: whatever is changed in the file by hand is found, and named."""

from __future__ import annotations

import json
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot import sample
from bot.domain.absence import Absence
from bot.domain.closing import Closing, Extension, Unlock
from bot.domain.entry import Entry, Verdict
from bot.domain.organisation import parse_structure
from bot.domain.person import Grant, Role
from bot.domain.reminder import Promise
from bot.domain.seal import fingerprint, is_of
from db.engine import open_database
from db.records import PAPERS, RECORDS
from db.tables import metadata
from tests.db.conftest import NOW, SEPTEMBER

SEALED = sorted(RECORDS)


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file in which every table of records has rows, and the trail tells of all of them."""
    return tmp_path_factory.mktemp("told") / "told.sqlite"


@pytest.fixture
async def bent(told: Path, tmp_path: Path) -> Path:
    """A copy to be bent."""
    if not told.exists():
        await _tell(told)
    return Path(shutil.copy(told, tmp_path / "bent.sqlite"))


async def _tell(file: Path) -> None:
    database = await open_database(f"sqlite:///{file}")
    async with database.begin() as desk:
        await sample.seed(desk, NOW)
        grant = Grant(Role.VIEWER, sample.CLUSTER, date(2021, 10, 1))
        number = await desk.invitations.issue("0a" * 32, "Hà", grant, 1, NOW, NOW + timedelta(days=7))
        await desk.invitations.use(number, 2, NOW)
        head = (await desk.audit.head()).digest
        await desk.periods.close(Closing("cum-3", "short", SEPTEMBER, {}, NOW, 1, "Hà", "đủ", head))
        asked = await desk.periods.ask(Unlock(0, "quan-son", "short", SEPTEMBER, 1, "Lò", "nhầm", NOW))
        await desk.periods.answer(asked, "Hà", NOW, NOW)
        await desk.periods.extend(Extension("cum-3", "", "short", SEPTEMBER, NOW, "lũ"))
        await desk.absences.put(Absence(1, date(2021, 10, 5), date(2021, 10, 12)), NOW)
        await desk.people.grant(2, replace(grant, valid_to=date(2021, 10, 15), giver=1), NOW)
        await desk.reminders.promise(Promise("quan-son", "short", SEPTEMBER, 1, NOW), NOW)
        await desk.audit.write(Entry(NOW, 1, "admin", "web", "7", "invite", f"invitation {number}"))
    async with database.begin() as desk:
        await desk.places.moved((await desk.places.addresses(3))[0], "elsewhere")
    await database.close()
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("PRAGMA journal_mode = DELETE")


def change(file: Path, *statements: str, values: tuple[Any, ...] = ()) -> None:
    """As somebody does who has the file and knows what he does."""
    with closing(sqlite3.connect(file)) as connection:
        for pragma in ("foreign_keys = OFF", "ignore_check_constraints = ON"):
            connection.execute(f"PRAGMA {pragma}")
        for kind in ("update", "delete"):
            connection.execute(f"DROP TRIGGER IF EXISTS audit_no_{kind}")
        for statement in statements:
            assert connection.execute(statement, values).rowcount, statement
        connection.commit()


def rows(file: Path, table: str) -> list[dict[str, Any]]:
    with closing(sqlite3.connect(file)) as connection:
        connection.row_factory = sqlite3.Row
        return [dict(row) for row in connection.execute(f"SELECT rowid AS _at, * FROM {table}")]


async def verdict(file: Path, fingerprint: str = "") -> Verdict:
    database = await open_database(f"sqlite:///{file}")
    try:
        return await database.verify(fingerprint)
    finally:
        await database.close()


def flipped(value: Any) -> Any:
    """The same with one digit or letter changed."""
    if value is None:
        return "2021-10-01"
    if isinstance(value, int):
        return 1 - value if value in (0, 1) else value + 1
    at = max(place for place, letter in enumerate(value) if letter.isalnum()) if value.strip("[]{}") else None
    return "x" if at is None else f"{value[:at]}{'1' if value[at] != '1' else '2'}{value[at + 1 :]}"


async def test_what_is_told_is_sound(bent: Path) -> None:
    found = await verdict(bent)
    assert (found.sound, found.predating, found.head.number) == (True, 0, len(rows(bent, "audit")))
    assert found.rows == sum(len(rows(bent, table)) for table in SEALED)
    assert all(rows(bent, table) for table in SEALED)


def test_every_table_is_a_record_or_one_of_the_papers() -> None:
    assert sorted({*RECORDS, *PAPERS}) == sorted(metadata.tables)


@pytest.mark.parametrize("table", SEALED)
async def test_one_digit_flipped_in_any_column_of_a_record_is_found(bent: Path, table: str) -> None:
    own = rows(bent, table)[-1]
    for column in RECORDS[table]:
        again = Path(shutil.copy(bent, bent.with_name("again.sqlite")))
        new = flipped(own[column])
        change(again, f'UPDATE {table} SET "{column}" = ? WHERE rowid = {own["_at"]}', values=(new,))
        found = await verdict(again)
        assert (found.broken, found.sound) == ("", False), column
        assert any(line.startswith(f"{table} ") for line in found.differing), found.differing


@pytest.mark.parametrize("column", [column.name for column in metadata.tables["audit"].columns if column.name != "id"])
async def test_one_digit_flipped_in_an_entry_breaks_the_chain_there(bent: Path, column: str) -> None:
    value = rows(bent, "audit")[4][column]
    change(bent, f'UPDATE audit SET "{column}" = ? WHERE id = 5', values=(flipped(value),))
    found = await verdict(bent)
    assert found.broken.startswith("entry 5 (")
    assert found.broken.endswith("): it is not what was sealed, or not in its place")


@pytest.mark.parametrize("table", SEALED)
async def test_a_row_taken_away_is_found(bent: Path, table: str) -> None:
    change(bent, f"DELETE FROM {table} WHERE rowid = (SELECT max(rowid) FROM {table})")
    found = await verdict(bent)
    assert found.broken == ""
    assert [line.endswith("wrote it, it is gone") for line in found.differing] == [True]


@pytest.mark.parametrize("table", SEALED)
async def test_a_row_slipped_in_is_found(bent: Path, table: str) -> None:
    row = rows(bent, table)[-1]
    del row["_at"]
    row |= {
        name: flipped(row[name]) if not isinstance(row[name], int) else row[name] + 1000
        for name in (*metadata.tables[table].primary_key.columns.keys(), *_unique(table))
    }
    marks, names = ", ".join("?" for _ in row), ", ".join(f'"{name}"' for name in row)
    change(bent, f"INSERT INTO {table} ({names}) VALUES ({marks})", values=tuple(row.values()))
    assert [line.endswith("it is stored, no entry wrote it") for line in (await verdict(bent)).differing] == [True]


def _unique(table: str) -> tuple[str, ...]:
    """What must differ besides the key for the database to take another row."""
    return {
        "invitations": ("hash",),
        "places": ("chat",),
        "reports": ("year",),
        "grants": ("person",),
        "revisions": ("number",),
    }.get(table, ())


BENDINGS: dict[str, tuple[tuple[str, ...], Callable[[Verdict], bool]]] = {
    "an entry taken out": (
        ("DELETE FROM audit WHERE id = 9",),
        lambda found: found.broken.endswith("entry 9 should stand before it and is gone"),
    ),
    "an entry taken out and the rest moved up": (
        ("DELETE FROM audit WHERE id = 9", "UPDATE audit SET id = id - 1 WHERE id > 9"),
        lambda found: found.broken.startswith("entry 9 ("),
    ),
    "two entries exchanged": (
        (
            "UPDATE audit SET id = -8 WHERE id = 8",
            "UPDATE audit SET id = 8 WHERE id = 9",
            "UPDATE audit SET id = 9 WHERE id < 0",
        ),
        lambda found: found.broken.startswith("entry 8 ("),
    ),
    "the first entry taken out": (
        ("DELETE FROM audit WHERE id = 1",),
        lambda found: found.broken.endswith("entry 1 should stand before it and is gone"),
    ),
    "the last entries cut off": (
        ("DELETE FROM audit WHERE id >= (SELECT max(id) FROM audit) - 1",),
        lambda found: bool(found.differing) and not found.broken,
    ),
}


@pytest.mark.parametrize("bending", BENDINGS)
async def test_entries_taken_out_or_moved_are_found(bent: Path, bending: str) -> None:
    statements, is_found = BENDINGS[bending]
    change(bent, *statements)
    found = await verdict(bent)
    assert is_found(found), found


async def test_a_trail_cut_together_with_its_rows_is_found_by_a_fingerprint_noted_before(bent: Path) -> None:
    before = await verdict(bent)
    noted = fingerprint(before.head.digest)
    assert (await verdict(bent, noted.upper())).sought == before.head.number
    assert is_of(noted, before.head.digest) and not is_of("", before.head.digest)
    moved = json.loads(rows(bent, "audit")[-1]["rows"])["places"]["put"][0][0]
    change(bent, "DELETE FROM audit WHERE id = (SELECT max(id) FROM audit)")
    change(bent, f"UPDATE places SET chat = '{_chat_before(bent, moved)}' WHERE id = {moved}")
    found = await verdict(bent, noted)
    assert (found.sound, found.sought) == (True, 0)


def _chat_before(file: Path, place: int) -> str:
    for row in rows(file, "audit"):
        change = json.loads(row["rows"] or "{}").get("places")
        for values in change["put"] if change else ():
            told = dict(zip(change["columns"], values, strict=True))
            if told["id"] == place:
                return str(told["chat"])
    raise LookupError(place)


async def test_a_structure_saved_again_seals_only_what_changed(bent: Path) -> None:
    text = sample._text("thanh-hoa-3.toml")
    organisation, calendar = parse_structure(text.replace('name = "Quan Sơn"', 'name = "Quan Sơn mới"'))
    database = await open_database(f"sqlite:///{bent}")
    async with database.begin() as desk:
        assert len(await desk.offices.save(organisation, calendar)) == 1
    assert (await database.verify()).sound
    await database.close()
    written = json.loads(rows(bent, "audit")[-1]["rows"])
    assert {table: len(change["put"]) for table, change in written.items()} == {"offices": 1, "settings": 1}


async def test_what_a_transaction_rolls_back_is_nowhere(bent: Path) -> None:
    before = await verdict(bent)
    database = await open_database(f"sqlite:///{bent}")
    with pytest.raises(ZeroDivisionError):
        async with database.begin() as desk:
            await desk.people.grant(1, Grant(Role.ADMIN, sample.CLUSTER, date(2021, 1, 1)), NOW)
            await desk.audit.write(Entry(NOW, 1, "", "", "", "grant", "person 1"))
            assert (await desk.audit.head()).number == before.head.number + 1
            raise ZeroDivisionError
    assert await database.verify() == before
    await database.close()
