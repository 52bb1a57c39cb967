"""A Zalo Bot Platform for tests: its methods, how its hosts differ, its faults, and phones to drive it with."""

from __future__ import annotations

import asyncio
import json
from collections import Counter, deque
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

import aiohttp
from aiohttp import web

from tests.servers.listening import Listening, cut, page
from tests.servers.zalo_phones import BOT, Json, Message, Phones

__all__ = ["TOKEN", "Fault", "Manner", "Message", "ZaloApi"]

TOKEN = "2459232241454765289:TEST-zyxwvutsrqponmlkjihgfedcba9876543210"
HEADER = "X-Bot-Api-Secret-Token"
PAGES = {"429": "Too Many Requests", "502": "Bad Gateway", "504": "Gateway Time-out"}
FETCHES = 2  # times that a picture's URL is fetched


@dataclass(frozen=True, slots=True)
class Manner:
    """How this host differs from others.

    `http`: errors come with HTTP's status too, else with 200. `replays`: an update is given that many times more.
    `wrapped`: updates come inside {ok, result} where they are pushed, and in a list where they are polled."""

    http: bool = False
    replays: int = 0
    wrapped: bool = False
    image: str = "photo_url"


@dataclass(frozen=True, slots=True)
class Fault:
    """What goes wrong with one request of that method, or of any.

    "429", "502", "504" come as a proxy's HTML, "403", "500" as Zalo's JSON; "hang" never answers, "slow" late;
    "cut" ends the connection before the request is processed, "cut_after" after it."""

    kind: str
    method: str = ""


class Refused(Exception):
    def __init__(self, code: int, description: str) -> None:
        super().__init__(description)
        self.code, self.description = code, description


