"""A page that listens, breaks off and comes back misses nothing."""

from __future__ import annotations

import asyncio
import json

import pytest

from bot.chat import Reply
from tests.web.page import Page, event, events


async def test_a_stream_tells_everything_in_order(page: Page) -> None:
    page.echo.delay = 0.05
    async with page.stream() as stream:
        hello = await event(stream)
        assert (hello["event"], json.loads(hello["data"])) == ("hello", {"resumed": False})
        await page.say("chào")
        assert await events(stream, 3) == ["message", "typing", "message"]
        await page.post("/api/clock", {"step": "hour"})
        assert await events(stream, 2) == ["message", "clock"]


async def test_a_silent_stream_still_tells_the_time(page: Page) -> None:
    async with page.stream() as stream:
        await event(stream)
        assert (await asyncio.wait_for(stream.content.readline(), 3)) == b"event: clock\n"


async def test_a_broken_stream_is_resumed_where_it_broke(page: Page) -> None:
    async with page.stream() as stream:
        await event(stream)
        await page.echo.say("quan-son", Reply("một"))
        last = (await event(stream))["id"]
    await page.echo.say("quan-son", Reply("hai"))
    async with page.stream(last) as stream:
        assert json.loads((await event(stream))["data"]) == {"resumed": True}
        assert json.loads((await event(stream))["data"])["message"]["text"] == "hai"


@pytest.mark.parametrize("last", ["00000000-1", "rubbish", "-", "{epoch}-99", "{epoch}-x"])
async def test_a_stream_that_cannot_be_resumed_says_so(page: Page, last: str) -> None:
    async with page.stream() as stream:
        epoch = (await event(stream))["id"].partition("-")[0]
    async with page.stream(last.format(epoch=epoch)) as stream:
        assert json.loads((await event(stream))["data"]) == {"resumed": False}


async def test_streams_end_when_the_channel_closes(page: Page) -> None:
    async with page.stream() as stream:
        await event(stream)
        await page.echo.web.close()
        await asyncio.wait_for(stream.read(), 3)
