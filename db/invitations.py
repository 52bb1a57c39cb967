"""Invitations and the wrong codes that people tried."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import bindparam, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.chat import Address
from bot.domain.person import Grant
from bot.errors import BadInvitation
from bot.ports import Invitation
from db.ledger import Ledger
from db.people import grant_from, grant_row
from db.tables import invitations, wrong_codes
from db.types import AnyRow

_issue = insert(invitations)
_by_hash = select(invitations).where(invitations.c.hash == bindparam("hash"))
_by_id = select(invitations).where(invitations.c.id == bindparam("id"))
_use = (
    update(invitations)
    .where(
        invitations.c.id == bindparam("at_id"),
        invitations.c.used_at.is_(None),
        invitations.c.revoked_at.is_(None),
        invitations.c.expires_at > bindparam("now"),
    )
    .values(used_at=bindparam("now"), used_by=bindparam("by"))
)
_failures = (
    select(wrong_codes.c.at)
    .where(
        wrong_codes.c.channel == bindparam("channel"),
        wrong_codes.c.chat == bindparam("chat"),
        wrong_codes.c.at >= bindparam("since"),
    )
    .order_by(wrong_codes.c.at)
)


class Invitations:
    def __init__(self, connection: AsyncConnection, ledger: Ledger) -> None:
        self._connection = connection
        self._ledger = ledger

    async def issue(
        self, hash: str, name: str, grant: Grant, inviter: int | None, now: datetime, expires_at: datetime
    ) -> int:
        row = {"hash": hash, "name": name, "inviter": inviter, "created_at": now, "expires_at": expires_at}
        (issued,) = await self._ledger.write(_issue, {**row, **grant_row(grant)})
        number: int = issued.id
        return number

    async def find(self, hash: str) -> Invitation | None:
        row = (await self._connection.execute(_by_hash, {"hash": hash})).one_or_none()
        return None if row is None else _invitation(row)

    async def use(self, invitation: int, person: int, now: datetime) -> None:
        """Raises BadInvitation, whoever else was quicker: an invitation admits one person once."""
        if not await self._ledger.write(_use, {"at_id": invitation, "now": now, "by": person}):
            row = (await self._connection.execute(_by_id, {"id": invitation})).one_or_none()
            raise BadInvitation(_why(row))

    async def failed(self, address: Address, now: datetime) -> None:
        row = {"channel": address.channel, "chat": address.chat, "at": now}
        await self._connection.execute(insert(wrong_codes), row)

    async def failures(self, address: Address, since: datetime) -> Sequence[datetime]:
        """When wrong codes came from there, `since` included, oldest first."""
        values = {"channel": address.channel, "chat": address.chat, "since": since}
        return (await self._connection.execute(_failures, values)).scalars().all()


def _invitation(row: AnyRow) -> Invitation:
    return Invitation(
        id=row.id,
        hash=row.hash,
        name=row.name,
        grant=grant_from(row),
        inviter=row.inviter,
        created_at=row.created_at,
        expires_at=row.expires_at,
        used_at=row.used_at,
        used_by=row.used_by,
        revoked_at=row.revoked_at,
    )


def _why(row: AnyRow | None) -> str:
    if row is None:
        return "unknown"
    if row.used_at is not None:
        return "used"
    return "revoked" if row.revoked_at is not None else "expired"
