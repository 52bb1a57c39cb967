"""The addresses where people are reached, what was shown there last, and which of them answer no more."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, exists, insert, null, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.chat import Address, menu_after
from bot.ports import Reached
from db.ledger import Ledger
from db.tables import people, places, stands

_FEW = 500  # people that one statement may name
_HERE = (places.c.channel == bindparam("at_channel"), places.c.chat == bindparam("at_chat"))
_link = insert(places)
_addresses = (
    select(places.c.channel, places.c.chat)
    .where(places.c.person == bindparam("person"), places.c.unreachable_at.is_(None))
    .order_by(places.c.pinned_at.is_(None), places.c.last_seen_at.desc(), places.c.id.desc())
)
_seen = (
    update(places)
    .where(*_HERE)
    .values(
        menu=bindparam("new_menu"),
        asked=bindparam("new_asked", type_=places.c.asked.type),
        last_seen_at=bindparam("at"),
        unreachable_at=null(),
        why="",
    )
)
_unreachable = (
    update(places)
    .where(*_HERE, places.c.unreachable_at.is_(None))
    .values(unreachable_at=bindparam("at"), why=bindparam("new_why"))
    .returning(places.c.person)
)
_reached = (
    select(
        places.c.person,
        places.c.channel,
        places.c.chat,
        people.c.language,
        exists().where(stands.c.person == places.c.person).label("busy"),
    )
    .join_from(places, people)
    .where(places.c.unreachable_at.is_(None))
    .order_by(places.c.pinned_at.is_not(None), places.c.last_seen_at, places.c.id)
)
_menus = select(places.c.channel, places.c.chat, places.c.menu)
_offered = update(places).where(*_HERE).values(menu=bindparam("new_menu", type_=places.c.menu.type))
_there = select(places.c.id).where(*_HERE)


class Places:
    """What `seen` was given is written by `flush`, at the latest before the commit."""

    def __init__(self, connection: AsyncConnection, ledger: Ledger) -> None:
        self._connection = connection
        self._ledger = ledger
        self._seen: list[dict[str, Any]] = []

    async def link(self, person: int, address: Address, now: datetime) -> None:
        """One more way to reach a person. Raises IntegrityError when the address belongs to somebody."""
        row = {**_address(address), "person": person, "linked_at": now, "last_seen_at": now, "menu": [], "why": ""}
        await self._ledger.write(_link, row)

    async def addresses(self, person: int) -> Sequence[Address]:
        await self.flush()
        return [Address(*row) for row in await self._connection.execute(_addresses, {"person": person})]

    async def reached(self, people: Collection[int]) -> Mapping[int, Reached]:
        await self.flush()
        asked = _reached.where(places.c.person.in_(sorted(people))) if len(people) <= _FEW else _reached
        rows = await self._connection.execute(asked) if people else ()
        return {
            row.person: Reached(Address(row.channel, row.chat), row.language, bool(row.busy))
            for row in rows
            if row.person in people
        }

    async def seen(
        self, address: Address, menu: Sequence[tuple[str, str]], asked: Mapping[str, Any] | None, now: datetime
    ) -> None:
        shown = [list(choice) for choice in menu]
        self._seen.append({**_at(address), "new_menu": shown, "new_asked": asked and dict(asked), "at": now})

    async def offered(self, choices: Mapping[Address, Sequence[tuple[str, str]]]) -> None:
        await self.flush()
        channels, chats = {one.channel for one in choices}, {one.chat for one in choices}
        some = _menus.where(places.c.channel.in_(channels), places.c.chat.in_(chats))
        few = some if len(choices) <= _FEW else _menus
        rows = await self._connection.execute(few) if choices else ()
        menus = {Address(row.channel, row.chat): [(label, token) for label, token in row.menu] for row in rows}
        shown = [
            {**_at(one), "new_menu": [list(choice) for choice in menu_after(fresh, menus.get(one, []))]}
            for one, fresh in choices.items()
            if fresh
        ]
        if shown:
            await self._connection.execute(_offered, shown)

    async def unreachable(self, address: Address, why: str, now: datetime) -> int | None:
        await self.flush()
        values = {**_at(address), "new_why": why, "at": now}
        person: int | None = (await self._connection.execute(_unreachable, values)).scalar_one_or_none()
        return person

    async def moved(self, address: Address, chat: str) -> None:
        """The chat has a new id; when that one is known already, the old address is forgotten."""
        await self.flush()
        new = Address(address.channel, chat)
        taken = (await self._connection.execute(_there, _at(new))).first()
        change = places.delete() if taken else update(places).values(chat=chat)
        await self._ledger.write(change.where(*_HERE), _at(address))

    async def flush(self) -> None:
        """Write what `seen` has gathered, in one go."""
        if self._seen:
            rows, self._seen = self._seen, []
            await self._connection.execute(_seen, rows)


def _address(address: Address) -> dict[str, str]:
    return {"channel": address.channel, "chat": address.chat}


def _at(address: Address) -> dict[str, str]:
    return {"at_channel": address.channel, "at_chat": address.chat}
