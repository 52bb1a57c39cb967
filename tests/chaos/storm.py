"""A storm over both channels' servers while seven chiefs ask and file: what was lost, what came twice, how fast."""

from __future__ import annotations

import asyncio
import json
import re
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from random import Random
from socket import socket
from time import monotonic

from sqlalchemy import text

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
from db.engine import Database, open_database
from tests.dialogues.stage import MORNING
from tests.program.people import word
from tests.servers.telegram import TOKEN, BotApi
from tests.servers.telegram import Fault as TelegramFault
from tests.servers.zalo import TOKEN as ZALO_TOKEN
from tests.servers.zalo import Fault as ZaloFault
from tests.servers.zalo import ZaloApi

SECRET = "0123456789abcdef"
ON_TELEGRAM = {"quan-son": 1001, "ba-thuoc": 1002, "quan-hoa": 1003}
ON_ZALO = {
    "cam-thuy": "z-cam-thuy",
    "ngoc-lac": "z-ngoc-lac",
    "muong-lat": "z-muong-lat",
    "thuong-xuan": "z-thuong-xuan",
}
WHO = sorted([*ON_TELEGRAM, *ON_ZALO])
FIGURES = "/nop 402 13.200.000.000 350 9.084.000.000 290 3.100.000.000"
STORED = "Đã ghi nhận"
_QUOTED = re.compile(r"“(\w+)”")
_GIVEN_UP = "SELECT chat, reply FROM outbox WHERE channel = 'zalo' AND unsure > 0 AND state = 'sent'"
_DOUBTED = "SELECT count(*) FROM outbox WHERE tries > 0 OR (why <> '' AND state <> 'dead')"
#: What may befall a request. Zalo forgets an update as it answers, so that a poll is never cut after that.
TELEGRAM_FAULTS = ("500", "502", "404", "429", "hang", "cut", "cut_after")
ZALO_FAULTS = ("403", "500", "502", "429", "504", "hang", "cut", "cut_after", "slow")
ZALO_POLL_FAULTS = ("403", "500", "502", "429", "hang", "cut")


@dataclass(frozen=True, slots=True)
class Weather:
    """How long it lasts and how bad it is; `scale` shortens every wait of the program, `patience` is in seconds."""

    seconds: float
    scale: float = 1.0
    patience: float = 2.0
    worst: float = 0.7  # share of requests that go wrong in a squall
    seed: int = 0


@dataclass(slots=True)
class Log:
    """What came of it."""

    asked: list[tuple[str, str]] = field(default_factory=list)  # who, and the word that the answer repeats
    answers: Counter[tuple[str, str]] = field(default_factory=Counter)
    stored: Counter[str] = field(default_factory=Counter)
    lost: list[tuple[str, str]] = field(default_factory=list)  # answers that certainly did not come
    given_up: int = 0  # answers that were tried twice, and nobody said whether they arrived
    revisions: list[int] = field(default_factory=list)  # of each office
    doubted: int = 0  # messages of which nobody said whether they arrived
    extra: int = 0  # answers that came more than once
    failed: Counter[tuple[str, int]] = field(default_factory=Counter)  # by channel and second: requests that went wrong
    recovered: float = 0.0  # seconds after the storm until all was answered

    @property
    def busiest(self) -> int:
        """Requests that went wrong in the worst second of a channel."""
        return max(self.failed.values(), default=0)


