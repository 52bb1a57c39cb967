"""The outbox: every reply whole, in order, until it is sent or given up."""

from __future__ import annotations

from sqlalchemy import text

from bot.chat import Address, Attachment, Choice, Command, Outgoing, Raw, Reply
from db.engine import Database
from tests.db.conftest import NOW, PHONE

WHOLE = Reply(
    text="**Đã ghi nhận** lúc 08:12",
    choices=(Choice("Nộp", "y"), Choice("Hủy", "n")),
    attachment=Attachment("biểu đồ.png", "image/png", bytes(range(256))),
    in_place=True,
    menu=(Command("nop", "Nộp số liệu"),),
)


async def post(database: Database, *texts: str) -> None:
    async with database.begin() as desk:
        for one in texts:
            await desk.outbox.post(PHONE, Reply(one), NOW)


async def unsent(database: Database) -> list[str]:
    async with database.begin() as desk:
        return [outgoing.reply.text for outgoing in await desk.outbox.unsent(0, 9)]


async def test_a_reply_goes_out_as_it_was_posted(database: Database) -> None:
    async with database.begin() as desk:
        await desk.inbox.store([Raw("telegram", "1", "100", "{}")], NOW)
        await desk.outbox.post(PHONE, WHOLE, NOW, "77", 1)
        await desk.outbox.post(PHONE, Reply(""), NOW)
        posted = await desk.outbox.posted()
    assert posted == [Outgoing(1, PHONE, WHOLE, "77"), Outgoing(2, PHONE, Reply(""))]
    async with database.begin() as desk:
        assert await desk.outbox.unsent(0, 9) == posted


async def test_an_empty_attachment_is_still_one(database: Database) -> None:
    empty = Reply("", attachment=Attachment("a.csv", "text/csv", b""))
    async with database.begin() as desk:
        await desk.outbox.post(PHONE, empty, NOW)
        assert [outgoing.reply for outgoing in await desk.outbox.unsent(0, 9)] == [empty]


async def test_the_oldest_goes_first_and_no_more_than_asked_for(database: Database) -> None:
    await post(database, "a", "b", "c")
    async with database.begin() as desk:
        assert [outgoing.reply.text for outgoing in await desk.outbox.unsent(0, 2)] == ["a", "b"]
        assert [outgoing.reply.text for outgoing in await desk.outbox.unsent(2, 9)] == ["c"]


async def test_what_is_sent_is_marked_and_its_attachment_let_go(database: Database) -> None:
    async with database.begin() as desk:
        await desk.outbox.post(PHONE, WHOLE, NOW)
        await desk.outbox.post(PHONE, WHOLE, NOW)
    async with database.begin() as desk:
        await desk.outbox.sent({1: "m-1", 2: "m-2"}, NOW)
        await desk.outbox.sent({}, NOW)
        assert await desk.outbox.unsent(0, 9) == []
    async with database._engine.connect() as connection:
        rows = (await connection.execute(text("SELECT state, message, attachment FROM outbox"))).all()
    assert [tuple(row) for row in rows] == [("sent", "m-1", None), ("sent", "m-2", None)]


async def test_what_is_dead_does_not_go_out(database: Database) -> None:
    await post(database, "a", "b")
    async with database.begin() as desk:
        await desk.outbox.dead(1, "blocked", NOW)
    assert await unsent(database) == ["b"]


async def test_what_waits_follows_a_chat_that_moved(database: Database) -> None:
    await post(database, "a", "b")
    async with database.begin() as desk:
        await desk.outbox.sent({1: "m"}, NOW)
        await desk.outbox.post(Address("zalo", "100"), Reply("z"), NOW)
        await desk.outbox.moved(PHONE, "-200")
        found = [outgoing.address for outgoing in await desk.outbox.unsent(0, 9)]
    assert found == [Address("telegram", "-200"), Address("zalo", "100")]


async def test_what_a_secret_reply_said_is_forgotten_once_it_is_sent(database: Database) -> None:
    async with database.begin() as desk:
        await desk.outbox.post(PHONE, Reply("Mã: ABCD", secret=True), NOW)
        assert [outgoing.reply.text for outgoing in await desk.outbox.unsent(0, 9)] == ["Mã: ABCD"]
        await desk.outbox.sent({1: "m-1"}, NOW)
    async with database._engine.connect() as connection:
        assert (await connection.execute(text("SELECT reply FROM outbox"))).scalar_one() == "{}"
