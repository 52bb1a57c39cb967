"""Is this the fingerprint of what was closed? Computed anew from what is stored, and held against the trail."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.asking import short_name, token
from bot.cards import at, figure_lines, names, period_name, period_range
from bot.chat import Choice, Reply
from bot.closed import adjustments
from bot.dialogue import Conversation, Heard, Move, answer
from bot.domain.calendar import local_day
from bot.domain.closing import Closing, read_fingerprint
from bot.domain.entry import Line
from bot.domain.organisation import Cluster, Organisation
from bot.domain.person import Act
from bot.domain.reach import allowed
from bot.domain.sought import Sought
from bot.filing import tally
from bot.forms import load
from bot.i18n import capital, gloss, say
from bot.ports import Desk

MOST = 2000  # closings in the trail
MOST_LINES = 8


@dataclass(frozen=True, slots=True)
class Found:
    """The closing that a fingerprint belongs to by what is stored, and its entry by what the trail says."""

    closing: Closing | None
    noted: Line | None
    sealed: bool = False  # the head of the trail that the closing names stands before it in the trail


async def open_(desk: Desk, heard: Heard) -> Move:
    typed = read_fingerprint(heard.text)
    if not typed:
        return answer(_how(heard.text))
    organisation = await desk.offices.organisation()
    clusters = _readable(heard, organisation)
    found = await _find(desk, typed, list(clusters))
    if found.closing is None and found.noted is None:
        return answer(Reply(say("Among the periods that you may see none was closed with {typed}.", typed=typed)))
    if found.closing is None or not _agrees(found.closing, found):
        return answer(Reply(_alarm(typed, found, clusters)))
    return answer(await _sound(desk, organisation, clusters[found.closing.cluster], found.closing))


def _how(text: str) -> Reply:
    example = "/kiemchung ABCD-1234"
    how = say(
        "The fingerprint stands in the message that a period was closed: eight letters and digits. Send for example: "
        "{example}. I compute it anew from what is stored and the audit trail, and say whether the figures are still "
        "the same.",
        example=example,
    )
    if not text.strip():
        return Reply(how)
    return Reply("\n".join([say("That is no fingerprint."), how]))


def _readable(heard: Heard, organisation: Organisation) -> dict[str, Cluster]:
    """By key, in their latest version."""
    today = local_day(heard.now)
    return {one.key: one for one in organisation.clusters if allowed(heard.person, Act.READ, one, organisation, today)}


async def _find(desk: Desk, typed: str, clusters: Sequence[str]) -> Found:
    closings = await desk.periods.closed(clusters)
    closing = next((one for one in closings if one.fingerprint == typed), None)
    lines = await desk.audit.find(Sought(units=tuple(clusters), acts=(Act.CLOSE,)), MOST) if clusters else ()
    noted = next((one for one in lines if (one.entry.after or {}).get("fingerprint") == typed), None)
    if closing is None or noted is None:
        return Found(closing, noted)
    before = await desk.audit.number(closing.trail) if closing.trail else 0
    return Found(closing, noted, sealed=before < noted.number and bool(before or not closing.trail))


def _agrees(closing: Closing, found: Found) -> bool:
    """Whether the trail says the very same."""
    if found.noted is None or not found.sealed:
        return False
    figures = {office: figures.to_json() for office, figures in closing.figures.items()}
    return (found.noted.entry.after or {}).get("figures") == figures and found.noted.entry.subject == closing.subject


def _alarm(typed: str, found: Found, clusters: dict[str, Cluster]) -> str:
    """What is stored and what the trail says are two things: somebody has been at the database."""
    if found.closing:
        where = f"{clusters[found.closing.cluster].short}, {period_name(found.closing.period)}"
        first = say(
            "⚠ **Not confirmed.** The stored figures of {where} give {typed}, but the audit trail does not say so.",
            where=where,
            typed=typed,
        )
    else:
        assert found.noted
        first = say(
            "⚠ **Not confirmed.** The audit trail says that {typed} was closed at {time} by {closer}; what is stored "
            "now is something else.",
            typed=typed,
            time=at(found.noted.entry.at),
            closer=found.noted.name,
        )
    return "\n".join([first, say("Please tell the administrator at once: the database has to be checked.")])


async def _sound(desk: Desk, organisation: Organisation, cluster: Cluster, closing: Closing) -> Reply:
    form, offices = load(closing.form), organisation.offices_of(cluster.key, closing.period.end)
    counted = await tally(desk.reports, offices, form, closing.period)
    now = {key: report.figures for key, report in counted.reports.items()}
    changed = adjustments(form, closing, offices, now)
    missing = [office for office in offices if office.key not in closing.figures]
    lines = [
        say("**It matches.** Fingerprint **{fingerprint}** is that of:", fingerprint=closing.fingerprint),
        f"**{capital(short_name(cluster))} · {period_name(closing.period)}** ({period_range(closing.period)})",
        say("Closed at {time} by {closer}.", time=at(closing.closed_at), closer=closing.closer),
        *figure_lines(form, closing.total),
        *([say("Missing when it was closed: {names}.", names=names(missing[:MOST_LINES]))] if missing else []),
        *([say("Reason: “{reason}”.", reason=closing.reason)] if closing.reason else []),
        "",
        *(changed[:MOST_LINES] or [say("Nothing has been changed since.")]),
        *(
            [say("… and {count} more corrections", count=len(changed) - MOST_LINES)]
            if len(changed) > MOST_LINES
            else []
        ),
    ]
    choices = (
        Choice(say("Totals"), token("tong", cluster.short, closing.period)),
        *((Choice(say("History"), token("lichsu", cluster.short, closing.period)),) if changed else ()),
    )
    return Reply("\n".join(lines), choices)


conversation = Conversation(
    name="verify",
    commands=("kiemchung",),
    about=gloss("Check a fingerprint"),
    open=open_,
    needs=Act.READ,
)
