"""A Bot API server for tests and benchmarks: Telegram's methods, wordings and faults, and phones to drive it with."""

from __future__ import annotations

import asyncio
import json
import re
from collections import Counter, deque
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice
from typing import Any

import aiohttp
from aiohttp import web

from tests.servers.listening import Listening, cut, page
from tests.servers.telegram_call import Call
from tests.servers.telegram_methods import METHODS, Account
from tests.servers.telegram_phones import File, Message, Phones, Shown
from tests.servers.telegram_text import Refused

__all__ = ["TOKEN", "BotApi", "Fault", "File", "Message", "Refused", "Shown"]

TOKEN = "123456:TEST-abcdefghijklmnopqrstuvwxyz0123456"
TERMINATED = "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
WEBHOOK = "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
UNPARSABLE = "Bad Request: can't parse entities: Can't find end tag corresponding to start tag \"b\""


@dataclass(frozen=True, slots=True)
class Fault:
    """What goes wrong with one request of that method, as "sendMessage", or of any.

    "500", "429", "unparsable" come as JSON; "502", "404" as a proxy's HTML; "hang" never answers; "cut" ends the
    connection before the request is processed, "cut_after" after it."""

    kind: str
    method: str = ""
    retry_after: int = 1


class BotApi(Listening, Phones):
    """`start` it, point the bot at the URL, then `say`, `tap`, and read `transcript`; all in one event loop.

    `faults` are used up one a request, in order; `chaos(method, call)` is asked when none of them fits."""

    def __init__(self, token: str = TOKEN, *, privacy: bool = True) -> None:
        Listening.__init__(self)
        Phones.__init__(self, privacy=privacy)
        self.token = token
        self.account = Account()
        self.faults: list[Fault] = []
        self.chaos: Callable[[str, Call], Fault | None] = lambda method, call: None
        self.calls: deque[tuple[str, Call]] = deque(maxlen=10_000)
        self.counts: Counter[str] = Counter()
        self.refused_pushes: list[int] = []
        self._pushing: asyncio.Task[None] | None = None
        self._poll: asyncio.Future[None] | None = None
        self.on_update = self._wake

    def commands_of(self, chat: int | None = None) -> list[str]:
        """The words of the menu that the bot has set there, or by default."""
        return [one["command"] for one in self.account.commands.get(str(chat) if chat else "default", [])]

    async def _answer(self, request: web.BaseRequest) -> web.StreamResponse:
        _, first, *rest = request.path.split("/")
        if first == "file" and rest and rest[0] == f"bot{self.token}":
            return self._download(rest[-1])
        if not first.startswith("bot") or not rest:
            return _refusal(Refused(404, "Not Found"))
        method, call = rest[0], await _call(request)
        self.counts[method] += 1
        self.calls.append((method, call))
        self.changed()
        fault = self._fault(method, call)
        if fault and fault.kind != "cut_after":
            return await _failing(request, fault)
        response = await self._respond(first.removeprefix("bot"), method.lower(), call)
        return cut(request) if fault else response

    def _fault(self, method: str, call: Call) -> Fault | None:
        for fault in self.faults:
            if fault.method in ("", method):
                self.faults.remove(fault)
                return fault
        return self.chaos(method, call)

    async def _respond(self, token: str, method: str, call: Call) -> web.Response:
        try:
            if token != self.token:
                raise (
                    Refused(401, "Unauthorized")
                    if re.fullmatch(r"\d+:[\w-]{20,}", token)
                    else Refused(404, "Not Found")
                )
            if method == "getupdates":
                return _ok(await self._updates(call))
            if method == "setwebhook":
                return _ok(self._set_webhook(call))
            if method not in METHODS:
                raise Refused(404, "Not Found")
            return _ok(METHODS[method](self, self.account, call))
        except Refused as refusal:
            return _refusal(refusal)

    async def _updates(self, call: Call) -> list[dict[str, Any]]:
        """Unconfirmed updates, again and again until an offset above them comes."""
        if self.account.webhook:
            raise Refused(409, WEBHOOK)
        self._end_poll(TERMINATED)
        if "allowed_updates" in call:
            self.allowed = set(call.json("allowed_updates") or ())
        self._confirm(call.number("offset"))
        limit, timeout = min(max(call.number("limit", 100), 1), 100), min(call.number("timeout"), 50)
        if not self.updates and timeout:
            self._poll = asyncio.get_running_loop().create_future()
            with suppress(TimeoutError):
                await asyncio.wait_for(self._poll, timeout)
        return list(islice(self.updates, limit))

    def _confirm(self, offset: int) -> None:
        while self.updates and (self.updates[0]["update_id"] < offset or len(self.updates) > -offset > 0):
            self.updates.popleft()

    def _end_poll(self, why: str) -> None:
        if self._poll and not self._poll.done():
            self._poll.set_exception(Refused(409, why))

    def _wake(self) -> None:
        if self.account.webhook and (self._pushing is None or self._pushing.done()):
            self._pushing = asyncio.create_task(self._push_all())
        if self._poll and not self._poll.done():
            self._poll.set_result(None)

    def _set_webhook(self, call: Call) -> bool:
        self._end_poll("Conflict: terminated by setWebhook request")
        self.account.webhook, self.account.secret = call.text("url"), call.text("secret_token")
        if "allowed_updates" in call:
            self.allowed = set(call.json("allowed_updates") or ())
        self._wake()
        return True

    async def _push_all(self) -> None:
        """Each update in its order, again until it is taken."""
        headers = {"X-Telegram-Bot-Api-Secret-Token": self.account.secret}
        async with aiohttp.ClientSession(headers=headers) as session:
            while self.updates and self.account.webhook:
                status = 0
                with suppress(aiohttp.ClientError, OSError):
                    async with session.post(self.account.webhook, json=self.updates[0]) as response:
                        status = response.status
                if status == 200:
                    self.updates.popleft()
                    self.changed()
                    continue
                self.refused_pushes.append(status)
                self.changed()
                await asyncio.sleep(0.05)

    async def stop(self) -> None:
        if self._pushing:
            self._pushing.cancel()
        await self.down()

    def _download(self, key: str) -> web.Response:
        file = self.account.files.get(key)
        if file is None:
            return _refusal(Refused(404, "Not Found"))
        return web.Response(body=file.content, content_type="application/octet-stream")