class ZaloApi(Listening, Phones):
    """`faults` are used up one a request, in order; `chaos(method)` is asked when none of them fits."""

    def __init__(self, manner: Manner = Manner(), *, token: str = TOKEN, quota: int = 3000) -> None:
        Listening.__init__(self)
        Phones.__init__(self, manner.image)
        self.manner, self.token, self.quota = manner, token, quota
        self.spent = 0
        self.updates: deque[Json] = deque()
        self.given = 0  # times that the first of them was given already
        self.webhook, self.secret = "", ""
        self.refused_pushes: list[int] = []
        self.faults: list[Fault] = []
        self.chaos: Callable[[str], Fault | None] = lambda method: None
        self.calls: deque[tuple[str, Json]] = deque(maxlen=10_000)
        self.counts: Counter[str] = Counter()
        self._pushing: asyncio.Task[None] | None = None

    def pushed(self, update: Json) -> None:
        self.updates.append(update)
        self.changed()
        if self.webhook and (self._pushing is None or self._pushing.done()):
            self._pushing = asyncio.create_task(self._push())

    async def stop(self) -> None:
        if self._pushing:
            self._pushing.cancel()
        await self.down()

    async def _answer(self, request: web.BaseRequest) -> web.StreamResponse:
        _, first, method, *_ = (*request.path.split("/"), "", "")
        fields: Json = {}
        with suppress(ValueError):
            fields = json.loads(await request.read()) if request.can_read_body else {}
        self.counts[method] += 1
        self.calls.append((method, fields))
        self.changed()
        fault = self._fault(method)
        if fault and fault.kind not in ("cut_after", "slow"):
            return await self._failing(request, fault)
        response = await self._respond(first.removeprefix("bot"), method, fields)
        if fault and fault.kind == "slow":
            await asyncio.sleep(0.3)
        return cut(request) if fault and fault.kind == "cut_after" else response

    def _fault(self, method: str) -> Fault | None:
        for fault in self.faults:
            if fault.method in ("", method):
                self.faults.remove(fault)
                return fault
        return self.chaos(method)

    async def _failing(self, request: web.BaseRequest, fault: Fault) -> web.StreamResponse:
        if fault.kind == "hang":
            await asyncio.sleep(3600)
        if fault.kind == "cut":
            return cut(request)
        if fault.kind in PAGES:
            return page(request, int(fault.kind), PAGES[fault.kind])
        return self._refusal(Refused(int(fault.kind), "Internal server error"))

    async def _respond(self, token: str, method: str, fields: Json) -> web.Response:
        methods = {
            "getMe": self._me,
            "getUpdates": self._updates,
            "sendMessage": self._send_message,
            "sendPhoto": self._send_photo,
            "sendChatAction": self._me,
            "setWebhook": self._set_webhook,
            "deleteWebhook": self._delete_webhook,
            "getWebhookInfo": self._webhook_info,
        }
        try:
            if token != self.token:
                raise Refused(401, "Unauthorized")
            if method not in methods:
                raise Refused(404, "Not Found")
            return _json({"ok": True, "result": await methods[method](fields)}, 200)
        except Refused as refusal:
            return self._refusal(refusal)

    def _refusal(self, refusal: Refused) -> web.Response:
        body = {"ok": False, "description": refusal.description, "error_code": refusal.code}
        return _json(body, refusal.code if self.manner.http else 200)

    async def _me(self, _: Json) -> Any:
        return BOT

    async def _updates(self, fields: Json) -> Any:
        if self.webhook:
            raise Refused(400, "Bad Request: a webhook is set")
        with suppress(TimeoutError):
            await self.until(lambda: bool(self.updates), float(fields.get("timeout", 30)))
        if not self.updates:
            raise Refused(408, "Request timeout")
        update = self.updates[0]
        self.given += 1
        if self.given > self.manner.replays:
            self.updates.popleft()
            self.given = 0
        return [update] if self.manner.wrapped else update

    async def _send_message(self, fields: Json) -> Any:
        chat, text = self._writable(fields), fields.get("text")
        if not isinstance(text, str) or not text.strip():
            raise Refused(400, "Bad Request: text is empty")
        if len(text.encode("utf-16-le")) // 2 > 2000:
            raise Refused(400, "Bad Request: text is too long")
        return self._sent(self._keep(chat, text))

    async def _send_photo(self, fields: Json) -> Any:
        chat, content = self._writable(fields), b""
        for _ in range(FETCHES):
            async with aiohttp.ClientSession() as session, session.get(str(fields.get("photo"))) as response:
                if response.status != 200 or not response.content_type.startswith("image/"):
                    raise Refused(400, "Bad Request: photo cannot be fetched")
                content = await response.read()
        return self._sent(self._keep(chat, str(fields.get("caption", "")), picture=content))

    def _writable(self, fields: Json) -> str:
        chat = fields.get("chat_id")
        if not isinstance(chat, str) or chat not in self.chats:
            raise Refused(400, "Bad Request: chat not found")
        if chat in self.closed:
            raise Refused(400, f"Bad Request: {self.closed[chat]}")
        if self.spent >= self.quota:
            raise Refused(429, "Quota exceeded: messages of this month")
        self.spent += 1
        return chat

    def _sent(self, key: str) -> Json:
        return {"message_id": key, "date": 1633046400000}

    async def _set_webhook(self, fields: Json) -> Any:
        url, secret = str(fields.get("url")), str(fields.get("secret_token", ""))
        if not 8 <= len(secret) <= 256:
            raise Refused(400, "Bad Request: secret_token must have 8 to 256 characters")
        async with aiohttp.ClientSession() as session, session.post(url) as response:
            if response.status != 200:
                raise Refused(400, f"Bad Request: the URL answers {response.status}")
        self.webhook, self.secret = url, secret
        self.changed()
        if self.updates and (self._pushing is None or self._pushing.done()):
            self._pushing = asyncio.create_task(self._push())
        return {"url": url, "updated_at": 1633046400000}

    async def _delete_webhook(self, _: Json) -> Any:
        self.webhook = ""
        return {"url": "", "updated_at": 1633046400000}

    async def _webhook_info(self, _: Json) -> Any:
        if not self.webhook:
            raise Refused(404, "Webhook not found")
        return {"url": self.webhook, "updated_at": 1633046400000}

    async def _push(self) -> None:
        """Each update in its order, again until it is taken."""
        async with aiohttp.ClientSession(headers={HEADER: self.secret}) as session:
            while self.updates and self.webhook:
                update = self.updates[0]
                body = {"ok": True, "result": update} if self.manner.wrapped else update
                status = 0
                with suppress(aiohttp.ClientError, OSError):
                    async with session.post(self.webhook, json=body) as response:
                        status = response.status
                if status == 200:
                    self.updates.popleft()
                    self.changed()
                    continue
                self.refused_pushes.append(status)
                self.changed()
                await asyncio.sleep(0.05)


def _json(body: object, status: int) -> web.Response:
    return web.Response(body=json.dumps(body).encode(), status=status, content_type="application/json")
