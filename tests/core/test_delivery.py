"""Delivery: in order per chat, again when it fails, given up when it must be."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from bot import delivery, sample
from bot.chat import Address, Choice, Outgoing, Raw, Reply, Store, Turn
from bot.delivery import Delivery
from bot.domain.calendar import local_day
from bot.domain.person import Grant, Role
from bot.errors import ChannelStopped, Later, Moved, Rejected, Unreachable
from db.engine import Database, open_database
from tests.dialogues.stage import Hands


class Wire:
    """A wire that fails as it is told, once per entry, and else keeps what it is given."""

    name = "wire"

    def __init__(self) -> None:
        self.faults: list[Exception] = []
        self.sent: list[tuple[str, str]] = []
        self.tries = 0
        self.refused = ""

    async def receive(self, store: Store) -> None:
        raise NotImplementedError

    def read(self, raw: Raw) -> Turn | None:
        raise NotImplementedError

    async def send(self, outgoing: Outgoing) -> str:
        self.tries += 1
        await asyncio.sleep(0)
        if self.faults:
            raise self.faults.pop(0)
        if outgoing.address.chat == self.refused:
            raise Later(after=1e-9, why="500")
        self.sent.append((outgoing.address.chat, outgoing.reply.text))
        return "m"

    async def close(self) -> None:
        pass


@pytest.fixture
def wire() -> Wire:
    return Wire()


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    database = await open_database(f"sqlite+aiosqlite:///{tmp_path / 'd.sqlite'}")
    yield database
    await database.close()


@pytest.fixture
def sending(database: Database, wire: Wire, monkeypatch: pytest.MonkeyPatch) -> Delivery:
    monkeypatch.setattr(delivery, "FIRST_PAUSE", 0.0)
    return Delivery(database, Hands(), {"wire": wire})


async def post(database: Database, *messages: tuple[str, str]) -> Sequence[Outgoing]:
    async with database.begin() as desk:
        for chat, text in messages:
            await desk.outbox.post(Address("wire", chat), Reply(text), Hands().now())
        return await desk.outbox.posted()


async def left(database: Database) -> list[str]:
    async with database.begin() as desk:
        return [one.reply.text for one in await desk.outbox.unsent(0, 100)]


async def test_each_chat_gets_its_messages_in_order(database: Database, wire: Wire, sending: Delivery) -> None:
    await post(database, ("a", "1"), ("b", "1"), ("a", "2"), ("b", "2"), ("a", "3"))
    await sending.settle()
    assert [text for chat, text in wire.sent if chat == "a"] == ["1", "2", "3"]
    assert [text for chat, text in wire.sent if chat == "b"] == ["1", "2"]
    assert await left(database) == []


async def test_what_is_handed_over_goes_out_once_and_behind_what_was_posted_before(
    database: Database, wire: Wire, sending: Delivery
) -> None:
    sending.hand(await post(database, ("a", "1"), ("b", "1")))
    await asyncio.sleep(0.01)
    assert wire.sent == [("a", "1"), ("b", "1")]  # nobody had to look for them
    await post(database, ("a", "2"))  # by another transaction: nobody has been told yet
    sending.hand(await post(database, ("a", "3")))
    await sending.settle()
    assert wire.sent == [("a", "1"), ("b", "1"), ("a", "2"), ("a", "3")]


async def test_what_is_handed_over_never_passes_what_is_being_taken_up(
    database: Database, wire: Wire, sending: Delivery
) -> None:
    """The chat's queue empties while an older message is looked at: whether it has to go another way."""
    out, sent = asyncio.Event(), wire.send

    async def slow(outgoing: Outgoing) -> str:
        if outgoing.reply.text == "1":
            await out.wait()
        return await sent(outgoing)

    async def post_slowly(text: str, before: Callable[[], None] = lambda: None) -> None:
        async with database.begin() as desk:
            before()
            await desk.outbox.post(Address("wire", "a"), Reply(text), Hands().now())
            posted = await desk.outbox.posted()
            await asyncio.sleep(0.03)
        sending.hand(posted)

    wire.send = slow  # type: ignore[method-assign]
    sending._wires["wire"].spent_until = Hands().now() + timedelta(hours=1)
    await post_slowly("1")
    second = asyncio.create_task(post_slowly("2"))
    await asyncio.sleep(0.01)
    taking = asyncio.create_task(sending._take())
    await asyncio.sleep(0.001)
    await asyncio.gather(second, taking, asyncio.create_task(post_slowly("3", out.set)))
    await sending.settle()
    assert [text for _, text in wire.sent] == ["1", "2", "3"]


async def test_what_is_handed_over_late_has_been_found_already(
    database: Database, wire: Wire, sending: Delivery
) -> None:
    posted = await post(database, ("a", "1"))
    await sending.settle()
    sending.hand(posted)
    await sending.settle()
    assert wire.sent == [("a", "1")]


async def test_a_transient_fault_is_tried_again_and_keeps_the_order(
    database: Database, wire: Wire, sending: Delivery
) -> None:
    wire.faults = [Later(why="500"), Later(after=0.001, why="429")]
    await post(database, ("a", "1"), ("a", "2"))
    await sending.settle()
    assert (wire.sent, wire.tries) == ([("a", "1"), ("a", "2")], 4)


@pytest.mark.parametrize("fault", [Rejected("too long"), Unreachable("blocked"), ValueError("a fault of ours")])
async def test_what_can_never_be_sent_is_given_up_and_the_next_goes_out(
    database: Database, wire: Wire, sending: Delivery, fault: Exception
) -> None:
    wire.faults = [fault]
    await post(database, ("a", "1"), ("a", "2"))
    await sending.settle()
    assert (wire.sent, await left(database)) == ([("a", "2")], [])


