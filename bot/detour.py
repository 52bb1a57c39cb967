"""Another way for what must reach a person while its channel takes nothing: stopped, spent, or down for long."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import timedelta

import structlog

from bot.chat import Outgoing
from bot.errors import Spent
from bot.ports import Clock, Database
from bot.thrift import Thrift
from bot.unasked.lost import elsewhere, reroute
from bot.wires import Wire

log = structlog.get_logger()


class Detour:
    """`posted` is told when something has been put into the outbox."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        wires: Mapping[str, Wire],
        thrift: Thrift,
        posted: Callable[[], None],
    ) -> None:
        self._database = database
        self._clock = clock
        self._wires = wires
        self._thrift = thrift
        self._posted = posted

    async def take(self, waiting: Iterable[Outgoing], why: str) -> set[int]:
        """Send them over another channel that works, those of a person; which they were, the rest waits."""
        now = self._clock.now()
        live = {name for name, wire in self._wires.items() if wire.carries(now)}
        async with self._database.begin() as desk:
            passed = await reroute(desk, list(waiting), live, now, why)
        if passed:
            self._posted()
        return {one.id for one in passed}

    async def round(self, outgoing: Outgoing) -> bool:
        """Whether it went another way at once: behind an answer that waits for the next month it would not be tried."""
        if not self._wires[outgoing.address.channel].spent(self._clock.now()):
            return False
        return bool(await self.take([outgoing], "its channel's month is used up"))

    async def held(self, outgoing: Outgoing) -> bool:
        """Whether it can be spared and its channel's month is too nearly spent; then it goes another way, if any."""
        now, wire = self._clock.now(), self._wires[outgoing.address.channel]
        if not outgoing.reply.spare or outgoing.gone:
            return False
        async with self._database.begin() as desk:
            if not wire.spent(now) and not await self._thrift.holds(desk, outgoing, now):
                return False
            instead = await elsewhere(desk, outgoing, now)
            await desk.outbox.dead(outgoing.id, "held back: the month's messages run short", now, instead=instead)
        if instead:
            self._posted()
        return True

    async def spent(self, wire: Wire, error: Spent) -> None:
        """The channel's month is used up: the administrators hear of it, once a month."""
        now, channel = self._clock.now(), wire.channel.name
        log.warning("the month's messages are used up", channel=channel, why=error.why)
        wire.spent_until = now + timedelta(seconds=error.after)
        async with self._database.begin() as desk:
            told = await self._thrift.exhausted(desk, channel, now)
        if told:
            self._posted()
