"""Transactions: all or nothing, one after another, kept for good."""

from __future__ import annotations

import asyncio
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError, NoResultFound

from bot.chat import Address, Raw, Reply
from bot.domain.person import Person
from bot.errors import BadSettings
from bot.ports import Entry
from db.engine import Database, open_database
from db.schema import MIGRATIONS
from tests.db.conftest import CALENDAR, CHIEF, MINUTE, NOW, PHONE, STRUCTURE

ENTRY = Entry(NOW, None, "admin", "telegram", "7", "invite", "quan-son")


async def pragma(database: Database, name: str) -> object:
    async with database._engine.connect() as connection:
        return (await connection.exec_driver_sql(f"PRAGMA {name}")).scalar()


async def rows(database: Database, query: str) -> list[tuple[object, ...]]:
    async with database._engine.connect() as connection:
        return [tuple(row) for row in await connection.execute(text(query))]


async def test_a_database_is_busy_while_a_transaction_is_under_way(database: Database) -> None:
    assert not database.busy()
    async with database.begin() as desk:
        await desk.inbox.count()
        assert database.busy() is (database._engine.dialect.name == "sqlite")
    assert not database.busy()


async def test_what_is_acknowledged_is_on_the_disk_and_foreign_keys_are_kept(database: Database) -> None:
    found = {
        name: await pragma(database, name) for name in ("synchronous", "journal_mode", "foreign_keys", "busy_timeout")
    }
    assert found == {"synchronous": 2, "journal_mode": "wal", "foreign_keys": 1, "busy_timeout": 5000}


async def test_nobody_else_may_read_the_file(database: Database, file: Path) -> None:
    async with database.begin() as desk:
        await desk.people.admit("A", PHONE, NOW)
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in file.parent.iterdir()}
    assert modes == {"thidua.sqlite": 0o600, "thidua.sqlite-wal": 0o600, "thidua.sqlite-shm": 0o600}


async def test_a_rolled_back_transaction_leaves_nothing(database: Database, chief: Person) -> None:
    with pytest.raises(ZeroDivisionError):
        async with database.begin() as desk:
            await desk.inbox.store([Raw("telegram", "1", "100", "{}")], NOW)
            await desk.people.admit("B", Address("zalo", "z"), NOW)
            await desk.outbox.post(PHONE, Reply("mất"), NOW)
            await desk.outbox.unsent(0, 1)
            await desk.audit.write(ENTRY)
            raise ZeroDivisionError
    tables = ("inbox", "outbox", "audit")
    assert [await rows(database, f"SELECT id FROM {table}") for table in tables] == [[], [], [(1,)]]  # the chief's
    assert await rows(database, "SELECT name FROM people") == [("Lò Văn A",)]


async def test_a_cancelled_transaction_leaves_nothing_and_does_not_block_the_next(database: Database) -> None:
    begun = asyncio.Event()

    async def turn() -> None:
        async with database.begin() as desk:
            await desk.people.admit("A", PHONE, NOW)
            begun.set()
            await asyncio.Event().wait()

    task = asyncio.create_task(turn())
    await begun.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    async with database.begin() as desk:
        assert await desk.people.known([PHONE]) == {}


async def test_transactions_cancelled_at_any_step_do_not_block_the_next(database: Database) -> None:
    async def turn(number: int) -> None:
        async with database.begin() as desk:
            await desk.inbox.store([Raw("telegram", str(number), "100", "{}")], NOW)

    for steps in range(12):
        task = asyncio.create_task(turn(steps))
        for _ in range(steps):
            await asyncio.sleep(0)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
    await turn(99)
    async with database.begin() as desk:
        assert [letter.raw.key for letter in await desk.inbox.waiting(99)][-1] == "99"


async def test_concurrent_transactions_queue(database: Database) -> None:
    order: list[str] = []

    async def turn(name: str) -> None:
        async with database.begin() as desk:
            order.append(f"{name} begins")
            await desk.inbox.store([Raw("telegram", name, "100", "{}")], NOW)
            await asyncio.sleep(0.01)
            order.append(f"{name} ends")

    await asyncio.gather(turn("a"), turn("b"), turn("c"))
    assert order == ["a begins", "a ends", "b begins", "b ends", "c begins", "c ends"]


