"""A storm over both channels' servers while seven chiefs ask and file: what was lost, what came twice, how fast."""

from __future__ import annotations

import asyncio
import json
import re
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from functools import partial
from itertools import count
from random import Random
from time import monotonic
from typing import TypeVar

from sqlalchemy import text

from bot.chat import Address, Reply
from bot.clock import RealClock
from db.engine import Database
from tests.dialogues.stage import MORNING
from tests.program.people import word
from tests.servers.telegram import BotApi
from tests.servers.telegram import Fault as TelegramFault
from tests.servers.zalo import Fault as ZaloFault
from tests.servers.zalo import ZaloApi

T = TypeVar("T")
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
LINES = 90  # of a long message: three parts
MOST_DIGITS = 5
_FILING = re.compile(r"(\d+)\. (?:Nộp|Vẫn nộp)\b")
_QUOTED = re.compile(r"“(\w+)”")
_GIVEN_UP = "SELECT chat, reply FROM outbox WHERE channel = 'zalo' AND unsure > 0 AND state = 'sent'"
_UNSURE = "SELECT chat, reply FROM outbox WHERE unsure > 0"
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
    long: list[tuple[str, int]] = field(default_factory=list)  # who was told something in several parts, and its number
    torn: list[tuple[str, int]] = field(default_factory=list)  # those of which a part certainly did not come
    by_digit: int = 0  # figures filed with a bare number
    failed: int = 0  # requests that the servers let go wrong
    requests: Counter[tuple[str, int]] = field(default_factory=Counter)  # by channel and second, those refused too
    recovered: float = 0.0  # seconds after the storm until all was answered

    @property
    def busiest(self) -> int:
        """Requests in the worst second of a channel, polls and vain ones among them."""
        return max(self.requests.values(), default=0)


class Storm:
    def __init__(self, database: Database, weather: Weather) -> None:
        self.database, self.weather, self.random = database, weather, Random(weather.seed)
        self.telegram, self.zalo = BotApi(), ZaloApi(quota=1_000_000)
        self.log = Log()
        self.bad = {"telegram": 0.0, "zalo": 0.0}  # share of requests that go wrong now
        self.began = monotonic()
        self.wake: Callable[[], None] = lambda: None
        self.quiet = set[str]()  # who answers a card with a number: six messages later it would be out of its reach
        self.telegram.chaos = lambda method, call: self._telegram_fault(method)
        self.zalo.chaos = self._zalo_fault

    def _strikes(self, channel: str) -> bool:
        struck = self.random.random() < self.bad[channel]
        self.log.failed += struck
        return struck

    def counted(self, channel: str, asking: Callable[..., Awaitable[T]]) -> Callable[..., Awaitable[T]]:
        """The same, each time counted, also when nobody listens."""

        async def asked(*given: object, **named: object) -> T:
            self.log.requests[channel, int(monotonic() - self.began)] += 1
            return await asking(*given, **named)

        return asked

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
            if who not in self.quiet:
                self.log.asked.append((who, asked))
                self.say(who, f"/donvi {asked}")
            await asyncio.sleep(self.weather.seconds / 30 * self.random.uniform(0.5, 1.5))

    async def files(self, who: str) -> None:
        """Figures, the card however long it takes, one confirmation."""
        await asyncio.sleep(self.weather.seconds * self.random.uniform(0.1, 0.6))
        if who in ON_ZALO:
            self.quiet.add(who)
        await self._files(who)
        self.quiet.discard(who)

    async def _files(self, who: str) -> None:
        seen = False
        while not seen:  # again when the card was one of those that nobody is sure of
            self.say(who, FIGURES)
            seen = await self._sees(who, "Bằng chữ", 2 * self.weather.seconds)
        if who not in ON_ZALO:
            self.telegram.tap(ON_TELEGRAM[who], "Nộp")
            return
        for _ in range(
            MOST_DIGITS
        ):  # a list of which it is not sure that it came is shown again instead of picked from
            lists = self._lists(who)
            self.say(who, lists[-1])
            await self._sees(who, STORED, self.weather.seconds / 5, partial(self._shown_again, who, len(lists)))
            if any(one.startswith(STORED) for one in self.texts(who)):
                self.log.by_digit += 1
                return
        self.say(who, "nop")

    def _shown_again(self, who: str, before: int) -> bool:
        return len(self._lists(who)) > before

    def _lists(self, who: str) -> list[str]:
        """The number that files, of each list that was shown."""
        return [number for one in self.texts(who) for number in _FILING.findall(one)]

    async def tells(self, who: str) -> None:
        """Something long every now and then, as a list of offices would be."""
        end = monotonic() + self.weather.seconds
        for number in count():
            if monotonic() > end:
                return
            if who not in self.quiet:
                await self._tell(who, number)
            await asyncio.sleep(self.weather.seconds / 10 * self.random.uniform(0.5, 1.5))

    async def _tell(self, who: str, number: int) -> None:
        self.log.long.append((who, number))
        async with self.database.begin() as desk:
            said = Reply("\n".join(_line(number, line) for line in range(LINES)))
            await desk.outbox.post(Address("zalo", ON_ZALO[who]), said, RealClock(MORNING).now())
        self.wake()

    async def torn(self) -> list[tuple[str, int]]:
        """Long messages of which a line is missing, but those of which nobody said whether a part arrived."""
        async with self.database.begin() as desk:
            connection = desk.outbox._connection  # type: ignore[attr-defined]
            rows = (await connection.execute(text(_UNSURE))).all()
        unsure = {(chat, json.loads(reply).get("text", "").partition(",")[0]) for chat, reply in rows}
        found = []
        for who, number in self.log.long:
            said = {line for one in self.texts(who) for line in one.split("\n")}
            whole = all(_line(number, line) in said for line in range(LINES))
            if not whole and (ON_ZALO[who], f"Tin {number}") not in unsure:
                found.append((who, number))
        return found

    async def _sees(self, who: str, words: str, patience: float, enough: Callable[[], bool] = lambda: False) -> bool:
        end = monotonic() + patience
        while monotonic() < end and not enough() and not any(words in one for one in self.texts(who)):
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
        log.torn = await self.torn()
        return not log.lost and not log.torn

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
        first = [_line(number, 0) for _, number in self.log.long]
        self.log.extra += sum(
            sum(line in one for one in self.texts(who)) > 1 for (who, _), line in zip(self.log.long, first, strict=True)
        )


def _line(number: int, line: int) -> str:
    return f"Tin {number}, dòng {line}: một đơn vị với đủ sáu số của nó, như trong bảng."