class Storm:
    def __init__(self, database: Database, weather: Weather) -> None:
        self.database, self.weather, self.random = database, weather, Random(weather.seed)
        self.telegram, self.zalo = BotApi(), ZaloApi(quota=1_000_000)
        self.log = Log()
        self.bad = {"telegram": 0.0, "zalo": 0.0}  # share of requests that go wrong now
        self.began = monotonic()
        self.telegram.chaos = lambda method, call: self._telegram_fault(method)
        self.zalo.chaos = self._zalo_fault

    def _strikes(self, channel: str) -> bool:
        struck = self.random.random() < self.bad[channel]
        if struck:
            self.log.failed[channel, int(monotonic() - self.began)] += 1
        return struck

    def _telegram_fault(self, method: str) -> TelegramFault | None:
        return TelegramFault(self.random.choice(TELEGRAM_FAULTS)) if self._strikes("telegram") else None

    def _zalo_fault(self, method: str) -> ZaloFault | None:
        kinds = ZALO_POLL_FAULTS if method == "getUpdates" else ZALO_FAULTS
        return ZaloFault(self.random.choice(kinds)) if self._strikes("zalo") else None

    async def rage(self) -> None:
        """Squalls, calms and blackouts of each server by turns."""
        await asyncio.gather(self._weather("telegram", self.telegram), self._weather("zalo", self.zalo))
        self.bad = dict.fromkeys(self.bad, 0.0)

    async def _weather(self, channel: str, server: BotApi | ZaloApi) -> None:
        end = monotonic() + self.weather.seconds
        while (left := end - monotonic()) > 0:
            span = min(left, self.weather.seconds * self.random.uniform(0.05, 0.15))
            what = self.random.choice(("calm", "squall", "squall", "all wrong", "down"))
            self.bad[channel] = {"calm": 0.0, "squall": self.weather.worst, "all wrong": 1.0, "down": 0.0}[what]
            if what == "down":
                await server.down()
            await asyncio.sleep(span)
            if what == "down":
                await server.up()

    def say(self, who: str, said: str) -> None:
        if who in ON_ZALO:
            self.zalo.say(ON_ZALO[who], said)
        else:
            self.telegram.say(ON_TELEGRAM[who], said)

    def texts(self, who: str) -> list[str]:
        if who in ON_ZALO:
            return self.zalo.texts(ON_ZALO[who])
        return [shown.text for shown in self.telegram.answers(ON_TELEGRAM[who])]

    async def asks(self, who: str) -> None:
        """Question after question, each with a word of its own that the answer repeats."""
        end, place = monotonic() + self.weather.seconds, WHO.index(who)
        for number in count():
            if monotonic() > end:
                return
            asked = word(number * len(WHO) + place)
            self.log.asked.append((who, asked))
            self.say(who, f"/donvi {asked}")
            await asyncio.sleep(self.weather.seconds / 30 * self.random.uniform(0.5, 1.5))

    async def files(self, who: str) -> None:
        """Figures, the card however long it takes, one confirmation."""
        await asyncio.sleep(self.weather.seconds * self.random.uniform(0.1, 0.6))
        seen = False
        while not seen:  # again when the card was one of those that nobody is sure of
            self.say(who, FIGURES)
            seen = await self._sees(who, "Bằng chữ", 2 * self.weather.seconds)
        if who in ON_ZALO:
            self.zalo.say(ON_ZALO[who], "nop")
        else:
            self.telegram.tap(ON_TELEGRAM[who], "Nộp")

    async def _sees(self, who: str, words: str, patience: float) -> bool:
        end = monotonic() + patience
        while monotonic() < end and not any(words in one for one in self.texts(who)):
            await asyncio.sleep(0.02)
        return any(words in one for one in self.texts(who))

    async def all_answered(self) -> bool:
        """Whether everybody has every answer but those of which nobody said, twice, whether they arrived."""
        log, said = self.log, {who: [one.replace("**", "") for one in self.texts(who)] for who in WHO}
        log.answers = Counter((who, asked) for who in WHO for one in said[who] for asked in _QUOTED.findall(one))
        log.stored = Counter(who for who in WHO for one in said[who] if one.startswith(STORED))
        given_up = await self._given_up()
        log.lost = [one for one in log.asked if not log.answers[one] and not given_up[one]]
        log.lost += [(who, STORED) for who in WHO if not log.stored[who] and not given_up[who, STORED]]
        return not log.lost

    async def _given_up(self) -> Counter[tuple[str, str]]:
        """By who and word: answers that were tried twice on Zalo and count as sent."""
        async with self.database.begin() as desk:
            connection = desk.outbox._connection  # type: ignore[attr-defined]
            rows = (await connection.execute(text(_GIVEN_UP))).all()
        whose = {chat: who for who, chat in ON_ZALO.items()}
        found = [(whose[chat], json.loads(reply).get("text", "")) for chat, reply in rows]
        words = [(who, one) for who, reply in found for one in _QUOTED.findall(reply)]
        return Counter([*words, *((who, STORED) for who, reply in found if reply.startswith(f"**{STORED}"))])

    async def read_back(self) -> None:
        """What the database says of it."""
        async with self.database.begin() as desk:
            connection = desk.outbox._connection  # type: ignore[attr-defined]
            rows = await connection.execute(text("SELECT count(*) FROM revisions GROUP BY report"))
            self.log.revisions = list(rows.scalars().all())
            self.log.doubted = (await connection.execute(text(_DOUBTED))).scalar_one()
        self.log.given_up = sum((await self._given_up()).values())
        self.log.extra = sum(times > 1 for times in (*self.log.answers.values(), *self.log.stored.values()))


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
    zalo = wires[1]
    assert isinstance(zalo, Zalo)
    alarm = Alarm(storm.database, clock)
    delivery = Delivery(storm.database, clock, channels, Thrift({"zalo": Quota(1_000_000, zalo.cost)}), alarm.stopped)
    intake = Intake(storm.database, clock, channels, Routes(handlers.conversations(lambda code: "")), delivery.wake)
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
            people = [asyncio.create_task(one) for who in WHO for one in (storm.asks(who), storm.files(who))]
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
            link = desk.people.link  # type: ignore[attr-defined]
            await link(known[Address("telegram", who)].person.id, Address("zalo", chat), RealClock(MORNING).now())
            storm.zalo.meet(chat)
    for user in ON_TELEGRAM.values():
        storm.telegram._meet(user)
        storm.telegram._place(user, None)
