"""Updates of Zalo are stored before anything else, however its hosts differ and whatever the network does."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from itertools import product
from typing import Any

import pytest

from bot.channels.zalo import Zalo
from bot.channels.zalo.update import kept, turn, updates_in
from bot.chat import Address, Raw, Turn
from bot.errors import ChannelStopped
from tests.servers.zalo import TOKEN, Fault, Manner, ZaloApi

BA_THUOC = "ba-thuoc-6ede9afa66b88fe6d6a9"
AT = datetime(2021, 10, 4, 9, 30, tzinfo=UTC)
MANNERS = [
    Manner(http, replays, wrapped, image)
    for http, replays, wrapped, image in product((False, True), (0, 2), (False, True), ("photo_url", "photo"))
]


class Inbox:
    """Keeps what it is given, unique by key as the real one, and how long the channel paused."""

    def __init__(self) -> None:
        self.raws: dict[str, Raw] = {}
        self.stored = 0
        self.pauses: list[float] = []
        self._changed = asyncio.Event()

    async def store(self, raws: Sequence[Raw]) -> None:
        self.stored += len(raws)
        self.raws |= {raw.key: raw for raw in raws}
        self._changed.set()

    async def pause(self, seconds: float) -> None:
        self.pauses.append(seconds)
        self._changed.set()
        await asyncio.sleep(0.001)

    async def until(self, condition: Callable[[], bool]) -> None:
        async with asyncio.timeout(5):
            while not condition():
                self._changed.clear()
                await self._changed.wait()

    def turns(self) -> list[Turn | None]:
        return [turn(raw) for raw in self.raws.values()]


@pytest.fixture(params=MANNERS, ids=str)
async def any_api(request: pytest.FixtureRequest) -> AsyncIterator[ZaloApi]:
    async with ZaloApi(request.param) as api:
        yield api


@pytest.fixture
async def api() -> AsyncIterator[ZaloApi]:
    async with ZaloApi() as api:
        yield api


@asynccontextmanager
async def receiving(
    api: ZaloApi, inbox: Inbox, token: str = TOKEN, poll: float = 1
) -> AsyncIterator[asyncio.Task[None]]:
    zalo = Zalo(token, api.url, poll=poll, pause=inbox.pause)
    task = asyncio.create_task(zalo.receive(inbox.store))
    try:
        yield task
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        await zalo.close()


async def test_everything_that_is_said_arrives_once_and_in_order_on_every_kind_of_host(any_api: ZaloApi) -> None:
    any_api.faults += [Fault(kind, "getUpdates") for kind in ("429", "403", "cut", "502")]
    any_api.say(BA_THUOC, "một", name="Hà", date=AT)
    any_api.show(BA_THUOC, "image", "hai")
    for kind in ("image", "sticker", "voice", "unsupported"):
        any_api.show(BA_THUOC, kind)
    any_api.say(BA_THUOC, "ba")
    inbox = Inbox()
    async with receiving(any_api, inbox, poll=0.1):
        await inbox.until(lambda: len(inbox.raws) == 7 and not any_api.updates)
        await any_api.until(lambda: any_api.counts["getUpdates"] > 12)
    assert [one and (one.text, one.unsupported) for one in inbox.turns()] == [
        ("một", False),
        ("hai", True),
        *[("", True)] * 4,
        ("ba", False),
    ]
    first = Turn(Address("zalo", BA_THUOC), AT, text="một", message=next(iter(inbox.raws)), numbered=True, name="Hà")
    assert inbox.turns()[0] == first
    assert inbox.stored == 7 * (1 + any_api.manner.replays)


async def test_an_update_that_comes_again_slows_the_polling_down() -> None:
    async with ZaloApi(Manner(replays=3)) as api:
        api.say(BA_THUOC, "một")
        inbox = Inbox()
        async with receiving(api, inbox):
            await inbox.until(lambda: len(inbox.pauses) == 3)
    assert (inbox.pauses, inbox.stored) == ([1.0] * 3, 4)


async def test_nothing_new_is_no_fault(any_api: ZaloApi) -> None:
    inbox = Inbox()
    async with receiving(any_api, inbox, poll=0.05):
        await any_api.until(lambda: any_api.counts["getUpdates"] == 4)
    assert set(inbox.pauses) <= {0.5}


@pytest.mark.parametrize("kind", ["429", "502", "504", "403", "500", "cut"])
async def test_a_passing_fault_is_waited_out_and_nothing_is_lost(any_api: ZaloApi, kind: str) -> None:
    any_api.faults += [Fault(kind), Fault(kind)]
    any_api.say(BA_THUOC, "/nop")
    inbox = Inbox()
    async with receiving(any_api, inbox):
        await inbox.until(lambda: bool(inbox.raws))
        pauses = inbox.pauses[:2]
    assert [least * 0.75 <= pause <= least for least, pause in zip((0.5, 1), pauses, strict=True)] == [True, True]


async def test_a_refused_token_stops_the_channel(any_api: ZaloApi) -> None:
    async with receiving(any_api, Inbox(), token="123:another") as task:
        with pytest.raises(ChannelStopped) as stopped:
            await asyncio.wait_for(task, 5)
    assert stopped.value == ChannelStopped("zalo", "the token is refused")


async def test_a_webhook_set_elsewhere_stops_the_channel(any_api: ZaloApi) -> None:
    inbox = Inbox()
    async with receiving(any_api, inbox) as task:
        await any_api.until(lambda: any_api.counts["getUpdates"] == 1)
        any_api.webhook = "https://else.example.org/hook"
        any_api.say(BA_THUOC, "/nop")  # ends the poll
        with pytest.raises(ChannelStopped) as stopped:
            await asyncio.wait_for(task, 5)
    assert stopped.value == ChannelStopped("zalo", "a webhook is set for this bot, so that it cannot be polled")


async def test_a_refused_poll_without_a_webhook_is_a_passing_fault(api: ZaloApi) -> None:
    inbox = Inbox()
    api.faults += [Fault("400", "getUpdates"), Fault("400", "getUpdates"), Fault("502", "getWebhookInfo")]
    api.say(BA_THUOC, "/nop")
    async with receiving(api, inbox):
        await inbox.until(lambda: bool(inbox.raws))
    assert len(inbox.pauses) >= 2


async def test_a_poll_in_flight_is_waited_for_when_the_bot_stops(api: ZaloApi) -> None:
    inbox = Inbox()
    async with receiving(api, inbox) as task:
        await api.until(lambda: api.counts["getUpdates"] == 1)
        task.cancel()
        api.say(BA_THUOC, "/nop")
        with pytest.raises(asyncio.CancelledError):
            await task
    assert [one and one.text for one in inbox.turns()] == ["/nop"]


async def test_what_was_fetched_is_stored_again_and_again_before_it_is_given_up(api: ZaloApi) -> None:
    inbox, faults = Inbox(), [OSError("disk full"), OSError("disk full")]

    async def moody(raws: Sequence[Raw]) -> None:
        if faults:
            raise faults.pop()
        await inbox.store(raws)

    api.say(BA_THUOC, "/nop")
    zalo = Zalo(TOKEN, api.url, poll=1, pause=inbox.pause)
    task = asyncio.create_task(zalo.receive(moody))
    await inbox.until(lambda: bool(inbox.raws))
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    await zalo.close()
    assert inbox.stored == 1


async def test_waits_grow_while_zalo_is_down_and_the_bot_comes_back_by_itself(api: ZaloApi) -> None:
    inbox = Inbox()
    async with receiving(api, inbox):
        await api.until(lambda: api.counts["getUpdates"] == 1)
        await api.down()
        await inbox.until(lambda: len(inbox.pauses) >= 9)
        api.say(BA_THUOC, "/nop")
        await api.up()
        await inbox.until(lambda: bool(inbox.raws))
    assert [0.3 < pause <= 30 for pause in inbox.pauses[:9]] == [True] * 9
    assert inbox.pauses[8] > 20


STRANGE: list[Any] = [
    {},
    {"event_name": "message.text.received"},
    {"event_name": "user.followed", "message": {"from": {"id": "1"}}},
    {"event_name": "message.text.received", "message": "text"},
    {"event_name": 7, "message": {"chat": None, "from": [], "text": 5, "date": "yesterday"}},
    {"event_name": "message.text.received", "message": {"from": {"id": "1", "is_bot": True}, "text": "x"}},
]


@pytest.mark.parametrize("update", STRANGE, ids=str)
def test_what_nobody_has_described_holds_nothing_and_crashes_nothing(update: Any) -> None:
    for body in (update, {"ok": True, "result": update}, [update], {"ok": True, "result": [update]}):
        for one in updates_in(body):
            assert turn(kept(one, AT)) is None


@pytest.mark.parametrize(
    "date",
    ["9" * 5000, "9" * 15, 10**14, -5, 0, True, 1.5, float("inf"), None, [], "²"],
    ids=lambda date: repr(date)[:20],
)
def test_a_date_that_is_none_is_when_the_update_came(date: Any) -> None:
    message = {"from": {"id": "1"}, "chat": {"id": "1"}, "message_id": "m", "text": "x", "date": date}
    read = turn(kept({"event_name": "message.text.received", "message": message}, AT))
    assert read and read.sent_at == AT


async def test_what_nests_too_deeply_is_left_out(api: ZaloApi) -> None:
    inbox, deep = Inbox(), dict[str, Any]()
    for _ in range(100_000):
        deep = {"message": deep}
    zalo = Zalo(TOKEN, api.url)
    assert await zalo.accept(deep, inbox.store) is None
    await zalo.close()


def test_a_body_without_an_update_holds_none() -> None:
    bodies: list[Any] = [None, 1, "x", [], {}, {"ok": True}, {"ok": True, "result": None}, {"ok": True, "result": {}}]
    for body in bodies:
        assert updates_in(body) == []


def test_a_message_of_a_kind_nobody_has_described_is_answered_politely() -> None:
    message = {"from": {"id": "1", "display_name": "Hà"}, "chat": {"id": "1"}, "message_id": "m"}
    raw = kept({"event_name": "message.link.received", "message": message}, AT)
    assert turn(raw) == Turn(Address("zalo", "1"), AT, message="m", unsupported=True, numbered=True, name="Hà")


def test_updates_without_a_message_id_are_told_apart_by_all_they_say() -> None:
    one, other = ({"event_name": "x", "message": {"text": text}} for text in ("a", "b"))
    assert kept(one, AT).key == kept(one, AT + timedelta(1)).key != kept(other, AT).key


async def test_a_message_in_a_group_is_not_private(api: ZaloApi) -> None:
    update = api.say(BA_THUOC, "@Thi Đua tổng cụm 3", group="g1")
    found = turn(kept(update, AT))
    assert found
    assert (found.address, found.private, found.called) == (Address("zalo", "g1"), False, True)


async def test_the_token_is_never_told(
    api: ZaloApi, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG)
    api.faults += [Fault(kind) for kind in ("500", "502", "cut", "429", "504")]
    api.say(BA_THUOC, "/nop")
    inbox = Inbox()
    async with receiving(api, inbox):
        await inbox.until(lambda: bool(inbox.raws))
        await api.down()
        await inbox.until(lambda: len(inbox.pauses) >= 7)
    told = caplog.text + "".join(capsys.readouterr()) + json.dumps([raw.payload for raw in inbox.raws.values()])
    assert TOKEN.split(":")[1] not in told
