"""The guard: only this machine's own page gets in, and it can load nothing from elsewhere."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from functools import wraps
from typing import Any

from aiohttp import web

BODY_LIMIT = 64 * 1024

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cache-Control": "no-store",
}

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


def guarded(handler: Handler) -> Handler:
    """The handler behind the guard; its answers, refusals too, carry HEADERS wherever they set nothing else."""

    @wraps(handler)
    async def guard(request: web.Request) -> web.StreamResponse:
        try:
            _check(request)
            response = await handler(request)
        except web.HTTPException as refused:
            _harden(refused)
            raise
        if not response.prepared:
            _harden(response)
        return response

    return guard


def refusal(kind: type[web.HTTPException], error: str) -> web.HTTPException:
    return kind(text=json.dumps({"error": error}), content_type="application/json")


async def body(request: web.Request) -> dict[str, Any]:
    """The posted JSON object; raises HTTPBadRequest."""
    try:
        found = json.loads(await request.read())
    except ValueError:
        found = None
    if not isinstance(found, dict):
        raise refusal(web.HTTPBadRequest, "json")
    return found


def _check(request: web.Request) -> None:
    host = request.headers.get("Host", "").lower()
    if host not in _own_hosts(request):
        raise refusal(web.HTTPForbidden, "host")
    if request.method != "POST":
        return
    if request.headers.get("Origin", f"http://{host}").lower() != f"http://{host}":
        raise refusal(web.HTTPForbidden, "origin")
    if request.headers.get("Sec-Fetch-Site", "same-origin") != "same-origin":
        raise refusal(web.HTTPForbidden, "origin")
    _check_body(request)


def _check_body(request: web.Request) -> None:
    if request.content_type != "application/json":
        raise refusal(web.HTTPForbidden, "content type")
    if request.content_length is None:
        raise refusal(web.HTTPLengthRequired, "length")
    if request.content_length > BODY_LIMIT:
        raise web.HTTPRequestEntityTooLarge(BODY_LIMIT, request.content_length)


def _own_hosts(request: web.Request) -> set[str]:
    """The names by which a browser on this machine reaches this socket; under any other it was lured here by DNS."""
    port = request.get_extra_info("sockname")[1]
    names = {"127.0.0.1", "localhost", "[::1]"}
    return {f"{name}:{port}" for name in names} | (names if port == 80 else set())


def _harden(response: web.StreamResponse) -> None:
    for header, value in HEADERS.items():
        response.headers.setdefault(header, value)