async def test_two_programs_on_one_file_take_turns(database: Database, url: str) -> None:
    other = await open_database(url)

    async def turn(program: Database, name: str) -> None:
        async with program.begin() as desk:
            await desk.inbox.store([Raw("telegram", name, "100", "{}")], NOW)
            await asyncio.sleep(0.01)

    await asyncio.gather(*(turn(program, f"{n}{id(program)}") for n in range(5) for program in (database, other)))
    await other.close()
    async with database.begin() as desk:
        assert (await desk.inbox.count())["waiting"] == 10


async def test_reopening_keeps_everything(database: Database, url: str, chief: Person) -> None:
    async with database.begin() as desk:
        await desk.people.grant(chief.id, CHIEF, NOW)
        await desk.offices.save(STRUCTURE, CALENDAR)
        await desk.outbox.post(PHONE, Reply("chào"), NOW)
    await database.close()
    reopened = await open_database(url)
    async with reopened.begin() as desk:
        assert await desk.people.get(chief.id) == Person(chief.id, "Lò Văn A", (CHIEF,))
        assert (await desk.offices.organisation(), await desk.offices.calendar()) == (STRUCTURE, CALENDAR)
        assert [outgoing.reply for outgoing in await desk.outbox.unsent(0, 9)] == [Reply("chào")]
    await reopened.close()


async def test_what_refers_to_nobody_is_refused(database: Database) -> None:
    with pytest.raises(IntegrityError):
        async with database.begin() as desk:
            await desk.people.grant(404, CHIEF, NOW)
    with pytest.raises(NoResultFound):
        async with database.begin() as desk:
            await desk.people.get(404)


async def test_instants_without_a_time_zone_are_refused(database: Database) -> None:
    with pytest.raises(Exception, match="an instant needs a time zone"):
        async with database.begin() as desk:
            await desk.inbox.store([Raw("telegram", "1", "100", "{}")], NOW.replace(tzinfo=None))


async def test_errors_do_not_show_what_people_wrote(database: Database, chief: Person) -> None:
    with pytest.raises(IntegrityError) as raised:
        async with database.begin() as desk:
            await desk.people.admit("Bí Mật", PHONE, NOW + MINUTE)
    assert "Bí Mật" not in str(raised.value) and "100" not in str(raised.value)


@pytest.mark.parametrize(
    ("address", "fault"),
    [
        ("nothing", "database: the address must look like sqlite:///path/to/file.sqlite"),
        ("mysql://host/db", "database: mysql is not known, use sqlite or postgresql"),
        ("sqlite://", "database: the address must name a file, what is kept in memory would be lost"),
        ("sqlite:///:memory:", "database: the address must name a file, what is kept in memory would be lost"),
    ],
)
async def test_a_wrong_address_is_named_plainly(address: str, fault: str) -> None:
    with pytest.raises(BadSettings) as raised:
        await open_database(address)
    assert raised.value.faults == (fault,)


async def test_a_broken_file_is_named_plainly(url: str, file: Path) -> None:
    file.parent.mkdir()
    file.write_bytes(b"no database " * 1000)
    with pytest.raises(BadSettings) as raised:
        await open_database(url)
    assert raised.value.faults == (f"database {file} cannot be opened: file is not a database",)


async def test_a_path_that_cannot_be_made_is_named_plainly(url: str, file: Path) -> None:
    file.parent.write_text("in the way")
    with pytest.raises(BadSettings) as raised:
        await open_database(url)
    assert raised.value.faults == (f"database {file} cannot be opened: File exists",)


async def test_a_program_that_dies_with_the_database_open_does_not_hang(url: str) -> None:
    program = (
        "import asyncio\nfrom db.engine import open_database\n"
        f"async def main():\n    await open_database({url!r})\n    raise SystemExit(7)\n"
        "asyncio.run(main())"
    )
    died = await asyncio.to_thread(
        subprocess.run, [sys.executable, "-c", program], cwd=MIGRATIONS.parents[1], timeout=30
    )
    assert died.returncode == 7
