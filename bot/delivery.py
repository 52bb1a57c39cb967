"""Outbox → channel, with order per chat, retry and batched marks."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import replace

import structlog

from bot.alarm import nobody
from bot.chat import Address, Channel, Outgoing
from bot.detour import Detour
from bot.errors import (
    ChannelStopped,
    DeliveryError,
    Later,
    Moved,
    Partly,
    Rejected,
    Spent,
    Uncertain,
    Unreachable,
)
from bot.marks import Marks
from bot.ports import Clock, Database
from bot.thrift import Thrift
from bot.unasked.lost import give_up
from bot.wires import Wire

log = structlog.get_logger()

TAKEN_AT_ONCE = 500
FIRST_PAUSE, LONGEST_PAUSE = 0.5, 15.0  # seconds, when a channel does not answer
LEAVE_WITHIN = 2.5  # seconds for what is on the wire when the program stops
MOST_TRIES = 20  # of one message, counted only while others get through: an outage of days loses nothing


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
        self._stopped = stopped
        self._wires = {name: Wire(channel, FIRST_PAUSE) for name, channel in channels.items()}
        self._queues: dict[Address, deque[Outgoing]] = {}
        self._workers: set[asyncio.Task[None]] = set()
        self._last = 0  # the highest outbox id taken up so far
        self._taking = False  # what is being taken up goes before what is handed over
        thrift = thrift or Thrift()
        self._marks = Marks(database, clock, thrift, self.wake)
        self._detour = Detour(database, clock, self._wires, thrift, self.wake)
        self._on_wire: set[int] = set()
        self._news = asyncio.Event()
        self._stopping = False

    def wake(self) -> None:
        """There may be something new in the outbox."""
        self._news.set()

    def hand(self, posted: Sequence[Outgoing]) -> None:
        """These have just been committed: sent at once if they follow on what was taken last, else looked for."""
        ids = [one.id for one in posted]
        follow = bool(ids) and ids == [*range(self._last + 1, self._last + 1 + len(ids))]
        if self._stopping or self._taking or not follow or any(one.address in self._queues for one in posted):
            self.wake()
            return
        for one in posted:
            self._last = one.id
            self._enqueue(one)

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

    def stopped(self) -> set[str]:
        """The channels that take nothing more until the program begins anew."""
        return {name for name, wire in self._wires.items() if wire.stopped}

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
        self._taking = True
        try:
            async with self._database.begin() as desk:
                fresh = await desk.outbox.unsent(self._last, TAKEN_AT_ONCE)
            for outgoing in fresh:
                self._last = outgoing.id
                if outgoing.address not in self._queues or not await self._detour.round(outgoing):
                    self._enqueue(outgoing)
        finally:
            self._taking = False
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
            await self._detour.take(queue, "its channel has stopped")

    async def _past(self, head: Outgoing, why: str) -> bool:
        """Send what waits in that chat another way, as far as there is one; whether the one that failed is among it."""
        queue = self._queues[head.address]
        passed = await self._detour.take(queue, why)
        left = [one for one in queue if one.id not in passed]
        queue.clear()
        queue.extend(left)
        return head.id in passed

    async def _send(self, wire: Wire, outgoing: Outgoing) -> bool:
        """Whether this message is settled, for good or ill."""
        await wire.up.wait()
        if await self._detour.held(outgoing):
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
        wire.answered(FIRST_PAUSE)
        wire.sent += 1
        self._done(outgoing, message)
        return True

    def _done(self, outgoing: Outgoing, message: str) -> None:
        self._on_wire.discard(outgoing.id)
        self._wires[outgoing.address.channel].failures.pop(outgoing.id, None)
        self._marks.put(outgoing, message)

    async def _failed(self, wire: Wire, outgoing: Outgoing, error: DeliveryError) -> bool:
        self._on_wire.discard(outgoing.id)
        match error:
            case Later():
                if error.uncertain:
                    await self._doubt(outgoing, error.why)
                return await self._again(wire, outgoing, error)
            case Spent():
                return await self._spent(wire, outgoing, error)
            case Partly():
                wire.answered(FIRST_PAUSE)
                await self._next_part(outgoing)
                return False
            case Uncertain(why=why, rest=rest):
                log.warning("nobody said whether it arrived", id=outgoing.id, part=outgoing.gone + 1, why=why)
                await self._next_part(outgoing, why or "uncertain")
                if not rest:
                    self._done(outgoing, "")
                return not rest
            case Moved(chat=chat):
                await self._moved(outgoing, chat)
                return True
            case Unreachable(why=why) | Rejected(why=why):
                log.warning("not delivered", id=outgoing.id, why=why)
                wire.answered(FIRST_PAUSE)
                async with self._database.begin() as desk:
                    now = self._clock.now()
                    await desk.outbox.dead(outgoing.id, why, now)
                    instead = isinstance(error, Unreachable) and await give_up(desk, outgoing, why, now)
                if instead:
                    self.wake()
                return True
        raise error

    async def _next_part(self, outgoing: Outgoing, unsure: str = "") -> None:
        """Stored at once: what has arrived is not sent again, also after a restart."""
        async with self._database.begin() as desk:
            await desk.outbox.settled(outgoing.id, unsure)
        self._instead(outgoing, replace(outgoing, gone=outgoing.gone + 1, tries=0))

    def _instead(self, outgoing: Outgoing, changed: Outgoing) -> None:
        queue = self._queues[outgoing.address]
        queue[queue.index(outgoing)] = changed

    async def _doubt(self, outgoing: Outgoing, why: str) -> None:
        """Remember that it may have arrived: a channel that counts tries it once more at most, also after a restart."""
        if outgoing.tries < 2:
            async with self._database.begin() as desk:
                await desk.outbox.doubted(outgoing.id, why)
            self._instead(outgoing, replace(outgoing, tries=outgoing.tries + 1))

    async def _again(self, wire: Wire, outgoing: Outgoing, error: Later) -> bool:
        """Wait as long as the channel asks; when it does not answer at all, one pause serves all its chats."""
        if wire.vain(outgoing.id) >= MOST_TRIES:
            async with self._database.begin() as desk:
                await desk.outbox.dead(outgoing.id, error.why, self._clock.now())
            return True
        if error.after:
            await asyncio.sleep(error.after)
            return False
        wire.failed(self._clock.now())
        if wire.out(self._clock.now()) and await self._past(outgoing, f"no answer for long: {error.why}"):
            return False
        if wire.up.is_set():
            log.warning("channel does not answer", channel=wire.channel.name, why=error.why, pause=wire.pause)
            await wire.rest(LONGEST_PAUSE)
        return False

    async def _spent(self, wire: Wire, outgoing: Outgoing, error: Spent) -> bool:
        """What must reach somebody goes another way; an answer waits, one that can be spared is held back next."""
        await self._detour.spent(wire, error)
        passed = await self._past(outgoing, error.why)
        if not passed and (outgoing.gone or not outgoing.reply.spare):
            await asyncio.sleep(error.after)
        return False

    async def _moved(self, outgoing: Outgoing, chat: str) -> None:
        """The chat has a new id: everything unsent goes there."""
        async with self._database.begin() as desk:
            await desk.places.moved(outgoing.address, chat)
            await desk.outbox.moved(outgoing.address, chat)
        there = Address(outgoing.address.channel, chat)
        for one in self._queues[outgoing.address]:
            self._enqueue(replace(one, address=there))
        self._queues[outgoing.address].clear()
        self._queues[outgoing.address].append(outgoing)  # the caller takes the settled one off
