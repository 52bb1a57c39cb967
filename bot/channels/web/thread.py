"""A thread: what one persona said and was told, in memory."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from bot.chat import Attachment, Choice, Command

LAST_LINE = 90


@dataclass(frozen=True, slots=True)
class Message:
    """One bubble. `order` places it in the thread; `stamp` grows with every change: the higher is the newer copy.

    `key` is the page's own name for what the person sent; `chosen` is the pressed token that waits for its answer."""

    id: str
    order: int
    stamp: int
    at: datetime
    mine: bool
    text: str
    tap: bool = False
    key: str = ""
    choices: tuple[Choice, ...] = ()
    attachment: Attachment | None = None
    chosen: str = ""

    def choice(self, token: str) -> Choice | None:
        return next((choice for choice in self.choices if choice.token == token), None)


@dataclass(slots=True)
class Thread:
    """`read` is the order of the last message that the person has seen."""

    messages: dict[str, Message] = field(default_factory=dict)
    menu: tuple[Command, ...] = ()
    read: int = 0

    def put(self, message: Message) -> None:
        self.messages[message.id] = message

    def sent(self, key: str) -> Message | None:
        """The person's own message that the page sent under this key."""
        return next((message for message in self.messages.values() if message.mine and message.key == key), None)

    def ordered(self) -> list[Message]:
        return sorted(self.messages.values(), key=lambda message: message.order)

    def unread(self) -> int:
        return sum(1 for message in self.messages.values() if not message.mine and message.order > self.read)

    def answered_after(self, order: int) -> bool:
        return any(not message.mine and message.order > order for message in self.messages.values())


def shown(message: Message) -> dict[str, Any]:
    """The message as the page gets it."""
    return {
        "id": message.id,
        "order": message.order,
        "stamp": message.stamp,
        "at": message.at.isoformat(),
        "mine": message.mine,
        "text": message.text,
        "tap": message.tap,
        "key": message.key,
        "choices": [{"label": choice.label, "token": choice.token} for choice in message.choices],
        "chosen": message.chosen,
        "file": _file(message),
    }


def last_line(thread: Thread) -> dict[str, Any] | None:
    """The first line of the last message, short and without emphasis marks."""
    if not thread.messages:
        return None
    last = thread.ordered()[-1]
    text = last.text.replace("**", "").strip() or (last.attachment.name if last.attachment else "")
    line = text.partition("\n")[0]
    return {"text": line[:LAST_LINE], "mine": last.mine, "at": last.at.isoformat()}


def _file(message: Message) -> dict[str, Any] | None:
    if message.attachment is None:
        return None
    return {
        "name": message.attachment.name,
        "url": f"/api/file/{message.id}?{message.stamp}",
        "bytes": len(message.attachment.content),
        "picture": message.attachment.media_type.startswith("image/"),
    }
