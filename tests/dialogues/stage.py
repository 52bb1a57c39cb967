"""A stage for dialogues: the real core, conversations and database; people speak over a wire."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import handlers
from bot import sample
from bot.delivery import Delivery
from bot.domain.calendar import TIMEZONE
from bot.domain.organisation import parse_structure
from bot.domain.period import last_ended
from bot.intake import Intake
from bot.routing import Routes
from bot.scheduler import Scheduler
from db.engine import Database, open_database
from tests.dialogues.wires import PaperWire, Seen, Wire

MORNING = datetime(2021, 10, 1, 8, tzinfo=TIMEZONE)
TODAY = datetime(2025, 1, 1, tzinfo=UTC)


class Hands:
    """A clock that is moved by hand. A real instant (of a press, say) is whatever the hands show."""

    def __init__(self, start: datetime = MORNING) -> None:
        self.time = start

    def now(self) -> datetime:
        return self.time.astimezone(UTC)

    def shifted(self, real: datetime) -> datetime:
        return (self.time if real > TODAY else real).astimezone(UTC)


class Stage:
    """People say things and see what they are answered; `[Nộp]` presses the newest button of that label."""

    def __init__(self, database: Database, clock: Hands, wire: Wire, *others: Wire) -> None:
        self.database = database
        self.clock = clock
        self.wire = wire
        self.looked: dict[str, list[Seen]] = {}  # what each person has looked at already
        channels = {one.channel.name: one.channel for one in (wire, *others)}
        self.delivery = Delivery(database, clock, channels)
        self.intake = Intake(database, clock, channels, Routes(handlers.conversations(_link)), self.delivery.hand)
        self.scheduler = Scheduler(database, clock, self.delivery.wake)

    async def say(self, who: str, text: str, sent_at: datetime | None = None) -> str:
        """What `who` is answered, as a phone shows it; several messages are parted by a line of three hyphens."""
        before = await self.wire.seen(who)
        await self.wire.say(who, text, sent_at or self.clock.time)
        await self.work()
        self.looked[who] = await self.wire.seen(who)
        return "\n---\n".join(one.shown() for one in _fresh(before, self.looked[who]))

    async def file(self, *chiefs: str) -> None:
        """Let chiefs file the sample's figures of the period that is due, without telling how."""
        figures = sample.figures()[last_ended(self.clock.time.date())]
        for who in chiefs:
            await self.wire.say(who, sample.as_typed(figures[who]), self.clock.time)
        await self.work()
        for who in chiefs:
            await self.wire.say(who, "[Nộp]", self.clock.time)
        await self.work()
        for who in chiefs:
            self.looked[who] = await self.wire.seen(who)
            assert any("Đã ghi nhận" in one.text for one in self.looked[who][-2:]), self.looked[who][-2:]

    async def tick(self) -> dict[str, str]:
        """Let a minute's look at what is due happen; all that came unasked since one looked, by who received it."""
        await self.scheduler.tick()
        await self.work()
        came = {}
        for who in (player.key for player in sample.players()):
            before, self.looked[who] = self.looked.get(who, []), await self.wire.seen(who)
            came[who] = "\n---\n".join(one.shown() for one in _fresh(before, self.looked[who]))
        return {who: text for who, text in came.items() if text}

    async def work(self) -> None:
        """Answer all that has arrived, and send it."""
        while await self.intake.work():
            pass
        await self.delivery.settle()

    def wait(self, **span: float) -> None:
        self.clock.time += timedelta(**span)

    async def talk(self, who: str, *lines: tuple[str, str]) -> None:
        """Each line is what is said and, to the letter, what is answered."""
        for said, expected in lines:
            assert await self.say(who, said) == expected, said


def _fresh(before: list[Seen], after: list[Seen]) -> list[Seen]:
    """What is new or has changed; buttons that only went away do not count."""
    known = {one.id: one for one in before}
    return [one for one in after if one.id not in known or not _same(known[one.id], one)]


def _same(before: Seen, after: Seen) -> bool:
    return before.text == after.text and set(after.buttons) <= set(before.buttons)


def _link(code: str) -> str:
    return f"https://t.me/thidua_bot?start={code}"


@asynccontextmanager
async def stage(
    folder: Path,
    wire: Wire | None = None,
    *others: Wire,
    figures: bool = True,
    begins: datetime = MORNING,
    structure: str = "",
) -> AsyncIterator[Stage]:
    """A stage on the sample cluster; with `figures`, all that was due before it `begins` has been filed, and five
    of seven the twelfth month. A `structure` is one that has followed the sample's.

    People are known on `wire`; on the others, which are the test's to open, everybody is a stranger."""
    wire = wire or PaperWire()
    database = await open_database(f"sqlite+aiosqlite:///{folder / 'stage.sqlite'}")
    try:
        clock = Hands(begins)
        async with database.begin() as desk:
            await sample.seed(desk, clock.now(), channel=wire.channel.name, figures_too=figures, chat=wire.chat)
            if structure:
                await desk.offices.save(*parse_structure(structure))
        played = Stage(database, clock, wire, *others)
        async with wire.open(played.intake.store):
            yield played
        verdict = await database.verify()  # whatever was said, the trail explains every row
        assert verdict.sound, verdict
    finally:
        await database.close()
