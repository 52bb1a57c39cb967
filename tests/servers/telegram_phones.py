"""What happens on the phones: people, chats, messages, and the queue of updates that it makes."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from tests.servers.telegram_text import Json, Refused, commands, starred

BOT: Json = {"id": 123456, "is_bot": True, "first_name": "Thi Đua", "username": "thidua_bot"}


@dataclass(frozen=True, slots=True)
class File:
    name: str
    media_type: str
    content: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Shown:
    """A message as a phone shows it now."""

    id: int
    text: str
    rows: tuple[tuple[str, ...], ...] = ()
    edited: bool = False
    file: File | None = None
    by_bot: bool = True

    @property
    def buttons(self) -> tuple[str, ...]:
        return tuple(label for row in self.rows for label in row)


@dataclass(slots=True)
class Message:
    id: int
    chat: int
    sender: Json
    date: int
    text: str = ""
    entities: list[Json] = field(default_factory=list)
    markup: Json | None = None
    content: Json = field(default_factory=dict)
    file: File | None = None
    edited: int = 0

    def buttons(self) -> list[list[Json]]:
        return self.markup["inline_keyboard"] if self.markup else []

    def shown(self) -> Shown:
        rows = tuple(tuple(str(one["text"]) for one in row) for row in self.buttons())
        text = starred(self.text, self.entities)
        return Shown(self.id, text, rows, bool(self.edited), self.file, self.sender["is_bot"])


class Phones:
    """The people's side. Users start a chat by writing; groups are made by `group`."""

    def __init__(self, *, privacy: bool = True) -> None:
        self.privacy = privacy
        self.users: dict[int, Json] = {}
        self.chats: dict[int, Json] = {}
        self.messages: dict[int, dict[int, Message]] = {}
        self.closed: dict[int, Refused] = {}  # chats that take no message, and what Telegram says of them
        self.updates: deque[Json] = deque()
        self.asked: dict[str, bool] = {}  # button presses by id: whether the bot has answered
        self.allowed: set[str] = set()
        self._message_id = self._update_id = self._query_id = 1000
        self._changed = asyncio.Event()
        self.on_update: Callable[[], None] = lambda: None

    def say(
        self,
        user: int,
        text: str,
        *,
        first_name: str = "",
        last_name: str = "",
        date: datetime | None = None,
        chat: int | None = None,
    ) -> Json:
        """A person writes, in private or in a group; the update that it makes."""
        sender = self._meet(user, first_name, last_name)
        message = Message(self._next(), self._place(user, chat), sender, stamp(date), text, commands(text))
        self.keep(message)
        if chat and self.privacy and not (text.startswith("/") or f"@{BOT['username']}" in text):
            return {}
        return self._push("message", self.json(message))

    def show(
        self, user: int, kind: str, content: Json | list[Json], caption: str = "", chat: int | None = None
    ) -> Json:
        """A person sends something that is no text: `kind` and `content` as in Telegram's Message."""
        sender = self._meet(user)
        message = Message(self._next(), self._place(user, chat), sender, stamp(), caption, content={kind: content})
        self.keep(message)
        return self._push("message", self.json(message))

    def edit(self, user: int, text: str, *, message: int | None = None, date: datetime | None = None) -> Json:
        """A person changes one of their messages, the last unless `message` names it."""
        mine = [one for one in self.messages.get(user, {}).values() if not one.sender["is_bot"]]
        found = self.messages[user][message] if message else mine[-1]
        found.text, found.entities, found.edited = text, commands(text), stamp(date)
        return self._push("edited_message", self.json(found))

    def tap(self, user: int, button: str, *, message: int | None = None, chat: int | None = None) -> Json:
        """A person presses the newest button with that label or token. Raises LookupError when there is none."""
        place = self.messages.get(chat or user, {})
        for one in [place[message]] if message else reversed(place.values()):
            for key in (key for row in one.buttons() for key in row):
                if button in (key["text"], key.get("callback_data")):
                    return self._press(self._meet(user), one, key)
        raise LookupError(f"no button {button!r} in {[shown.rows for shown in self.transcript(chat or user)]}")

    def _press(self, user: Json, message: Message, key: Json) -> Json:
        self._query_id += 1
        self.asked[str(self._query_id)] = False
        query = {"id": str(self._query_id), "from": user, "message": self.json(message), "chat_instance": "1"}
        return self._push("callback_query", query | {"data": key["callback_data"]})

    def group(self, chat: int, title: str = "Cụm 3", kind: str = "group") -> None:
        self.chats[chat] = {"id": chat, "type": kind, "title": title}

    def migrate(self, chat: int, new: int) -> None:
        """A group becomes a supergroup: it has a new id, and Telegram says so to who uses the old one."""
        self.group(new, self.chats[chat]["title"], "supergroup")
        self.closed[chat] = Refused(
            400, "Bad Request: group chat was upgraded to a supergroup chat", migrate_to_chat_id=new
        )

    def block(self, user: int) -> Json:
        self.closed[user] = Refused(403, "Forbidden: bot was blocked by the user")
        return self._membership(user, "member", "kicked")

    def unblock(self, user: int) -> Json:
        del self.closed[user]
        return self._membership(user, "kicked", "member")

    def deactivate(self, user: int) -> None:
        self.closed[user] = Refused(403, "Forbidden: user is deactivated")

    def transcript(self, chat: int) -> list[Shown]:
        return [message.shown() for message in self.messages.get(chat, {}).values()]

    def answers(self, chat: int) -> list[Shown]:
        """What the bot has said there, as it stands now."""
        return [shown for shown in self.transcript(chat) if shown.by_bot]

    async def wait_for(self, chat: int, wanted: int | str | Callable[[Shown], bool], timeout: float = 5.0) -> Shown:
        """The bot's `wanted`-th message there, or its newest that holds a text or fits a predicate."""

        def found() -> Shown | None:
            said = self.answers(chat)
            if isinstance(wanted, int):
                return said[wanted - 1] if len(said) >= wanted else None
            fits = wanted if callable(wanted) else (lambda shown: wanted in shown.text)
            return next((shown for shown in reversed(said) if fits(shown)), None)

        try:
            await self.until(lambda: found() is not None, timeout)
        except TimeoutError:
            raise AssertionError(f"{wanted!r} did not come; the chat: {self.transcript(chat)}") from None
        shown = found()
        assert shown
        return shown

    async def until(self, condition: Callable[[], bool], timeout: float = 5.0) -> None:
        """Wait for something that a request or a person changes. Raises TimeoutError."""
        async with asyncio.timeout(timeout):
            while not condition():
                self._changed.clear()
                await self._changed.wait()

    def changed(self) -> None:
        self._changed.set()

    def keep(self, message: Message) -> None:
        self.messages.setdefault(message.chat, {})[message.id] = message
        self.changed()

    def from_bot(self, chat: int, **fields: Any) -> Message:
        message = Message(self._next(), chat, BOT, stamp(), **fields)
        self.keep(message)
        return message

    def writable(self, chat: int) -> int:
        """The chat, when the bot may write there. Raises Refused."""
        if chat in self.closed:
            raise self.closed[chat]
        if chat in self.chats:
            return chat
        if chat in self.users:
            raise Refused(403, "Forbidden: bot can't initiate conversation with a user")
        raise Refused(400, "Bad Request: chat not found")

    def json(self, message: Message) -> Json:
        """The message in Telegram's shape."""
        body: Json = {"message_id": message.id, "from": message.sender, "chat": self.chats[message.chat]}
        body |= {"date": message.date} | ({"edit_date": message.edited} if message.edited else {}) | message.content
        if message.text:
            names = ("caption", "caption_entities") if message.content else ("text", "entities")
            body |= {names[0]: message.text} | ({names[1]: message.entities} if message.entities else {})
        return body | ({"reply_markup": message.markup} if message.markup else {})

    def _meet(self, user: int, first_name: str = "", last_name: str = "") -> Json:
        known = self.users.get(
            user, {"id": user, "is_bot": False, "first_name": f"Người {user}", "language_code": "vi"}
        )
        names = {"first_name": first_name, "last_name": last_name}
        self.users[user] = known | {name: value for name, value in names.items() if value}
        return self.users[user]

    def _place(self, user: int, chat: int | None) -> int:
        if chat is None:
            named = {key: value for key, value in self.users[user].items() if key in ("first_name", "last_name")}
            self.chats[user] = {"id": user, "type": "private", **named}
        return chat or user

    def _membership(self, user: int, old: str, new: str) -> Json:
        def member(status: str) -> Json:
            return {"user": BOT, "status": status} | ({"until_date": 0} if status == "kicked" else {})

        change = {"chat": self.chats[user], "from": self.users[user], "date": stamp()}
        return self._push("my_chat_member", change | {"old_chat_member": member(old), "new_chat_member": member(new)})

    def _next(self) -> int:
        self._message_id += 1
        return self._message_id

    def _push(self, kind: str, body: Json) -> Json:
        if self.allowed and kind not in self.allowed:
            return {}
        self._update_id += 1
        update = {"update_id": self._update_id, kind: body}
        self.updates.append(update)
        self.on_update()
        return update


def stamp(date: datetime | None = None) -> int:
    return int((date or datetime.now(UTC)).timestamp())