async def _call(request: web.BaseRequest) -> Call:
    call = Call(request.query)
    if request.method != "POST" or not request.can_read_body:
        return call
    if request.content_type == "application/json":
        with suppress(ValueError):
            call.update(json.loads(await request.read()))
        return call
    for name, value in (await request.post()).items():
        call[name] = value if isinstance(value, str) else _uploaded(value)
    return call


def _uploaded(field: Any) -> File:
    """A file as Telegram takes it: from a raw filename="…" alone, never from filename*=."""
    header = field.headers.get("Content-Disposition", "")
    raw = re.search(r'filename="((?:[^"\\]|\\.)*)"', header)
    name = re.sub(r"\\(.)", r"\1", raw[1]) if raw else ""
    return File(name, field.content_type, field.file.read())


def _ok(result: object) -> web.Response:
    return _json({"ok": True, "result": result}, 200)


def _refusal(refusal: Refused) -> web.Response:
    body: dict[str, Any] = {"ok": False, "error_code": refusal.code, "description": refusal.description}
    return _json(body | ({"parameters": refusal.parameters} if refusal.parameters else {}), refusal.code)


def _json(body: object, status: int) -> web.Response:
    return web.Response(body=json.dumps(body).encode(), status=status, content_type="application/json")


async def _failing(request: web.BaseRequest, fault: Fault) -> web.StreamResponse:
    if fault.kind == "hang":
        await asyncio.sleep(3600)
    if fault.kind == "cut":
        return cut(request)
    if fault.kind in ("502", "404"):
        return page(request, int(fault.kind), {"502": "Bad Gateway", "404": "Not Found"}[fault.kind])
    wait = fault.retry_after
    refusals = {
        "429": Refused(429, f"Too Many Requests: retry after {wait}", retry_after=wait),
        "500": Refused(500, "Internal Server Error"),
        "unparsable": Refused(400, UNPARSABLE),
    }
    return _refusal(refusals[fault.kind])
