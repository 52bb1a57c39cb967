"""What a second tap on a card is told: what the first one did, and when."""

from __future__ import annotations

from datetime import timedelta

from bot.cards import at, period_name
from bot.chat import Reply
from bot.dialogue import Heard
from bot.domain.report import Report, Revision
from bot.domain.sought import Sought
from bot.i18n import say
from bot.ports import Desk

LATELY = 50  # entries of the person's own


async def done(desk: Desk, heard: Heard, card: int, within: timedelta | None = None) -> Reply | None:
    """None for a card that was never carried out, of which nothing stands any more, or longer ago than `within`."""
    if not card:
        return None
    if report := await desk.reports.by_card(heard.person.id, card):
        revision = next(one for one in report.revisions if one.card == card)
        over = report.latest.withdrawn and not revision.withdrawn
        late = within is not None and heard.now - revision.stored_at > within
        return None if over or late else Reply(await _filed(desk, report, revision))
    for line in await desk.audit.find(Sought(people=(heard.person.id,)), LATELY):
        if line.entry.actor == heard.person.id and (line.entry.after or {}).get("card") == card:
            return Reply(say("This card is done already, at {time}.", time=at(line.entry.at)))
    return None


async def _filed(desk: Desk, report: Report, revision: Revision) -> str:
    organisation = await desk.offices.organisation()
    office = organisation.office(report.office, report.period.end)
    fields = {"period": period_name(report.period), "office": office.full_name if office else report.office}
    if revision.withdrawn:
        return say(
            "This card is done: {period} of {office} was withdrawn at {time}.", time=at(revision.stored_at), **fields
        )
    return say("This card is done: {period} of {office} was recorded at {time}.", time=at(revision.sent_at), **fields)
