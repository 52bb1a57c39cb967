"""The feed: what has just happened, for pages that listen and for pages that come back."""

from __future__ import annotations

import asyncio
import json
import secrets
from collections import deque
from contextlib import suppress
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Event:
    number: int
    name: str
    data: dict[str, Any]


class Feed:
    """Events numbered from 1; the last `kept` can be replayed. `epoch` tells one run of the program from the next."""

    def __init__(self, kept: int = 500) -> None:
        self.epoch = secrets.token_hex(4)
        self.last = 0
        self.closed = False
        self._events: deque[Event] = deque(maxlen=kept)
        self._news = asyncio.Event()

    def publish(self, name: str, data: dict[str, Any]) -> None:
        self.last += 1
        self._events.append(Event(self.last, name, data))
        self._wake()

    def place(self, last_event_id: str) -> int | None:
        """The number after which a returning page goes on; None when it has to load everything afresh."""
        epoch, _, digits = last_event_id.partition("-")
        if epoch != self.epoch or not (digits.isascii() and digits.isdigit()):
            return None
        oldest = self._events[0].number if self._events else self.last + 1
        return int(digits) if oldest - 1 <= int(digits) <= self.last else None

    def after(self, number: int) -> list[Event]:
        return [event for event in self._events if event.number > number]

    async def news(self, number: int, patience: float) -> None:
        """Return once there is an event after `number`, after `patience` seconds, or when the feed is closed."""
        if self.last > number or self.closed:
            return
        with suppress(TimeoutError):
            await asyncio.wait_for(self._news.wait(), patience)

    def close(self) -> None:
        self.closed = True
        self._wake()

    def lines(self, event: Event) -> bytes:
        return f"id: {self.epoch}-{event.number}\n".encode() + unnumbered(event.name, event.data)

    def _wake(self) -> None:
        self._news.set()
        self._news = asyncio.Event()


def unnumbered(name: str, data: dict[str, Any]) -> bytes:
    """An event that a returning page need not be told again."""
    return f"event: {name}\ndata: {json.dumps(data, ensure_ascii=False)}\n\n".encode()
