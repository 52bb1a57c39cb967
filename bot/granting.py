"""Keep a deadline that has been moved, and tell who has not filed yet."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from bot.dialogue import Heard
from bot.domain.calendar import local_day
from bot.domain.closing import Extension
from bot.domain.extension import Extending
from bot.domain.organisation import Office
from bot.domain.person import Act
from bot.domain.reach import place_of
from bot.extending import news
from bot.ports import Desk
from bot.reminding import sketch, spare
from bot.trail import entry, role_of
from bot.unasked.telling import filers, tell
from bot.wishing import subject


async def grant(desk: Desk, heard: Heard, asked: Extending, until: datetime, reason: str, card: int) -> list[Office]:
    """`card` is the number of the card that was confirmed. The offices that were told, or that decided themselves."""
    await _keep(desk, heard, asked, until, reason, card)
    return await _tell(desk, heard, asked, until, reason)


async def _keep(desk: Desk, heard: Heard, asked: Extending, until: datetime, reason: str, card: int) -> None:
    organisation, agenda = await desk.offices.organisation(), asked.agenda
    await desk.periods.extend(Extension(*asked.key, agenda.form, agenda.period, until, reason))
    place = place_of(asked.unit, organisation, local_day(heard.now))
    await desk.audit.write(
        entry(
            heard,
            Act.EXTEND,
            subject(asked.unit.key, agenda),
            role=role_of(heard, Act.EXTEND, place),
            before={"until": asked.deadline.isoformat()},
            after={"until": until.isoformat()},
            reason=reason,
            card=card,
        )
    )


async def _tell(desk: Desk, heard: Heard, asked: Extending, until: datetime, reason: str) -> list[Office]:
    """Tell who files for each office whose deadline has changed; those of which somebody was reached, or decided."""
    organisation, told, people = await desk.offices.organisation(), [], set()
    for office in asked.changed(until):
        filing = await filers(desk, office, local_day(heard.now))
        said = partial(news, asked, office, until, reason)
        reached = await tell(desk, filing, said, heard.now, but=heard.person.id)
        people |= {(one, office.key) for one in reached}
        if reached or filing == [heard.person.id]:
            told.append(office)
    await spare(desk, await sketch(desk, organisation, asked.agenda.period, heard.now), people, heard.now)
    return told
