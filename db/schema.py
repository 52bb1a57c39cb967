"""The schema's revision: found out cheaply, brought up to date when it is behind."""

from __future__ import annotations

import asyncio
from pathlib import Path

from sqlalchemy import Connection, inspect, text
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.errors import BadSettings
from db.backup import copy

MIGRATIONS = Path(__file__).parent / "migrations"


async def bring_up_to_date(
    engine: AsyncEngine, file: Path | None, migrations: Path = MIGRATIONS, look: bool = False
) -> None:
    """Migrate to the newest revision, after a copy of an older SQLite file; nothing at all when it is there already.

    Raises BadSettings for a database that is not ours, or is newer than this program; with `look` also for an older
    one, which is left as it is."""
    known = revisions(migrations)
    async with engine.connect() as connection:
        stored = await connection.run_sync(stored_revision)
    if stored == known[-1]:
        return
    if stored and stored not in known:
        raise BadSettings((f"database: made by a newer version of this program (revision {stored})",))
    if look:
        advice = "`thidua run` brings it up to date, with a copy beside it"
        raise BadSettings(
            (f"database: it is of an older version of this program (revision {stored or 'none'}); {advice}",)
        )
    if stored and file is not None:
        await asyncio.to_thread(copy, file, file.with_name(f"{file.stem}.before-{known[-1]}.sqlite"))
    async with engine.begin() as connection:
        await connection.run_sync(_upgrade, migrations)


def revisions(migrations: Path = MIGRATIONS) -> list[str]:
    """All revisions, oldest first, by the numbers their files begin with: Alembic takes too long to load to ask it."""
    return sorted(path.name.split("_")[0] for path in (migrations / "versions").glob("[0-9]*_*.py"))


def stored_revision(connection: Connection) -> str:
    """Empty for an empty database."""
    tables = inspect(connection).get_table_names()
    if not tables:
        return ""
    if "alembic_version" not in tables:
        raise BadSettings(("database: it holds the tables of another program",))
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar() or ""


def _upgrade(connection: Connection, migrations: Path) -> None:
    from alembic import command  # costs a tenth of a second, so only when there is something to migrate
    from alembic.config import Config

    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(migrations).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    command.upgrade(config, "head")
