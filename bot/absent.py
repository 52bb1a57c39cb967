"""Whose chief is away, as whoever leads them sees it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bot.domain.absence import away, chief_away
from bot.domain.duty import filers
from bot.domain.organisation import Office
from bot.domain.person import FILERS
from bot.i18n import day, say
from bot.ports import Desk


async def chiefs_away(desk: Desk, offices: Sequence[Office], today: date) -> dict[str, date]:
    """By office, until when its chief is away; one query while nobody is."""
    gone = away(await desk.absences.since(today), today)
    if not gone or not offices:
        return {}
    heirs = (await desk.offices.organisation()).heirs(offices, today)
    able = filers(await desk.people.duties(FILERS, today), heirs)
    found = {office.key: chief_away(able.get(office.key, ()), gone) for office in offices}
    return {key: until for key, until in found.items() if until}


def until_when(until: date | None) -> str:
    """“ (vắng đến 12/10/2021)”, empty for who is there."""
    return " " + say("(away until {day})", day=day(until)) if until else ""
