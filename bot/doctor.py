"""What is wrong with an installation, and how to mend it: settings, database, tokens, webhooks, clock."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Protocol
from urllib.parse import urlsplit

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

    name: str

    async def whoami(self) -> str: ...

    async def hook(self) -> str: ...

    async def close(self) -> None: ...


Opened = Callable[[str], AbstractAsyncContextManager[Database]]


async def look(settings: Settings, opened: Opened, telegram: Wire | None, zalo: Wire | None) -> list[Finding]:
    """Findings in the order of settings, database, Telegram, Zalo, clock."""
    return [
        Finding(True, "settings can be read"),
        *await _database(settings, opened),
        *await _channels(settings, telegram, zalo),
        *_server(settings),
        _clock(settings),
    ]


async def _database(settings: Settings, opened: Opened) -> list[Finding]:
    file = settings.database_file
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


async def _channels(settings: Settings, telegram: Wire | None, zalo: Wire | None) -> list[Finding]:
    found = []
    if telegram:
        found += await _channel(settings, telegram, "Telegram", str(settings.telegram_api_url), "@BotFather")
    elif zalo is None:
        found.append(Finding(False, "Telegram: THIDUA_TELEGRAM_TOKEN is not set; get one from @BotFather"))
    if zalo:
        found += await _channel(settings, zalo, "Zalo", str(settings.zalo_api_url), "Zalo")
    return found


async def _channel(settings: Settings, wire: Wire, name: str, url: str, giver: str) -> list[Finding]:
    try:
        at = "@" if name == "Telegram" else ""
        found = [Finding(True, f"{name}: the token is that of {at}{await wire.whoami()}")]
        return [*found, *_webhook(settings, wire.name, name, await wire.hook())]
    except ChannelStopped as error:
        return [Finding(False, f"{name}: the token is refused ({error.why}); get a new one from {giver}")]
    except DeliveryError as error:
        return [Finding(False, f"{name}: {url} does not answer ({_why(error)})")]
    finally:
        await wire.close()


def _webhook(settings: Settings, channel: str, name: str, found: str) -> list[Finding]:
    """What is pushed where; a foreign webhook keeps us from all updates."""
    public = str(settings.public_url or "").rstrip("/")
    if not found:
        return [Finding(True, f"{name}: no webhook yet; `thidua run` sets it")] if public else []
    host = urlsplit(found).netloc
    if public and found == f"{public}/hook/{channel}":
        return [Finding(True, f"{name}: updates are pushed to {host}")]
    line = f"{name}: updates are pushed to {host}; if that is not an earlier THIDUA_PUBLIC_URL, delete that webhook"
    return [Finding(False, line)]


def _server(settings: Settings) -> list[Finding]:
    if settings.place is None:
        return []
    host, port = settings.place
    public = f" for {settings.public_url}" if settings.public_url else ""
    return [Finding(True, f"server: `thidua run` listens at {host}:{port}{public}")]


def _why(error: DeliveryError) -> str:
    return str(getattr(error, "why", "")) or type(error).__name__


def _clock(settings: Settings) -> Finding:
    now = RealClock(settings.clock).now()
    shift = "" if settings.clock is None else ", shifted by THIDUA_CLOCK"
    sane = datetime.now(UTC).year >= 2024
    return Finding(sane, f"clock: {moment(now)}{shift}" if sane else "clock: the machine's date is wrong; set it")
