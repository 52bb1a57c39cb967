"""Invitations: each admits one person once."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import text

from bot.chat import Address
from bot.domain.person import Person
from bot.errors import BadInvitation
from bot.ports import Invitation
from db.engine import Database
from tests.db.conftest import CHIEF, MINUTE, NOW, PHONE

WEEK = timedelta(days=7)


async def issue(database: Database, inviter: int | None) -> int:
    async with database.begin() as desk:
        return await desk.invitations.issue("hash", "Lò Văn A", CHIEF, inviter, NOW, NOW + WEEK)


async def test_an_invitation_is_found_by_its_hash_alone(database: Database, chief: Person) -> None:
    id = await issue(database, chief.id)
    async with database.begin() as desk:
        found = await desk.invitations.find("hash")
        assert found == Invitation(id, "hash", "Lò Văn A", CHIEF, chief.id, NOW, NOW + WEEK)
        assert await desk.invitations.find("other") is None


async def test_the_first_has_no_inviter(database: Database) -> None:
    await issue(database, None)
    async with database.begin() as desk:
        found = await desk.invitations.find("hash")
    assert found is not None and found.inviter is None


async def test_an_invitation_is_used_once(database: Database, chief: Person) -> None:
    id = await issue(database, None)
    async with database.begin() as desk:
        await desk.invitations.use(id, chief.id, NOW + MINUTE)
    with pytest.raises(BadInvitation) as raised:
        async with database.begin() as desk:
            await desk.invitations.use(id, chief.id, NOW + 2 * MINUTE)
    assert raised.value == BadInvitation("used")
    async with database.begin() as desk:
        found = await desk.invitations.find("hash")
    assert found is not None and (found.used_at, found.used_by) == (NOW + MINUTE, chief.id)


async def test_an_expired_revoked_or_unknown_invitation_cannot_be_used(database: Database, chief: Person) -> None:
    id = await issue(database, None)
    async with database.begin() as desk:
        with pytest.raises(BadInvitation) as expired:
            await desk.invitations.use(id, chief.id, NOW + WEEK)
        with pytest.raises(BadInvitation) as unknown:
            await desk.invitations.use(404, chief.id, NOW)
    async with database._engine.begin() as connection:
        await connection.execute(text("UPDATE invitations SET revoked_at = created_at"))
    async with database.begin() as desk:
        with pytest.raises(BadInvitation) as revoked:
            await desk.invitations.use(id, chief.id, NOW)
    assert [raised.value.why for raised in (expired, unknown, revoked)] == ["expired", "unknown", "revoked"]


async def test_wrong_codes_are_counted_by_address_and_time(database: Database) -> None:
    async with database.begin() as desk:
        for minutes in (2, 0, 1):
            await desk.invitations.failed(PHONE, NOW + minutes * MINUTE)
        await desk.invitations.failed(Address("zalo", "100"), NOW)
        assert await desk.invitations.failures(PHONE, NOW + MINUTE) == [NOW + MINUTE, NOW + 2 * MINUTE]
