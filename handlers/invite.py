"""Invite somebody: role, office, name; a single-use code that expires in seven days."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from datetime import date

from bot.cards import at
from bot.chat import Choice, Reply
from bot.dialogue import Conversation, Heard, Move, State, cancelled, current, finish, only_buttons
from bot.domain.calendar import local_day
from bot.domain.folding import fold
from bot.domain.invitation import GIVES, LENGTH, LETTERS, VALID_FOR, hashed, shown
from bot.domain.organisation import Office, Organisation, Unit
from bot.domain.person import Act, Grant, Person, Role, may
from bot.domain.question import read_question
from bot.domain.reach import allowed, place_of
from bot.errors import NotAllowed, StaleChoice
from bot.i18n import capital, gloss, say
from bot.ports import Desk, Stand
from bot.titles import role_name, title
from bot.trail import entry, role_of

NAME = "invite"
NAMING = "naming"
Link = Callable[[str], str]  # a deep link for a code; empty where there is none

_WORDS = {
    Role.ADMIN: ("quan tri", "admin"),
    Role.SUPERVISOR: ("lanh dao phu trach", "lanh dao"),
    Role.HEAD: ("truong cum",),
    Role.DEPUTY: ("pho cum",),
    Role.CHIEF: ("thu truong", "chi cuc truong", "truong phong"),
    Role.CLERK: ("can bo thong ke", "can bo", "thong ke"),
    Role.VIEWER: ("nguoi xem", "viewer"),
}
_AT_OFFICE = (Role.CHIEF, Role.CLERK)
_AT_CLUSTER = (Role.HEAD, Role.DEPUTY, Role.SUPERVISOR, Role.VIEWER)


async def open_(desk: Desk, heard: Heard) -> Move:
    organisation, today = await desk.offices.organisation(), local_day(heard.now)
    if not roles_to_give(heard.person, today):
        raise NotAllowed(Act.INVITE)
    named = next((unit.key for unit in read_question(heard.text, organisation, today).units), "")
    role = role_named(heard.text)
    if role and role not in roles_to_give(heard.person, today):
        raise NotAllowed(Act.INVITE)
    return _next(heard, organisation, {"no": heard.turn, "role": role or "", "unit": named})


def role_named(text: str) -> Role | None:
    """The role that words name: the longest phrase counts, so that "phó cụm" is no "cụm"."""
    folded = fold(text)
    found = [(len(words), role) for role, phrases in _WORDS.items() for words in phrases if words in folded]
    return max(found)[1] if found else None


def roles_to_give(person: Person, on: date) -> tuple[Role, ...]:
    """The roles that a person may give, in the order of rank."""
    able = [grant for grant in person.current(on) if may([grant], Act.INVITE, grant.place, on)]
    given = {role for grant in able for role in GIVES.get(grant.role, ())}
    return tuple(role for role in Role if role in given)


def units_for(person: Person, role: Role, organisation: Organisation, on: date) -> tuple[Unit, ...]:
    """The places at which that person may give that role."""
    if role is Role.ADMIN:
        units: list[Unit] = list(organisation.provinces)
    elif role in _AT_OFFICE:
        units = [office for office in organisation.offices if office.on(on)]
    else:
        units = [cluster for cluster in organisation.clusters if cluster.on(on)]
    return tuple(unit for unit in units if allowed(person, Act.INVITE, unit, organisation, on))


def _next(heard: Heard, organisation: Organisation, state: State) -> Move:
    """Ask for the role, then the place (when there is a choice), then the name."""
    today = local_day(heard.now)
    if not state["role"]:
        return _ask_role(heard, state)
    units = units_for(heard.person, Role(state["role"]), organisation, today)
    if len(units) == 1:
        state = {**state, "unit": units[0].key}
    unit = next((one for one in units if one.key == state["unit"]), None)
    return _ask_name(heard, organisation, state, unit) if unit else _ask_unit(state, units)


def _ask_role(heard: Heard, state: State) -> Move:
    roles = roles_to_give(heard.person, local_day(heard.now))
    choices = [Choice(capital(role_name(role)), _token("role", state, role)) for role in roles]
    return _stay("choosing", state, Reply(say("Whom do you invite?"), (*choices, _cancel(state)), in_place=True))


def _ask_unit(state: State, units: tuple[Unit, ...]) -> Move:
    choices = [Choice(capital(unit.name), _token("unit", state, unit.key)) for unit in units]
    text = say("For which office?") if units and isinstance(units[0], Office) else say("For which cluster?")
    return _stay("choosing", state, Reply(text, (*choices, _cancel(state)), in_place=True))


def _ask_name(heard: Heard, organisation: Organisation, state: State, unit: Unit) -> Move:
    grant = _grant(heard, organisation, Role(state["role"]), unit)
    what = title(grant, organisation, local_day(heard.now))
    text = say("**{title}**: what is this person's full name?", title=what)
    choices = (Choice(say("Without a name"), _token("nameless", state, "")), _cancel(state))
    return _stay(NAMING, state, Reply(text, choices, in_place=True))


def _ask_make(heard: Heard, organisation: Organisation, state: State) -> Move:
    """Nothing is made before the name has been seen."""
    today, role = local_day(heard.now), Role(state["role"])
    units = units_for(heard.person, role, organisation, today)
    unit = next((one for one in units if one.key == state["unit"]), None)
    if unit is None or not state["name"]:
        raise StaleChoice
    what = title(_grant(heard, organisation, role, unit), organisation, today)
    text = say("Invite **{name}** as {title}?", name=state["name"], title=what)
    choices = (
        Choice(say("Make the code"), _token("make", state, "")),
        Choice(say("Without a name"), _token("nameless", state, "")),
        _cancel(state),
    )
    return _stay(NAMING, state, Reply(text, choices))


def _grant(heard: Heard, organisation: Organisation, role: Role, unit: Unit) -> Grant:
    today = local_day(heard.now)
    return Grant(role, place_of(unit, organisation, today), today)


def _token(press: str, state: State, argument: str) -> str:
    return f"{NAME}:{press}:{state['no']}.{argument}"


def _cancel(state: State) -> Choice:
    return Choice(say("Cancel"), _token("cancel", state, ""))


def _stay(step: str, state: State, reply: Reply) -> Move:
    return Move((reply,), Stand(NAME, step, state))


async def press_role(desk: Desk, heard: Heard, state: State | None, argument: str) -> Move:
    state, role = current(state, argument)
    if role not in roles_to_give(heard.person, local_day(heard.now)):
        raise NotAllowed(Act.INVITE)
    return _next(heard, await desk.offices.organisation(), {**state, "role": role})


async def press_unit(desk: Desk, heard: Heard, state: State | None, argument: str) -> Move:
    state, unit = current(state, argument)
    return _next(heard, await desk.offices.organisation(), {**state, "unit": unit})


async def hear_name(desk: Desk, heard: Heard, state: State) -> Move | None:
    if heard.question and heard.question.sure:
        return None  # a question asked in between is nobody's name
    name = " ".join(heard.text.replace("*", "").split())[:100]
    return _ask_make(heard, await desk.offices.organisation(), {**state, "no": heard.turn, "name": name})


def conversation(link: Link) -> Conversation:
    """`link` makes a deep link of a code."""

    async def press_nameless(desk: Desk, heard: Heard, state: State | None, argument: str) -> Move:
        state, _ = current(state, argument)
        return await _issue(desk, heard, state, "", link)

    async def press_make(desk: Desk, heard: Heard, state: State | None, argument: str) -> Move:
        state, _ = current(state, argument)
        return await _issue(desk, heard, state, state.get("name", ""), link)

    return Conversation(
        name=NAME,
        commands=("moi",),
        about=gloss("Invite somebody"),
        open=open_,
        steps={"choosing": only_buttons, NAMING: hear_name},
        presses={
            "role": press_role,
            "unit": press_unit,
            "nameless": press_nameless,
            "make": press_make,
            "cancel": cancelled,
        },
        free=frozenset({NAMING}),
        needs=Act.INVITE,
    )


async def _issue(desk: Desk, heard: Heard, state: State, name: str, link: Link) -> Move:
    """Make the code, keep its hash, show it once."""
    organisation, today = await desk.offices.organisation(), local_day(heard.now)
    role = Role(state["role"])
    unit = next((one for one in units_for(heard.person, role, organisation, today) if one.key == state["unit"]), None)
    if unit is None or role not in roles_to_give(heard.person, today):
        raise NotAllowed(Act.INVITE)
    grant = _grant(heard, organisation, role, unit)
    code = "".join(secrets.choice(LETTERS) for _ in range(LENGTH))
    expires_at = heard.now + VALID_FOR
    number = await desk.invitations.issue(hashed(code), name, grant, heard.person.id, heard.now, expires_at)
    await desk.audit.write(
        entry(
            heard,
            Act.INVITE,
            f"invitation {number}",
            role=role_of(heard, Act.INVITE, grant.place),
            after={"role": role, "cluster": grant.place.cluster, "office": grant.place.office, "name": name},
        )
    )
    lines = [
        say("Invitation for **{title}**: {name}", title=title(grant, organisation, today), name=name).rstrip(": "),
        say("Code: **{code}**", code=shown(code)),
        *([say("Link: {link}", link=link(code))] if link(code) else []),
        say("Usable once, until {time}. Pass it on to that person only.", time=at(expires_at)),
    ]
    return finish(Reply("\n".join(lines), secret=True))
