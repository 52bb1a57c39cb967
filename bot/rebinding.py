"""A channel whose addresses hold for one bot alone: when its token is another bot's, the old ones are set aside."""

from __future__ import annotations

from datetime import datetime

import structlog

from bot.domain.entry import Entry
from bot.ports import Desk
from bot.unasked.lost import elsewhere

log = structlog.get_logger()

MOST = 1_000_000


async def rebind(desk: Desk, channel: str, bot: str, now: datetime) -> int:
    """Heed which bot the channel has now; how many addresses have been set aside or brought back.

    What still waits for the old bot's addresses goes where its person can be reached, else nowhere."""
    before = await desk.channels.bot(channel)
    if before == bot:
        return 0
    await desk.channels.remember_bot(channel, bot)
    if not before:
        return 0
    changed = await desk.ways.rebind(channel, before, bot, now)
    await desk.audit.write(Entry(now, None, "", channel, "", "another_bot", channel))
    for outgoing in await desk.outbox.unsent(0, MOST):
        if outgoing.address.channel == channel:
            await desk.outbox.dead(outgoing.id, "the channel has another bot", now)
            await elsewhere(desk, outgoing, now)
    await desk.outbox.rebind(channel, before, bot)
    log.warning("the channel has another bot: its people must come in again", channel=channel, addresses=changed)
    return changed
