"""What the page does over the wire, by hand."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from aiohttp import ClientResponse, ClientSession
from yarl import URL

from bot.server import Site
from tests.web.echo import Echo

ONE = "6f9619ff-8b86-4d11-b42d-00c04fc964ff"
TWO = "7f9619ff-8b86-4d11-b42d-00c04fc964ff"


class Page:
    """What a page does, by hand."""

    def __init__(self, echo: Echo, site: Site, session: ClientSession) -> None:
        self.echo = echo
        self.site = site
        self.session = session

    def url(self, path: str) -> URL:
        return URL(f"http://127.0.0.1:{self.site.port}{path}", encoded=True)

    async def get(self, path: str) -> Any:
        async with self.session.get(self.url(path)) as response:
            return await response.json()

    async def post(self, path: str, body: object, **headers: str) -> tuple[int, Any]:
        async with self.session.post(self.url(path), json=body, headers=headers) as response:
            said = await response.json() if response.content_type == "application/json" else None
            return response.status, said

    async def say(self, text: str, key: str = ONE, persona: str = "quan-son") -> tuple[int, Any]:
        return await self.post("/api/say", {"persona": persona, "text": text, "key": key})

    async def tap(self, message: str, token: str, key: str = TWO) -> tuple[int, Any]:
        body = {"persona": "quan-son", "message": message, "token": token, "label": "?", "key": key}
        return await self.post("/api/tap", body)

    async def messages(self, persona: str = "quan-son") -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = (await self.get(f"/api/thread/{persona}"))["messages"]
        return found

    async def texts(self, persona: str = "quan-son") -> list[str]:
        return [message["text"] for message in await self.messages(persona)]

    async def answered(self) -> None:
        """All that the bot had to say has been said."""
        await asyncio.gather(*self.echo.tasks)

    @asynccontextmanager
    async def stream(self, last: str = "") -> AsyncIterator[ClientResponse]:
        headers = {"Last-Event-ID": last} if last else {}
        async with self.session.get(self.url("/api/stream"), headers=headers) as response:
            yield response


async def event(stream: ClientResponse) -> dict[str, str]:
    """The next event that is not a heartbeat."""
    while True:
        fields: dict[str, str] = {}
        while line := (await asyncio.wait_for(stream.content.readline(), 3)).decode().strip():
            name, _, value = line.partition(": ")
            fields[name] = value
        if fields.get("event") != "clock" or "id" in fields:
            return fields


async def events(stream: ClientResponse, count: int) -> list[str]:
    return [(await event(stream))["event"] for _ in range(count)]
