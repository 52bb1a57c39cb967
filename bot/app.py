"""The composition root: the only module that knows the core, the conversations, the memory and the wires."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from functools import partial

import handlers
from bot import sample
from bot.alarm import Alarm
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
from bot.thrift import Thrift
from bot.wiring import Wiring, telegram_of, zalo_of
from db.engine import open_database


@asynccontextmanager
async def opened(url: str, *, look: bool = False) -> AsyncIterator[Database]:
    """The database at that address, its schema brought up to date; with `look` nothing is changed."""
    database = await open_database(url, look=look)
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
    """Serve Telegram and Zalo until told to stop; False when it ended by itself."""
    wiring = Wiring(settings)
    async with opened(settings.database_url) as database:
        clock, channels, telegram = RealClock(settings.clock), wiring.connect(database), wiring.telegram
        await wiring.rebind(database, clock.now())
        routes = Routes(handlers.conversations(telegram.deep_link if telegram else _no_link))
        program = _program(database, clock, channels, routes, Thrift(await wiring.quotas(database)))
        program.heed_signals()
        if telegram:
            program.alongside(telegram.introduce(*introduction()))
        site = await wiring.open_site(program.ready, program.stopped)
        try:
            return await program.run()
        finally:
            if site:
                await site.close()


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
        program = _program(database, clock, {web.name: web}, Routes(handlers.conversations(_no_link)))
        program.heed_signals()
        site = await listen(web.routes(), "127.0.0.1", port)
        ready(site.port)
        try:
            return await program.run()
        finally:
            await site.close()


async def examine(settings: Settings) -> list[Finding]:
    """What is wrong with these settings, the database, the tokens, the webhooks, the clock."""
    return await look(settings, partial(opened, look=True), telegram_of(settings), zalo_of(settings))


def _no_link(code: str) -> str:
    return ""


def _program(
    database: Database, clock: RealClock, channels: Mapping[str, Channel], routes: Routes, thrift: Thrift | None = None
) -> Program:
    alarm = Alarm(database, clock)
    delivery = Delivery(database, clock, channels, thrift, alarm.stopped)
    intake = Intake(database, clock, channels, routes, delivery.hand)
    return Program(channels, intake, delivery, Scheduler(database, clock, delivery.wake), alarm)
