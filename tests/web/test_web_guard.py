"""Only this machine's own page gets in."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator

import pytest

from bot.channels.web.guard import BODY_LIMIT
from tests.web.page import ONE, Page


@pytest.mark.parametrize("path", ["/", "/chat.css", "/chat.js", "/icon.svg", "/api/cast", "/api/stream"])
async def test_every_answer_is_hardened(page: Page, path: str) -> None:
    async with page.session.get(page.url(path)) as response:
        assert response.status == 200
        policy = response.headers["Content-Security-Policy"]
        assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self';")
        assert "unsafe" not in policy
        assert response.headers["X-Content-Type-Options"] == "nosniff"
        assert response.headers["Referrer-Policy"] == "no-referrer"
        assert response.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    "host", ["evil.example:{port}", "127.0.0.1", "localhost:1", "127.0.0.1.evil.example:{port}", ""]
)
async def test_another_host_name_is_refused(page: Page, host: str) -> None:
    for path in ("/", "/api/cast", "/api/stream"):
        headers = {"Host": host.format(port=page.site.port)}
        async with page.session.get(page.url(path), headers=headers) as response:
            assert (response.status, await response.json()) == (403, {"error": "host"})


@pytest.mark.parametrize("host", ["localhost:{port}", "LOCALHOST:{port}", "[::1]:{port}"])
async def test_this_machine_goes_by_several_names(page: Page, host: str) -> None:
    async with page.session.get(page.url("/"), headers={"Host": host.format(port=page.site.port)}) as response:
        assert response.status == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
        {"Origin": "https://127.0.0.1:{port}"},
        {"Origin": "http://localhost:{port}"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "none"},
    ],
)
async def test_a_post_from_another_page_is_refused(page: Page, headers: dict[str, str]) -> None:
    sent = {name: value.format(port=page.site.port) for name, value in headers.items()}
    body = {"persona": "quan-son", "text": "chào", "key": ONE}
    assert await page.post("/api/say", body, **sent) == (403, {"error": "origin"})
    assert page.echo.turns() == []


async def test_the_own_page_may_post(page: Page) -> None:
    own = {"Origin": f"http://127.0.0.1:{page.site.port}", "Sec-Fetch-Site": "same-origin"}
    assert (await page.post("/api/say", {"persona": "quan-son", "text": "chào", "key": ONE}, **own))[0] == 202


@pytest.mark.parametrize("media_type", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data"])
async def test_what_a_form_can_post_is_refused(page: Page, media_type: str) -> None:
    body = json.dumps({"persona": "quan-son", "text": "chào", "key": ONE})
    headers = {"Content-Type": media_type}
    async with page.session.post(page.url("/api/say"), data=body, headers=headers) as response:
        assert (response.status, await response.json()) == (403, {"error": "content type"})


async def test_a_body_over_the_limit_is_refused(page: Page) -> None:
    assert (await page.say("x" * BODY_LIMIT))[0] == 413
    assert (await page.say("x" * (BODY_LIMIT - 200)))[0] == 202


async def test_a_body_of_unknown_length_is_refused(page: Page) -> None:
    async def chunks() -> AsyncIterator[bytes]:
        yield b"{}"

    headers = {"Content-Type": "application/json"}
    async with page.session.post(page.url("/api/say"), data=chunks(), headers=headers) as response:
        assert response.status == 411


@pytest.mark.parametrize(
    ("body", "status", "error"),
    [
        ({"persona": "nobody", "text": "chào", "key": ONE}, 404, "persona"),
        ({"persona": "quan-son", "text": " \n", "key": ONE}, 400, "text"),
        ({"persona": "quan-son", "text": 7, "key": ONE}, 400, "text"),
        ({"persona": "quan-son", "text": "chào", "key": "1"}, 400, "key"),
        ({"persona": "quan-son", "text": "chào"}, 400, "key"),
        (["quan-son"], 400, "json"),
    ],
)
async def test_a_malformed_post_is_refused(page: Page, body: object, status: int, error: str) -> None:
    assert await page.post("/api/say", body) == (status, {"error": error})
    assert page.echo.turns() == []


@pytest.mark.parametrize("path", ["/api/thread/nobody", "/api/file/nothing", "/..%2f__init__.py", "/page/chat.js"])
async def test_what_does_not_exist_is_not_found(page: Page, path: str) -> None:
    async with page.session.get(page.url(path)) as response:
        assert response.status == 404
