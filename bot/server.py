"""One aiohttp server: webhooks, signed files, health, the demo's page."""

from __future__ import annotations

import asyncio
import hmac
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from aiohttp import web

from bot.shelf import PATH, Shelf
from bot.unpacking import unpacked

PATIENCE = 1.0  # seconds that a request under way gets when the server stops
BODY_LIMIT = 256 * 1024
BODY_PATIENCE = 5.0  # seconds
_PICTURES = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp"})

Route = web.AbstractRouteDef
#: Stores what was pushed; False when there is no place to store it yet.
Take = Callable[[Any], Awaitable[bool]]


@dataclass(frozen=True, slots=True)
class Site:
    """A running server; `port` is the real one, also when 0 was asked for."""

    host: str
    port: int
    runner: web.AppRunner

    async def close(self) -> None:
        await self.runner.cleanup()


async def listen(
    routes: Iterable[Route],
    host: str,
    port: int,
    ready: Callable[[], bool] = lambda: True,
    stopped: Callable[[], list[str]] = list,
) -> Site:
    """Answer `routes`, /healthz and /readyz, until the site is closed. Raises OSError when the port is taken.

    `stopped` names the channels that have stopped; one dead of two is still ready."""
    app = web.Application(client_max_size=BODY_LIMIT)
    app.add_routes([*routes, web.get("/healthz", _healthy), web.get("/readyz", _readiness(ready, stopped))])
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=PATIENCE)
    await runner.setup()
    try:
        await web.TCPSite(runner, host, port).start()
    except OSError:
        await runner.cleanup()
        raise
    return Site(host, runner.addresses[0][1], runner)


def hook(path: str, header: str, secret: str, take: Take) -> list[Route]:
    """Where a channel pushes its updates. A wrong secret costs nothing: the body is not read."""

    async def pushed(request: web.Request) -> web.Response:
        if not request.body_exists:
            return web.Response()  # a probe: it wants to see that somebody is here
        if not hmac.compare_digest(request.headers.get(header, "").encode(errors="replace"), secret.encode()):
            raise web.HTTPForbidden
        if (request.content_length or 0) > BODY_LIMIT:
            raise web.HTTPRequestEntityTooLarge(BODY_LIMIT, request.content_length or 0)
        if not await take(await _json(request)):
            raise web.HTTPServiceUnavailable
        return web.Response()

    return [web.post(path, pushed), web.get(path, _healthy)]


async def _json(request: web.Request) -> Any:
    """The body; what is no JSON comes again in vain, so that it is refused for good."""
    try:
        async with asyncio.timeout(BODY_PATIENCE):
            return unpacked(await request.read())
    except TimeoutError:
        raise web.HTTPRequestTimeout from None
    except ValueError:
        raise web.HTTPBadRequest from None


def files(shelf: Shelf) -> list[Route]:
    """Pictures are shown as what they are; anything else is saved, never opened in the page's name."""

    async def fetched(request: web.Request) -> web.Response:
        named = request.match_info
        file = shelf.get(named["key"], named["until"], named["signature"])
        if file is None:
            raise web.HTTPNotFound
        picture = file.media_type in _PICTURES
        shown_as = "inline" if picture else "attachment"
        headers = {
            "Content-Type": file.media_type if picture else "application/octet-stream",
            "Content-Disposition": f"{shown_as}; filename*=UTF-8''{quote(file.name, safe='')}",
            "X-Content-Type-Options": "nosniff",
            "Content-Security-Policy": "default-src 'none'; sandbox",
            "Cache-Control": "private, no-store",
        }
        return web.Response(body=file.content, headers=headers)

    return [web.get(f"{PATH}/{{key}}/{{until}}/{{signature}}/{{name}}", fetched)]


async def _healthy(_: web.Request) -> web.Response:
    return web.json_response({"ok": True})


def _readiness(
    ready: Callable[[], bool], stopped: Callable[[], list[str]]
) -> Callable[[web.Request], Awaitable[web.Response]]:
    async def answer(_: web.Request) -> web.Response:
        return web.json_response({"ok": ready(), "stopped": stopped()}, status=200 if ready() else 503)

    return answer
