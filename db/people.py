"""People, where they are reached, and the roles they hold."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from itertools import groupby
from operator import attrgetter
from typing import Any

from sqlalchemy import BindParameter, ColumnElement, bindparam, exists, insert, null, or_, select, update
from sqlalchemy.exc import NoResultFound
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.chat import Address, menu_after
from bot.domain.duty import Duty
from bot.domain.person import Grant, Person, Place, Role
from bot.ports import Known, Reached, Stand
from db.ledger import Ledger
from db.stands import of_people
from db.tables import grants, people, places, stands
from db.types import AnyRow
from db.upsert import insert_or_update

_GRANT = (
    grants.c.role,
    grants.c.province,
    grants.c.cluster,
    grants.c.office,
    grants.c.valid_from,
    grants.c.valid_to,
    grants.c.giver,
)
_PERSON = (people.c.id, people.c.name, people.c.language, *_GRANT)
_WITH_GRANTS = people.outerjoin(grants, grants.c.person == people.c.id)
_HERE = (places.c.channel == bindparam("at_channel"), places.c.chat == bindparam("at_chat"))


def in_force() -> tuple[ColumnElement[bool], ...]:
    """What is asked of a role that holds on the day `on`: its last day is one of them."""
    day: BindParameter[date] = bindparam("on")
    return grants.c.valid_from <= day, or_(grants.c.valid_to.is_(None), grants.c.valid_to >= day)


_known = (
    select(places.c.channel, places.c.chat, places.c.menu, places.c.asked, *_PERSON)
    .select_from(places.join(_WITH_GRANTS, people.c.id == places.c.person))
    # Two lists, which an index can serve, find a few too many; a list of pairs would scan the table.
    .where(
        places.c.channel.in_(bindparam("channels", expanding=True)),
        places.c.chat.in_(bindparam("chats", expanding=True)),
    )
    .order_by(places.c.channel, places.c.chat, grants.c.id)
)
_some = (
    select(*_PERSON)
    .select_from(_WITH_GRANTS)
    .where(people.c.id.in_(bindparam("people", expanding=True)))
    .order_by(people.c.id, grants.c.id)
)
_admit, _link = insert(people), insert(places)
_names = select(people.c.id, people.c.name).order_by(people.c.id)
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
_duties = (
    select(people.c.id, people.c.name, *_GRANT, grants.c.granted_at)
    .join_from(grants, people, grants.c.person == people.c.id)
    .where(
        grants.c.role.in_(bindparam("roles", expanding=True)),
        *in_force(),
    )
    .order_by(grants.c.id)
)
_handed_on = (
    select(people.c.id, people.c.name, *_GRANT, grants.c.granted_at)
    .join_from(grants, people, grants.c.person == people.c.id)
    .where(grants.c.giver == bindparam("by"), grants.c.valid_to >= bindparam("on"))
    .order_by(grants.c.id)
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
_FEW = 500  # people that one statement may name
_there = select(places.c.id).where(*_HERE)


class People:
    def __init__(self, connection: AsyncConnection, ledger: Ledger) -> None:
        self._connection = connection
        self._ledger = ledger
        self._seen: list[dict[str, Any]] = []

    async def known(self, addresses: Sequence[Address]) -> Mapping[Address, Known]:
        await self.flush()
        wanted = set(addresses)
        values = {"channels": sorted({one.channel for one in wanted}), "chats": sorted({one.chat for one in wanted})}
        found = (await self._connection.execute(_known, values)).all() if wanted else []
        rows = [row for row in found if Address(row.channel, row.chat) in wanted]
        standing = await of_people(self._connection, sorted({row.id for row in rows}))
        by_address = groupby(rows, key=lambda row: Address(row.channel, row.chat))
        return {address: _known_there(list(group), standing) for address, group in by_address}

    async def get(self, person: int) -> Person:
        """Raises sqlalchemy.exc.NoResultFound when there is no such person."""
        found = await self.some([person])
        if person not in found:
            raise NoResultFound(f"person {person}")
        return found[person]

    async def some(self, people: Collection[int]) -> Mapping[int, Person]:
        rows = (await self._connection.execute(_some, {"people": sorted(people)})).all()
        return {one.id: one for one in _persons(rows)}

    async def admit(self, name: str, address: Address, now: datetime) -> Person:
        row = {"name": name, "language": "vi", "admitted_at": now}
        (admitted,) = await self._ledger.write(_admit, row)
        person = Person(admitted.id, name)
        await self.link(person.id, address, now)
        return person

    async def link(self, person: int, address: Address, now: datetime) -> None:
        """One more way to reach a person. Raises IntegrityError when the address belongs to somebody."""
        row = {**_address(address), "person": person, "linked_at": now, "last_seen_at": now, "menu": [], "why": ""}
        await self._ledger.write(_link, row)

    async def grant(self, person: int, grant: Grant, now: datetime) -> None:
        """Give a role; a grant that differs only in `valid_to` is given that end (this is how access is revoked)."""
        key = ("person", "role", "province", "cluster", "office", "valid_from")
        statement = insert_or_update(self._connection.dialect.name, grants, key, ("valid_to", "giver"))
        row = {"person": person, **grant_row(grant), "giver": grant.giver, "granted_at": now}
        await self._ledger.write(statement, row)

    async def names(self) -> Mapping[int, str]:
        return {row.id: row.name for row in await self._connection.execute(_names)}

    async def addresses(self, person: int) -> Sequence[Address]:
        await self.flush()
        return [Address(*row) for row in await self._connection.execute(_addresses, {"person": person})]

    async def duties(self, roles: Collection[Role], on: date) -> Sequence[Duty]:
        values = {"roles": sorted(role.value for role in roles), "on": on}
        return [_duty(row) for row in await self._connection.execute(_duties, values)]

    async def handed_on(self, giver: int, on: date) -> Sequence[Duty]:
        values = {"by": giver, "on": on}
        return [_duty(row) for row in await self._connection.execute(_handed_on, values)]

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
        few = _menus.where(places.c.chat.in_([one.chat for one in choices])) if len(choices) <= _FEW else _menus
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


def grant_row(grant: Grant) -> dict[str, Any]:
    place = grant.place
    return {
        "role": grant.role.value,
        "province": place.province,
        "cluster": place.cluster,
        "office": place.office,
        "valid_from": grant.valid_from,
        "valid_to": grant.valid_to,
    }


def grant_from(row: AnyRow) -> Grant:
    start: date = row.valid_from
    return Grant(Role(row.role), Place(row.province, row.cluster, row.office), start, row.valid_to)


def _held(row: AnyRow) -> Grant:
    return replace(grant_from(row), giver=row.giver)


def _duty(row: AnyRow) -> Duty:
    return Duty(row.id, row.name, _held(row), row.granted_at)


def _persons(rows: Iterable[AnyRow]) -> list[Person]:
    return [_person(list(group)) for _, group in groupby(rows, key=attrgetter("id"))]


def _person(rows: Sequence[AnyRow]) -> Person:
    held = tuple(_held(row) for row in rows if row.role is not None)
    return Person(rows[0].id, rows[0].name, held, rows[0].language)


def _known_there(rows: Sequence[AnyRow], standing: Mapping[int, tuple[Stand, ...]]) -> Known:
    person = _person(rows)
    menu = tuple((label, token) for label, token in rows[0].menu)
    return Known(person, standing.get(person.id, ()), menu, rows[0].asked)


def _address(address: Address) -> dict[str, str]:
    return {"channel": address.channel, "chat": address.chat}


def _at(address: Address) -> dict[str, str]:
    return {"at_channel": address.channel, "at_chat": address.chat}
