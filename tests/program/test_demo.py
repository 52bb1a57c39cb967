"""`thidua demo`: a page on this machine alone, whose data is gone when it stops."""

from __future__ import annotations

import asyncio
import json
import re
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any
from uuid import uuid4

from aiohttp import ClientSession

from tests.program.process import Machine, Running, eventually, plain

ADDRESS = re.compile(r"http://127\.0\.0\.1:(\d+)")


class Page:
    """The page of a running demo, used without a browser."""

    def __init__(self, session: ClientSession, url: str) -> None:
        self._session = session
        self.url = url

    async def get(self, path: str) -> Any:
        async with self._session.get(self.url + path) as response:
            assert response.status == 200
            return json.loads(await response.read()) if path.startswith("/api") else await response.text()

    async def post(self, path: str, **said: str) -> Any:
        async with self._session.post(self.url + path, json=said) as response:
            assert response.status in (200, 202)
            return await response.json()

    async def say(self, persona: str, text: str) -> dict[str, Any]:
        """What the bot answers."""
        await self.post("/api/say", persona=persona, key=str(uuid4()), text=text)
        return await self.answer(persona)

    async def tap(self, persona: str, card: dict[str, Any], label: str) -> dict[str, Any]:
        [token] = [choice["token"] for choice in card["choices"] if choice["label"] == label]
        await self.post("/api/tap", persona=persona, key=str(uuid4()), message=card["id"], token=token)
        return await self.answer(persona)

    async def answer(self, persona: str) -> dict[str, Any]:
        """The bot's newest message once it has the last word."""
        while True:
            last = (await self.get(f"/api/thread/{persona}"))["messages"][-1]
            if not last["mine"]:
                return dict(last)


@asynccontextmanager
async def demo(machine: Machine, *arguments: str) -> AsyncIterator[tuple[Running, Page]]:
    running = await machine.start("demo", "--port", "0", *arguments, THIDUA_TELEGRAM_TOKEN="", THIDUA_DATABASE_URL="")
    await eventually(lambda: ADDRESS.search(running.out.read_text("utf-8")) is not None or not running.alive)
    found = ADDRESS.search(running.out.read_text("utf-8"))
    assert found
    async with ClientSession() as session:
        yield running, Page(session, found[0])


async def test_the_demo_answers_from_its_own_clock_and_leaves_nothing_behind(machine: Machine) -> None:
    async with demo(machine, "--clock", "2021-10-04T09:30:00+07:00") as (running, page):
        assert "<title>" in await page.get("/")
        assert (await page.get("/healthz")).strip() == '{"ok": true}'
        assert (await page.get("/api/clock"))["now"].startswith("2021-10-04T02:30:")
        missing = await page.say("truong-cum", "ai chưa nộp")
        assert missing["text"].startswith("Đã nộp **5/7**. Chưa nộp: **Mường Lát**, **Thường Xuân**.")
        card = await page.say("muong-lat", "/nop 150 2.918.740.000 121 1.986.415.000 96 647.571.000")
        filed = await page.tap("muong-lat", card, "Nộp")
        assert filed["text"].startswith("**Đã ghi nhận** lúc 09:30 ngày 04/10/2021, đúng hạn.")
        assert await running.stop(within=5) == 0
    assert running.log == ""
    assert sorted(path.name for path in machine.folder.iterdir()) == ["1.err", "1.out", "tmp"]
    assert list(machine.temporary.iterdir()) == []


async def test_a_demo_whose_port_is_taken_says_so(machine: Machine) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        code, told = plain(await machine.command("demo", "--port", str(taken.getsockname()[1])))
    assert (code, "address already in use" in told) == (1, True)
    assert list(machine.temporary.iterdir()) == []


async def test_a_demo_that_cannot_be_is_a_mistake_in_usage(machine: Machine) -> None:
    for arguments in (("--clock", "yesterday"), ("--port", "70000")):
        assert plain(await machine.command("demo", *arguments))[0] == 2


async def test_a_clock_that_is_moved_brings_the_reminders_at_once(machine: Machine) -> None:
    async with demo(machine) as (_, page):
        for _ in range(3):
            await page.post("/api/clock", step="day")
        async with asyncio.timeout(15):
            while not (await page.get("/api/thread/muong-lat"))["messages"]:
                await asyncio.sleep(0.05)
        reminder = await page.answer("muong-lat")
        assert reminder["text"].startswith("Hôm nay là hạn nộp số liệu **12 tháng năm 2021**")
        assert (await page.tap("muong-lat", reminder, "16:00 tôi nộp"))["text"].startswith("Đã ghi:")
