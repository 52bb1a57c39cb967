"""Fixtures that several modules here share."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot import delivery
from db.engine import open_database
from tests.core.counted import Town
from tests.core.two import Blocked, Two
from tests.dialogues.stage import stage


@pytest.fixture
async def two(tmp_path: Path) -> AsyncIterator[Two]:
    telegram, zalo = Blocked("telegram"), Blocked("zalo")
    async with stage(tmp_path, telegram, zalo) as played, zalo.open(played.intake.store):
        yield Two(played, telegram, zalo)


@pytest.fixture
async def town(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Town]:
    monkeypatch.setattr(delivery, "FIRST_PAUSE", 0.0)
    database = await open_database(f"sqlite+aiosqlite:///{tmp_path / 't.sqlite'}")
    town = Town(database)
    await town.people()
    yield town
    await database.close()
