"""Updates are stored before they are confirmed, whatever the network does."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime

import pytest

from bot.channels.telegram import Telegram
from bot.chat import Raw
from bot.errors import ChannelStopped
from tests.servers.telegram import TOKEN, BotApi, Fault

BA_THUOC = 7001
pytestmark = pytest.mark.filterwarnings("ignore::telegram.warnings.PTBDeprecationWarning")


class Inbox:
    """Keeps what it is given, and how long the channel paused; wakes who waits for more."""

    def __init__(self) -> None:
        self.batches: list[list[str]] = []
        self.raws: list[Raw] = []
        self.pauses: list[float] = []
        self._changed = asyncio.Event()

    async def store(self, raws: Sequence[Raw]) -> None:
        self.raws += raws
        self.batches.append([raw.key for raw in raws])
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


@pytest.fixture
async def api() -> AsyncIterator[BotApi]:
    async with BotApi() as api:
        yield api


@asynccontextmanager
async def receiving(
    api: BotApi, inbox: Inbox, *, token: str = TOKEN, poll: int = 5
) -> AsyncIterator[asyncio.Task[None]]:
    telegram = Telegram(token, api.url, poll=poll, pause=inbox.pause)
    task = asyncio.create_task(telegram.receive(inbox.store))
    try:
        yield task
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        await telegram.close()


async def test_a_batch_is_stored_in_one_call_and_in_order(api: BotApi) -> None:
    keys = [str(api.say(BA_THUOC, text)["update_id"]) for text in ("một", "hai", "ba")]
    inbox = Inbox()
    async with receiving(api, inbox):
        await inbox.until(lambda: len(inbox.raws) == 3)
    assert inbox.batches == [keys]


async def test_what_is_stored_is_telegrams_own_json_with_the_time_it_was_fetched(api: BotApi) -> None:
    update = api.say(BA_THUOC, "/nop", first_name="Hà")
    inbox, before = Inbox(), datetime.now(UTC)
    async with receiving(api, inbox):
        await inbox.until(lambda: bool(inbox.raws))
    [raw] = inbox.raws
    kept = json.loads(raw.payload)
    assert (raw.channel, raw.key, raw.account) == ("telegram", str(update["update_id"]), str(BA_THUOC))
    assert (kept["update"], kept["me"]) == (update, "thidua_bot")
    assert before <= datetime.fromisoformat(kept["at"]) <= datetime.now(UTC)


async def test_an_update_is_confirmed_only_after_it_is_stored(api: BotApi) -> None:
    api.say(BA_THUOC, "/nop")
    stored = asyncio.Event()

    async def slow(raws: Sequence[Raw]) -> None:
        await asyncio.sleep(0.05)
        assert len(api.updates) == 1
        stored.set()

    telegram = Telegram(TOKEN, api.url, poll=5)
    task = asyncio.create_task(telegram.receive(slow))
    await asyncio.wait_for(stored.wait(), 5)
    await api.until(lambda: not api.updates)
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    await telegram.close()


async def test_an_update_whose_storing_failed_comes_again(api: BotApi) -> None:
    update = api.say(BA_THUOC, "/nop")

    async def broken(raws: Sequence[Raw]) -> None:
        raise OSError("disk full")

    telegram = Telegram(TOKEN, api.url, poll=5)
    with pytest.raises(OSError, match="disk full"):
        await telegram.receive(broken)
    await telegram.close()
    inbox = Inbox()
    async with receiving(api, inbox):
        await inbox.until(lambda: bool(inbox.raws))
    assert inbox.batches == [[str(update["update_id"])]]


async def test_a_batch_being_stored_when_the_bot_stops_is_stored_to_its_end(api: BotApi) -> None:
    api.say(BA_THUOC, "/nop")
    begun, ended = asyncio.Event(), asyncio.Event()

    async def slow(raws: Sequence[Raw]) -> None:
        begun.set()
        await asyncio.sleep(0.05)
        ended.set()

    telegram = Telegram(TOKEN, api.url, poll=5)
    task = asyncio.create_task(telegram.receive(slow))
    await asyncio.wait_for(begun.wait(), 5)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert ended.is_set()
    await telegram.close()


async def test_a_pressed_button_is_answered_once_it_is_stored(api: BotApi) -> None:
    api.say(BA_THUOC, "/nop")
    inbox = Inbox()
    async with receiving(api, inbox):
        await inbox.until(lambda: bool(inbox.raws))
        markup = {"inline_keyboard": [[{"text": "Nộp", "callback_data": "submit:file"}]]}
        api.from_bot(BA_THUOC, text="Nộp?", markup=markup)
        api.tap(BA_THUOC, "Nộp")
        await api.until(lambda: all(api.asked.values()))
    assert len(inbox.raws) == 2


async def test_an_update_of_an_unknown_shape_does_not_end_the_receiving(api: BotApi) -> None:
    inbox = Inbox()
    for id, odd in enumerate([7, [], {"from": 7}, {"data": 5}], 1):
        api.updates.append({"update_id": id, "callback_query": odd})
    async with receiving(api, inbox):
        await inbox.until(lambda: len(inbox.raws) == 4)


@pytest.mark.parametrize("kind", ["500", "502", "404", "cut", "cut_after", "429"])
async def test_a_passing_fault_is_waited_out_and_nothing_is_lost(api: BotApi, kind: str) -> None:
    api.faults += [Fault(kind, "getUpdates", retry_after=7), Fault(kind, "getMe", retry_after=7)]
    update = api.say(BA_THUOC, "/nop")
    inbox = Inbox()
    async with receiving(api, inbox):
        await inbox.until(lambda: bool(inbox.raws))
    assert [raw.key for raw in inbox.raws] == [str(update["update_id"])]
    low, high = (7, 7) if kind == "429" else (0.3, 1.0)
    assert [low <= pause <= high for pause in inbox.pauses] == [True, True]


async def test_waits_grow_while_telegram_is_down_and_the_bot_comes_back_by_itself(api: BotApi) -> None:
    inbox = Inbox()
    async with receiving(api, inbox):
        await api.until(lambda: api.counts["getUpdates"] > 0)
        await api.down()
        await inbox.until(lambda: len(inbox.pauses) == 9)
        pauses = inbox.pauses[:9]
        update = api.say(BA_THUOC, "/nop")
        await api.up()
        await inbox.until(lambda: bool(inbox.raws))
    assert [raw.key for raw in inbox.raws] == [str(update["update_id"])]
    assert [
        least * 0.75 <= pause <= least for least, pause in zip((0.5, 1, 2, 4, 8, 16, 30, 30, 30), pauses, strict=True)
    ] == [True] * 9


async def test_a_second_bot_with_the_same_token_is_waited_for(api: BotApi) -> None:
    first, second = Inbox(), Inbox()
    async with receiving(api, first):
        await api.until(lambda: api.counts["getUpdates"] == 1)
        async with receiving(api, second, poll=1):
            await first.until(lambda: bool(first.pauses))
        api.say(BA_THUOC, "/nop")
        await first.until(lambda: bool(first.raws))


@pytest.mark.parametrize("token", ["123456:another-abcdefghijklmnopqrstuvwxyz", "nonsense"])
async def test_a_refused_token_stops_the_channel(api: BotApi, token: str) -> None:
    inbox = Inbox()
    async with receiving(api, inbox, token=token) as task:
        with pytest.raises(ChannelStopped) as stopped:
            await asyncio.wait_for(task, 5)
    assert stopped.value == ChannelStopped("telegram", "the token is refused")


async def test_a_webhook_set_elsewhere_stops_the_channel(api: BotApi) -> None:
    api.account.webhook = "https://example.org/hook"
    async with receiving(api, Inbox()) as task:
        with pytest.raises(ChannelStopped, match="webhook"):
            await asyncio.wait_for(task, 5)


async def test_an_answer_that_should_have_been_held_back_is_no_busy_loop(api: BotApi) -> None:
    api.allowed = {"message"}
    inbox = Inbox()
    async with receiving(api, inbox, poll=1):
        await api.until(lambda: api.counts["getUpdates"] == 1)
        for _ in range(3):
            await api.until(lambda: api._poll is not None and not api._poll.done())
            api._wake()
            await inbox.until(lambda: bool(inbox.pauses))
    assert set(inbox.pauses) == {0.5}


async def test_the_token_is_never_told(
    api: BotApi, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG)
    api.faults += [Fault("500"), Fault("502"), Fault("cut"), Fault("404")]
    api.say(BA_THUOC, "/nop")
    inbox = Inbox()
    async with receiving(api, inbox):
        await inbox.until(lambda: bool(inbox.raws))
        await api.down()
        await inbox.until(lambda: len(inbox.pauses) >= 6)
    told = caplog.text + "".join(capsys.readouterr()) + repr(Telegram(TOKEN, api.url)._bot)
    assert TOKEN not in told
    assert TOKEN.split(":")[1] not in told
