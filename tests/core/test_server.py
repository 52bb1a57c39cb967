"""Our own server: webhooks that only their senders get into, files for ten minutes, whether all is well."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from aiohttp import ClientSession

from bot.chat import Attachment
from bot.server import BODY_LIMIT, Route, files, hook, listen
from bot.shelf import LASTS, Shelf

HEADER, SECRET = "X-Bot-Api-Secret-Token", "0123456789abcdef"
PNG = Attachment("biểu đồ.png", "image/png", b"\x89PNG")


class Inbox:
    def __init__(self) -> None:
        self.taken: list[Any] = []
        self.open = True

    async def take(self, body: Any) -> bool:
        if self.open:
            self.taken.append(body)
        return self.open


@asynccontextmanager
async def site(routes: list[Route]) -> AsyncIterator[ClientSession]:
    site = await listen(routes, "127.0.0.1", 0)
    try:
        async with ClientSession(f"http://127.0.0.1:{site.port}") as http:
            yield http
    finally:
        await site.close()


@pytest.fixture
def inbox() -> Inbox:
    return Inbox()


@pytest.fixture
async def http(inbox: Inbox) -> AsyncIterator[ClientSession]:
    async with site(hook("/hook/zalo", HEADER, SECRET, inbox.take)) as http:
        yield http


async def pushed(http: ClientSession, secret: str = SECRET, **body: Any) -> int:
    async with http.post("/hook/zalo", headers={HEADER: secret}, **body) as response:
        return response.status


async def test_an_update_with_the_right_secret_is_taken(http: ClientSession, inbox: Inbox) -> None:
    assert (await pushed(http, json={"a": 1}), inbox.taken) == (200, [{"a": 1}])


@pytest.mark.parametrize("secret", ["", "0123456789abcdeF", "đ", SECRET + "0"])
async def test_a_wrong_secret_gets_nowhere(http: ClientSession, inbox: Inbox, secret: str) -> None:
    assert (await pushed(http, secret, json={"a": 1}), inbox.taken) == (403, [])


async def test_a_wrong_secret_is_refused_before_the_body_has_come(http: ClientSession) -> None:
    base = http._base_url
    assert base
    reader, writer = await asyncio.open_connection(base.host, base.port)
    writer.write(b"POST /hook/zalo HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n")
    async with asyncio.timeout(2):
        assert (await reader.readline()).startswith(b"HTTP/1.1 403")
    writer.close()


async def test_a_probe_without_a_body_finds_somebody(http: ClientSession, inbox: Inbox) -> None:
    assert await pushed(http, "") == 200
    async with http.get("/hook/zalo") as response:
        assert response.status == 200
    assert inbox.taken == []


async def test_a_body_that_is_too_large_or_no_json_is_refused(http: ClientSession, inbox: Inbox) -> None:
    async def endless() -> AsyncIterator[bytes]:
        for _ in range(20):
            yield b" " * (BODY_LIMIT // 16)

    assert [
        await pushed(http, data=b" " * (BODY_LIMIT + 1)),
        await pushed(http, data=endless()),
        await pushed(http, data=b"{"),
        await pushed(http, data=b"[" * 100_000),
        await pushed(http, data=b"\xff"),
    ] == [413, 413, 400, 400, 400]
    assert inbox.taken == []


async def test_a_number_longer_than_any_is_taken_as_its_digits(http: ClientSession, inbox: Inbox) -> None:
    assert await pushed(http, data=b'{"date": ' + b"9" * 5000 + b"}") == 200
    assert inbox.taken == [{"date": "9" * 5000}]


async def test_an_update_that_cannot_be_stored_is_to_come_again(http: ClientSession, inbox: Inbox) -> None:
    inbox.open = False
    assert await pushed(http, json={}) == 503


async def test_whether_it_is_well_and_ready() -> None:
    ready, stopped = [True], list[str]()
    site = await listen([], "127.0.0.1", 0, lambda: ready[0], lambda: stopped)
    async with ClientSession(f"http://127.0.0.1:{site.port}") as http:
        found = [(await http.get(path)).status for path in ("/healthz", "/readyz")]
        async with http.get("/readyz") as response:
            assert await response.json() == {"ok": True, "stopped": []}
        stopped.append("zalo")
        async with http.get("/readyz") as response:
            assert (response.status, await response.json()) == (200, {"ok": True, "stopped": ["zalo"]})
        ready[0] = False
        found += [(await http.get(path)).status for path in ("/healthz", "/readyz", "/else")]
    await site.close()
    assert found == [200, 200, 200, 503, 404]


class Shelved:
    """A shelf whose links lead to a site of the tests, and whose time is set by hand."""

    def __init__(self) -> None:
        self.time = 1_000_000.0
        self.shelf = Shelf("https://example.org", SECRET, lambda: self.time)

    def put(self, file: Attachment) -> str:
        return self.shelf.put(file).removeprefix("https://example.org")


@pytest.fixture
def shelved() -> Shelved:
    return Shelved()


async def test_a_file_is_served_as_often_as_it_is_asked_for_ten_minutes(shelved: Shelved) -> None:
    async with site(files(shelved.shelf)) as http:
        link = shelved.put(PNG)
        for _ in range(3):
            async with http.get(link) as response:
                assert (response.status, response.content_type, await response.read()) == (200, "image/png", b"\x89PNG")
        shelved.time += LASTS - 1
        assert (await http.get(link)).status == 200
        shelved.time += 1
        assert (await http.get(link)).status == 404


async def test_what_is_no_picture_is_saved_and_never_shown(shelved: Shelved) -> None:
    async with site(files(shelved.shelf)) as http:
        for media_type in ("text/html", "image/svg+xml", "application/pdf"):
            async with http.get(shelved.put(Attachment("a.html", media_type, b"<script>"))) as response:
                assert response.content_type == "application/octet-stream"
                assert response.headers["Content-Disposition"] == "attachment; filename*=UTF-8''a.html"
                assert response.headers["X-Content-Type-Options"] == "nosniff"


async def test_a_link_that_was_changed_leads_nowhere(shelved: Shelved) -> None:
    async with site(files(shelved.shelf)) as http:
        link = shelved.put(PNG)
        _, _, key, until, signature, name = link.split("/")
        for changed in ((key, str(int(until) + 60), signature), (key[::-1], until, signature), (key, until, "đ")):
            assert (await http.get("/".join(("/file", *changed, name)))).status == 404


def test_the_same_file_has_one_link_and_the_oldest_make_room(monkeypatch: pytest.MonkeyPatch, shelved: Shelved) -> None:
    monkeypatch.setattr("bot.shelf.MOST", 10)
    links = [shelved.put(Attachment("a", "image/png", letter.encode() * 4)) for letter in "aabc"]
    assert links[0] == links[1]
    assert [shelved.shelf.get(*link.split("/")[2:5]) is not None for link in links] == [False, False, True, True]
