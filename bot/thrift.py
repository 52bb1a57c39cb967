"""A channel with a monthly limit: what goes out is counted, and near the limit what can be spared is held back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from bot.alarm import tell_admins
from bot.cards import channel_name
from bot.chat import Outgoing
from bot.domain.calendar import local_day
from bot.i18n import number, say
from bot.ports import Desk

WARN_AT, HOLD_AT = 80, 95  # per cent


@dataclass(frozen=True, slots=True)
class Quota:
    """Messages a month, and how many of them one reply takes."""

    monthly: int
    cost: Callable[[Outgoing], int]


class Thrift:
    def __init__(self, quotas: Mapping[str, Quota] | None = None) -> None:
        self.quotas = quotas or {}

    def cost(self, outgoing: Outgoing) -> Counter[str]:
        """What it takes of its channel's month; nothing where there is no limit."""
        channel = outgoing.address.channel
        return Counter({channel: self.quotas[channel].cost(outgoing)} if channel in self.quotas else {})

    async def holds(self, desk: Desk, outgoing: Outgoing, now: datetime) -> bool:
        """Whether it is one that can be spared, and the month nearly spent."""
        quota = self.quotas.get(outgoing.address.channel)
        if quota is None or not outgoing.reply.spare:
            return False
        return near(await desk.channels.spent(outgoing.address.channel, month_of(now)), quota.monthly, HOLD_AT)

    async def spend(self, desk: Desk, spent: Mapping[str, int], now: datetime) -> bool:
        """Count them; the administrators are told once when the month is nearly spent: whether that was now."""
        month, told = month_of(now), 0
        for channel, many in spent.items():
            total, quota = await desk.channels.spend(channel, month, many), self.quotas[channel].monthly
            if near(total, quota, WARN_AT) and await desk.channels.warn(channel, month, now):
                told += await tell_admins(desk, partial(_warning, channel, total, quota), now)
        return told > 0

    async def exhausted(self, desk: Desk, channel: str, now: datetime) -> bool:
        """The channel takes no more this month. The administrators are told once: whether that was now."""
        if not await desk.channels.exhausted(channel, month_of(now), now):
            return False
        return await tell_admins(desk, partial(_exhausted, channel), now, but=channel) > 0


def near(sent: int, quota: int, percent: int) -> bool:
    """
    >>> near(2399, 3000, 80), near(2400, 3000, 80)
    (False, True)
    """
    return sent * 100 >= quota * percent


def month_of(now: datetime) -> str:
    """The month in the offices' time zone, as "2021-10"."""
    return f"{local_day(now):%Y-%m}"


def _exhausted(channel: str) -> str:
    return say(
        "**{channel}** takes no more messages this month: they are used up. What must reach somebody goes over their "
        "other channel; the rest waits.",
        channel=channel_name(channel),
    )


def _warning(channel: str, sent: int, quota: int) -> str:
    return say(
        "**{channel}** has sent {sent} of the {quota} messages that it may send this month. From {percent} % on, early "
        "reminders are held back.",
        channel=channel_name(channel),
        sent=number(sent),
        quota=number(quota),
        percent=HOLD_AT,
    )
