"""The wires that dialogues are told on: paper, and over HTTP Telegram, the web chat, and Zalo with text alone."""

from __future__ import annotations

import asyncio
import json
import re
import uuid
from collections.abc import AsyncIterator, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import count
from typing import Any, Protocol

from aiohttp import ClientSession

from bot import sample
from bot.channels.telegram import Telegram
from bot.channels.web import Persona, Web
from bot.channels.zalo import Zalo
from bot.chat import Address, Channel, Choice, Outgoing, Raw, Store, Turn
from bot.domain.folding import fold
from bot.server import listen
from tests.servers.telegram import TOKEN, BotApi
from tests.servers.zalo import TOKEN as ZALO_TOKEN
from tests.servers.zalo import ZaloApi


@dataclass(frozen=True, slots=True)
class Seen:
    """A message of the bot as a phone shows it now."""

    id: str
    text: str
    buttons: tuple[str, ...] = ()
    by_label: bool = False  # there are no numbers to choose by

    def shown(self) -> str:
        labels = " ".join(f"[{label}]" for label in self.buttons)
        return f"{self.text}\n{labels}" if labels else self.text


class Wire(Protocol):
    """People are named by their key in the sample's cast."""

    channel: Channel
    buttons: bool  # whether there are any; else what is chosen is typed

    def chat(self, who: str) -> str:
        """The id of that person's chat on this channel."""

    def open(self, store: Store) -> AbstractAsyncContextManager[None]:
        """Let updates come in for as long as the context lasts."""

    async def say(self, who: str, text: str, sent_at: datetime) -> None:
        """Write, or press `[label]`; back only when the update is stored."""

    async def seen(self, who: str) -> list[Seen]: ...


def label_of(text: str) -> str | None:
    return text[1:-1] if text.startswith("[") and text.endswith("]") else None


class Paper:
    """A channel without a network: updates are handed in, messages pile up."""

    name = "paper"

    def __init__(self, name: str = name) -> None:
        self.name = name
        self.messages: dict[str, dict[str, Outgoing]] = {}

    async def receive(self, store: Store) -> None:
        raise NotImplementedError

    def read(self, raw: Raw) -> Turn | None:
        fields = json.loads(raw.payload)
        sent_at = datetime.fromisoformat(fields.pop("sent_at"))
        return Turn(Address(self.name, raw.account), sent_at, **fields)

    async def send(self, outgoing: Outgoing) -> str:
        message = outgoing.card or str(outgoing.id)
        self.messages.setdefault(outgoing.address.chat, {})[message] = outgoing
        return message

    async def close(self) -> None:
        pass


class PaperWire:
    buttons = True

    def __init__(self, name: str = Paper.name) -> None:
        self.paper = Paper(name)
        self.channel: Channel = self.paper
        self.key = 0

    def chat(self, who: str) -> str:
        return who

    @asynccontextmanager
    async def open(self, store: Store) -> AsyncIterator[None]:
        self.store = store
        yield

    async def say(self, who: str, text: str, sent_at: datetime, **fields: object) -> None:
        label = label_of(text)
        if label is None:
            fields["text"] = text
        else:
            fields["choice"], fields["card"] = self._button(who, label)
        await self.hand_in(who, {**fields, "sent_at": sent_at.isoformat()})

    async def hand_in(self, who: str, fields: dict[str, object]) -> None:
        self.key += 1
        await self.store([Raw(self.paper.name, str(self.key), who, json.dumps(fields))])

    def _button(self, who: str, label: str) -> tuple[str, str]:
        for message, outgoing in reversed(self.paper.messages[who].items()):
            for choice in outgoing.reply.choices:
                if choice.label == label:
                    return choice.token, message
        raise LookupError(label)

    async def seen(self, who: str) -> list[Seen]:
        return [
            Seen(message, outgoing.reply.text, _labels(outgoing.reply.choices))
            for message, outgoing in self.paper.messages.get(who, {}).items()
        ]


def _labels(choices: tuple[Choice, ...]) -> tuple[str, ...]:
    return tuple(choice.label for choice in choices)


class TelegramWire:
    buttons = True

    def __init__(self) -> None:
        self.api = BotApi()
        self.users = {player.key: 1001 + place for place, player in enumerate(sample.players())}

    def chat(self, who: str) -> str:
        return str(self.users[who])

    @asynccontextmanager
    async def open(self, store: Store) -> AsyncIterator[None]:
        kept = _Counted(store)
        self.kept = kept
        receiving = asyncio.create_task(self.channel.receive(kept))
        try:
            yield
        finally:
            receiving.cancel()
            await asyncio.gather(receiving, return_exceptions=True)
            await self.channel.close()
            await self.api.stop()

    async def start(self) -> TelegramWire:
        url = await self.api.start()
        for user in self.users.values():
            self.api._meet(user)
            self.api._place(user, None)  # everybody has started the chat some time
        self.channel: Channel = Telegram(TOKEN, url, poll=5)
        return self

    async def say(self, who: str, text: str, sent_at: datetime) -> None:
        label, before = label_of(text), self.kept.count
        if label is None:
            self.api.say(self.users[who], text, first_name=who, date=sent_at)
        else:
            self.api.tap(self.users[who], label)
        await self.kept.more_than(before)

    async def seen(self, who: str) -> list[Seen]:
        return [Seen(str(one.id), one.text, one.buttons) for one in self.api.answers(self.users[who])]


