"""What is wrong with an installation, and how to mend it: settings, database, token, clock."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol

from bot.clock import RealClock
from bot.config import Settings
from bot.errors import BadStructure, ChannelStopped, DeliveryError, Faults
from bot.i18n import moment
from bot.ports import Database, Desk


@dataclass(frozen=True, slots=True)
class Finding:
    fine: bool
    line: str


class Wire(Protocol):
    """A channel that can be asked who it is."""

    async def whoami(self) -> str: ...

    async def close(self) -> None: ...


Opened = Callable[[str], AbstractAsyncContextManager[Database]]


async def look(settings: Settings, opened: Opened, telegram: Callable[[str, str], Wire]) -> list[Finding]:
    """Findings in the order of settings, database, Telegram, clock."""
    return [
        Finding(True, "settings can be read"),
        *await _database(settings, opened),
        await _telegram(settings, telegram),
        _clock(settings),
    ]


async def _database(settings: Settings, opened: Opened) -> list[Finding]:
    file = Path(settings.database_url.partition(":///")[2])
    if not file.exists():
        return [Finding(False, f"database: {file} does not exist yet; run `thidua init`")]
    try:
        async with opened(settings.database_url) as database, database.begin() as desk:
            structure, states = await _structure(desk), await desk.inbox.count()
    except Faults as error:
        return [Finding(False, str(error))]
    stuck = states.get("quarantined", 0)
    return [
        Finding(True, f"database: {settings.database_url.partition(':///')[2]}"),
        structure,
        Finding(stuck == 0, f"messages: {states.get('waiting', 0)} waiting, {stuck} set aside as faulty"),
    ]


async def _structure(desk: Desk) -> Finding:
    try:
        offices = {office.key for office in (await desk.offices.organisation()).offices}
    except BadStructure:
        return Finding(False, "structure: empty; run `thidua init --sample` or `thidua init --structure FILE.toml`")
    return Finding(True, f"structure: {len(offices)} offices")


async def _telegram(settings: Settings, telegram: Callable[[str, str], Wire]) -> Finding:
    if settings.telegram_token is None:
        return Finding(False, "Telegram: THIDUA_TELEGRAM_TOKEN is not set; get one from @BotFather")
    wire = telegram(settings.telegram_token.get_secret_value(), str(settings.telegram_api_url))
    try:
        return Finding(True, f"Telegram: the token is that of @{await wire.whoami()}")
    except ChannelStopped as error:
        return Finding(False, f"Telegram: the token is refused ({error.why}); get a new one from @BotFather")
    except DeliveryError as error:
        return Finding(False, f"Telegram: {settings.telegram_api_url} does not answer ({_why(error)})")
    finally:
        await wire.close()


def _why(error: DeliveryError) -> str:
    return str(getattr(error, "why", "")) or type(error).__name__


def _clock(settings: Settings) -> Finding:
    now = RealClock(settings.clock).now()
    shift = "" if settings.clock is None else ", shifted by THIDUA_CLOCK"
    sane = datetime.now(UTC).year >= 2024
    return Finding(sane, f"clock: {moment(now)}{shift}" if sane else "clock: the machine's date is wrong; set it")
