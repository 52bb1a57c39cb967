"""What is wrong with an installation, and how to mend it: settings, database, tokens, webhooks, clock."""

from __future__ import annotations

from collections.abc import Callable, Set
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
        *await _channels(settings, telegram, zalo, await _ours(settings, opened)),
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


async def _ours(settings: Settings, opened: Opened) -> frozenset[str]:
    """The webhooks that this program has set; none where the database cannot tell."""
    if not settings.database_file.exists():
        return frozenset()
    try:
        async with opened(settings.database_url) as database, database.begin() as desk:
            return frozenset([*await desk.channels.webhooks("telegram"), *await desk.channels.webhooks("zalo")])
    except Faults:  # told already
        return frozenset()


async def _channels(
    settings: Settings, telegram: Wire | None, zalo: Wire | None, ours: Set[str] = frozenset()
) -> list[Finding]:
    found = []
    if telegram:
        found += await _channel(settings, telegram, "Telegram", str(settings.telegram_api_url), "@BotFather", ours)
    elif zalo is None:
        found.append(Finding(False, "Telegram: THIDUA_TELEGRAM_TOKEN is not set; get one from @BotFather"))
    if zalo:
        found += await _channel(settings, zalo, "Zalo", str(settings.zalo_api_url), "Zalo", ours)
    return found


async def _channel(settings: Settings, wire: Wire, name: str, url: str, giver: str, ours: Set[str]) -> list[Finding]:
    try:
        at = "@" if name == "Telegram" else ""
        found = [Finding(True, f"{name}: the token is that of {at}{await wire.whoami()}")]
        return [*found, *_webhook(settings, wire.name, name, await wire.hook(), ours)]
    except ChannelStopped as error:
        return [Finding(False, f"{name}: the token is refused ({error.why}); get a new one from {giver}")]
    except DeliveryError as error:
        return [Finding(False, f"{name}: {url} does not answer ({_why(error)})")]
    finally:
        await wire.close()


def _webhook(settings: Settings, channel: str, name: str, found: str, ours: Set[str]) -> list[Finding]:
    """What is pushed where; a foreign webhook keeps us from all updates, an earlier one of ours does not."""
    public = str(settings.public_url or "").rstrip("/")
    if not found:
        return [Finding(True, f"{name}: no webhook yet; `thidua run` sets it")] if public else []
    host = urlsplit(found).netloc
    if public and found == f"{public}/hook/{channel}":
        return [Finding(True, f"{name}: updates are pushed to {host}")]
    if found in ours:
        return [
            Finding(True, f"{name}: updates are pushed to {host}, our own earlier address; `thidua run` changes it")
        ]
    line = f"{name}: updates are pushed to {host}, which this program did not set; delete that webhook, then run again"
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
