"""Zalo's errors in our words."""

from __future__ import annotations

import random

from bot.channels.zalo.client import Refused, Silent
from bot.errors import ChannelStopped, Later, Rejected, Spent, ThiduaError, Unreachable

NOT_NOW, BAD_TOKEN, NOTHING_NEW, TOO_MANY = 400, 401, 408, 429
NO_WEBHOOK = (400, 404)
QUOTA_PAUSE = 600.0  # seconds before a spent month is tried again
_NEVER = (400, 404)  # a message that is wrong, a method that there is not; 403 is an internal error of Zalo's
_GONE = ("chat not found", "user not found", "blocked", "deactivated")


def told(error: Refused | Silent) -> ThiduaError:
    if isinstance(error, Silent):
        return Later(why=error.why, uncertain=error.uncertain)
    said = error.description.lower()
    if error.code == BAD_TOKEN:
        return ChannelStopped("zalo", "the token is refused")
    if error.code in _NEVER:
        return Unreachable(str(error)) if any(one in said for one in _GONE) else Rejected(str(error))
    if error.code == TOO_MANY and "quota" in said:
        return Spent(QUOTA_PAUSE, str(error))
    return Later(why=str(error))


def seconds_until_next(faults: int) -> float:
    """How long to wait after that many faults in a row: twice as long each time, never over 30, a little at random."""
    return min(30.0, 0.5 * 2.0 ** min(faults, 6)) * random.uniform(0.75, 1.0)
