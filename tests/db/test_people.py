"""People: known by any of their addresses, with all roles they ever held."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import event
from sqlalchemy.exc import IntegrityError

from bot.chat import Address
from bot.domain.person import Grant, Person, Place, Role
from bot.ports import Known, Stand
from db.engine import Database
from db.ledger import Ledger
from db.places import Places
from tests.db.conftest import CHIEF, MINUTE, NOW, PHONE

ZALO = Address("zalo", "z-9")
CHIEF_DAYS = (date(2020, 12, 31), date(2021, 1, 1), date(2021, 10, 1), date(2021, 10, 2))
HEAD = Grant(Role.HEAD, Place("thanh-hoa", "cum-3"), date(2021, 3, 1), date(2021, 12, 31))


async def link(database: Database, person: Person, address: Address) -> None:
    async with database._engine.begin() as connection:
        await Places(connection, Ledger(connection)).link(person.id, address, NOW)


async def test_who_is_admitted_is_known_there_with_no_rights(database: Database, chief: Person) -> None:
    async with database.begin() as desk:
        assert await desk.people.known([PHONE, ZALO]) == {PHONE: Known(Person(chief.id, "Lò Văn A"))}
        assert await desk.people.known([]) == {}


async def test_an_address_belongs_to_one_person(database: Database, chief: Person) -> None:
    with pytest.raises(IntegrityError):
        async with database.begin() as desk:
            await desk.people.admit("B", PHONE, NOW)


async def test_known_brings_roles_stands_and_menu(database: Database, chief: Person) -> None:
    active, other = Stand("submit", "confirm", {"k": [1, "á"]}), Stand("totals", "ask", {})
    async with database.begin() as desk:
        for grant in (CHIEF, HEAD):
            await desk.people.grant(chief.id, grant, NOW)
        for stand in (other, active):
            await desk.stands.put(chief.id, stand, NOW)
        await desk.places.seen(PHONE, [("Nộp", "y"), ("Hủy", "n")], None, NOW)
    async with database.begin() as desk:
        found = (await desk.people.known([PHONE]))[PHONE]
    person = Person(chief.id, "Lò Văn A", (CHIEF, HEAD))
    assert found == Known(person, (active, other), (("Nộp", "y"), ("Hủy", "n")))


async def test_channel_and_chat_count_together(database: Database, chief: Person) -> None:
    async with database.begin() as desk:
        await desk.people.admit("B", Address("zalo", "200"), NOW)
        assert await desk.people.known([Address("telegram", "200"), Address("zalo", "100")]) == {}


async def test_known_takes_two_queries_however_many_people(database: Database) -> None:
    addresses = [Address("telegram", str(number)) for number in range(30)]
    async with database.begin() as desk:
        for address in addresses:
            await desk.people.admit(address.chat, address, NOW)
    queries: list[str] = []
    event.listen(database._engine.sync_engine, "before_cursor_execute", lambda *call: queries.append(call[2]))
    async with database.begin() as desk:
        found = await desk.people.known(addresses)
    assert {address: known.person.name for address, known in found.items()} == {one: one.chat for one in addresses}
    assert len([query for query in queries if query.startswith("SELECT")]) == 2


async def test_seen_counts_within_the_same_transaction(database: Database, chief: Person) -> None:
    async with database.begin() as desk:
        await desk.places.seen(PHONE, [("Nộp", "y")], None, NOW)
        await desk.places.seen(PHONE, [("Sửa", "e")], None, NOW)
        assert (await desk.people.known([PHONE]))[PHONE].menu == (("Sửa", "e"),)


async def test_get_brings_all_roles(database: Database, chief: Person) -> None:
    async with database.begin() as desk:
        await desk.people.grant(chief.id, CHIEF, NOW)
        assert await desk.people.get(chief.id) == Person(chief.id, "Lò Văn A", (CHIEF,))


async def test_granting_again_with_an_end_ends_the_role(database: Database, chief: Person) -> None:
    ended = replace(CHIEF, valid_to=date(2021, 10, 1))
    async with database.begin() as desk:
        await desk.people.grant(chief.id, CHIEF, NOW)
        await desk.people.grant(chief.id, ended, NOW)
        assert (await desk.people.get(chief.id)).grants == (ended,)


async def test_a_role_is_a_duty_on_its_first_and_on_its_last_day(database: Database, chief: Person) -> None:
    async with database.begin() as desk:
        await desk.people.grant(chief.id, replace(CHIEF, valid_to=date(2021, 10, 1)), NOW)
        await desk.people.grant(chief.id, HEAD, NOW)
        found = {day: await desk.people.duties([Role.CHIEF], day) for day in CHIEF_DAYS}
    assert [len(found[day]) for day in CHIEF_DAYS] == [0, 1, 1, 0]


async def test_the_address_used_last_comes_first(database: Database, chief: Person) -> None:
    await link(database, chief, ZALO)
    async with database.begin() as desk:
        await desk.places.seen(PHONE, [], None, NOW + MINUTE)
        assert await desk.places.addresses(chief.id) == [PHONE, ZALO]
        await desk.places.seen(ZALO, [], None, NOW + 2 * MINUTE)
        assert await desk.places.addresses(chief.id) == [ZALO, PHONE]


async def test_an_unreachable_address_is_left_out_until_it_is_used_again(database: Database, chief: Person) -> None:
    await link(database, chief, ZALO)
    async with database.begin() as desk:
        await desk.places.unreachable(PHONE, "blocked", NOW)
        assert await desk.places.addresses(chief.id) == [ZALO]
        await desk.places.seen(PHONE, [], None, NOW + MINUTE)
        assert await desk.places.addresses(chief.id) == [PHONE, ZALO]


async def test_a_chat_with_a_new_id_is_the_same_place(database: Database, chief: Person) -> None:
    async with database.begin() as desk:
        await desk.places.moved(PHONE, "-200")
        assert list(await desk.people.known([PHONE, Address("telegram", "-200")])) == [Address("telegram", "-200")]


async def test_a_chat_that_moves_onto_a_known_one_is_forgotten(database: Database, chief: Person) -> None:
    new = Address("telegram", "-200")
    await link(database, chief, new)
    async with database.begin() as desk:
        await desk.places.moved(PHONE, "-200")
        assert await desk.places.addresses(chief.id) == [new]
