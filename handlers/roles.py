"""Who holds which role, and revoking one: from the moment of the press it has no force, the person is told."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from typing import NoReturn

from bot.absent import until_when
from bot.asking import unit_name
from bot.chat import Choice, Reply
from bot.dialogue import Conversation, Heard, Move, State, answer, cancelled, current, finish, only_buttons, pick
from bot.domain.absence import Away, away
from bot.domain.calendar import local_day
from bot.domain.duty import Duty
from bot.domain.folding import fold
from bot.domain.invitation import GIVES
from bot.domain.organisation import Organisation
from bot.domain.person import Act, Person, Place, Role, may
from bot.domain.reach import allowed, place_on
from bot.domain.sought import people_named
from bot.domain.strangers import nearest
from bot.domain.subject import read_question
from bot.ending import Menu, end_role, menu_left, tell_ended, tell_giver
from bot.errors import NotAllowed, StaleChoice, UnknownOffice, Unread
from bot.i18n import gloss, say
from bot.ports import Desk, Stand
from bot.titles import can_anywhere, full_title, title

NAME = "roles"
ROWS, BUTTONS = 12, 6


async def open_(desk: Desk, heard: Heard) -> Move:
    organisation, today = await desk.offices.organisation(), local_day(heard.now)
    if not can_anywhere(heard.person, Act.REVOKE, today):
        raise NotAllowed(Act.REVOKE)
    duties = _asked(heard, organisation, await _duties(desk, heard, organisation))
    if not duties:
        return answer(Reply(say("Nobody holds a role there.")))
    able = [duty for duty in duties if _revoker(heard.person, duty, organisation, today)]
    ending = [duty for duty in duties[:ROWS] if duty in able][:BUTTONS]
    names, gone = await desk.people.names(), away(await desk.absences.since(today), today)
    text = _listed(duties, organisation, today, names, gone, more=len(duties) > ROWS or len(able) > len(ending))
    if not ending:
        return answer(Reply(text))
    state = {"no": heard.turn, "rows": [_row(duty) for duty in ending]}
    return Move((Reply(text, _buttons(heard, ending, organisation, today)),), Stand(NAME, "choosing", state))


async def _duties(desk: Desk, heard: Heard, organisation: Organisation) -> list[Duty]:
    """The roles held where the person may revoke: those of whole clusters first, then office by office."""
    today = local_day(heard.now)
    order = {office.key: number for number, office in enumerate(organisation.offices, 1)}
    ranks = list(Role)
    found = {
        (duty.person, duty.grant.role, duty.grant.place): duty
        for duty in await desk.people.duties(ranks, today)
        if may(heard.person.current(today), Act.REVOKE, place_on(duty.grant, organisation, today), today)
    }
    return sorted(
        found.values(),
        key=lambda duty: (
            order.get(duty.grant.place.office, 0),
            ranks.index(duty.grant.role),
            duty.grant.giver is not None,
            fold(duty.name),
        ),
    )


def _asked(heard: Heard, organisation: Organisation, duties: Sequence[Duty]) -> list[Duty]:
    """Those at the units and of the people that the words name. Raises NotAllowed, UnknownOffice, Unread."""
    today = local_day(heard.now)
    question = read_question(heard.text, organisation, today)
    for unit in question.units:
        if not allowed(heard.person, Act.REVOKE, unit, organisation, today):
            raise NotAllowed(Act.REVOKE, unit_name(unit))
    keys = {unit.key for unit in question.units}
    words = " ".join(re.findall(r"\w+", fold(question.figures)))
    people = people_named(words, {duty.person: duty.name for duty in duties})
    if words and not people:
        _refuse(words, organisation, today)
    return [
        duty
        for duty in duties
        if (not keys or keys & _keys(place_on(duty.grant, organisation, today)))
        and (not words or duty.person in people)
    ]


def _refuse(words: str, organisation: Organisation, today: date) -> NoReturn:
    """Words that are nobody's name there: perhaps an office's name, badly written."""
    near = nearest(words, organisation, today)
    if near:
        raise UnknownOffice(words, tuple((unit.key, unit.name) for unit in near))
    raise Unread(words)


def _keys(place: Place) -> set[str]:
    return {place.province, place.cluster, place.office}


def _revoker(person: Person, duty: Duty, organisation: Organisation, on: date) -> Role | None:
    """The role in whose name the person may revoke that one: who may give it may take it back.

    Nobody revokes their own last role."""
    held = person.current(on)
    if duty.person == person.id and len({(own.role, own.place) for own in held}) == 1:
        return None
    place = place_on(duty.grant, organisation, on)
    able = (own for own in held if may([own], Act.REVOKE, place, on))
    return next((own.role for own in able if duty.grant.role in GIVES.get(own.role, ())), None)


def _listed(
    duties: Sequence[Duty],
    organisation: Organisation,
    today: date,
    names: Mapping[int, str],
    gone: Away,
    *,
    more: bool,
) -> str:
    lines = [say("**Who holds which role**")]
    for duty in duties[:ROWS]:
        who = f"**{duty.name}**" + until_when(gone.get(duty.person))
        lines.append(f"- {who}: {full_title(duty.grant, organisation, today, names)}")
    lines += ["…"] if len(duties) > ROWS else []
    if more:
        office = organisation.office(duties[-1].grant.place.office, today)
        example = f"/vaitro {office.name if office else duties[-1].name}"
        lines.append(say("For other roles please add an office or a name, for example: {example}", example=example))
    return "\n".join(lines)


def _row(duty: Duty) -> list[str | int]:
    place = duty.grant.place
    return [duty.person, duty.grant.role.value, place.province, place.cluster, place.office]


def _buttons(heard: Heard, duties: Sequence[Duty], organisation: Organisation, today: date) -> tuple[Choice, ...]:
    """One for each; a name that stands there twice comes with its title."""
    times = Counter(duty.name for duty in duties)
    return tuple(
        Choice(
            say("Revoke {name}", name=duty.name)
            if times[duty.name] == 1
            else say("Revoke {name} ({title})", name=duty.name, title=title(duty.grant, organisation, today)),
            f"{NAME}:ask:{heard.turn}.{number}",
        )
        for number, duty in enumerate(duties)
    )


async def press_ask(desk: Desk, heard: Heard, state: State | None, argument: str) -> Move:
    """Nothing ends before the card has been seen."""
    duty, _ = await _chosen(desk, heard, state, argument)
    organisation, today = await desk.offices.organisation(), local_day(heard.now)
    what = title(duty.grant, organisation, today)
    choices = (
        Choice(say("Revoke"), f"{NAME}:revoke:{heard.turn}.0"),
        Choice(say("Cancel"), f"{NAME}:cancel:{heard.turn}."),
    )
    text = say("Revoke the role of **{title}** from **{name}**?", title=what, name=duty.name)
    stand = Stand(NAME, "confirming", {"no": heard.turn, "rows": [_row(duty)]})
    return Move((Reply(text, choices, in_place=True),), stand)


async def _chosen(desk: Desk, heard: Heard, state: State | None, argument: str) -> tuple[Duty, Role]:
    """The role that a button is about, and in whose name it is revoked. Raises StaleChoice, NotAllowed."""
    state, number = current(state, argument)
    organisation, today = await desk.offices.organisation(), local_day(heard.now)
    row = pick(state["rows"], number)
    held = await desk.people.duties([Role(row[1])], today)
    duty = next((one for one in held if _row(one) == list(row)), None)
    if duty is None:
        raise StaleChoice  # it has ended meanwhile
    person = await desk.people.get(heard.person.id)  # what somebody else has just revoked is gone already
    role = _revoker(person, duty, organisation, today)
    if role is None:
        raise NotAllowed(Act.REVOKE)
    return duty, role


def conversation(menu: Menu) -> Conversation:
    """`menu` tells which commands a person sees from now on."""

    async def press_revoke(desk: Desk, heard: Heard, state: State | None, argument: str) -> Move:
        duty, role = await _chosen(desk, heard, state, argument)
        resting = await end_role(desk, heard, duty, role, card=int(argument.partition(".")[0]))
        for one in resting:
            await tell_ended(desk, heard, one, menu)
        for one in (duty, *resting):
            if one.grant.giver != duty.person:  # who has lost the role itself is told that
                await tell_giver(desk, heard, one)
        return finish(await _tell(desk, heard, duty, resting, menu))

    return Conversation(
        name=NAME,
        commands=("vaitro", "thuhoi"),
        about=gloss("Who holds which role; revoke one"),
        open=open_,
        steps={"choosing": only_buttons, "confirming": only_buttons},
        presses={"ask": press_ask, "revoke": press_revoke, "cancel": cancelled},
        needs=Act.REVOKE,
    )


async def _tell(desk: Desk, heard: Heard, duty: Duty, resting: Sequence[Duty], menu: Menu) -> Reply:
    """Tell the person; what the one who revoked is answered."""
    organisation, today = await desk.offices.organisation(), local_day(heard.now)
    lines = [
        say("**Revoked**: {name} is no longer {title}.", name=duty.name, title=title(duty.grant, organisation, today))
    ]
    if resting:
        names = ", ".join(one.name for one in resting)
        lines.append(say("What had been handed on has ended with it: {names}.", names=names))
    if duty.person == heard.person.id:
        left = await desk.people.get(duty.person)
        return Reply("\n".join(lines), in_place=True, menu=menu_left(left, menu, today))
    if not await tell_ended(desk, heard, duty, menu):
        lines.append(say("This person cannot be reached by a message; please tell them yourself."))
    return Reply("\n".join(lines), in_place=True)
