"""Walks a person through conversations: open, ask, hear, press, cancel, finish."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from bot.chat import Address, Reply
from bot.domain.person import Act, Person
from bot.ports import Desk, Stand

State = Mapping[str, Any]


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
    stand: State | None = None  # where the person stands already in the conversation that is being opened


@dataclass(frozen=True, slots=True)
class Move:
    """What a conversation does next: says something, and stays at `stand`, leaves its place (`over`), or keeps it."""

    replies: tuple[Reply, ...]
    stand: Stand | None = None
    over: bool = False


def answer(*replies: Reply) -> Move:
    """Say it; whatever the person was in the middle of stays where it was."""
    return Move(replies)


def finish(*replies: Reply) -> Move:
    return Move(replies, over=True)


Open = Callable[[Desk, Heard], Awaitable[Move]]
Hear = Callable[[Desk, Heard, State], Awaitable[Move | None]]
Recognise = Callable[[Desk, Heard], Awaitable[bool]]
Press = Callable[[Desk, Heard, State | None, str], Awaitable[Move]]


@dataclass(frozen=True, slots=True)
class Conversation:
    """A conversation is data. The first of `commands` stands in menus; `phrases` are folded words that also open it.

    `recognises`: plain words without any command that are meant for it all the same.
    `steps` hear what is typed while the person stands there (None: not meant for this conversation);
    `presses` answer buttons, whose tokens are `name:press:argument`; at a step in `free` any words are the answer."""

    name: str
    commands: tuple[str, ...]
    about: str
    open: Open
    steps: Mapping[str, Hear] = field(default_factory=dict)
    presses: Mapping[str, Press] = field(default_factory=dict)
    free: frozenset[str] = frozenset()
    needs: Act | None = None
    phrases: tuple[str, ...] = ()
    recognises: Recognise | None = None

    def token(self, press: str, argument: str | int = "") -> str:
        return f"{self.name}:{press}:{argument}"


def menu_for(conversations: Sequence[Conversation], allowed: Callable[[Act], bool]) -> tuple[Conversation, ...]:
    """The conversations that this person may hold, in the order of the table of contents."""
    return tuple(one for one in conversations if one.about and (one.needs is None or allowed(one.needs)))
