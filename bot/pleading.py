"""A request to open a closed period that cannot be put as it was typed: whose it is not, and what is asked back."""

from __future__ import annotations

from collections.abc import Sequence

from bot.asking import short_name
from bot.cards import clipped, period_name
from bot.chat import Reply
from bot.dialogue import Heard
from bot.domain.calendar import local_day
from bot.domain.organisation import Office
from bot.domain.person import Act
from bot.domain.plea import Plea
from bot.domain.reach import allowed
from bot.errors import NotAllowed, NotOneOffice
from bot.i18n import say
from bot.ports import Desk

EXAMPLE = "/xinmo tháng 8: nhập nhầm tiền xong"


async def unclear(desk: Desk, heard: Heard, plea: Plea, mine: Sequence[str]) -> Reply | None:
    """What has to be asked back. Raises NotAllowed and NotOneOffice for a unit that is not one's own."""
    organisation, today = await desk.offices.organisation(), local_day(heard.now)
    for unit in (one for one in plea.units if one.key not in mine):
        if allowed(heard.person, Act.UNLOCK, unit, organisation, today):
            example = f"/mokhoa {short_name(unit)}: nhập nhầm tiền xong"
            return Reply(say("You open closed periods yourself, for example: {example}", example=example))
        if not isinstance(unit, Office):
            raise NotOneOffice(unit.name)
        raise NotAllowed("ask_unlock", unit.full_name)
    if plea.unread:
        text = say(
            "I did not understand “{text}”. If it is the reason, write it after a colon, for example: {example}",
            text=clipped(plea.unread),
            example=EXAMPLE,
        )
        return Reply(text)
    if len(plea.periods) > 1:
        named = " · ".join(map(period_name, plea.periods))
        text = say(
            "I ask for one period at a time: {periods}. Put it before the colon and the reason after it, "
            "for example: {example}",
            periods=named,
            example=EXAMPLE,
        )
        return Reply(text)
    return None
