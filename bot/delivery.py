"""Outbox → channel, with order per chat, retry and batched marks."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field, replace

import structlog

from bot.alarm import nobody
from bot.chat import Address, Channel, Outgoing
from bot.errors import ChannelStopped, DeliveryError, Later, Moved, Rejected, Uncertain, Unreachable
from bot.marks import Marks
from bot.ports import Clock, Database
from bot.thrift import Thrift
from bot.unasked.lost import elsewhere, give_up, reroute

log = structlog.get_logger()

IN_FLIGHT = 64  # messages on the wire at once, per channel
TAKEN_AT_ONCE = 500
FIRST_PAUSE, LONGEST_PAUSE = 0.5, 15.0  # seconds, when a channel does not answer
LEAVE_WITHIN = 2.5  # seconds for what is on the wire when the program stops
MOST_TRIES = 20  # of one message, counted only while others get through: an outage of days loses nothing


@dataclass
class _Wire:
    """One channel's state on this side: how many may be on the way, and whether it is down just now."""

    channel: Channel
    slots: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(IN_FLIGHT))
    up: asyncio.Event = field(default_factory=asyncio.Event)
    pause: float = FIRST_PAUSE
    sent: int = 0
    stopped: bool = False

    def __post_init__(self) -> None:
        self.up.set()


