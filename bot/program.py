"""The running program: channels receive, intake answers, delivery sends, until it is told to stop."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Coroutine, Mapping, Sequence
from typing import Any

import structlog

from bot.chat import Channel
from bot.delivery import Delivery
from bot.errors import ChannelStopped
from bot.intake import Intake

log = structlog.get_logger()


class Program:
    """Runs its parts side by side; when the last channel has stopped, or a part fails, the program ends."""

    def __init__(self, channels: Mapping[str, Channel], intake: Intake, delivery: Delivery) -> None:
        self._channels = channels
        self._intake = intake
        self._delivery = delivery
        self._stop = asyncio.Event()
        self._beside: set[asyncio.Task[None]] = set()

    def stop(self) -> None:
        self._stop.set()

    def alongside(self, work: Coroutine[Any, Any, None]) -> None:
        """Do this beside everything else, once."""
        task = asyncio.create_task(work)
        self._beside.add(task)
        task.add_done_callback(self._beside.discard)

    def heed_signals(self) -> None:
        """SIGTERM and SIGINT stop the program in order."""
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, self.stop)

    async def run(self) -> bool:
        """Whether it ended because it was asked to. On the way out: no more updates, answer what has begun, send it."""
        receiving = [asyncio.create_task(self._receive(channel)) for channel in self._channels.values()]
        working = [asyncio.create_task(self._intake.run()), asyncio.create_task(self._delivery.run())]
        stopped = asyncio.create_task(_until(self._stop))
        all_gone = asyncio.create_task(_all(receiving))
        waiting = [stopped, all_gone]
        await asyncio.wait([*waiting, *working], return_when=asyncio.FIRST_COMPLETED)
        leaving = [*waiting, *receiving, *self._beside]
        for task in leaving:
            task.cancel()
        await asyncio.gather(*leaving, return_exceptions=True)
        self._intake.stop()
        await asyncio.gather(working[0])
        self._delivery.stop()
        await asyncio.gather(working[1])
        for channel in self._channels.values():
            await channel.close()
        return self._stop.is_set()

    async def _receive(self, channel: Channel) -> None:
        try:
            await channel.receive(self._intake.store)
        except ChannelStopped as error:
            log.error("channel stopped", channel=error.channel, why=error.why)


async def _until(event: asyncio.Event) -> None:
    await event.wait()


async def _all(tasks: Sequence[asyncio.Task[None]]) -> None:
    await asyncio.wait(tasks)
