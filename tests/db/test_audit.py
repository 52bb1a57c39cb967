"""The audit trail: who did what, before and after."""

from __future__ import annotations

from sqlalchemy import select

from bot.domain.person import Person
from bot.domain.sought import Sought
from bot.ports import Entry
from db.audit import _conditions, _lines
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


async def test_what_is_looked_for_with_every_correction_is_found_without_walking_the_trail(database: Database) -> None:
    """SQLite's own plan: an index for each way in which the conversations look."""
    async with database._engine.connect() as connection:
        for sought, index in (
            (Sought(units=("quan-son",), acts=("send_back",)), "ix_audit_act_id"),
            (Sought(people=(1,)), "ix_audit_actor_id"),
            (Sought(people=(1,)), "ix_audit_subject"),
        ):
            statement = _lines.where(*_conditions(sought)).limit(9)
            asked = statement.compile(dialect=connection.dialect, compile_kwargs={"literal_binds": True})
            plan = (await connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {asked}")).all()
            assert index in str(plan), plan


async def test_what_was_done_to_a_report_is_found_with_its_figures_and_no_others(database: Database) -> None:
    subjects = ("quan-son short 2021-12 completed.cases", "quan-son short 2021-12", "quan-son short 2021-11 x", "quan")
    async with database.begin() as desk:
        for act in ("send_back", "keep"):
            for subject in subjects:
                await desk.audit.write(Entry(NOW, None, "", "", "", act, subject))
    async with database.begin() as desk:
        found = await desk.audit.about("send_back", "quan-son short 2021-12", 9)
        assert [line.entry.subject for line in found] == [subjects[1], subjects[0]]
        assert [line.number for line in await desk.audit.about("send_back", subjects[0], 9)] == [1]


async def test_a_role_is_found_under_its_office_when_it_was_given_and_when_it_ended(
    database: Database, chief: Person
) -> None:
    place = {"cluster": "cum-3", "office": "quan-son"}
    given = Entry(NOW, chief.id, "head", "web", "7", "invite", "invitation 1", None, {"role": "chief", **place})
    ended = Entry(NOW, chief.id, "head", "web", "8", "revoke", "person 9", place, {"until": "2021-09-30"})
    async with database.begin() as desk:
        for entry in (given, ended, Entry(NOW, chief.id, "head", "web", "9", "revoke", "person 8", {}, {})):
            await desk.audit.write(entry)
    async with database.begin() as desk:
        for unit in ("quan-son", "cum-3"):
            found = await desk.audit.find(Sought(units=(unit,)), 9)
            assert [line.entry.act for line in found] == ["revoke", "invite"]
