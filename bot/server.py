"""One aiohttp server: webhooks, signed files, health, the demo's page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from aiohttp import web

PATIENCE = 1.0  # seconds that a request under way gets when the server stops


@dataclass(frozen=True, slots=True)
class Site:
    """A running server; `port` is the real one, also when 0 was asked for."""

    host: str
    port: int
    runner: web.AppRunner

    async def close(self) -> None:
        await self.runner.cleanup()


async def listen(routes: Iterable[web.AbstractRouteDef], host: str, port: int) -> Site:
    """Answer `routes`, and /healthz, from now until the site is closed. Raises OSError when the port is taken."""
    app = web.Application()
    app.add_routes([*routes, web.get("/healthz", _healthy)])
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=PATIENCE)
    await runner.setup()
    try:
        await web.TCPSite(runner, host, port).start()
    except OSError:
        await runner.cleanup()
        raise
    return Site(host, runner.addresses[0][1], runner)


async def _healthy(_: web.Request) -> web.Response:
    return web.json_response({"ok": True})
