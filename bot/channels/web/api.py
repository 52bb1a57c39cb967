"""What the page may ask and post."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote
from uuid import UUID

from aiohttp import web

from bot.channels.web.feed import Feed, unnumbered
from bot.channels.web.guard import HEADERS, body, guarded, refusal
from bot.channels.web.room import Room, menu
from bot.channels.web.thread import Message, Thread, shown
from bot.chat import Raw

STEPS = ("hour", "day", "deadline")
PAGE = Path(__file__).parent / "page"
MEDIA = {".html": "text/html", ".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
# A file opened on its own may neither run nor reach anything.
FILE_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src 'self'; sandbox"


class Clock:
    """The program's time as the page may see and move it; `real_now` is what messages are stamped with."""

    def __init__(
        self,
        now: Callable[[], datetime],
        advance: Callable[[str], Awaitable[datetime]],
        real_now: Callable[[], datetime],
    ) -> None:
        self.now = now
        self.advance = advance
        self.real_now = real_now


class Api:
    """`keep` stores a raw update durably, or raises; only after it may a post be answered."""

    def __init__(self, room: Room, clock: Clock, keep: Callable[[Raw], Awaitable[None]], heartbeat: float) -> None:
        self._room = room
        self._clock = clock
        self._keep = keep
        self._heartbeat = heartbeat

    def routes(self) -> list[web.RouteDef]:
        pages = [
            web.get(_path(file), guarded(_static(file))) for file in sorted(PAGE.iterdir()) if file.suffix in MEDIA
        ]
        return [
            *pages,
            web.get("/api/cast", guarded(self._cast)),
            web.get("/api/thread/{persona}", guarded(self._thread)),
            web.get("/api/file/{message}", guarded(self._file)),
            web.get("/api/clock", guarded(self._now)),
            web.get("/api/stream", guarded(self._stream)),
            web.post("/api/say", guarded(self._say)),
            web.post("/api/tap", guarded(self._tap)),
            web.post("/api/read", guarded(self._read)),
            web.post("/api/clock", guarded(self._advance)),
        ]

    async def _cast(self, _: web.Request) -> web.Response:
        return web.json_response({"cast": self._room.rows()})

    async def _thread(self, request: web.Request) -> web.Response:
        thread = self._of(request.match_info["persona"])
        return web.json_response({"messages": [shown(one) for one in thread.ordered()], "menu": menu(thread)})

    async def _say(self, request: web.Request) -> web.Response:
        said = await body(request)
        persona, key, text = _word(said, "persona"), _key(said), _word(said, "text")
        sent = self._of(persona).sent(key)
        if sent is None:
            order = self._room.next()
            await self._keep(self._raw(persona, key, order, text=text))
            sent = self._room.heard(persona, order, key, text)
        return _accepted(sent)

    async def _tap(self, request: web.Request) -> web.Response:
        said = await body(request)
        persona, key, card, token = _word(said, "persona"), _key(said), _word(said, "message"), _word(said, "token")
        thread = self._of(persona)
        sent = thread.sent(key) or await self._press(persona, thread, key, card, token)
        return _accepted(sent)

    async def _press(self, persona: str, thread: Thread, key: str, card: str, token: str) -> Message:
        """Raises HTTPConflict when the button is no longer there, or another on its card waits for an answer."""
        message = thread.messages.get(card)
        choice = message.choice(token) if message and not message.chosen else None
        if choice is None:
            raise refusal(web.HTTPConflict, "button gone")
        order = self._room.next()
        self._room.press(persona, card, token)
        try:
            await self._keep(self._raw(persona, key, order, choice=token, card=card))
        except BaseException:
            self._room.release(persona, card)
            raise
        return self._room.heard(persona, order, key, choice.label, tap=True)

    async def _read(self, request: web.Request) -> web.Response:
        said = await body(request)
        persona, message = _word(said, "persona"), _word(said, "message")
        self._of(persona)
        self._room.seen(persona, message)
        return web.json_response({})

    async def _now(self, _: web.Request) -> web.Response:
        return web.json_response({"now": self._clock.now().isoformat()})

    async def _advance(self, request: web.Request) -> web.Response:
        step = _word(await body(request), "step")
        if step not in STEPS:
            raise refusal(web.HTTPBadRequest, "step")
        now = {"now": (await self._clock.advance(step)).isoformat()}
        self._room.feed.publish("clock", now)
        return web.json_response(now)

    async def _file(self, request: web.Request) -> web.Response:
        message = self._room.file_of(request.match_info["message"])
        if message is None or message.attachment is None:
            raise refusal(web.HTTPNotFound, "file")
        file = message.attachment
        shown_as = "inline" if file.media_type.startswith("image/") else "attachment"
        headers = {
            "Content-Type": file.media_type,
            "Content-Disposition": f"{shown_as}; filename*=UTF-8''{quote(file.name, safe='')}",
            "Content-Security-Policy": FILE_POLICY,
        }
        return web.Response(body=file.content, headers=headers)

    async def _stream(self, request: web.Request) -> web.StreamResponse:
        feed = self._room.feed
        known = feed.place(request.headers.get("Last-Event-ID", ""))
        place = feed.last if known is None else known
        response = web.StreamResponse(headers={**HEADERS, "Content-Type": "text/event-stream"})
        await response.prepare(request)
        try:
            await response.write(_hello(feed, place, resumed=known is not None))
            await self._follow(response, feed, place)
        except ConnectionResetError:
            pass  # the page was closed
        return response

    async def _follow(self, response: web.StreamResponse, feed: Feed, place: int) -> None:
        """The heartbeat is the clock: the page never guesses what time it is."""
        while not feed.closed:
            for event in feed.after(place):
                await response.write(feed.lines(event))
                place = event.number
            await feed.news(place, self._heartbeat)
            if feed.last == place:
                await response.write(unnumbered("clock", {"now": self._clock.now().isoformat()}))

    def _of(self, persona: str) -> Thread:
        if persona not in self._room.threads:
            raise refusal(web.HTTPNotFound, "persona")
        return self._room.threads[persona]

    def _raw(self, persona: str, key: str, order: int, **said: str) -> Raw:
        at = self._clock.real_now().isoformat()
        payload = {"persona": persona, "at": at, "message": self._room.id(order), **said}
        return Raw("web", f"{persona}:{key}", persona, json.dumps(payload, ensure_ascii=False))


def _accepted(message: Message) -> web.Response:
    return web.json_response({"message": shown(message)}, status=202)


def _hello(feed: Feed, place: int, resumed: bool) -> bytes:
    """The first event names the page's place, so that it can come back even if nothing else happens."""
    return f"retry: 1000\nid: {feed.epoch}-{place}\n".encode() + unnumbered("hello", {"resumed": resumed})


def _word(said: dict[str, Any], name: str) -> str:
    value = said.get(name)
    if not isinstance(value, str) or not value.strip():
        raise refusal(web.HTTPBadRequest, name)
    return value


def _key(said: dict[str, Any]) -> str:
    try:
        return str(UUID(_word(said, "key")))
    except ValueError:
        raise refusal(web.HTTPBadRequest, "key") from None


def _path(file: Path) -> str:
    return "/" if file.name == "index.html" else f"/{file.name}"


def _static(file: Path) -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
    content, media_type = file.read_bytes(), MEDIA[file.suffix]

    async def static(_: web.Request) -> web.StreamResponse:
        return web.Response(body=content, content_type=media_type, charset="utf-8")

    return static
