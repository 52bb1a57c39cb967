"""People, the roles they hold, and who writes from where."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from itertools import groupby
from operator import attrgetter
from typing import Any

from sqlalchemy import BindParameter, ColumnElement, bindparam, insert, or_, select
from sqlalchemy.exc import NoResultFound
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.chat import Address
from bot.domain.duty import Duty
from bot.domain.person import Grant, Person, Place, Role
from bot.ports import Known, Stand
from db.ledger import Ledger
from db.places import Places
from db.stands import of_people
from db.tables import grants, people, places
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
_admit = insert(people)
_names = select(people.c.id, people.c.name).order_by(people.c.id)
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


class People:
    def __init__(self, connection: AsyncConnection, ledger: Ledger, places: Places) -> None:
        self._connection = connection
        self._ledger = ledger
        self._places = places

    async def known(self, addresses: Sequence[Address]) -> Mapping[Address, Known]:
        await self._places.flush()
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
        await self._places.link(person.id, address, now)
        return person

    async def grant(self, person: int, grant: Grant, now: datetime) -> None:
        """Give a role; a grant that differs only in `valid_to` is given that end (this is how access is revoked)."""
        key = ("person", "role", "province", "cluster", "office", "valid_from")
        statement = insert_or_update(self._connection.dialect.name, grants, key, ("valid_to", "giver"))
        row = {"person": person, **grant_row(grant), "giver": grant.giver, "granted_at": now}
        await self._ledger.write(statement, row)

    async def names(self) -> Mapping[int, str]:
        return {row.id: row.name for row in await self._connection.execute(_names)}

    async def duties(self, roles: Collection[Role], on: date) -> Sequence[Duty]:
        values = {"roles": sorted(role.value for role in roles), "on": on}
        return [_duty(row) for row in await self._connection.execute(_duties, values)]

    async def handed_on(self, giver: int, on: date) -> Sequence[Duty]:
        values = {"by": giver, "on": on}
        return [_duty(row) for row in await self._connection.execute(_handed_on, values)]


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
