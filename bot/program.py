"""The running program: channels receive, intake answers, delivery sends, the scheduler reminds, until told to stop."""

from __future__ import annotations

import asyncio
import gc
import signal
from collections.abc import Coroutine, Mapping, Sequence
from typing import Any

import structlog

from bot.alarm import Alarm
from bot.chat import Channel
from bot.delivery import Delivery
from bot.errors import ChannelStopped
from bot.intake import Intake
from bot.scheduler import Scheduler

log = structlog.get_logger()


class Program:
    """Runs its parts side by side; when the last channel has stopped, or a part fails, the program ends."""

    def __init__(
        self,
        channels: Mapping[str, Channel],
        intake: Intake,
        delivery: Delivery,
        scheduler: Scheduler,
        alarm: Alarm | None = None,
    ) -> None:
        self._alarm = alarm
        self._receiving: set[str] = set()
        self._gone: set[str] = set()
        self._channels = channels
        self._intake = intake
        self._delivery = delivery
        self._scheduler = scheduler
        self._stop = asyncio.Event()
        self._beside: set[asyncio.Task[None]] = set()

    def stop(self) -> None:
        self._stop.set()

    def moved(self) -> None:
        """The clock has been moved: something may be due."""
        self._scheduler.wake()

    def alongside(self, work: Coroutine[Any, Any, None]) -> None:
        """Do this beside everything else, once; its failure is told and ends nothing."""
        task = asyncio.create_task(_told(work))
        self._beside.add(task)
        task.add_done_callback(self._beside.discard)

    def heed_signals(self) -> None:
        """SIGTERM and SIGINT stop the program in order."""
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, self.stop)

    async def run(self) -> bool:
        """Whether it ended because it was asked to. On the way out: no more updates, answer what has begun, send it."""
        if self._alarm:
            await self._alarm.begin()
        gc.collect()
        gc.freeze()  # what the program is made of is never garbage: walking it again and again would pause answers
        receiving = [asyncio.create_task(self._receive(channel)) for channel in self._channels.values()]
        answering, sending = asyncio.create_task(self._intake.run()), asyncio.create_task(self._delivery.run())
        reminding = asyncio.create_task(self._scheduler.run())
        stopped, all_gone = asyncio.create_task(_until(self._stop)), asyncio.create_task(_all(receiving))
        await asyncio.wait([stopped, all_gone, answering, sending, reminding], return_when=asyncio.FIRST_COMPLETED)
        for task in (leaving := [stopped, all_gone, *receiving, *self._beside]):
            task.cancel()
        sound = await _ended(*leaving)
        self._intake.stop()
        self._scheduler.stop()
        sound &= await _ended(answering, reminding)
        self._delivery.stop()
        sound &= await _ended(sending)
        for channel in self._channels.values():
            await channel.close()
        return self._stop.is_set() and sound

    def ready(self) -> bool:
        """Whether a channel receives and sends, and nobody has asked it to stop: those who write there are answered."""
        return bool(self._receiving - self._delivery.stopped()) and not self._stop.is_set()

    def stopped(self) -> list[str]:
        """The channels that have stopped while others go on."""
        return sorted(self._delivery.stopped() | self._gone)

    async def _receive(self, channel: Channel) -> None:
        self._receiving.add(channel.name)
        try:
            await channel.receive(self._intake.store)
        except ChannelStopped as error:
            log.error("channel stopped", channel=error.channel, why=error.why)
            self._gone.add(channel.name)
            if self._alarm:
                await self._alarm.stopped(error.channel)
            self._delivery.wake()
        finally:
            self._receiving.discard(channel.name)


async def _told(work: Coroutine[Any, Any, None]) -> None:
    try:
        await work
    except Exception as fault:
        log.error("a part has failed", exc_info=fault)


async def _until(event: asyncio.Event) -> None:
    await event.wait()


async def _all(tasks: Sequence[asyncio.Task[None]]) -> None:
    """Until all have ended, or one has failed."""
    await asyncio.wait(tasks, return_when=asyncio.FIRST_EXCEPTION)


async def _ended(*tasks: asyncio.Task[None]) -> bool:
    """Wait for them; whether none has failed, and if one has, the log tells of it."""
    results = await asyncio.gather(*tasks, return_exceptions=True)
    faults = [result for result in results if isinstance(result, Exception)]
    for fault in faults:
        log.error("a part has failed", exc_info=fault)
    return not faults
