"""Ending a role: from now on it has no force, and neither has what its holder handed on of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, timedelta

from bot.chat import Command, Reply
from bot.dialogue import Heard
from bot.domain.calendar import local_day
from bot.domain.duty import Duty
from bot.domain.organisation import Organisation
from bot.domain.person import Act, Grant, Person
from bot.i18n import say
from bot.menu import introduction
from bot.ports import Desk
from bot.titles import title
from bot.trail import entry
from bot.unasked.telling import tell

Menu = Callable[[Person, date], tuple[Command, ...]]


async def end_role(desk: Desk, heard: Heard, duty: Duty, role: str, card: int = 0) -> Sequence[Duty]:
    """End it as of yesterday, however often it was given (one given today then has no day at all), and all that rests
    on it, each with its line in the trail; `role` is the one in whose name. What rested on it and has ended.

    `card`: the number of the card that was confirmed."""
    today = local_day(heard.now)
    handed_on = [one for one in await desk.people.handed_on(duty.person, today) if _same(one.grant, duty.grant)]
    until = {"until": (await _end(desk, duty, heard)).isoformat()}
    resting = [*handed_on, *await _left_alone(desk, duty, today)]
    for one in resting:
        await _end(desk, one, heard)
    for one in (duty, *resting):
        subject, before = f"person {one.person}", _before(one.grant)
        await desk.audit.write(entry(heard, Act.REVOKE, subject, role=role, before=before, after=until, card=card))
    return resting


async def _left_alone(desk: Desk, duty: Duty, today: date) -> list[Duty]:
    """What was handed to somebody who holds nothing of their own any more: they are nobody's colleague now."""
    person = await desk.people.get(duty.person)
    if duty.grant.giver is not None or any(grant.giver is None for grant in person.current(today)):
        return []
    handed = [grant for grant in person.grants if grant.giver and grant.valid_to and grant.valid_to >= today]
    return [replace(duty, grant=grant) for grant in handed]


def _same(one: Grant, other: Grant) -> bool:
    return (one.role, one.place) == (other.role, other.place)


async def _end(desk: Desk, duty: Duty, heard: Heard) -> date:
    today = local_day(heard.now)
    until = today - timedelta(days=1)
    for grant in (await desk.people.get(duty.person)).grants:
        mine = _same(grant, duty.grant) and (duty.grant.giver is None or grant.giver == duty.grant.giver)
        if mine and (grant.valid_to is None or grant.valid_to >= today):
            await desk.people.grant(duty.person, replace(grant, valid_to=until), heard.now)
    return until


def _before(grant: Grant) -> dict[str, str | None]:
    place, until = grant.place, grant.valid_to
    return {
        "role": grant.role.value,
        "cluster": place.cluster,
        "office": place.office,
        "until": until.isoformat() if until else None,
    }


async def tell_ended(desk: Desk, heard: Heard, duty: Duty, menu: Menu) -> bool:
    """Tell the person, who sees from now on only what is left to them; whether they could be reached."""
    organisation, today = await desk.offices.organisation(), local_day(heard.now)
    person = await desk.people.get(duty.person)

    def told() -> Reply:
        return Reply(_ended(duty.grant, heard.person.name, organisation, today), menu=menu_left(person, menu, today))

    return bool(await tell(desk, [person.id], told, heard.now))


async def tell_giver(desk: Desk, heard: Heard, duty: Duty) -> None:
    """Tell whoever had handed it on, unless they have ended it themselves."""
    organisation, today = await desk.offices.organisation(), local_day(heard.now)

    def told() -> Reply:
        fields = {"title": title(duty.grant, organisation, today), "name": duty.name, "by": heard.person.name}
        return Reply(say("What you handed on to **{name}**, {title}, has been ended by {by}.", **fields))

    if duty.grant.giver is not None:
        await tell(desk, [duty.grant.giver], told, heard.now, but=heard.person.id)


def _ended(grant: Grant, by: str, organisation: Organisation, today: date) -> str:
    what = title(grant, organisation, today)
    if grant.giver is not None:
        return say(
            "What was handed on to you, **{title}**, has ended. For questions please turn to {by}.", title=what, by=by
        )
    return say("Your role as **{title}** has ended. For questions please turn to {by}.", title=what, by=by)


def menu_left(person: Person, menu: Menu, today: date) -> tuple[Command, ...]:
    return menu(person, today) if person.current(today) else introduction()[0]
