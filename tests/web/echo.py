"""A tiny bot behind the web chat: it says back what it hears, and shows every kind of reply when asked."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from bot.channels.web import Persona, Web
from bot.chat import Address, Attachment, Choice, Command, Outgoing, Raw, Reply, Turn
from bot.server import Site, listen

CAST = (
    Persona(
        "quan-son", "Lò Văn Thắng", "Nộp số liệu của Quan Sơn.", ("ai chưa nộp", "/nop tháng 9: …"), "Chi cục trưởng"
    ),
    Persona("muong-lat", "Hà Thị Mai", "Nộp số liệu của Mường Lát.", ("/nop", "/han"), "Chi cục trưởng Mường Lát"),
    Persona("quan-tri", "Đỗ Minh Hoàng", "Mời người, đặt hạn.", ("/moi …",), "Quản trị"),
)
REAL = datetime(2026, 3, 2, 3, 4, 5, tzinfo=UTC)
START = datetime(2021, 10, 1, 1, 0, tzinfo=UTC)
STEPS = {"hour": timedelta(hours=1), "day": timedelta(days=1), "deadline": timedelta(days=3, hours=9)}
# One grey dot: the smallest picture there is to show.
DOT = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108000000003a7e9b550"
    "000000a4944415478da6368000000820081da45083b0000000049454e44ae426082"
)
TWO = (Choice("Thay thẻ", "place"), Choice("Tin mới", "new"))

REPLIES = {
    "nút": Reply("**Chọn** một nút", TWO),
    "ảnh": Reply("Biểu đồ", attachment=Attachment("biểu đồ.png", "image/png", DOT)),
    "tệp": Reply("Biểu mẫu", attachment=Attachment("Biểu mẫu <1>.csv", "text/csv", b"a;b\n")),
    "thực đơn": Reply("Có lệnh mới", menu=(Command("nop", "Nộp số liệu"), Command("han", "Hạn của tôi"))),
    "dài": Reply("\n".join(f"Dòng {n}: " + "chữ " * 9 for n in range(1, 43))),
    "place": Reply("Thẻ đã thay", (Choice("Xong", "done"),), in_place=True),
    "new": Reply("Một tin mới"),
    "done": Reply("Đã xong", in_place=True),
}


@dataclass(slots=True)
class Echo:
    """`kept` holds each update once; while `broken` nothing can be stored; "im" is not answered until `speak`."""

    kept: dict[str, Raw] = field(default_factory=dict)
    broken: bool = False
    now: datetime = START
    delay: float = 0.0
    web: Web = field(init=False)
    site: Site | None = None
    tasks: set[asyncio.Task[None]] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.web = Web(CAST, now=lambda: self.now, advance=self.advance, real_now=lambda: REAL, heartbeat=0.2)

    async def store(self, raws: Sequence[Raw]) -> None:
        if self.broken:
            raise ConnectionError("the database is away")
        for raw in raws:
            if raw.key not in self.kept:
                self.kept[raw.key] = raw
                self._soon(raw)

    async def advance(self, step: str) -> datetime:
        """Time passes, and Mường Lát is reminded of it."""
        self.now += STEPS[step]
        await self.say("muong-lat", Reply("**Nhắc**: sắp đến hạn"))
        return self.now

    async def say(self, persona: str, reply: Reply, card: str = "") -> str:
        return await self.web.send(Outgoing(1, Address("web", persona), reply, card))

    async def outage(self) -> None:
        """The server goes away; the bot and its memory stay."""
        assert self.site is not None
        await self.site.close()

    def turns(self) -> list[Turn]:
        turns = (self.web.read(raw) for raw in self.kept.values())
        return [turn for turn in turns if turn is not None]

    def _soon(self, raw: Raw) -> None:
        task = asyncio.create_task(self._answer(raw))
        self.tasks.add(task)
        task.add_done_callback(self.tasks.discard)

    async def _answer(self, raw: Raw) -> None:
        turn = self.web.read(raw)
        assert turn is not None
        said = turn.choice or turn.text
        await asyncio.sleep(self.delay)
        if said != "im":
            await self.say(turn.address.chat, REPLIES.get(said, Reply(f"**Nghe:** {said}")), turn.card)


@asynccontextmanager
async def serving(echo: Echo) -> AsyncIterator[Site]:
    """The bot, receiving, behind a real server on this machine."""
    receiving = asyncio.create_task(echo.web.receive(echo.store))
    echo.site = await listen(echo.web.routes(), "127.0.0.1", 0)
    try:
        yield echo.site
    finally:
        await echo.web.close()
        receiving.cancel()
        await echo.site.close()
