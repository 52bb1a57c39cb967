"""What a link code does when it is sent: the person is asked at the first channel; nothing is linked before."""

from __future__ import annotations

import hmac
from dataclasses import replace
from datetime import datetime

from bot.cards import channel_name
from bot.chat import Address, Choice, Reply
from bot.dialogue import Heard, Move, answer
from bot.domain.calendar import local_day
from bot.domain.invitation import TRIES_WITHIN, hashed, locked_until
from bot.domain.linking import taken
from bot.domain.person import Person, Role
from bot.errors import BadLink, TooManyTries
from bot.explain import refusal_line
from bot.i18n import say, speaking
from bot.ports import Desk, Link

NAME = "channels"  # the conversation whose buttons answer
LONGEST = 60  # letters of an account's name


async def heed_tries(desk: Desk, heard: Heard) -> None:
    """Raises TooManyTries for an account that has sent too many wrong codes, of whichever kind."""
    until = locked_until(list(await desk.invitations.failures(heard.address, heard.now - TRIES_WITHIN)))
    if until:
        raise TooManyTries(until)


async def knock(desk: Desk, heard: Heard, code: str) -> Move:
    """Ask whoever the code was given to, where it was given."""
    await heed_tries(desk, heard)
    link = await desk.links.find(hashed(code))
    if link is None or not hmac.compare_digest(link.hash, hashed(code)):
        return await _wrong(desk, heard, "unknown")
    if link.sent_at:
        return await _wrong(desk, heard, "used")
    owner, homes = await desk.people.get(link.person), [way.address for way in await desk.ways.of(link.person)]
    if link.expires_at <= heard.now or link.home not in homes or not owner.current(local_day(heard.now)):
        return await _wrong(desk, heard, "expired")
    if owner.id == heard.person.id:
        raise BadLink("own")
    await refuse_taken(desk, heard.person, heard.now)
    if not await desk.links.take(link.id, heard.address, _account(heard), heard.now):
        return await _wrong(desk, heard, "used")
    await _ask(desk, heard, link, owner)
    text = say(
        "The code has arrived. To finish, please open {channel} and answer there within ten minutes.",
        channel=channel_name(link.home.channel),
    )
    return answer(Reply(text))


async def refuse_taken(desk: Desk, holder: Person, now: datetime) -> None:
    """Raises BadLink when the account is somebody's who holds a role: two persons are never made one."""
    today = local_day(now)
    if not holder.id or not taken(holder.grants, today):
        return
    admins = dict.fromkeys(duty.name for duty in await desk.people.duties([Role.ADMIN], today))
    raise BadLink("taken", holder.name, tuple(admins)[:3])


async def tell_at(desk: Desk, address: Address, reply: Reply, now: datetime, person: int | None = None) -> None:
    """Tell one address; its buttons can be typed there, by their words alone: no slip of a digit may link anybody."""
    await desk.outbox.post(address, replace(reply, in_words=True), now, person=person)
    await desk.places.offered({address: [(choice.label, choice.token) for choice in reply.choices]})


def _account(heard: Heard) -> str:
    """What the account calls itself, as one short line."""
    return " ".join(heard.name.replace("*", "").split())[:LONGEST] or "?"


async def _wrong(desk: Desk, heard: Heard, why: str) -> Move:
    await desk.invitations.failed(heard.address, heard.now)
    return answer(Reply(refusal_line(BadLink(why))))


async def _ask(desk: Desk, heard: Heard, link: Link, owner: Person) -> None:
    with speaking(owner.language):
        account = {"channel": channel_name(heard.address.channel), "name": _account(heard)}
        text = say(
            "**Link {channel}?** The account “{name}” there has sent your code. Once linked, whoever holds it files "
            "and reads in your name.",
            **account,
        )
        choices = (
            Choice(say("Link"), f"{NAME}:join:{link.id}"),
            Choice(say("That was not me"), f"{NAME}:deny:{link.id}"),
        )
    await tell_at(desk, link.home, Reply(text, choices), heard.now, owner.id)
