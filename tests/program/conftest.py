"""A Telegram and a machine of its own for every test."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.program.process import Machine, opened
from tests.servers.telegram import BotApi


@pytest.fixture
async def api() -> AsyncIterator[BotApi]:
    async with BotApi() as api:
        yield api


@pytest.fixture
async def machine(api: BotApi, tmp_path: Path) -> AsyncIterator[Machine]:
    """Its settings lead to `api`."""
    async with opened(tmp_path, THIDUA_TELEGRAM_API_URL=api.url) as machine:
        yield machine
