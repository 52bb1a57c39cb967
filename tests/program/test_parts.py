"""The parts side by side: what one of them fails at holds up no chat, loses no mark, and is told in the log."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from bot import delivery
from bot.alarm import Alarm
from bot.chat import Address, Outgoing, Raw, Reply, Store, Turn
from bot.delivery import Delivery
from bot.errors import ChannelStopped, Rejected
from bot.intake import Intake
from bot.ports import Desk
from bot.program import Program
from bot.routing import Routes
from bot.scheduler import Scheduler
from db.engine import Database, open_database

HERE = Address("wire", "a")


class Now:
    def now(self) -> datetime:
        return datetime(2021, 10, 1, tzinfo=UTC)

    def shifted(self, real: datetime) -> datetime:
        return real


class Moody:
    """A database that fails, or takes its time, when it is told to; each mood is for one transaction."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.moods: list[Exception | Awaitable[object]] = []

    @asynccontextmanager
    async def begin(self) -> AsyncIterator[Desk]:
        mood = self.moods.pop(0) if self.moods else None
        if isinstance(mood, Exception):
            raise mood
        if mood is not None:
            await mood
        async with self.database.begin() as desk:
            yield desk

    def busy(self) -> bool:
        return self.database.busy()

    async def close(self) -> None:
        await self.database.close()


class Wire:
    """`receiving` is what receive() does; every fault spoils one send."""

    name = "wire"

    def __init__(self) -> None:
        self.sent: list[str] = []
        self.faults: list[Exception] = []
        self.before_send: Callable[[], None] = lambda: None
        self.receiving: Exception | None = None
        self.closed = False

    async def receive(self, store: Store) -> None:
        if self.receiving:
            raise self.receiving
        await asyncio.Event().wait()

    def read(self, raw: Raw) -> Turn | None:
        return None

    async def send(self, outgoing: Outgoing) -> str:
        self.before_send()
        if self.faults:
            raise self.faults.pop(0)
        self.sent.append(outgoing.reply.text)
        return "m"

    async def close(self) -> None:
        self.closed = True


@pytest.fixture
async def moody(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Moody]:
    monkeypatch.setattr(delivery, "FIRST_PAUSE", 0.0)
    database = Moody(await open_database(f"sqlite+aiosqlite:///{tmp_path / 'd.sqlite'}"))
    yield database
    await database.close()


@pytest.fixture
def wire() -> Wire:
    return Wire()


async def post(moody: Moody, *texts: str) -> None:
    async with moody.database.begin() as desk:
        for text in texts:
            await desk.outbox.post(HERE, Reply(text), Now().now())


async def left(moody: Moody) -> list[str]:
    async with moody.database.begin() as desk:
        return [one.reply.text for one in await desk.outbox.unsent(0, 100)]


async def until(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(5):
        while not condition():
            await asyncio.sleep(0.005)


async def test_marks_that_are_being_stored_when_it_stops_are_stored(moody: Moody, wire: Wire) -> None:
    await post(moody, "1")
    sending, opened = Delivery(moody, Now(), {"wire": wire}), asyncio.Event()

    async def slowly() -> None:
        opened.set()
        await asyncio.sleep(0.05)

    wire.before_send = lambda: moody.moods.append(slowly())
    running = asyncio.create_task(sending.run())
    await opened.wait()
    sending.stop()
    await running
    assert (wire.sent, await left(moody)) == (["1"], [])


async def test_marks_that_could_not_be_stored_are_stored_with_the_next(moody: Moody, wire: Wire) -> None:
    await post(moody, "1")
    sending = Delivery(moody, Now(), {"wire": wire})
    wire.before_send = lambda: moody.moods.append(OSError("locked"))
    running = asyncio.create_task(sending.run())
    await until(lambda: not moody.moods and bool(wire.sent))
    wire.before_send = lambda: None
    await post(moody, "2")
    sending.wake()
    await until(lambda: wire.sent == ["1", "2"])
    sending.stop()
    await running
    assert await left(moody) == []


async def test_a_chat_goes_on_when_its_refused_message_could_not_be_marked(moody: Moody, wire: Wire) -> None:
    await post(moody, "1", "2")
    wire.faults = [Rejected("no"), Rejected("no")]
    wire.before_send = lambda: moody.moods.append(OSError("locked")) if len(wire.faults) == 2 else None
    sending = Delivery(moody, Now(), {"wire": wire})
    running = asyncio.create_task(sending.run())
    await until(lambda: wire.sent == ["2"])
    sending.stop()
    await running
    assert await left(moody) == []


def program(moody: Moody, wire: Wire) -> Program:
    sending = Delivery(moody, Now(), {"wire": wire})
    intake = Intake(moody, Now(), {"wire": wire}, Routes(()), sending.hand)
    return Program({"wire": wire}, intake, sending, Scheduler(moody.database, Now(), sending.wake))


async def test_a_channel_that_breaks_ends_the_program_in_order_and_is_told(moody: Moody, wire: Wire) -> None:
    await post(moody, "1")
    wire.receiving = OSError("disk full")
    with capture_logs() as logs:
        assert await program(moody, wire).run() is False
    assert (wire.sent, wire.closed, await left(moody)) == (["1"], True, [])
    assert [(one["event"], str(one["exc_info"])) for one in logs] == [("a part has failed", "disk full")]


async def test_one_channel_that_stops_of_two_is_known_and_the_program_is_ready_all_the_same(moody: Moody) -> None:
    one, other = Wire(), Wire()
    other.name, other.receiving = "other", ChannelStopped("other", "401")
    wires = {"wire": one, "other": other}
    alarm = Alarm(moody.database, Now())
    sending = Delivery(moody, Now(), wires, stopped=alarm.stopped)
    intake = Intake(moody, Now(), wires, Routes(()), sending.hand)
    running = Program(wires, intake, sending, Scheduler(moody.database, Now(), sending.wake), alarm)
    async with moody.database.begin() as desk:
        await desk.channels.stopped("wire", Now().now())  # in an earlier run
    ending = asyncio.create_task(running.run())
    await until(lambda: running.stopped() == ["other"])
    assert running.ready()
    await until(lambda: "other" in alarm._told)
    one.faults = [ChannelStopped("wire", "401")]  # it receives, but what it is sent is refused
    await post(moody, "1")
    sending.wake()
    await until(lambda: running.stopped() == ["other", "wire"])
    assert not running.ready()
    running.stop()
    await ending
    async with moody.database.begin() as desk:
        assert list(await desk.channels.stops()) == ["other", "wire"]


async def test_an_intake_that_breaks_ends_the_program_in_order_and_is_told(moody: Moody, wire: Wire) -> None:
    await post(moody, "1")
    moody.moods = [OSError("disk full")]
    with capture_logs() as logs:
        assert await program(moody, wire).run() is False
    assert (wire.sent, wire.closed, await left(moody)) == (["1"], True, [])
    assert [(one["event"], str(one["exc_info"])) for one in logs] == [("a part has failed", "disk full")]


async def test_work_beside_that_breaks_is_told_and_ends_nothing(moody: Moody, wire: Wire) -> None:
    async def broken() -> None:
        raise ValueError("no such menu")

    running = program(moody, wire)
    with capture_logs() as logs:
        running.alongside(broken())
        ending = asyncio.create_task(running.run())
        await until(lambda: bool(logs))
        assert not ending.done()
        running.stop()
        assert await ending is True
    assert [(one["event"], str(one["exc_info"])) for one in logs] == [("a part has failed", "no such menu")]
