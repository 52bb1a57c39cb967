"""Load on a bot: people speak through the Bot API server, and every answer is timed when it arrives there."""

from __future__ import annotations

import asyncio
from collections import Counter
from dataclasses import dataclass, field
from time import perf_counter

from bench.crowd import Crowd, Saying
from tests.servers.telegram import BotApi, Fault
from tests.servers.telegram_call import Call

PATIENCE = 20.0  # seconds without any answer, after which a bot has failed
_ANSWERS = ("sendMessage", "editMessageText")
_UNASKED = "</b>: đã đủ "  # what the head is told when the last office has filed answers nobody


class Silent(Exception):
    """The bot has stopped answering."""


@dataclass(slots=True)
class Load:
    """`taps`: the bot shows buttons; where it does not, a second message stands for the press.

    `wrong` are answers without the words they should hold."""

    api: BotApi
    crowd: Crowd
    taps: bool
    latencies: list[float] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    heard: Counter[str] = field(default_factory=Counter)
    _waiting: dict[int, tuple[float, Saying]] = field(default_factory=dict)
    _left: int = 0
    _last: float = 0.0

    def __post_init__(self) -> None:
        self.api.chaos = self._answered

    async def first(self, person: int) -> float:
        """When (by perf_counter) the first answer came to something said now."""
        self._say(person, Saying("/trogiup"))
        await self._all_answered()
        return self._last

    async def flood(self, updates: int) -> float:
        """Everybody speaks, and speaks on as soon as answered, `updates` times in all; the seconds until the last."""
        began = perf_counter()
        self._left = updates
        for person in self.crowd.ids[:updates]:
            self._go_on(person)
        await self._all_answered()
        return self._last - began

    async def pace(self, rate: int, seconds: float) -> list[float]:
        """Somebody speaks `rate` times a second, answered or not; the sorted latencies in seconds."""
        self.latencies.clear()
        began = perf_counter()
        people = iter(self.crowd.ids * (1 + int(rate * seconds) // len(self.crowd.ids)))
        for number in range(int(rate * seconds)):
            await asyncio.sleep(max(0.0, began + number / rate - perf_counter()))
            person = next(one for one in people if one not in self._waiting)
            self._say(person, self.crowd.next(person))
        await self._all_answered()
        return sorted(self.latencies)

    async def _all_answered(self) -> None:
        while self._waiting:
            answers = len(self.latencies)
            try:
                await self.api.until(lambda: not self._waiting, PATIENCE)
            except TimeoutError:
                if len(self.latencies) == answers:
                    raise Silent(f"{len(self._waiting)} people wait for an answer") from None

    def _go_on(self, person: int) -> None:
        if self._left and person not in self._waiting:
            self._left -= 1
            self._say(person, self.crowd.next(person))

    def _say(self, person: int, saying: Saying) -> None:
        self._waiting[person] = perf_counter(), saying
        if not (saying.button and self.taps):
            self.api.say(person, saying.text)
            return
        try:
            self.api.tap(person, saying.button)
        except LookupError as error:
            self.wrong.append(str(error))
            self.api.say(person, saying.text)

    def _answered(self, method: str, call: Call) -> Fault | None:
        person = call.chat() if method in _ANSWERS and _UNASKED not in call.text("text") else 0
        if person not in self._waiting:
            return None
        said, saying = self._waiting.pop(person)
        self._last = perf_counter()
        self.latencies.append(self._last - said)
        self.heard[saying.hears] += 1
        if self.taps and saying.hears not in call.text("text"):
            self.wrong.append(f"{saying.text!r}: {call.text('text')!r}")
        # The server has still to show this answer before its button can be pressed.
        asyncio.get_running_loop().call_soon(self._go_on, person)
        return None
