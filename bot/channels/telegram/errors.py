"""Telegram's errors in our words."""

from __future__ import annotations

import random
from datetime import timedelta

from telegram.error import BadRequest, ChatMigrated, Conflict, Forbidden, InvalidToken, RetryAfter, TelegramError

from bot.channels.telegram.transport import NotSent
from bot.errors import ChannelStopped, Later, Moved, Rejected, ThiduaError, Unreachable

_GONE = ("chat not found", "user not found", "deactivated", "peer_id_invalid", "not enough rights", "have no rights")


def told(error: TelegramError) -> ThiduaError:
    """Telegram's error as one of ours. A page of a proxy in between says nothing, whatever its code."""
    if isinstance(error.__cause__, TelegramError):
        return Later(why=brief(error), uncertain=True)
    match error:
        case InvalidToken():
            return ChannelStopped("telegram", "the token is refused")
        case Conflict() if says(error, "webhook is active"):
            return ChannelStopped("telegram", "a webhook is set for this bot, so that it cannot be polled")
        case ChatMigrated():
            return Moved(str(error.new_chat_id))
        case RetryAfter():
            return Later(_seconds(error.retry_after), "asked to slow down")
    return _refused(error) or Later(why=brief(error), uncertain=not isinstance(error, NotSent))


def _refused(error: TelegramError) -> ThiduaError | None:
    if isinstance(error, Forbidden) or (isinstance(error, BadRequest) and says(error, *_GONE)):
        return Unreachable(brief(error))
    return Rejected(brief(error)) if isinstance(error, BadRequest) or says(error, "entity too large") else None


def _seconds(wait: int | timedelta) -> float:
    return wait.total_seconds() if isinstance(wait, timedelta) else float(wait)


def seconds_until_next(error: TelegramError, faults: int) -> float:
    """How long to wait after that many faults in a row: as Telegram asks, else twice as long each time, never over 30.

    A little less at random, so that many bots do not come back all at once."""
    ours = told(error)
    least = ours.after if isinstance(ours, Later) else 0.0
    doubled = 0.5 * 2.0 ** min(faults, 6)
    return max(least, min(30.0, doubled) * random.uniform(0.75, 1.0))


def says(error: TelegramError, *needles: str) -> bool:
    said = str(error).lower()
    return any(needle in said for needle in needles)


def brief(error: TelegramError) -> str:
    """What went wrong in a line; never a proxy's page, which may repeat the URL and so the token."""
    why = error.__cause__ if isinstance(error.__cause__, TelegramError) else error
    return f"{type(error).__name__}: {why}"[:200]
