"""The composition root: the only module that knows the core, the conversations, the memory and the wires."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime

import handlers
from bot import sample
from bot.channels.telegram import Telegram
from bot.channels.web import Persona, Web
from bot.chat import Channel
from bot.clock import RealClock
from bot.config import Settings
from bot.delivery import Delivery
from bot.doctor import Finding, look
from bot.domain.entry import Verdict
from bot.intake import Intake
from bot.menu import introduction
from bot.ports import Database
from bot.program import Program
from bot.routing import Routes
from bot.scheduler import Scheduler
from bot.server import listen
from db.engine import open_database


@asynccontextmanager
async def opened(url: str) -> AsyncIterator[Database]:
    """The database at that address, its schema brought up to date."""
    database = await open_database(url)
    try:
        yield database
    finally:
        await database.close()


async def walk(url: str, fingerprint: str) -> Verdict:
    """Verify the audit trail of the database at that address; `fingerprint` is one noted earlier, or empty."""
    database = await open_database(url)
    try:
        return await database.verify(fingerprint)
    finally:
        await database.close()


async def serve(settings: Settings) -> bool:
    """Serve Telegram until told to stop; False when it ended by itself."""
    assert settings.telegram_token is not None
    telegram = Telegram(settings.telegram_token.get_secret_value(), str(settings.telegram_api_url))
    async with opened(settings.database_url) as database:
        routes = Routes(handlers.conversations(telegram.deep_link))
        program = _program(database, RealClock(settings.clock), telegram, routes)
        program.heed_signals()
        program.alongside(telegram.introduce(*introduction()))
        return await program.run()


async def play(url: str, port: int, start: datetime | None, ready: Callable[[int], None]) -> bool:
    """Serve the web chat on the sample cluster, on 127.0.0.1 alone; `ready` is told the port."""
    clock = RealClock(start or sample.BEGINS)

    async def advance(step: str) -> datetime:
        now = clock.advance(sample.stride(step, clock.now()))
        program.moved()
        return now

    cast = [Persona(one.key, one.name, one.about, one.examples, one.about) for one in sample.players()]
    web = Web(cast, now=clock.now, advance=advance, real_now=lambda: datetime.now(UTC))
    async with opened(url) as database:
        async with database.begin() as desk:
            await sample.seed(desk, clock.now())
        program = _program(database, clock, web, Routes(handlers.conversations(lambda code: "")))
        program.heed_signals()
        site = await listen(web.routes(), "127.0.0.1", port)
        ready(site.port)
        try:
            return await program.run()
        finally:
            await site.close()


async def examine(settings: Settings) -> list[Finding]:
    """What is wrong with these settings, the database, the token, the clock."""
    return await look(settings, opened, Telegram)


def _program(database: Database, clock: RealClock, channel: Channel, routes: Routes) -> Program:
    channels = {channel.name: channel}
    delivery = Delivery(database, clock, channels)
    intake = Intake(database, clock, channels, routes, delivery.wake)
    return Program(channels, intake, delivery, Scheduler(database, clock, delivery.wake))
