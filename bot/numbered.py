"""Choices on a channel without buttons: a bare number picks one of the list that was shown last, and of no other.

While a figure is awaited every bare number is that figure, and no list carries numbers. Nor does what comes unasked
to somebody who is in the middle of something, nor what asks to link an account or to open a closed period."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from bot.chat import Choice, Reply, Turn
from bot.i18n import say
from bot.ports import Desk, Shown

#: One or two digits and nothing else but what people put after them; longer numbers are figures.
_BARE = re.compile(r"\s*([0-9]{1,2})\s*[.)]?\s*")
LOOK_BACK = 6  # messages
SLACK = timedelta(seconds=1)  # a message is marked as sent a little after it was


async def meant_by_number(desk: Desk, turn: Turn, sent_at: datetime) -> Turn | Reply:
    """The turn with the choice that its number picks; as it is when no list waits. No figure is awaited.

    A reply when the number is that of an older list, or of none: the list that waits, again. One that may not have been
    seen yet is never picked from: its first choice may be to file."""
    found = _BARE.fullmatch(turn.text)
    if turn.choice or not found:
        return turn
    shown = await desk.outbox.shown(turn.address, LOOK_BACK)
    last = waiting(shown)
    if last is None or last.reply.wants_number:
        return turn
    if last.reply.in_words:
        return _which(last.reply, next((one.reply for one in shown if one.reply.numbered), None))
    choices, number = last.reply.choices, int(found[1])
    if last.sent_at is None or sent_at < last.sent_at - SLACK:
        return _again(say("That number belongs to an older list. Now you can choose:"), choices)
    if 1 <= number <= len(choices):
        return replace(turn, text="", choice=choices[number - 1].token)
    return _again(say("Please choose a number from 1 to {last}:", last=len(choices)), choices)


def waiting(shown: Sequence[Shown]) -> Shown | None:
    """The message that a number answers: the newest with a list, or that asks for a figure; `shown` is newest first.

    The buttons of a card that has been used still say that it has been used: so do its numbers."""
    return next((one for one in shown if one.reply.choices or one.reply.wants_number), None)


def _which(last: Reply, before: Reply | None) -> Reply:
    """What came last has no numbers: it is named, and the list before it, if there is one, shown again."""
    if before is None:
        return replace(_again(say("Please answer this in words:"), last.choices), in_words=True)
    words = " · ".join(choice.label for choice in last.choices)
    text = say("What came last is answered in words: {words}. A number is for this list:", words=words)
    return _again(text, before.choices)


def _again(text: str, choices: Sequence[Choice]) -> Reply:
    return Reply(text, tuple(choices))
