"""Webhooks are set, looked after and taken away, those of others never; what is pushed is stored first."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from bot.channels.telegram import Telegram
from bot.channels.zalo import Zalo
from bot.chat import Raw
from bot.errors import ChannelStopped
from bot.hooks import Hookable, Hooked
from bot.server import hook, listen
from db.engine import Database, open_database
from tests.servers.telegram import TOKEN, BotApi
from tests.servers.telegram import Fault as TelegramFault
from tests.servers.zalo import TOKEN as ZALO_TOKEN
from tests.servers.zalo import Fault, Manner, ZaloApi

SECRET = "0123456789abcdef"
FOREIGN = "https://else.example.org/hook?key=hunter2"
pytestmark = pytest.mark.filterwarnings("ignore::telegram.warnings.PTBDeprecationWarning")


class Town:
    """Both channels' servers, and one database."""

    def __init__(self, database: Database, telegram: BotApi, zalo: ZaloApi) -> None:
        self.database, self.telegram, self.zalo = database, telegram, zalo
        self.stored: list[Raw] = []
        self.broken = False

    async def store(self, raws: Sequence[Raw]) -> None:
        if self.broken:
            raise OSError("disk full")
        self.stored += raws

    def wires(self) -> list[Hookable]:
        return [Telegram(TOKEN, self.telegram.url, poll=1), Zalo(ZALO_TOKEN, self.zalo.url, poll=0.2)]

    def say(self, text: str) -> None:
        self.telegram.say(7001, text)
        self.zalo.say("ba-thuoc", text)

    def hooks(self) -> list[str]:
        return [self.telegram.account.webhook, self.zalo.webhook]

    def set_hooks(self, url: str) -> None:
        self.telegram.account.webhook = self.zalo.webhook = url


@pytest.fixture(params=[Manner(), Manner(http=True, wrapped=True)], ids=["flat", "wrapped"])
async def town(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Town]:
    database = await open_database(f"sqlite+aiosqlite:///{tmp_path / 'h.sqlite'}")
    async with BotApi() as telegram, ZaloApi(request.param) as zalo:
        yield Town(database, telegram, zalo)
    await database.close()


@asynccontextmanager
async def receiving(town: Town, *, public: bool, port: int = 0) -> AsyncIterator[list[asyncio.Task[None]]]:
    """Both channels, and with `public` a server that they can push to."""
    wires, hooked = town.wires(), list[Hooked]()

    async def take(name: str, body: object) -> bool:
        return await next(one for one in hooked if one.name == name).take(body)

    routes = [
        route
        for wire in wires
        for route in hook(f"/hook/{wire.name}", wire.header, SECRET, lambda body, name=wire.name: take(name, body))  # type: ignore[misc]
    ]
    site = await listen(routes, "127.0.0.1", port)
    base = f"http://127.0.0.1:{site.port}"
    hooked += [
        Hooked(wire, town.database, f"{base}/hook/{wire.name}" if public else "", SECRET, _quickly) for wire in wires
    ]
    tasks = [asyncio.create_task(one.receive(town.store)) for one in hooked]
    try:
        yield tasks
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        for one in hooked:
            await one.close()
        await site.close()


async def _quickly(seconds: float) -> None:
    await asyncio.sleep(seconds / 100)


async def until_stored(town: Town, number: int) -> None:
    async with asyncio.timeout(5):
        while len(town.stored) < number:
            await asyncio.sleep(0.01)


async def test_updates_are_pushed_where_there_is_a_public_address(town: Town) -> None:
    async with receiving(town, public=True):
        await town.telegram.until(lambda: bool(town.telegram.account.webhook))
        await town.zalo.until(lambda: bool(town.zalo.webhook))
        town.say("một")
        town.say("hai")
        await until_stored(town, 4)
    assert sorted((raw.channel, "một" in raw.payload) for raw in town.stored) == [
        ("telegram", False),
        ("telegram", True),
        ("zalo", False),
        ("zalo", True),
    ]
    assert (town.telegram.counts["getUpdates"], town.zalo.counts["getUpdates"]) == (0, 0)
    assert (town.telegram.account.secret, town.zalo.secret) == (SECRET, SECRET)


async def test_what_waited_is_pushed_as_soon_as_the_webhook_is_set(town: Town) -> None:
    town.say("một")
    async with receiving(town, public=True):
        await until_stored(town, 2)


