"""Zalo with ten messages a month beside Telegram, its faults laid down in advance."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import date, timedelta

from bot import sample
from bot.alarm import Alarm
from bot.chat import Address, Outgoing, Raw, Reply, Store, Turn
from bot.delivery import Delivery
from bot.domain.person import Grant, Role
from bot.thrift import Quota, Thrift, month_of
from db.engine import Database
from tests.dialogues.stage import Hands

NOW = Hands().now()


CHIEF = Address("zalo", "z-chief")


class Wire:
    def __init__(self, name: str) -> None:
        self.name = name
        self.faults: list[Exception] = []
        self.sent: list[tuple[str, str]] = []
        self.tries: list[int] = []
        self.parts: list[tuple[int, int]] = []

    async def receive(self, store: Store) -> None:
        raise NotImplementedError

    def read(self, raw: Raw) -> Turn | None:
        raise NotImplementedError

    async def send(self, outgoing: Outgoing) -> str:
        self.tries.append(outgoing.tries)
        self.parts.append((outgoing.gone, outgoing.tries))
        if self.faults:
            raise self.faults.pop(0)
        self.sent.append((outgoing.address.chat, outgoing.reply.text))
        return "m"

    async def close(self) -> None:
        pass


class Town:
    """Zalo with ten messages a month, a chief on both channels, an administrator on both."""

    def __init__(self, database: Database) -> None:
        self.database, self.clock = database, Hands()
        self.zalo, self.telegram = Wire("zalo"), Wire("telegram")
        self.thrift = Thrift({"zalo": Quota(10, lambda outgoing: 1 + outgoing.reply.text.count("/"))})
        self.chief = 0

    def delivery(self) -> Delivery:
        wires = {"zalo": self.zalo, "telegram": self.telegram}
        alarm = Alarm(self.database, self.clock)
        return Delivery(self.database, self.clock, wires, self.thrift, alarm.stopped)

    async def settle(self, sending: Delivery | None = None) -> None:
        sending = sending or self.delivery()
        for _ in range(2):
            await sending.settle()

    async def people(self) -> None:
        async with self.database.begin() as desk:
            await desk.offices.save(*sample.structure())
            for name, role in (("Lò Văn A", Role.CHIEF), ("Quản trị", Role.ADMIN)):
                person = await desk.people.admit(name, Address("telegram", f"t-{role}"), NOW - timedelta(1))
                await desk.places.link(person.id, Address("zalo", f"z-{role}"), NOW)  # type: ignore[attr-defined]
                await desk.people.grant(person.id, Grant(role, sample.CLUSTER, date(2020, 1, 1)), NOW)
                self.chief = self.chief or person.id

    async def post(self, *texts: str, spare: bool = False) -> None:
        async with self.database.begin() as desk:
            for text in texts:
                to = Address("zalo", "z-chief")
                await desk.outbox.post(to, Reply(text, spare=spare), self.clock.now(), person=self.chief)

    async def until(self, condition: Callable[[], bool]) -> None:
        async with asyncio.timeout(5):
            while not condition():
                await asyncio.sleep(0.01)

    async def spent(self) -> int:
        async with self.database.begin() as desk:
            return await desk.channels.spent("zalo", month_of(self.clock.now()))
