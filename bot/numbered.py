"""Choices on a channel without buttons: a bare number picks one of the list that was shown last, and of no other.

While a figure is awaited every bare number is that figure, and no list carries numbers. Nor does what comes unasked
to somebody who is in the middle of something, nor what asks to link an account or to open a closed period."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import takewhile

from bot.chat import Choice, Reply, Turn
from bot.domain.folding import fold
from bot.i18n import say
from bot.ports import Desk, Shown

#: One or two digits, dressed as people dress them, and what follows (folded); longer numbers are figures.
_SAID = re.compile(r"(?:(?:chon|so|muc) +)*[#(\[]? *([0-9]{1,2})(?![0-9]) *[.,)\]/:;]* *(.*)")
LOOK_BACK = 12  # messages
SLACK = timedelta(seconds=1)  # a message is marked as sent a little after it was


async def meant_by_number(desk: Desk, turn: Turn, written_at: datetime) -> Turn | Reply:
    """The turn with the choice that its number picks; as it is when no list waits. No figure is awaited.

    With its label after it ("1. Nộp") it picks what it names, of whichever list; with other words it is no choice.
    A reply when the number is that of an older list, or of none: the list that waits, again. One that may not have been
    seen yet is never picked from: its first choice may be to file."""
    found = _SAID.fullmatch(fold(turn.text).strip())
    if turn.choice or not found:
        return turn
    number, label = int(found[1]), _plain(found[2])
    shown = await desk.outbox.shown(turn.address, LOOK_BACK)
    if label:
        return _labelled(shown, turn, number, label, written_at)
    last = _first_shown(shown)
    if last is None or last.reply.wants_number:
        return turn
    if last.reply.in_words:
        return _which(last.reply, next((one.reply for one in shown if one.reply.numbered), None))
    choices = last.reply.choices
    if not _seen(last, written_at):
        return _again(say("That number belongs to an older list. Now you can choose:"), choices)
    return _picked(turn, choices, number) or _again(
        say("Please choose a number from 1 to {last}:", last=len(choices)), choices
    )


def _labelled(shown: Sequence[Shown], turn: Turn, number: int, label: str, written_at: datetime) -> Turn | Reply:
    """The newest choice with that number and that label; asked back where the list that waits has only the label."""
    lists = [one for one in shown if one.reply.numbered]
    for one in lists:
        named = _plain(one.reply.choices[number - 1].label) if 1 <= number <= len(one.reply.choices) else ""
        if named == label and _seen(one, written_at):
            return _picked(turn, one.reply.choices, number) or turn
    choices = lists[0].reply.choices if lists else ()
    if label in [_plain(choice.label) for choice in choices]:
        return _again(say("Number and words do not agree. Please choose:"), choices)
    return turn


def _plain(label: str) -> str:
    return fold(label).strip(" .!…")


def _picked(turn: Turn, choices: Sequence[Choice], number: int) -> Turn | None:
    return replace(turn, text="", choice=choices[number - 1].token) if 1 <= number <= len(choices) else None


def _seen(one: Shown, written_at: datetime) -> bool:
    """Whether it had been shown when that was written."""
    return one.sent_at is not None and written_at >= one.sent_at - SLACK


def waiting(shown: Sequence[Shown]) -> Shown | None:
    """The message that a number answers: the newest with a list, or that asks for a figure; `shown` is newest first.

    The buttons of a card that has been used still say that it has been used: so do its numbers."""
    return next((one for one in shown if one.reply.choices or one.reply.wants_number), None)


def _first_shown(shown: Sequence[Shown]) -> Shown | None:
    """The message that waits; of a list that was shown several times on end the first, as it has been seen since."""
    last = waiting(shown)
    if last is None or not last.reply.numbered:
        return last
    lists = [one for one in shown if one.reply.choices or one.reply.wants_number]
    same = [*takewhile(lambda one: one.reply.numbered and one.reply.choices == last.reply.choices, lists)]
    return next((one for one in reversed(same) if one.sent_at), last)


def _which(last: Reply, before: Reply | None) -> Reply:
    """What came last has no numbers: it is named, and the list before it, if there is one, shown again."""
    if before is None:
        return replace(_again(say("Please answer this in words:"), last.choices), in_words=True)
    words = " · ".join(choice.label for choice in last.choices)
    text = say("What came last is answered in words: {words}. A number is for this list:", words=words)
    return _again(text, before.choices)


def _again(text: str, choices: Sequence[Choice]) -> Reply:
    return Reply(text, tuple(choices))
