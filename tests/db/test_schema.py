"""The schema: what the tables say and what the migrations make are the same thing."""

from __future__ import annotations

import io
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.operations import Operations
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text
from sqlalchemy.exc import IntegrityError

from bot.errors import BadSettings
from bot.ports import Entry
from db.engine import Database, open_database
from db.schema import MIGRATIONS, revisions
from db.tables import metadata
from tests.db.conftest import NOW, PHONE

HEAD = revisions()[-1]
LATER = '''"""One more table."""

from alembic import op
import sqlalchemy as sa

revision = "9000"
down_revision = "HEAD"


def upgrade() -> None:
    op.create_table("later", sa.Column("id", sa.Integer(), primary_key=True))
'''.replace("HEAD", HEAD)


@pytest.fixture
def newer(tmp_path: Path) -> Path:
    """The migrations of a later version of the program."""
    shutil.copytree(MIGRATIONS, tmp_path / "newer")
    (tmp_path / "newer" / "versions" / "9000_later.py").write_text(LATER)
    return tmp_path / "newer"


def difference(connection: Connection) -> list[object]:
    return list(compare_metadata(MigrationContext.configure(connection), metadata))


async def test_the_migrations_make_the_tables(database: Database) -> None:
    async with database._engine.connect() as connection:
        assert await connection.run_sync(difference) == []


async def test_the_migrations_make_the_constraints(database: Database) -> None:
    async with database._engine.connect() as connection:
        made = (await connection.execute(text("SELECT sql FROM sqlite_master WHERE type = 'table'"))).scalars().all()
    names = {str(one.name) for table in metadata.tables.values() for one in table.constraints}
    assert [name for name in sorted(names) if f"CONSTRAINT {name} " not in " ".join(made)] == []


def test_the_newest_revision_is_the_one_whose_file_comes_last() -> None:
    assert revisions()[-1] == ScriptDirectory(str(MIGRATIONS)).get_current_head()


def test_the_migrations_can_be_written_for_postgresql() -> None:
    script, written = ScriptDirectory(str(MIGRATIONS)), io.StringIO()
    context = MigrationContext.configure(dialect_name="postgresql", opts={"as_sql": True, "output_buffer": written})
    with Operations.context(context):
        for migration in reversed(list(script.walk_revisions())):
            migration.module.upgrade()
    assert "received_at TIMESTAMP WITH TIME ZONE NOT NULL" in written.getvalue()
    assert "id BIGSERIAL NOT NULL" in written.getvalue()


async def test_an_older_file_is_copied_before_it_is_migrated(url: str, file: Path, newer: Path) -> None:
    old = await open_database(url)
    async with old.begin() as desk:
        await desk.people.admit("A", PHONE, NOW)
    await old.close()
    await (await open_database(url, newer)).close()
    backup = file.with_name("thidua.before-9000.sqlite")
    assert revision_of(file) == "9000"
    assert revision_of(backup) == HEAD
    assert backup.stat().st_mode & 0o777 == 0o600
    with closing(sqlite3.connect(backup)) as copy:
        assert copy.execute("SELECT name FROM people").fetchall() == [("A",)]


async def test_a_fresh_or_current_file_is_not_copied(url: str, file: Path) -> None:
    for _ in range(2):
        await (await open_database(url)).close()
    assert [path.name for path in file.parent.iterdir()] == ["thidua.sqlite"]


async def test_a_migration_that_fails_changes_nothing(url: str, file: Path, newer: Path) -> None:
    await (await open_database(url)).close()
    (newer / "versions" / "9000_later.py").write_text(LATER + "    raise ZeroDivisionError\n")
    with pytest.raises(ZeroDivisionError):
        await open_database(url, newer)
    assert revision_of(file) == HEAD
    with closing(sqlite3.connect(file)) as connection:
        assert connection.execute("SELECT name FROM sqlite_master WHERE name = 'later'").fetchall() == []


async def test_a_file_of_a_newer_version_is_refused(url: str, newer: Path) -> None:
    await (await open_database(url, newer)).close()
    with pytest.raises(BadSettings) as raised:
        await open_database(url)
    assert raised.value.faults == ("database: made by a newer version of this program (revision 9000)",)


async def test_a_file_of_another_program_is_refused(url: str, file: Path) -> None:
    file.parent.mkdir()
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("CREATE TABLE notes (id)")
    with pytest.raises(BadSettings) as raised:
        await open_database(url)
    assert raised.value.faults == ("database: it holds the tables of another program",)


async def test_alembic_is_not_loaded_for_a_current_file(url: str) -> None:
    await (await open_database(url)).close()
    program = (
        "import asyncio, sys\nfrom db.engine import open_database\n"
        f"async def main():\n    await (await open_database({url!r})).close()\n"
        "asyncio.run(main())\nassert 'alembic' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", program], check=True, cwd=MIGRATIONS.parent.parent)


async def test_the_audit_trail_refuses_changes(database: Database) -> None:
    async with database.begin() as desk:
        await desk.audit.write(Entry(NOW, None, "admin", "web", "", "close", "cum-3", None, {"k": 12}, "đủ"))
    replaced = "INSERT OR REPLACE INTO audit SELECT * FROM audit"
    for change in ("UPDATE audit SET reason = ''", "DELETE FROM audit", replaced):
        with pytest.raises(IntegrityError, match="the audit trail is append-only"):
            async with database._engine.begin() as connection:
                await connection.execute(text(change))


def revision_of(file: Path) -> str:
    with closing(sqlite3.connect(file)) as connection:
        found: str = connection.execute("SELECT version_num FROM alembic_version").fetchone()[0]
        return found
