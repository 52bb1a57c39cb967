"""A stage for dialogues: the real core, conversations and database; only the wire is a fake."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import handlers
from bot import sample
from bot.chat import Address, Choice, Outgoing, Raw, Reply, Store, Turn
from bot.delivery import Delivery
from bot.domain.calendar import TIMEZONE
from bot.domain.person import Grant
from bot.intake import Intake
from bot.routing import Routes
from db.engine import Database, open_database

MORNING = datetime(2021, 10, 1, 8, tzinfo=TIMEZONE)


class Hands:
    """A clock that is moved by hand."""

    def __init__(self, start: datetime = MORNING) -> None:
        self.time = start

    def now(self) -> datetime:
        return self.time.astimezone(UTC)

    def shifted(self, real: datetime) -> datetime:
        return real.astimezone(UTC)


class Paper:
    """A channel on paper: what was sent, and the buttons that can be pressed."""

    def __init__(self, name: str = "paper") -> None:
        self.name = name
        self.sent: list[tuple[str, Reply, str]] = []
        self.last: dict[str, tuple[tuple[Choice, ...], str]] = {}

    async def receive(self, store: Store) -> None:
        raise NotImplementedError

    def read(self, raw: Raw) -> Turn | None:
        fields = json.loads(raw.payload)
        if fields.pop("poison", False):
            raise ValueError("a message that cannot be handled")
        sent_at = datetime.fromisoformat(fields.pop("sent_at"))
        return Turn(Address(self.name, raw.account), sent_at, **fields)

    async def send(self, outgoing: Outgoing) -> str:
        message = outgoing.card or str(outgoing.id)
        self.sent.append((outgoing.address.chat, outgoing.reply, outgoing.card))
        if outgoing.reply.choices:
            self.last[outgoing.address.chat] = (outgoing.reply.choices, message)
        return message

    async def close(self) -> None:
        pass


class Stage:
    """People say things and see what they are answered; `[Nộp]` presses the button of that label on the last card."""

    def __init__(self, database: Database, clock: Hands, paper: Paper) -> None:
        self.database = database
        self.clock = clock
        self.paper = paper
        channels = {paper.name: paper}
        self.delivery = Delivery(database, clock, channels)
        self.intake = Intake(database, clock, channels, Routes(handlers.conversations(_link)), self.delivery.wake)
        self._key = 0

    async def say(self, who: str, text: str, *, sent_at: datetime | None = None, **fields: object) -> list[str]:
        """What `who` is answered, as a phone shows it."""
        before = len(self.paper.sent)
        await self.post(who, text, sent_at=sent_at, **fields)
        await self.work()
        return [shown(reply) for chat, reply, _ in self.paper.sent[before:] if chat == who]

    async def post(self, who: str, text: str, *, sent_at: datetime | None = None, **fields: object) -> None:
        """Let a message arrive, without answering it yet."""
        self._key += 1
        said = {"text": text, **fields}
        if text.startswith("[") and text.endswith("]"):
            said = {"text": "", "choice": self._token(who, text[1:-1]), "card": self.paper.last[who][1], **fields}
        said["sent_at"] = (sent_at or self.clock.time).isoformat()
        await self.intake.store([Raw(self.paper.name, str(self._key), who, json.dumps(said))])

    async def work(self) -> None:
        while await self.intake.work():
            pass
        await self.delivery.settle()

    def _token(self, who: str, label: str) -> str:
        choices = self.paper.last[who][0]
        return next(choice.token for choice in choices if choice.label == label)

    def wait(self, **span: float) -> None:
        self.clock.time += timedelta(**span)

    async def talk(self, who: str, *lines: tuple[str, str]) -> None:
        """Each line is what is said and, to the letter, what is answered."""
        for said, expected in lines:
            assert "\n---\n".join(await self.say(who, said)) == expected, said

    async def admit(self, who: str, name: str, *grants: Grant) -> None:
        async with self.database.begin() as desk:
            person = await desk.people.admit(name, Address(self.paper.name, who), self.clock.now())
            for grant in grants:
                await desk.people.grant(person.id, grant, self.clock.now())


def _link(code: str) -> str:
    return f"https://t.me/thidua_bot?start={code}"


def shown(reply: Reply) -> str:
    """A reply as one text: its lines, then its buttons in square brackets."""
    buttons = " ".join(f"[{choice.label}]" for choice in reply.choices)
    return f"{reply.text}\n{buttons}" if buttons else reply.text


@asynccontextmanager
async def stage(folder: Path, *, figures: bool = True) -> AsyncIterator[Stage]:
    """A stage on the sample cluster; with `figures`, eleven months are filed by all and the twelfth by five of seven."""
    database = await open_database(f"sqlite+aiosqlite:///{folder / 'stage.sqlite'}")
    try:
        clock, paper = Hands(), Paper()
        async with database.begin() as desk:
            await sample.seed(desk, clock.now(), channel=paper.name, figures_too=figures)
        yield Stage(database, clock, paper)
    finally:
        await database.close()