class WebWire:
    buttons = True

    def __init__(self) -> None:
        cast = [Persona(one.key, one.name, one.about, one.examples, one.about) for one in sample.players()]
        self.channel: Channel
        self.web = self.channel = Web(cast, now=_now, advance=_still, real_now=_now)

    def chat(self, who: str) -> str:
        return who

    @asynccontextmanager
    async def open(self, store: Store) -> AsyncIterator[None]:
        receiving = asyncio.create_task(self.web.receive(store))
        site = await listen(self.web.routes(), "127.0.0.1", 0)
        async with ClientSession(f"http://127.0.0.1:{site.port}") as self.http:
            yield
        receiving.cancel()
        await asyncio.gather(receiving, return_exceptions=True)
        await self.web.close()
        await site.close()

    async def say(self, who: str, text: str, sent_at: datetime) -> None:
        label, key = label_of(text), str(uuid.uuid4())
        if label is None:
            answer = await self.http.post("/api/say", json={"persona": who, "text": text, "key": key})
        else:
            message, token = await self._button(who, label)
            tap = {"persona": who, "message": message, "token": token, "label": label, "key": key}
            answer = await self.http.post("/api/tap", json=tap)
        assert answer.status == 202, await answer.text()

    async def _button(self, who: str, label: str) -> tuple[str, str]:
        for message in reversed(await self._messages(who)):
            for choice in message["choices"]:
                if choice["label"] == label:
                    return message["id"], choice["token"]
        raise LookupError(label)

    async def _messages(self, who: str) -> list[dict[str, Any]]:
        answer = await self.http.get(f"/api/thread/{who}")
        messages: list[dict[str, Any]] = (await answer.json())["messages"]
        return messages

    async def seen(self, who: str) -> list[Seen]:
        return [
            Seen(str(one["id"]), str(one["text"]), tuple(choice["label"] for choice in one["choices"]))
            for one in await self._messages(who)
            if not one["mine"]
        ]


class ZaloWire:
    """People type what they choose: the number when its list is the newest, else the label, with or without accents."""

    buttons = False

    def __init__(self) -> None:
        self.api = ZaloApi(quota=1_000_000)
        self._turn = count()

    def chat(self, who: str) -> str:
        return f"zalo-{who}"

    @asynccontextmanager
    async def open(self, store: Store) -> AsyncIterator[None]:
        self.kept = _Counted(store)
        receiving = asyncio.create_task(self.channel.receive(self.kept))
        try:
            yield
        finally:
            receiving.cancel()
            await asyncio.gather(receiving, return_exceptions=True)
            await self.channel.close()
            await self.api.stop()

    async def start(self) -> ZaloWire:
        url = await self.api.start()
        for player in sample.players():
            self.api.meet(self.chat(player.key))
        self.channel: Channel = Zalo(ZALO_TOKEN, url, poll=0.2)
        return self

    async def say(self, who: str, text: str, sent_at: datetime) -> None:
        label = label_of(text)
        await self.type(who, text if label is None else self._choosing(await self.seen(who), label), sent_at)

    async def type(self, who: str, text: str, sent_at: datetime) -> None:
        before = self.kept.count
        self.api.say(self.chat(who), text, name=who, date=sent_at)
        await self.kept.more_than(before)

    def _choosing(self, seen: list[Seen], label: str) -> str:
        if label not in [one for message in seen for one in message.buttons]:
            raise LookupError(label)
        newest = next(one for one in reversed(seen) if one.buttons)
        if label in newest.buttons and not newest.by_label:
            return str(newest.buttons.index(label) + 1)
        return fold(label) if next(self._turn) % 2 else label

    def phone(self, who: str) -> list[str]:
        """The texts on that phone, as they are."""
        return self.api.texts(self.chat(who))

    async def seen(self, who: str) -> list[Seen]:
        """The messages with their lists read as buttons; one that came in several parts is one again."""
        found: list[Seen] = []
        joined = ""
        for message in self.api.answers(self.chat(who)):
            part = re.fullmatch(r"(.*)\n\((\d+)/(\d+)\)", message.text, re.DOTALL)
            joined += f"{part[1]}\n" if part else message.text
            if part is None or part[2] == part[3]:
                found.append(_listed(message.id, joined.rstrip("\n")))
                joined = ""
        return found


def _listed(id: str, text: str) -> Seen:
    body, _, last = text.rpartition("\n\n")
    if last.startswith("Hoặc gõ: "):
        return Seen(id, body, tuple(last.removeprefix("Hoặc gõ: ").split(" · ")), by_label=True)
    labels = re.split(r"(?:^|\n|  )\d+\. ", last)[1:] if last.startswith("1. ") else []
    return Seen(id, body, tuple(labels)) if labels else Seen(id, text)


class _Counted:
    """A store that counts, so that a wire knows when what was said has been stored."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.count = 0
        self._more = asyncio.Event()

    async def __call__(self, raws: Sequence[Raw]) -> None:
        await self._store(raws)
        self.count += len(raws)
        self._more.set()

    async def more_than(self, count: int) -> None:
        async with asyncio.timeout(10):
            while self.count <= count:
                self._more.clear()
                await self._more.wait()


def _now() -> datetime:
    return datetime.now(UTC)


async def _still(step: str) -> datetime:
    return _now()
