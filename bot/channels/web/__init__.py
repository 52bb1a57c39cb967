"""The local web chat: choose who you are, say something, be answered; no account, no token."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime

from aiohttp import web

from bot.channels.web.api import Api, Clock
from bot.channels.web.feed import Feed
from bot.channels.web.guard import refusal
from bot.channels.web.room import Persona, Room
from bot.chat import Address, Outgoing, Raw, Store, Turn
from bot.errors import Unreachable

__all__ = ["Persona", "Web"]


class Web:
    """Threads live in memory. `now` is the program's time (shown), `real_now` the world's (a Turn's `sent_at`).

    `advance` moves the program's time by a step ("hour", "day" or "deadline") and gives the new one. The routes are for
    a server that listens on 127.0.0.1 alone."""

    name = "web"

    def __init__(
        self,
        cast: Sequence[Persona],
        *,
        now: Callable[[], datetime],
        advance: Callable[[str], Awaitable[datetime]],
        real_now: Callable[[], datetime],
        heartbeat: float = 15.0,
    ) -> None:
        self._room = Room(cast, now, Feed())
        self._api = Api(self._room, Clock(now, advance, real_now), self._keep, heartbeat)
        self._store: Store | None = None

    def routes(self) -> list[web.RouteDef]:
        return self._api.routes()

    async def receive(self, store: Store) -> None:
        self._store = store
        try:
            await asyncio.Event().wait()
        finally:
            self._store = None

    def read(self, raw: Raw) -> Turn | None:
        said = json.loads(raw.payload)
        persona = self._room.cast.get(said["persona"])
        return Turn(
            Address(self.name, said["persona"]),
            datetime.fromisoformat(said["at"]),
            text=said.get("text", ""),
            choice=said.get("choice", ""),
            card=said.get("card", ""),
            message=said["message"],
            name=persona.name if persona else "",
        )

    async def send(self, outgoing: Outgoing) -> str:
        if outgoing.address.chat not in self._room.cast:
            raise Unreachable("no such persona")
        return self._room.told(outgoing.address.chat, outgoing.reply, outgoing.card)

    async def close(self) -> None:
        """Every open page's stream ends, so that the server can stop at once."""
        self._room.feed.close()

    async def _keep(self, raw: Raw) -> None:
        if self._store is None:
            raise refusal(web.HTTPServiceUnavailable, "not receiving")
        await self._store([raw])
