"""A question that takes any words for its answer lapses: what is typed half a day later is meant for something else."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta

from bot.chat import Reply
from bot.dialogue import Conversation, Move
from bot.i18n import moment, say
from bot.ports import Stand

AFTER = timedelta(hours=12)


def lapsed(stand: Stand, conversation: Conversation, now: datetime) -> bool:
    """Whether its question waits too long already; a draft of figures waits as long as it takes."""
    waits = stand.step in conversation.free and not conversation.keeps
    return waits and stand.put_at is not None and now - stand.put_at >= AFTER


def prefaced(move: Move, left: Iterable[tuple[Stand, Conversation]]) -> Move:
    """The same move, begun with a line for each act that was left unfinished."""
    lines = [
        say(
            "**{what}**: left unfinished at {time}, nothing of it was stored. To begin again: {command}",
            what=say(one.about),
            time=moment(stand.put_at),
            command=f"/{one.commands[0]}",
        )
        for stand, one in left
        if stand.put_at
    ]
    first, *others = move.replies or (Reply(""),)
    text = "\n".join([*lines, first.text]).strip()
    return replace(move, replies=(replace(first, text=text), *others))
