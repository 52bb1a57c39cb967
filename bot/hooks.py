"""How a channel's updates come in: pushed to our own server where it can be reached, else fetched."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from itertools import count
from typing import Any, Protocol
from urllib.parse import urlsplit

import structlog

from bot.chat import Channel, Outgoing, Raw, Store, Turn
from bot.errors import ChannelStopped, DeliveryError
from bot.ports import Database

log = structlog.get_logger()

CHECK_EVERY = 600.0  # seconds
LONGEST_PAUSE = 30.0


class Hookable(Channel, Protocol):
    """A channel that can push. `header` is where it repeats the secret. All raise DeliveryError or ChannelStopped."""

    header: str

    async def hook(self) -> str:
        """The URL that it pushes to, empty when there is none."""

    async def set_hook(self, url: str, secret: str) -> None: ...

    async def drop_hook(self) -> None: ...

    async def accept(self, body: Any, store: Store) -> Any:
        """Store what a push has brought."""


class Hooked:
    """The channel, with its webhook at `url` set and looked after; without `url` it polls.

    A webhook that this program did not set is never replaced nor deleted: somebody else lives on it."""

    def __init__(
        self,
        wire: Hookable,
        database: Database,
        url: str = "",
        secret: str = "",
        pause: Callable[[float], Awaitable[object]] = asyncio.sleep,
    ) -> None:
        self.name = wire.name
        self.header = wire.header
        self._wire = wire
        self._database = database
        self._url = url
        self._secret = secret
        self._pause = pause
        self._store: Store | None = None
        self._set = False  # by this run: the secret may be a new one

    async def receive(self, store: Store) -> None:
        self._store = store  # what is pushed as soon as the webhook is set has a place already
        await self._settle()
        if self._url:
            log.info("receiving by webhook", channel=self.name)
            await self._watch()
        else:
            await _first_of(self._wire.receive(store), self._watch())

    async def _watch(self) -> None:
        """Look again now and then, also while polling: a webhook of somebody else's keeps all updates from us."""
        while True:
            await self._pause(CHECK_EVERY)
            await self._settle()

    async def take(self, body: Any) -> bool:
        """Store what was pushed; False before there is a place to store it."""
        if self._store is None:
            return False
        await self._wire.accept(body, self._store)
        return True

    async def _settle(self) -> None:
        for faults in count():
            try:
                await self._put_right()
                return
            except DeliveryError as error:  # refused ones too: the way to our own server may open later
                wait = min(LONGEST_PAUSE, 0.5 * 2.0 ** min(faults, 6))
                log.warning(
                    "no updates for now, the webhook cannot be looked at", channel=self.name, why=repr(error), wait=wait
                )
                await self._pause(wait)

    async def _put_right(self) -> None:
        found = await self._wire.hook()
        async with self._database.begin() as desk:
            ours = await desk.channels.webhooks(self.name)
        if found and found not in (*ours, self._url):
            raise ChannelStopped(self.name, f"a webhook that this program did not set is active at {_host(found)}")
        if self._url and not (self._set and found == self._url):
            # First, and beside the old ones: what is set and not remembered would be taken for another's, and until it
            # is known to be set an old one may still stand.
            await self._remember(*dict.fromkeys([*ours, self._url]))
            await self._wire.set_hook(self._url, self._secret)
            await self._remember(self._url)
            self._set = True
        elif found and not self._url:
            await self._wire.drop_hook()
            await self._remember()

    async def _remember(self, *urls: str) -> None:
        async with self._database.begin() as desk:
            await desk.channels.remember(self.name, urls)

    def read(self, raw: Raw) -> Turn | None:
        return self._wire.read(raw)

    async def send(self, outgoing: Outgoing) -> str:
        return await self._wire.send(outgoing)

    async def close(self) -> None:
        await self._wire.close()


async def _first_of(*works: Coroutine[Any, Any, None]) -> None:
    """Do them beside each other until one ends; what it ends with is raised once the others have been let go."""
    tasks = [asyncio.create_task(work) for work in works]
    try:
        ended, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
    for task in ended:
        task.result()


def _host(url: str) -> str:
    return urlsplit(url).netloc or "an address that cannot be read"