class Delivery:
    """Sends what has been decided. A crash between sending and marking repeats a message at worst."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        channels: Mapping[str, Channel],
        thrift: Thrift | None = None,
        stopped: Callable[[str], Awaitable[None]] = nobody,
    ) -> None:
        self._database = database
        self._clock = clock
        self._thrift = thrift or Thrift()
        self._stopped = stopped
        self._wires = {name: _Wire(channel, pause=FIRST_PAUSE) for name, channel in channels.items()}
        self._queues: dict[Address, deque[Outgoing]] = {}
        self._workers: set[asyncio.Task[None]] = set()
        self._last = 0  # the highest outbox id taken up so far
        self._marks = Marks(database, clock, self._thrift, self.wake)
        self._on_wire: set[int] = set()
        self._failures: dict[int, tuple[int, int]] = {}  # by message: tries that count, and what was sent by then
        self._news = asyncio.Event()
        self._stopping = False

    def wake(self) -> None:
        """There may be something new in the outbox."""
        self._news.set()

    async def run(self) -> None:
        """Send what waits, then what comes, until stopped; what is on the way is finished, within a time."""
        marking = asyncio.create_task(self._marks.run())
        try:
            while not self._stopping:
                self._news.clear()
                if await self._take() < TAKEN_AT_ONCE:
                    await self._news.wait()
            await self._drain()
        finally:
            marking.cancel()

    def stop(self) -> None:
        self._stopping = True
        self._news.set()

    async def settle(self) -> None:
        """Wait until everything in the outbox has been sent and marked: for tests and demos."""
        while await self._take() or self._workers:
            await asyncio.gather(*self._workers)
        await self._marks.store()

    async def _drain(self) -> None:
        while await self._take():
            pass
        workers = set(self._workers)
        if workers:
            await asyncio.wait(workers, timeout=LEAVE_WITHIN)
        late = set(self._workers)
        for worker in late:
            worker.cancel()
        await asyncio.gather(*late, return_exceptions=True)
        async with self._database.begin() as desk:
            for id in self._on_wire:
                await desk.outbox.doubted(id, "stopped while it was on its way")
        await self._marks.store()

    async def _take(self) -> int:
        async with self._database.begin() as desk:
            fresh = await desk.outbox.unsent(self._last, TAKEN_AT_ONCE)
        for outgoing in fresh:
            self._last = outgoing.id
            self._enqueue(outgoing)
        return len(fresh)

    def _enqueue(self, outgoing: Outgoing) -> None:
        if outgoing.address.channel not in self._wires:
            return  # a channel that this process does not serve
        queue = self._queues.get(outgoing.address)
        if queue is not None:
            queue.append(outgoing)
            return
        self._queues[outgoing.address] = deque([outgoing])
        worker = asyncio.create_task(self._serve(outgoing.address))
        self._workers.add(worker)
        worker.add_done_callback(self._workers.discard)

    async def _serve(self, address: Address) -> None:
        """Send one chat's messages in their order until none is left."""
        queue, wire = self._queues[address], self._wires[address.channel]
        while queue and not wire.stopped:
            try:
                settled = await self._send(wire, queue[0])
            except Exception:  # what came of it could not be stored
                log.exception("not settled", id=queue[0].id)
                await asyncio.sleep(FIRST_PAUSE)
                continue
            if settled:
                queue.popleft()
        self._queues.pop(address, None)
        if queue:
            async with self._database.begin() as desk:
                await reroute(desk, queue, self._live(), self._clock.now())
            self.wake()

    def _live(self) -> set[str]:
        return {name for name, wire in self._wires.items() if not wire.stopped}

    async def _send(self, wire: _Wire, outgoing: Outgoing) -> bool:
        """Whether this message is settled, for good or ill."""
        await wire.up.wait()
        if outgoing.reply.spare and await self._held(outgoing):
            return True
        try:
            async with wire.slots:
                self._on_wire.add(outgoing.id)
                message = await wire.channel.send(outgoing)
        except DeliveryError as error:
            return await self._failed(wire, outgoing, error)
        except ChannelStopped as error:
            self._on_wire.discard(outgoing.id)
            log.error("channel stopped", channel=error.channel, why=error.why)
            wire.stopped = True
            await self._stopped(error.channel)
            self.wake()
            return False
        except Exception as error:  # a fault of ours: this message is set aside, the chat goes on
            log.exception("not sent", id=outgoing.id)
            return await self._failed(wire, outgoing, Rejected(repr(error)))
        wire.pause = FIRST_PAUSE
        wire.sent += 1
        self._done(outgoing, message)
        return True

    def _done(self, outgoing: Outgoing, message: str) -> None:
        self._on_wire.discard(outgoing.id)
        self._failures.pop(outgoing.id, None)
        self._marks.put(outgoing, message)

    async def _held(self, outgoing: Outgoing) -> bool:
        """Whether the channel's month is too nearly spent for it; then it goes over another one, if there is."""
        now = self._clock.now()
        async with self._database.begin() as desk:
            if not await self._thrift.holds(desk, outgoing, now):
                return False
            await desk.outbox.dead(outgoing.id, "held back: the month's messages run short", now)
            instead = await elsewhere(desk, outgoing, now)
        if instead:
            self.wake()
        return True

    async def _failed(self, wire: _Wire, outgoing: Outgoing, error: DeliveryError) -> bool:
        self._on_wire.discard(outgoing.id)
        match error:
            case Later():
                if error.uncertain:
                    await self._doubt(outgoing, error.why)
                return await self._again(wire, outgoing, error)
            case Uncertain(why=why):
                log.warning("nobody said whether it arrived", id=outgoing.id, why=why)
                await self._doubt(outgoing, why)
                self._done(outgoing, "")
                return True
            case Moved(chat=chat):
                await self._moved(outgoing, chat)
                return True
            case Unreachable(why=why) | Rejected(why=why):
                log.warning("not delivered", id=outgoing.id, why=why)
                async with self._database.begin() as desk:
                    now = self._clock.now()
                    await desk.outbox.dead(outgoing.id, why, now)
                    instead = isinstance(error, Unreachable) and await give_up(desk, outgoing, why, now)
                if instead:
                    self.wake()
                return True
        raise error

    async def _doubt(self, outgoing: Outgoing, why: str) -> None:
        """Remember that it may have arrived: a channel that counts tries it once more at most, also after a restart."""
        if outgoing.tries < 2:
            async with self._database.begin() as desk:
                await desk.outbox.doubted(outgoing.id, why)
            queue = self._queues[outgoing.address]
            queue[queue.index(outgoing)] = replace(outgoing, tries=outgoing.tries + 1)

    async def _again(self, wire: _Wire, outgoing: Outgoing, error: Later) -> bool:
        """Wait as long as the channel asks; when it does not answer at all, one pause serves all its chats."""
        if self._hopeless(wire, outgoing):
            async with self._database.begin() as desk:
                await desk.outbox.dead(outgoing.id, error.why, self._clock.now())
            return True
        if error.after:
            await asyncio.sleep(error.after)
        elif wire.up.is_set():
            log.warning("channel does not answer", channel=wire.channel.name, why=error.why, pause=wire.pause)
            wire.up.clear()
            await asyncio.sleep(wire.pause)
            wire.pause = min(wire.pause * 2, LONGEST_PAUSE)
            wire.up.set()
        return False

    def _hopeless(self, wire: _Wire, outgoing: Outgoing) -> bool:
        """Whether it is this message that fails, again and again, while others are taken."""
        tries, sent = self._failures.get(outgoing.id, (0, wire.sent))
        self._failures[outgoing.id] = (tries + (wire.sent > sent), wire.sent)
        return self._failures[outgoing.id][0] >= MOST_TRIES

    async def _moved(self, outgoing: Outgoing, chat: str) -> None:
        """The chat has a new id: everything unsent goes there."""
        async with self._database.begin() as desk:
            await desk.people.moved(outgoing.address, chat)
            await desk.outbox.moved(outgoing.address, chat)
        there = Address(outgoing.address.channel, chat)
        for one in self._queues[outgoing.address]:
            self._enqueue(replace(one, address=there))
        self._queues[outgoing.address].clear()
        self._queues[outgoing.address].append(outgoing)  # the caller takes the settled one off
