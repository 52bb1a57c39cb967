"""Walks a person through conversations: open, ask, hear, press, cancel, finish."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, TypeVar

from bot.chat import Address, Reply
from bot.domain.asked import Question
from bot.domain.person import Act, Person
from bot.errors import StaleChoice
from bot.i18n import say
from bot.ports import Desk, Stand

State = Mapping[str, Any]
One = TypeVar("One")


@dataclass(frozen=True, slots=True)
class Heard:
    """What one person said in one turn; `text` comes without the command word, times are the program's (aware, UTC)."""

    person: Person
    address: Address
    text: str
    sent_at: datetime
    now: datetime
    turn: int  # unique and rising: it names drafts and cards
    message: str = ""
    name: str = ""  # what the channel calls the person
    edited: bool = False  # an older message of theirs now says this
    stand: State | None = None  # where the person stands already in the conversation that is being opened
    question: Question | None = None  # as read already, when plain words led here
    before: Mapping[str, Any] | None = None  # what was asked last at this address


@dataclass(frozen=True, slots=True)
class Move:
    """What a conversation does next: says something, and stays at `stand`, leaves its place (`over`), or keeps it."""

    replies: tuple[Reply, ...]
    stand: Stand | None = None
    over: bool = False
    asked: Mapping[str, Any] | None = None  # what a follow-up may lean on


def answer(*replies: Reply) -> Move:
    """Say it; whatever the person was in the middle of stays where it was."""
    return Move(replies)


def finish(*replies: Reply) -> Move:
    return Move(replies, over=True)


def in_place(move: Move) -> Move:
    """The same, said in the place of the card that was pressed."""
    return replace(move, replies=tuple(replace(reply, in_place=True) for reply in move.replies))


Open = Callable[[Desk, Heard], Awaitable[Move]]
Hear = Callable[[Desk, Heard, State], Awaitable[Move | None]]
Recognise = Callable[[Desk, Heard], Awaitable[bool]]
Press = Callable[[Desk, Heard, State | None, str], Awaitable[Move]]


@dataclass(frozen=True, slots=True)
class Conversation:
    """A conversation is data. The first of `commands` stands in menus; `phrases` are folded words that also open it.

    `recognises`: plain words without any command that are meant for it all the same; with `eager` even when they read
    like a question ("16h tôi nộp").
    `steps` hear what is typed while the person stands there (None: not meant for this conversation);
    `presses` answer buttons, whose tokens are `name:press:argument`; at a step in `free` any words are the answer (a
    reason, say), until half a day has gone by, unless the conversation `keeps` what is under way. At a step in `asides`
    a reason is awaited: what is for certain a question is answered all the same. At a step in `figures` a bare number
    is the figure that was asked for, whatever else could be chosen by a number."""

    name: str
    commands: tuple[str, ...]
    about: str
    open: Open
    steps: Mapping[str, Hear] = field(default_factory=dict)
    presses: Mapping[str, Press] = field(default_factory=dict)
    free: frozenset[str] = frozenset()
    asides: frozenset[str] = frozenset()
    figures: frozenset[str] = frozenset()
    needs: Act | None = None
    phrases: tuple[str, ...] = ()
    recognises: Recognise | None = None
    eager: bool = False
    keeps: bool = False
    at_once: bool = False  # it does something without a card: a slip of the keyboard must not be its command
    shares: str = ""  # the conversation whose place it goes on from, when that is not its own

    def token(self, press: str, argument: str | int = "") -> str:
        return f"{self.name}:{press}:{argument}"


async def only_buttons(desk: Desk, heard: Heard, state: State) -> Move | None:
    """A step that only its buttons answer: anything typed belongs elsewhere."""
    return None


def current(state: State | None, argument: str) -> tuple[State, str]:
    """The state that a button of card `no` (the argument's first part) belongs to, and the rest of the argument.

    Raises StaleChoice when the card has been replaced."""
    number, _, rest = argument.partition(".")
    if state is None or str(state["no"]) != number:
        raise StaleChoice(int(number) if re.fullmatch("[0-9]{1,18}", number) else 0)
    return state, rest


def pick(options: Sequence[One], argument: str) -> One:
    """The option whose place a button tells. Raises StaleChoice for what is no place among them."""
    if not options:
        raise StaleChoice
    return options[whole(argument, len(options) - 1)]


def whole(argument: str, most: int) -> int:
    """The whole number from 0 to `most` that a button tells. Raises StaleChoice for anything else, however long."""
    if not re.fullmatch("[0-9]+", argument) or len(argument) > len(str(most)) or int(argument) > most:
        raise StaleChoice
    return int(argument)


async def cancelled(desk: Desk, heard: Heard, state: State | None, argument: str) -> Move:
    """The [Hủy] of a card; StaleChoice when the card has been replaced or there is nothing left to cancel."""
    current(state, argument)
    return finish(Reply(say("Cancelled; nothing has been stored."), in_place=True))
