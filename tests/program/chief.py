"""A chief with a phone and no patience: asks, files, confirms, and remembers what was acknowledged."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random

from bot.domain.wording import grouped
from tests.program.people import word
from tests.servers.telegram import BotApi, Message

LOOK_EVERY = 0.02  # seconds between two looks at the phone
PATIENCE = 45.0  # seconds: the bot may be dead in between


@dataclass(slots=True)
class Chief:
    """Files 1.001 cases first, one more every time: the number tells the filing."""

    api: BotApi
    user: int
    office: str
    code: str
    dice: Random
    asked: list[str] = field(default_factory=list)  # the words that an answer repeats
    confirmed: int = 0  # filings whose button has been pressed
    acknowledged: list[int] = field(default_factory=list)

    async def work(self, going_on: Callable[[], bool]) -> None:
        self.api.say(self.user, f"/start {self.code}")
        await self._seen("Đồng chí được ghi nhận")
        while going_on():
            for _ in range(self.dice.randrange(4)):
                self.ask()
            await self.file()
            await asyncio.sleep(self.dice.uniform(0.0, 0.2))

    def ask(self) -> None:
        """A question whose answer repeats its words; nobody waits for it."""
        self.asked.append(word(len(self.asked)))
        self.api.say(self.user, f"/donvi {self.asked[-1]}")

    async def file(self) -> None:
        """One message and one tap, or two by a nervous thumb; over when it has been acknowledged."""
        cases = 1001 + self.confirmed
        self.api.say(self.user, f"/nop {cases} 9.000.000.000 900 8.000.000.000 800 7.000.000.000")
        words = f"Thụ lý: **{grouped(cases)}** việc"
        card = await self._seen(words)
        self.confirmed += 1
        for _ in range(self.dice.choice((1, 1, 2))):
            self.api.tap(self.user, "Nộp", message=card)
        await self._seen("Đã ghi nhận", words)
        self.acknowledged.append(cases)

    def unanswered(self) -> list[str]:
        said = " ".join(message.text for message in self._answers())
        return [words for words in self.asked if words not in said]

    async def _seen(self, *words: str) -> int:
        """The newest message of the bot that holds all the words, as soon as there is one."""
        async with asyncio.timeout(PATIENCE):
            while True:
                for message in reversed(self._answers()):
                    if all(word in message.shown().text for word in words):
                        return message.id
                await asyncio.sleep(LOOK_EVERY)

    def _answers(self) -> list[Message]:
        return [one for one in self.api.messages.get(self.user, {}).values() if one.sender["is_bot"]]
