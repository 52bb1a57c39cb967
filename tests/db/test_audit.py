"""The audit trail: who did what, before and after."""

from __future__ import annotations

from sqlalchemy import select

from bot.domain.person import Person
from bot.ports import Entry
from db.engine import Database
from db.tables import audit
from tests.db.conftest import NOW


async def test_an_entry_is_kept_whole(database: Database, chief: Person) -> None:
    filed = Entry(NOW, chief.id, "chief", "telegram", "7", "file", "quan-son 2021/12", None, {"received.cases": 210})
    closed = Entry(NOW, None, "", "", "", "close", "cum-3", {}, None, "đủ 7/7")
    async with database.begin() as desk:
        for entry in (filed, closed):
            await desk.audit.write(entry)
    columns = [audit.c[name] for name in Entry.__slots__]
    async with database._engine.connect() as connection:
        kept = await connection.execute(select(*columns).where(audit.c.act != "written").order_by(audit.c.id))
        assert [Entry(*row) for row in kept] == [filed, closed]
