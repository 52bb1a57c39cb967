"""Turn in, Reply out: all that a channel and the bot say to each other."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

MENU = 24  # labels of recent choices that a person may type instead of pressing


@dataclass(frozen=True, slots=True)
class Address:
    """One account on one channel: where it is heard and answered."""

    channel: str
    chat: str


@dataclass(frozen=True, slots=True)
class Raw:
    """An update as the channel gave it: `key` is unique within the channel, `account` is the person who made it."""

    channel: str
    key: str
    account: str
    payload: str


@dataclass(frozen=True, slots=True)
class Turn:
    """What one person did once: wrote `text`, or pressed the button whose token is `choice`."""

    address: Address
    sent_at: datetime
    text: str = ""
    choice: str = ""
    card: str = ""  # the message that the pressed button hangs on
    message: str = ""  # the person's own message
    edited: bool = False
    private: bool = True
    unsupported: bool = False  # a picture, voice, sticker, contact: nothing that can be read
    gone: bool = False  # the person blocked the bot
    called: bool = False  # in a group: it was the bot that was spoken to
    numbered: bool = False  # the channel has no buttons: choices are numbered, and a bare number may be one
    name: str = ""  # what the channel calls the person


@dataclass(frozen=True, slots=True)
class Choice:
    """A button: what it says, and the token (ASCII, at most 64 bytes) that comes back when it is pressed.

    A token that begins with "/" is a command, read as if it had been typed; it may be pressed again and again."""

    label: str
    token: str


@dataclass(frozen=True, slots=True)
class Attachment:
    """One picture or file."""

    name: str
    media_type: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Command:
    """One line of a person's command menu; `word` is ASCII without the slash."""

    word: str
    about: str


@dataclass(frozen=True, slots=True)
class Reply:
    """Lines of text in which `**…**` is the one emphasis, choices under it, at most one attachment.

    `in_place`: takes the place of the card whose button was pressed, where the channel can edit.
    `menu`: what this person may do has changed; the channel shows this command menu from now on.
    `secret`: it holds a code that is kept nowhere: what it says is forgotten once it is sent.
    `spare`: it may be left out when a channel's monthly messages run short.
    `wants_number`: a bare number is what it asks for, so that its choices carry none where there are no buttons.
    `in_words`: its choices carry none either: a number that was meant for something else must not pick one.
    """

    text: str
    choices: tuple[Choice, ...] = ()
    attachment: Attachment | None = None
    in_place: bool = False
    menu: tuple[Command, ...] = ()
    secret: bool = False
    wants_number: bool = False
    in_words: bool = False
    spare: bool = False

    @property
    def numbered(self) -> bool:
        """Whether its choices can be picked by their number where there are no buttons."""
        return bool(self.choices) and not (self.wants_number or self.in_words)


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A reply on its way to an address; `card` is the message that it should replace, or empty.

    `gone` parts of it are settled: what a channel sends is the next one. `tries` counts how often that went out without
    anybody saying whether it arrived.
    `person` is whom it must reach, on another channel if need be; None when only this address will do."""

    id: int
    address: Address
    reply: Reply
    card: str = ""
    tries: int = 0
    person: int | None = None
    gone: int = 0


Store = Callable[[Sequence[Raw]], Awaitable[None]]


class Channel(Protocol):
    """A wire. It reads, sends and translates errors; it knows nothing of what is said."""

    name: str

    async def receive(self, store: Store) -> None:
        """Run for ever: fetch updates, `await store(...)` them durably, only then confirm them.

        Raises ChannelStopped when going on is pointless (token refused). Transient faults are waited out inside."""

    def read(self, raw: Raw) -> Turn | None:
        """The turn in a stored update, None when it holds nothing for the bot."""

    async def send(self, outgoing: Outgoing) -> str:
        """Send or edit; the id of the message. Raises DeliveryError; Partly when it sends part by part."""

    async def close(self) -> None:
        """Let go of connections."""


def menu_after(fresh: Sequence[tuple[str, str]], before: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """The labels that can be typed from now on: a question asked in between leaves the card's own in force."""
    labels = {label for label, _ in fresh}
    return [*fresh, *(choice for choice in before if choice[0] not in labels)][:MENU]
