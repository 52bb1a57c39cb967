"""What happens on the phones of Zalo: people, chats, messages, and the updates that it makes."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import count
from typing import Any

Json = dict[str, Any]

BOT: Json = {
    "id": "1459232241454765289",
    "account_name": "bot.thidua",
    "account_type": "BASIC",
    "can_join_groups": False,
}


@dataclass(frozen=True, slots=True)
class Message:
    """A message as a phone shows it; `picture` holds what its URL gave."""

    id: str
    text: str
    by_bot: bool = True
    picture: bytes = b""


class Phones:
    """The people's side: a chat is known once somebody has written. `image` names the field of a picture's URL."""

    def __init__(self, image: str = "photo_url") -> None:
        self.image = image
        self.names: dict[str, str] = {}
        self.chats: dict[str, list[Message]] = {}
        self.closed: dict[str, str] = {}  # chats that take no message, and what Zalo says of them
        self._ids = count(1)
        self._changed = asyncio.Event()

    def say(self, user: str, text: str, *, name: str = "", date: datetime | None = None, group: str = "") -> Json:
        """A person writes, in private or in a group; the update that it makes."""
        return self._made(user, "message.text.received", {"text": text}, text, name=name, date=date, group=group)

    def show(self, user: str, kind: str, caption: str = "") -> Json:
        """A person sends an image, a sticker, a voice, or something unsupported."""
        url = "https://photo.example.org/a.jpg"
        content: dict[str, Json] = {
            "image": {self.image: url, **({"caption": caption} if caption else {})},
            "sticker": {"sticker": "0e078a2fb36a5a34037b", "url": url},
            "voice": {"voice_url": "https://voice.example.org/a.aac"},
            "unsupported": {},
        }
        return self._made(user, f"message.{kind}.received", content[kind], caption)

    def _made(
        self,
        user: str,
        event: str,
        content: Json,
        text: str,
        name: str = "",
        date: datetime | None = None,
        group: str = "",
    ) -> Json:
        self.meet(user, name)
        place, kind = (group, "GROUP") if group else (user, "PRIVATE")
        key = self._keep(place, text, by_bot=False)
        sender = {"id": user, "display_name": self.names[user], "is_bot": False}
        sent = int((date or datetime.now(UTC)).timestamp() * 1000)
        message = {"from": sender, "chat": {"id": place, "chat_type": kind}, "message_id": key, "date": sent, **content}
        update = {"event_name": event, "message": message}
        self.pushed(update)
        return update

    def pushed(self, update: Json) -> None:
        """An update is there: for the server to queue."""

    def meet(self, user: str, name: str = "") -> None:
        self.names[user] = name or self.names.get(user, f"Người {user}")
        self.chats.setdefault(user, [])

    def block(self, user: str) -> None:
        self.closed[user] = "user has blocked the bot"

    def _keep(self, chat: str, text: str, *, by_bot: bool = True, picture: bytes = b"") -> str:
        key = f"{next(self._ids):020x}"
        self.chats.setdefault(chat, []).append(Message(key, text, by_bot, picture))
        self.changed()
        return key

    def answers(self, chat: str) -> list[Message]:
        return [message for message in self.chats.get(chat, []) if message.by_bot]

    def texts(self, chat: str) -> list[str]:
        return [message.text for message in self.answers(chat)]

    async def until(self, condition: Callable[[], bool], timeout: float = 5.0) -> None:
        """Wait for something that a request or a person changes. Raises TimeoutError."""
        async with asyncio.timeout(timeout):
            while not condition():
                self._changed.clear()
                await self._changed.wait()

    def changed(self) -> None:
        self._changed.set()
