"""The real program between both channels' servers, and seven chiefs who write while the weather passes."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from socket import socket
from time import monotonic

import handlers
from bot import sample
from bot.alarm import Alarm
from bot.channels.telegram import Telegram
from bot.channels.zalo import Zalo
from bot.chat import Address
from bot.clock import RealClock
from bot.delivery import Delivery
from bot.hooks import Hookable, Hooked
from bot.intake import Intake
from bot.program import Program
from bot.routing import Routes
from bot.scheduler import Scheduler
from bot.server import hook, listen
from bot.thrift import Quota, Thrift
from db.engine import open_database
from tests.chaos.storm import ON_TELEGRAM, ON_ZALO, WHO, Log, Storm, Weather
from tests.dialogues.stage import MORNING
from tests.servers.telegram import TOKEN
from tests.servers.zalo import TOKEN as ZALO_TOKEN

SECRET = "0123456789abcdef"


@asynccontextmanager
async def town(storm: Storm, *, pushed: bool) -> AsyncIterator[None]:
    """The program between the two servers; with `pushed` they push to it."""
    weather = storm.weather

    async def pause(seconds: float) -> None:
        await asyncio.sleep(seconds * weather.scale)

    wait = {"patience": weather.patience, "pause": pause}
    wires: list[Hookable] = [
        Telegram(TOKEN, storm.telegram.url, poll=1, **wait),  # type: ignore[arg-type]
        Zalo(ZALO_TOKEN, storm.zalo.url, poll=0.5, **wait),  # type: ignore[arg-type]
    ]
    with socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    base = f"http://127.0.0.1:{port}/hook/" if pushed else ""
    channels = {one.name: Hooked(one, storm.database, base and base + one.name, SECRET, pause) for one in wires}
    clock = RealClock(MORNING)
    telegram, zalo = wires
    assert isinstance(telegram, Telegram)
    assert isinstance(zalo, Zalo)
    for name, way in (("telegram", telegram._request), ("zalo", zalo._client)):
        asking = "do_request" if name == "telegram" else "_post"
        setattr(way, asking, storm.counted(name, getattr(way, asking)))
    alarm = Alarm(storm.database, clock)
    delivery = Delivery(storm.database, clock, channels, Thrift({"zalo": Quota(1_000_000, zalo.cost)}), alarm.stopped)
    storm.wake = delivery.wake
    intake = Intake(storm.database, clock, channels, Routes(handlers.conversations(lambda code: "")), delivery.hand)
    scheduler = Scheduler(storm.database, clock, delivery.wake)
    program = Program(channels, intake, delivery, scheduler, alarm)
    routes = [route for one in channels.values() for route in hook(f"/hook/{one.name}", one.header, SECRET, one.take)]
    site = await listen(routes if pushed else [], "127.0.0.1", port, program.ready)
    running = asyncio.create_task(program.run())
    try:
        yield
        assert not running.done(), "the program has stopped by itself"
    finally:
        program.stop()
        assert await running, "a part of the program has failed"
        await site.close()


async def weather_it(folder: Path, weather: Weather, *, pushed: bool, within: float) -> Log:
    """Let it pass over a town; `within` so many seconds after it everything must have been answered."""
    database = await open_database(f"sqlite+aiosqlite:///{folder / 'storm.sqlite'}")
    storm = Storm(database, weather)
    try:
        await _settle(storm)
        async with storm.telegram, storm.zalo, town(storm, pushed=pushed):
            doing = [one for who in WHO for one in (storm.asks(who), storm.files(who))]
            people = [asyncio.create_task(one) for one in (*doing, *(storm.tells(who) for who in ON_ZALO))]
            await storm.rage()
            ended = monotonic()
            with suppress(TimeoutError):
                async with asyncio.timeout(within):
                    await asyncio.gather(*people)
                    while not await storm.all_answered():
                        await asyncio.sleep(0.02)
            storm.log.recovered = monotonic() - ended
            await asyncio.sleep(0.5)  # what comes twice comes soon after
            await storm.all_answered()
            for one in people:
                one.cancel()
        await storm.read_back()
    finally:
        await database.close()
    return storm.log


async def _settle(storm: Storm) -> None:
    """The sample's people, three on Telegram and four on Zalo; nothing has been filed."""
    async with storm.database.begin() as desk:
        await sample.seed(desk, RealClock(MORNING).now(), "telegram", False, lambda key: str(ON_TELEGRAM.get(key, key)))
        for who, chat in ON_ZALO.items():
            known = await desk.people.known([Address("telegram", who)])
            link = desk.places.link  # type: ignore[attr-defined]
            await link(known[Address("telegram", who)].person.id, Address("zalo", chat), RealClock(MORNING).now())
            storm.zalo.meet(chat)
    for user in ON_TELEGRAM.values():
        storm.telegram._meet(user)
        storm.telegram._place(user, None)
