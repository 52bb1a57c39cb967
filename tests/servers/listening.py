"""A server that can go down and come back on its own port, and the ways in which one request of it goes wrong."""

from __future__ import annotations

import asyncio
from abc import abstractmethod
from typing import Any, Self

from aiohttp import web

PAGE = "<html><head><title>{0}</title></head><body><h1>{0}</h1>The URL {1} could not be served.<hr>nginx</body></html>"
LARGEST = 50 * 1024 * 1024


class Listening:
    """Listens on loopback from `start` (or `up`) to `stop` (or `down`); what has been said stays."""

    def __init__(self) -> None:
        self.port = 0
        self._listening: asyncio.Server | None = None
        self._server: web.Server | None = None

    @abstractmethod
    async def _answer(self, request: web.BaseRequest) -> web.StreamResponse: ...

    async def start(self, port: int = 0) -> str:
        """The URL to give to the bot."""
        self.port = port
        await self.up()
        return self.url

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    async def up(self) -> None:
        """Listen again, on the same port."""
        loop = asyncio.get_running_loop()
        self._server = web.Server(self._answer, request_factory=_request, handler_cancellation=True, access_log=None)
        self._listening = await loop.create_server(self._server, "127.0.0.1", self.port, backlog=1024)
        self.port = self._listening.sockets[0].getsockname()[1]

    async def down(self) -> None:
        """Stop listening and cut every connection."""
        if self._listening is None or self._server is None:
            return
        self._listening.close()
        for connection in self._server.connections:
            if connection.transport:
                connection.transport.abort()
        await self._server.shutdown(0.1)
        await self._listening.wait_closed()
        self._listening = self._server = None

    async def stop(self) -> None:
        await self.down()

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.stop()


def cut(request: web.BaseRequest) -> web.Response:
    if request.transport:
        request.transport.abort()
    return web.Response()


def page(request: web.BaseRequest, status: int, title: str) -> web.Response:
    """A proxy's answer, which repeats the path and so the token."""
    text = PAGE.format(f"{status} {title}", request.path)
    return web.Response(text=text, status=status, content_type="text/html")


def _request(message: Any, payload: Any, protocol: Any, writer: Any, task: Any) -> web.BaseRequest:
    loop = asyncio.get_running_loop()
    return web.BaseRequest(message, payload, protocol, writer, task, loop, client_max_size=LARGEST)
