"""The room: every persona's thread, and the feed that tells the pages what changed in them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from bot.channels.web.feed import Feed
from bot.channels.web.thread import Message, Thread, last_line, shown
from bot.chat import Reply


@dataclass(frozen=True, slots=True)
class Persona:
    """Somebody to play: `key` is the chat id; an example that ends in "…" is there to be completed, not sent."""

    key: str
    name: str
    about: str
    examples: tuple[str, ...]
    role_hint: str


class Room:
    """A place taken with `next()` before a message is stored stays ahead of an answer that overtakes it."""

    def __init__(self, cast: Sequence[Persona], now: Callable[[], datetime], feed: Feed) -> None:
        self.cast = {persona.key: persona for persona in cast}
        self.threads = {persona.key: Thread() for persona in cast}
        self.feed = feed
        self._now = now
        self._last = 0

    def next(self) -> int:
        self._last += 1
        return self._last

    def id(self, order: int) -> str:
        return f"{self.feed.epoch}-{order}"

    def rows(self) -> list[dict[str, Any]]:
        return [self._about(persona) | self._row(persona.key) for persona in self.cast.values()]

    def heard(self, persona: str, order: int, key: str, text: str, tap: bool = False) -> Message:
        """Show what the person sent; then somebody is typing, unless the answer was faster."""
        thread = self.threads[persona]
        earlier = thread.sent(key)
        if earlier is not None:
            return earlier
        message = Message(self.id(order), order, self.next(), self._now(), mine=True, text=text, tap=tap, key=key)
        self._put("message", persona, message)
        if not thread.answered_after(order):
            self.feed.publish("typing", {"persona": persona})
        return message

    def press(self, persona: str, message: str, token: str) -> None:
        """Hold the card's buttons until its answer comes."""
        self._change(persona, message, chosen=token)

    def release(self, persona: str, message: str) -> None:
        """The press came to nothing: the buttons work again."""
        if self.threads[persona].messages[message].chosen:
            self._change(persona, message, chosen="")

    def told(self, persona: str, reply: Reply, card: str) -> str:
        """Show the bot's words, as a new message or in the card's place; the message's id."""
        thread = self.threads[persona]
        old = thread.messages.get(card) if reply.in_place else None
        self._spend(persona, but=card if old else "")
        if reply.menu:
            thread.menu = reply.menu
            self.feed.publish("menu", {"persona": persona, "menu": menu(thread)})
        return self._append(persona, reply) if old is None else self._replace(persona, old, reply)

    def seen(self, persona: str, message: str) -> None:
        thread = self.threads[persona]
        if message in thread.messages:
            thread.read = max(thread.read, thread.messages[message].order)
            self.feed.publish("read", {"persona": persona, "row": self._row(persona)})

    def file_of(self, id: str) -> Message | None:
        found = (thread.messages.get(id) for thread in self.threads.values())
        return next((message for message in found if message is not None and message.attachment is not None), None)

    def _append(self, persona: str, reply: Reply) -> str:
        order = self.next()
        message = Message(self.id(order), order, order, self._now(), False, reply.text)
        self._put("message", persona, replace(message, choices=reply.choices, attachment=reply.attachment))
        return message.id

    def _replace(self, persona: str, old: Message, reply: Reply) -> str:
        """A pressed card moves below its press, where the person looks for the answer; any other stays where it is."""
        stamp = self.next()
        message = Message(old.id, stamp if old.chosen else old.order, stamp, self._now(), False, reply.text)
        self._put("edit", persona, replace(message, choices=reply.choices, attachment=reply.attachment))
        return old.id

    def _spend(self, persona: str, but: str) -> None:
        """An answered card's buttons have done their work; those that ask a question may ask it again."""
        for message in self.threads[persona].ordered():
            if message.chosen and message.id != but:
                lasting = tuple(choice for choice in message.choices if choice.token.startswith("/"))
                self._change(persona, message.id, chosen="", choices=lasting)

    def _change(self, persona: str, message: str, **changes: Any) -> None:
        changed = replace(self.threads[persona].messages[message], stamp=self.next(), **changes)
        self._put("edit", persona, changed)

    def _put(self, event: str, persona: str, message: Message) -> None:
        self.threads[persona].put(message)
        self.feed.publish(event, {"persona": persona, "message": shown(message), "row": self._row(persona)})

    def _about(self, persona: Persona) -> dict[str, Any]:
        return {
            "key": persona.key,
            "name": persona.name,
            "about": persona.about,
            "examples": list(persona.examples),
            "role_hint": persona.role_hint,
        }

    def _row(self, persona: str) -> dict[str, Any]:
        thread = self.threads[persona]
        return {"unread": thread.unread(), "last": last_line(thread)}


def menu(thread: Thread) -> list[dict[str, str]]:
    return [{"word": command.word, "about": command.about} for command in thread.menu]
