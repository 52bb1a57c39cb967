"""Come in with a code; a stranger gets one polite sentence and learns nothing."""

from __future__ import annotations

import hmac
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import partial

from bot.chat import Choice, Command, Reply
from bot.current import reported_now
from bot.dialogue import Conversation, Heard, Move, answer
from bot.domain import linking
from bot.domain.calendar import local_day
from bot.domain.folding import fold
from bot.domain.invitation import hashed, typed
from bot.domain.organisation import Organisation
from bot.domain.person import Act, Person
from bot.domain.reach import home
from bot.errors import BadInvitation, NotAdmitted
from bot.explain import refusal_line
from bot.i18n import say
from bot.linking import heed_tries, knock
from bot.ports import Desk, Invitation
from bot.titles import can_anywhere, title, titles
from bot.trail import entry
from bot.unasked.telling import tell

Menu = Callable[[Person, date], tuple[Command, ...]]


def conversation(menu: Menu) -> Conversation:
    """`menu` tells which commands a person sees from now on."""

    async def open_(desk: Desk, heard: Heard) -> Move:
        if not heard.text and heard.person.current(local_day(heard.now)):
            return answer(await _welcome(desk, heard, heard.person, menu, _greeting))
        code, link = typed(heard.text), linking.typed(heard.text)
        if code is None and link is None:
            raise NotAdmitted
        await desk.inbox.forget(heard.turn)  # a code is kept nowhere, not even in the message that brought it
        if code is None:
            return await knock(desk, heard, link or "")
        invitation, why = await _checked(desk, heard, code)
        if invitation is None or why:
            await desk.invitations.failed(heard.address, heard.now)
            return answer(Reply(refusal_line(BadInvitation(why))))
        person = await _admit(desk, heard, invitation)
        return answer(await _welcome(desk, heard, person, menu, _enrolled(invitation)))

    return Conversation(name="start", commands=("start", "batdau"), about="", open=open_, recognises=_is_code)


async def _is_code(desk: Desk, heard: Heard) -> bool:
    return (typed(heard.text) or linking.typed(heard.text)) is not None


async def _checked(desk: Desk, heard: Heard, code: str) -> tuple[Invitation | None, str]:
    """The invitation of a code, and what is wrong with it. Raises TooManyTries."""
    await heed_tries(desk, heard)
    invitation = await desk.invitations.find(hashed(code))
    if invitation is None or not hmac.compare_digest(invitation.hash, hashed(code)):
        return None, "unknown"
    if invitation.revoked_at:
        return invitation, "revoked"
    if invitation.used_at:
        return invitation, "used"
    if invitation.expires_at <= heard.now:
        return invitation, "expired"
    own = [grant for grant in heard.person.current(local_day(heard.now)) if grant.giver is None]
    held = [(grant.role, grant.place) for grant in own]
    return invitation, "again" if (invitation.grant.role, invitation.grant.place) in held else ""


async def _admit(desk: Desk, heard: Heard, invitation: Invitation) -> Person:
    """The person with the invitation's role; a new one unless the account is somebody's already."""
    person = heard.person
    if not person.id:
        person = await desk.people.admit(invitation.name or heard.name or "?", heard.address, heard.now)
    await desk.people.grant(person.id, invitation.grant, heard.now)
    await desk.invitations.use(invitation.id, person.id, heard.now)
    grant = invitation.grant
    after = {"role": grant.role, "cluster": grant.place.cluster, "office": grant.place.office, "name": person.name}
    enrolled = replace(heard, person=person)
    await desk.audit.write(entry(enrolled, "enrol", f"person {person.id}", role=grant.role, after=after))
    await _tell_inviter(desk, heard, invitation, person)
    return await desk.people.get(person.id)


async def _tell_inviter(desk: Desk, heard: Heard, invitation: Invitation, person: Person) -> None:
    if invitation.inviter is None:
        return
    used = partial(_used, invitation, person, await desk.offices.organisation(), local_day(heard.now))
    await tell(desk, [invitation.inviter], used, heard.now)


def _used(invitation: Invitation, person: Person, organisation: Organisation, today: date) -> Reply:
    what = title(invitation.grant, organisation, today)
    return Reply(say("{name} has used your invitation: {title}.", name=f"**{person.name}**", title=what))


Greeting = Callable[[Person, Organisation, date], str]


def _greeting(person: Person, organisation: Organisation, today: date) -> str:
    return say(
        "Greetings. You are recorded as: {titles}.", titles=", ".join(_bold(titles(person, organisation, today)))
    )


def _enrolled(invitation: Invitation) -> Greeting:
    def greet(person: Person, organisation: Organisation, today: date) -> str:
        what = title(invitation.grant, organisation, today)
        return say("Greetings. You have been recorded as **{title}**.", title=what)

    return greet


def _bold(texts: list[str]) -> list[str]:
    return [f"**{text}**" for text in texts]


async def _welcome(desk: Desk, heard: Heard, person: Person, menu: Menu, greet: Greeting) -> Reply:
    """Who one is, which period is open until when, and what to do first."""
    organisation, today = await desk.offices.organisation(), local_day(heard.now)
    now = await reported_now(desk, person, heard.now)
    lines = [greet(person, organisation, today), now.text, *now.besides]
    choices = [Choice(say("File the figures"), "/nop")] if now.due and can_anywhere(person, Act.FILE, today) else []
    unit = home(person, organisation, today)
    if unit:
        short = getattr(unit, "short", unit.name)
        choices.append(Choice(say("See {cluster}", cluster=short), f"/tong {fold(short)}"))
    choices.append(Choice(say("How to use"), "/trogiup"))
    return Reply("\n".join(lines), tuple(choices), menu=menu(person, today))
