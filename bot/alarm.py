"""What the administrators must hear of unasked, on a channel that works."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from bot.cards import channel_name
from bot.chat import Reply
from bot.domain.calendar import local_day
from bot.domain.person import Role
from bot.i18n import say, speaking
from bot.ports import Clock, Database, Desk


async def tell_admins(desk: Desk, text: Callable[[], str], now: datetime, but: str = "") -> int:
    """To each administrator where they were last, though never on the channel `but`; to how many."""
    duties = await desk.people.duties([Role.ADMIN], local_day(now))
    told = 0
    for admin in dict.fromkeys(duty.person for duty in duties):
        addresses = [one for one in await desk.places.addresses(admin) if one.channel != but]
        if addresses:
            with speaking((await desk.people.get(admin)).language):
                await desk.outbox.post(addresses[0], Reply(text()), now, person=admin)
            told += 1
    return told


async def nobody(channel: str) -> None:
    """Who is told of a stopped channel where there is no alarm."""


class Alarm:
    """Tells of a channel that has stopped, once; that it has is remembered for whoever asks later."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock
        self._told: set[str] = set()

    async def begin(self) -> None:
        """What stopped in an earlier run is tried anew."""
        async with self._database.begin() as desk:
            await desk.channels.started()

    async def stopped(self, channel: str) -> None:
        if channel in self._told:
            return
        self._told.add(channel)
        async with self._database.begin() as desk:
            await desk.channels.stopped(channel, self._clock.now())
            await tell_admins(desk, lambda: _stopped(channel), self._clock.now(), but=channel)


def _stopped(channel: str) -> str:
    return say(
        "**{channel}** has stopped: its token is refused or something else uses it. The operator must look at it "
        "(`thidua doctor`); the other channels go on.",
        channel=channel_name(channel),
    )