async def test_without_a_public_address_our_own_webhook_goes_and_polling_begins(town: Town) -> None:
    async with receiving(town, public=True):
        await town.telegram.until(lambda: bool(town.telegram.account.webhook))
        await town.zalo.until(lambda: bool(town.zalo.webhook))
    async with receiving(town, public=False):
        town.say("một")
        await until_stored(town, 2)
    assert town.hooks() == ["", ""]
    async with town.database.begin() as desk:
        assert [await desk.channels.webhooks(name) for name in ("telegram", "zalo")] == [[], []]


@pytest.mark.parametrize("public", [True, False])
async def test_a_webhook_of_somebody_else_is_left_alone(town: Town, public: bool) -> None:
    town.set_hooks(FOREIGN)
    async with receiving(town, public=public) as tasks:
        ended = await asyncio.wait_for(asyncio.gather(*tasks, return_exceptions=True), 5)
    why = "a webhook that this program did not set is active at else.example.org"
    assert ended == [ChannelStopped("telegram", why), ChannelStopped("zalo", why)]
    assert town.hooks() == [FOREIGN, FOREIGN]


async def test_a_new_public_address_takes_the_place_of_our_own_old_one(town: Town) -> None:
    for _ in range(2):  # another port each time
        async with receiving(town, public=True):
            before = town.hooks()
            async with asyncio.timeout(5):
                while town.hooks() == before or "" in town.hooks():
                    await asyncio.sleep(0.01)
    assert all(town.hooks())


async def test_a_webhook_that_somebody_sets_while_we_poll_is_noticed(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.hooks.CHECK_EVERY", 5.0)
    for server in (town.telegram, town.zalo):  # held, so that nobody but the look finds out
        monkeypatch.setattr(server, "_updates", _held)
    async with receiving(town, public=False) as tasks:
        await town.zalo.until(lambda: town.zalo.counts["getUpdates"] > 0)
        town.set_hooks(FOREIGN)
        ended = await asyncio.wait_for(asyncio.gather(*tasks, return_exceptions=True), 5)
    why = "a webhook that this program did not set is active at else.example.org"
    assert ended == [ChannelStopped("telegram", why), ChannelStopped("zalo", why)]
    assert town.hooks() == [FOREIGN, FOREIGN]


async def _held(_: object) -> list[object]:
    await asyncio.sleep(0.1)
    return []


@pytest.mark.parametrize("kind", ["502", "cut", "cut_after"])
async def test_an_old_address_stays_our_own_until_the_new_one_is_set(town: Town, kind: str) -> None:
    async with receiving(town, public=True):
        await set_anew(town, ["", ""])
        before = town.hooks()
    town.zalo.faults += [Fault(kind, "setWebhook")] * 2
    town.telegram.faults += [TelegramFault(kind, "setWebhook")] * 2
    async with receiving(town, public=True) as tasks:
        await set_anew(town, before)
        await asyncio.sleep(0.1)
        assert not any(task.done() for task in tasks)
        async with town.database.begin() as desk:
            known = [await desk.channels.webhooks(name) for name in ("telegram", "zalo")]
        assert known == [[url] for url in town.hooks()]


async def set_anew(town: Town, before: list[str]) -> None:
    async with asyncio.timeout(5):
        while {*before, ""} & {*town.hooks()}:
            await asyncio.sleep(0.01)


async def test_a_webhook_that_is_lost_is_set_again(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.hooks.CHECK_EVERY", 5.0)
    async with receiving(town, public=True):
        async with asyncio.timeout(5):
            while not all(town.hooks()):
                await asyncio.sleep(0.01)
            town.set_hooks("")
            while not all(town.hooks()):
                await asyncio.sleep(0.01)
            town.say("một")
            await until_stored(town, 2)


async def test_what_could_not_be_stored_is_not_confirmed_and_comes_again(town: Town) -> None:
    town.broken = True
    async with receiving(town, public=True):
        async with asyncio.timeout(5):
            while not all(town.hooks()):
                await asyncio.sleep(0.01)
        town.say("một")
        await town.telegram.until(lambda: 500 in town.telegram.refused_pushes)
        town.broken = False
        await until_stored(town, 2)
    assert len(town.stored) == 2


async def test_channels_that_are_down_at_the_start_are_waited_for(town: Town) -> None:
    await town.telegram.down()
    await town.zalo.down()
    async with receiving(town, public=True):
        await asyncio.sleep(0.1)
        await town.telegram.up()
        await town.zalo.up()
        town.say("một")
        await until_stored(town, 2)
