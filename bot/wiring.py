"""The channels that the settings ask for, each fetching its updates or having them pushed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from bot.channels.telegram import Telegram
from bot.channels.zalo import Words, Zalo
from bot.config import Settings
from bot.hooks import Hookable, Hooked
from bot.i18n import say
from bot.ports import Database
from bot.rebinding import rebind
from bot.server import Route, Site, files, hook, listen
from bot.shelf import Shelf
from bot.thrift import Quota


class Wiring:
    """What stands between the program and the world, from its settings."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.public_url = str(settings.public_url or "").rstrip("/")
        self.secret = settings.webhook_secret.get_secret_value() if settings.webhook_secret else ""
        self.shelf = Shelf(self.public_url, self.secret) if self.public_url else None
        self.telegram = telegram_of(settings)
        self.zalo = zalo_of(settings, self.shelf)
        self.channels: dict[str, Hooked] = {}

    def connect(self, database: Database) -> dict[str, Hooked]:
        """The channels by name."""
        wires: list[Hookable] = [wire for wire in (self.telegram, self.zalo) if wire is not None]
        urls = {wire.name: f"{self.public_url}{_path(wire.name)}" if self.public_url else "" for wire in wires}
        self.channels = {wire.name: Hooked(wire, database, urls[wire.name], self.secret) for wire in wires}
        return self.channels

    async def quotas(self, database: Database) -> dict[str, Quota]:
        """What each channel may send a month, remembered for whoever looks at how the program is."""
        if self.zalo is None:
            return {}
        async with database.begin() as desk:
            await desk.channels.allow(self.zalo.name, self.settings.zalo_monthly_quota)
        return {self.zalo.name: Quota(self.settings.zalo_monthly_quota, self.zalo.cost)}

    async def rebind(self, database: Database, now: datetime) -> None:
        """Zalo's ids hold for one bot alone; Telegram's are a person's wherever they write."""
        if self.zalo is not None:
            async with database.begin() as desk:
                await rebind(desk, self.zalo.name, self.zalo.bot, now)

    async def open_site(self, ready: Callable[[], bool], stopped: Callable[[], list[str]]) -> Site | None:
        """Our own server, where one is wanted."""
        place = self.settings.place
        return await listen(self._routes(), *place, ready, stopped) if place else None

    def _routes(self) -> list[Route]:
        if not self.public_url:
            return []
        hooks = [route for one in self.channels.values() for route in self._hook(one)]
        return [*hooks, *(files(self.shelf) if self.shelf else [])]

    def _hook(self, channel: Hooked) -> list[Route]:
        return hook(_path(channel.name), channel.header, self.secret, channel.take)


def telegram_of(settings: Settings) -> Telegram | None:
    if settings.telegram_token is None:
        return None
    return Telegram(settings.telegram_token.get_secret_value(), str(settings.telegram_api_url))


def zalo_of(settings: Settings, shelf: Shelf | None = None) -> Zalo | None:
    if settings.zalo_token is None:
        return None
    words = Words(
        type_instead=say("Or type:"),
        link=say("{name}, for ten minutes: {{url}}", name="{name}"),
        elsewhere=say("The file {name} can be had on Telegram or in the web chat.", name="{name}"),
    )
    publish = shelf.put if shelf else None
    return Zalo(settings.zalo_token.get_secret_value(), str(settings.zalo_api_url), publish=publish, words=words)


def _path(channel: str) -> str:
    return f"/hook/{channel}"