async def test_an_unreachable_person_is_remembered_as_such(database: Database, wire: Wire, sending: Delivery) -> None:
    async with database.begin() as desk:
        person = await desk.people.admit("Lò Văn A", Address("wire", "a"), Hands().now())
    wire.faults = [Unreachable("blocked")]
    await post(database, ("a", "1"))
    await sending.settle()
    async with database.begin() as desk:
        assert await desk.places.addresses(person.id) == []


async def test_a_chat_that_moved_gets_its_messages_at_its_new_id(
    database: Database, wire: Wire, sending: Delivery
) -> None:
    wire.faults = [Moved("b")]
    await post(database, ("a", "1"), ("a", "2"))
    await sending.settle()
    assert (wire.sent, await left(database)) == ([("b", "1"), ("b", "2")], [])


async def test_a_stopped_channel_keeps_its_messages_for_another_day(
    database: Database, wire: Wire, sending: Delivery
) -> None:
    wire.faults = [ChannelStopped("wire", "401")]
    await post(database, ("a", "1"), ("a", "2"))
    await sending.settle()
    assert (wire.sent, await left(database)) == ([], ["1", "2"])


async def test_what_was_not_marked_before_a_crash_goes_out_again(database: Database, wire: Wire) -> None:
    await post(database, ("a", "1"))
    for _ in range(2):
        await Delivery(database, Hands(), {"wire": wire}).settle()
    assert wire.sent == [("a", "1")]


async def test_an_outage_of_any_length_loses_nothing(database: Database, wire: Wire, sending: Delivery) -> None:
    wire.faults = [Later(why="no route to host") for _ in range(600)]
    await post(database, ("a", "1"), ("b", "1"))
    await sending.settle()
    assert (sorted(wire.sent), await left(database)) == ([("a", "1"), ("b", "1")], [])


async def test_a_message_that_fails_while_others_get_through_is_given_up(
    database: Database, wire: Wire, sending: Delivery, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(delivery, "MOST_TRIES", 3)
    wire.refused = "a"
    await post(database, ("a", "1"), *(("b", str(number)) for number in range(40)))
    await sending.settle()
    assert (len(wire.sent), await left(database)) == (40, [])


async def chief(database: Database, *chats: str) -> int:
    """The chief of Mường Lát on those chats, the newest last; Trưởng cụm leads from chat "head"."""
    async with database.begin() as desk:
        await desk.offices.save(*sample.structure())
        now = Hands().now()
        head = await desk.people.admit("Trưởng cụm", Address("wire", "head"), now)
        await desk.people.grant(head.id, Grant(Role.HEAD, sample.CLUSTER, date(2020, 1, 1)), now)
        person = await desk.people.admit("Lò Văn A", Address("wire", chats[0]), now)
        for chat in chats[1:]:
            await desk.places.link(person.id, Address("wire", chat), now)  # type: ignore[attr-defined]
        place = replace(sample.CLUSTER, office="muong-lat")
        await desk.people.grant(person.id, Grant(Role.CHIEF, place, date(2020, 1, 1)), now)
        return person.id


async def post_to(database: Database, person: int, chat: str, *texts: str) -> None:
    async with database.begin() as desk:
        for text in texts:
            await desk.outbox.post(Address("wire", chat), Reply(text), Hands().now(), person=person)


async def test_what_must_reach_a_person_goes_to_their_other_address(
    database: Database, wire: Wire, sending: Delivery
) -> None:
    person = await chief(database, "a", "b")
    wire.faults = [Unreachable("blocked")]
    await post_to(database, person, "b", "hạn nộp")
    await sending.settle()
    assert (wire.sent, await left(database)) == ([("a", "hạn nộp")], [])


async def test_its_buttons_can_be_typed_at_the_other_address(database: Database, wire: Wire, sending: Delivery) -> None:
    person = await chief(database, "a", "b")
    wire.faults = [Unreachable("blocked")]
    async with database.begin() as desk:
        card = Reply("hạn nộp", (Choice("Nộp ngay", "/nop"),))
        await desk.outbox.post(Address("wire", "b"), card, Hands().now(), person=person)
    await sending.settle()
    here = Address("wire", "a")
    async with database.begin() as desk:
        assert (await desk.people.known([here]))[here].menu == (("Nộp ngay", "/nop"),)


async def test_the_head_is_told_once_of_somebody_who_is_reached_nowhere(
    database: Database, wire: Wire, sending: Delivery
) -> None:
    person = await chief(database, "a")
    wire.faults = [Unreachable("blocked"), Unreachable("blocked")]
    await post_to(database, person, "a", "một", "hai")
    await sending.settle()
    told = "Không còn liên lạc được với **Lò Văn A**: đề nghị đồng chí báo qua điện thoại."
    assert (wire.sent, await left(database)) == ([("head", told)], [])
    async with database.begin() as desk:
        assert (await desk.health.condition(local_day(Hands().now()))).unreachable == ["Lò Văn A"]


async def test_an_answer_that_cannot_be_sent_is_nobody_elses_business(
    database: Database, wire: Wire, sending: Delivery
) -> None:
    await chief(database, "a", "b")
    wire.faults = [Unreachable("blocked")]
    await post(database, ("b", "đã ghi nhận"))
    await sending.settle()
    assert wire.sent == []
