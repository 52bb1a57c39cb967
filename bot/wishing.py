"""Wishes for more time that were passed on: what the trail still knows of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.cards import clipped
from bot.domain.agenda import Agenda
from bot.domain.entry import Entry
from bot.domain.extension import Wish
from bot.domain.folding import fold
from bot.domain.organisation import Office
from bot.domain.person import Act
from bot.domain.sought import Sought
from bot.domain.wished import read_wished, reason_in
from bot.ports import Desk

NAME = "ask_extension"
LONGEST = 300
AGAIN_AFTER = timedelta(hours=1)
_MOST = 20


def words_of(text: str) -> str:
    """What is passed on of a wish."""
    return clipped(" ".join(text.split()).strip(" :,.;-"), LONGEST)


def subject(key: str, agenda: Agenda) -> str:
    return f"{key} {agenda.form} {agenda.period.year}-{agenda.period.month:02}"


def noted(wish: Wish) -> dict[str, str]:
    """What the trail keeps of it beside the words."""
    return {"until": wish.until.isoformat()} if wish.until else {}


async def passed_on_at(
    desk: Desk, agenda: Agenda, office: Office, wish: Wish, words: str, now: datetime
) -> datetime | None:
    """When the same was passed on within the hour, if no deadline has been moved since."""
    organisation = await desk.offices.organisation()
    for one in await _entries(desk, agenda, office, now - AGAIN_AFTER):
        if one.act != NAME:
            return None
        before = read_wished(one.reason, organisation, one.at, agenda.period)
        reasons = [fold(reason or said) for reason, said in ((before.reason, one.reason), (wish.reason, words))]
        if (one.after or {}) == noted(wish) and reasons[0] == reasons[1]:
            return one.at
    return None


async def reason_for(desk: Desk, agenda: Agenda, office: Office, until: datetime) -> str:
    """The reason of the latest wish for that moment, empty when there is none."""
    organisation = await desk.offices.organisation()
    for one in await _entries(desk, agenda, office, None):
        if one.act == NAME and (one.after or {}).get("until") == until.isoformat():
            return reason_in(read_wished(one.reason, organisation, one.at, agenda.period), one.reason)
    return ""


async def _entries(desk: Desk, agenda: Agenda, office: Office, since: datetime | None) -> Sequence[Entry]:
    """The newest first: what was passed on for that office, and deadlines moved for it or its cluster."""
    subjects = [subject(key, agenda) for key in (office.key, office.cluster)]
    sought = Sought(units=(office.key, office.cluster), acts=(NAME, Act.EXTEND), since=since)
    return [one.entry for one in await desk.audit.find(sought, _MOST) if one.entry.subject in subjects]
