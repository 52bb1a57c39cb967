"""How the program is: what waits, what was set aside, who cannot be reached, how large the database is."""

from __future__ import annotations

from datetime import date

from sqlalchemy import func, select, text
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.ports import Condition
from db.inbox import Inbox
from db.people import in_force
from db.reminders import Reminders
from db.tables import grants, outbox, people, places

_outbox = (  # what went over another channel is not lost
    select(outbox.c.state, func.count().label("number")).where(outbox.c.instead.is_(False)).group_by(outbox.c.state)
)
_reachable = select(places.c.person).where(places.c.unreachable_at.is_(None))
_unreachable = (
    select(people.c.name)
    .where(
        people.c.id.in_(select(places.c.person)),
        people.c.id.in_(select(grants.c.person).where(*in_force())),
        people.c.id.not_in(_reachable),
    )
    .order_by(people.c.id)
)
_SIZE = {
    "sqlite": "SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()",
    "postgresql": "SELECT pg_database_size(current_database())",
}


class Health:
    def __init__(self, connection: AsyncConnection, reminders: Reminders) -> None:
        self._connection = connection
        self._reminders = reminders

    async def condition(self, on: date) -> Condition:
        read = self._connection.execute
        return Condition(
            inbox=await Inbox(self._connection).count(),
            outbox={"waiting": 0, "sent": 0, "dead": 0} | {row.state: row.number for row in await read(_outbox)},
            unreachable=(await read(_unreachable, {"on": on})).scalars().all(),
            tick=await self._reminders.ticked(),
            size=(await read(text(_SIZE[self._connection.dialect.name]))).scalar_one(),
        )
