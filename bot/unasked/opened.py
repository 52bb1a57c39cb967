"""A closed period has been opened again: who files there and who leads the cluster are told."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from bot.asking import token
from bot.cards import at, names, period_name
from bot.chat import Choice, Reply
from bot.dialogue import Heard
from bot.domain.calendar import local_day
from bot.domain.organisation import Cluster, Office
from bot.domain.period import Period
from bot.domain.reach import place_of
from bot.i18n import say
from bot.locks import MOST_NAMES, Locks
from bot.ports import Desk
from bot.unasked.telling import filers, leaders, tell_each


@dataclass(frozen=True, slots=True)
class News:
    """What has been opened: `locks` are as they were before."""

    locks: Locks
    period: Period
    by: str
    until: datetime
    reason: str


def named(locks: Locks) -> str:
    """Those that are shut; the whole cluster by its name."""
    if isinstance(locks.unit, Cluster) and locks.shut == locks.offices:
        return locks.unit.short
    return few(locks.shut)


def few(offices: Sequence[Office]) -> str:
    return names(offices[:MOST_NAMES]) + ("…" if len(offices) > MOST_NAMES else "")


async def tell_opened(desk: Desk, heard: Heard, news: News, askers: Mapping[str, Sequence[int]]) -> list[Office]:
    """Those who file there and those who lead, one message a person; the offices of which somebody was reached."""
    organisation, today, mine, locks = (
        await desk.offices.organisation(),
        local_day(heard.now),
        heard.person.id,
        news.locks,
    )
    filed = await desk.reports.filed(organisation.form, news.period)
    filing = {one.key: [*await filers(desk, one, today), *askers[one.key]] for one in locks.shut}
    theirs: dict[int, list[Office]] = {}
    for office in locks.shut:
        for person in dict.fromkeys(filing[office.key]):
            theirs.setdefault(person, []).append(office)
    for person in await leaders(desk, place_of(locks.unit, organisation, today), today):
        theirs.setdefault(person, [])
    theirs.pop(mine, None)
    said = {person: partial(told_of, news, offices, filed) for person, offices in theirs.items()}
    reached = await tell_each(desk, said, heard.now)
    return [office for office in locks.shut if any(one in reached or one == mine for one in filing[office.key])]


def told_of(news: News, own: Sequence[Office] = (), filed: Collection[str] = ()) -> Reply:
    """What was opened; who files for one of the offices can go on at once."""
    fields = {"office": named(news.locks), "period": period_name(news.period), "by": news.by, "time": at(news.until)}
    text = say("**Opened**: {period} of {office} until {time}, by {by}.", **fields)
    choices = []
    for office in own[:2]:
        label, word = (say("Change"), "sua") if office.key in filed else (say("File the figures"), "nop")
        label = label if len(own) == 1 else f"{label}: {office.name}"
        choices.append(Choice(label, token(word, office.name, news.period)))
    return Reply("\n".join([text, say("Reason: “{reason}”.", reason=news.reason)]), tuple(choices))
