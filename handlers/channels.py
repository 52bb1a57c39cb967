"""On which channels one is reached: link another by a code, unlink one, choose where to be told."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Sequence
from functools import partial

from bot.cards import at, channel_name
from bot.chat import Choice, Reply
from bot.dialogue import Conversation, Heard, Move, State, answer, whole
from bot.domain.calendar import TIMEZONE, local_day
from bot.domain.invitation import hashed
from bot.domain.linking import VALID_FOR, new_code, shown
from bot.ending import Menu
from bot.errors import BadLink, StaleChoice
from bot.i18n import capital, day, gloss, say
from bot.linking import NAME, refuse_taken, tell_at
from bot.menu import introduction
from bot.ports import Desk, Link, Way
from bot.trail import entry
from bot.unasked.telling import tell

Deep = Callable[[str], str]  # a link that opens Telegram with a code; empty where there is none
MOST = 10**15  # higher than any number of a row


def conversation(link: Deep, menu: Menu) -> Conversation:
    """`menu` tells which commands a person sees from now on."""

    async def open_(desk: Desk, heard: Heard) -> Move:
        ways = await desk.ways.of(heard.person.id)
        if len(ways) == 1:  # there is nothing to choose
            return answer(await _code(desk, heard, link, ways))
        return answer(_overview(heard, ways))

    async def press_code(desk: Desk, heard: Heard, state: State | None, argument: str) -> Move:
        return answer(await _code(desk, heard, link, ()))

    async def press_join(desk: Desk, heard: Heard, state: State | None, argument: str) -> Move:
        return answer(await _join(desk, heard, argument, menu))

    return Conversation(
        name=NAME,
        commands=("kenh",),
        about=gloss("My channels; link another one"),
        open=open_,
        presses={
            "code": press_code,
            "join": press_join,
            "deny": press_deny,
            "pin": press_pin,
            "cut": press_cut,
            "gone": press_gone,
            "keep": press_keep,
        },
    )


async def _code(desk: Desk, heard: Heard, link: Deep, ways: Sequence[Way]) -> Reply:
    """A new code, shown once."""
    code, expires_at = new_code(secrets.choice), heard.now + VALID_FOR
    await desk.links.issue(hashed(code), heard.person.id, heard.address, heard.now, expires_at)
    deep = "" if heard.address.channel == "telegram" else link(code)
    lines = [
        *(_lines(heard, ways) if ways else []),
        say(
            "To link another app, open the bot there and send this code: **{code}**. Usable once, until {time}.",
            code=shown(code),
            time=at(expires_at),
        ),
        *([say("For Telegram, open: {link}", link=deep)] if deep else []),
        say("You are then asked here whether it was you. Give the code to nobody."),
    ]
    return Reply("\n".join(lines), secret=True)


def _overview(heard: Heard, ways: Sequence[Way]) -> Reply:
    """All channels, where one is told, and what can be changed."""
    able, names = [way for way in ways if not way.lost_at], _names(ways)
    pinned = next((way for way in able if way.pinned), None)
    here = next((way for way in ways if way.address == heard.address), None)
    lines = _lines(heard, ways)
    if pinned:
        lines.append(say("You are told on **{channel}**, as you chose.", channel=names[pinned.id]))
    elif here:
        lines.append(say("You are told where you wrote last, now **{channel}**.", channel=names[here.id]))
    choices = [
        Choice(say("Tell me on {channel}", channel=names[way.id]), f"{NAME}:pin:{way.id}")
        for way in able
        if len(able) > 1 and not way.pinned
    ]
    choices += [Choice(say("Tell me where I wrote last"), f"{NAME}:pin:0")] if pinned else []
    choices += [Choice(say("Unlink {channel}", channel=names[way.id]), f"{NAME}:cut:{way.id}") for way in ways]
    return Reply("\n".join(lines), (*choices, Choice(say("Link one more channel"), f"{NAME}:code:")))


def _lines(heard: Heard, ways: Sequence[Way]) -> list[str]:
    names = _names(ways)
    return [say("**Your channels**"), *(f"- {_way(heard, way, names[way.id])}" for way in ways)]


def _way(heard: Heard, way: Way, name: str) -> str:
    fields = {"channel": capital(name), "day": day(way.linked_at.astimezone(TIMEZONE).date())}
    if way.lost_at:
        return say("{channel}, since {day}: cannot be reached since {time}", time=at(way.lost_at), **fields)
    if way.address == heard.address:
        return say("{channel}, since {day}: you write from here", **fields)
    return say("{channel}, since {day}", **fields)


def _names(ways: Sequence[Way]) -> dict[int, str]:
    """“Zalo”, and “Zalo 2” for a second account there."""
    called = {way.id: channel_name(way.address.channel.partition(":")[0]) for way in ways}
    names: dict[int, str] = {}
    for id, name in called.items():
        before = sum(called[one] == name for one in names)
        names[id] = f"{name} {before + 1}" if before else name
    return names


async def _asked(desk: Desk, heard: Heard, argument: str) -> Link | Reply:
    """The link that a card asks about; when it has been answered, that. Raises BadLink, StaleChoice."""
    link = await desk.links.get(whole(argument, MOST))
    if link is None or link.person != heard.person.id or link.sent_at is None:
        raise StaleChoice
    if link.answered_at:
        return Reply(say("This card is done already, at {time}.", time=at(link.answered_at)))
    if link.sent_at + VALID_FOR < heard.now:
        raise BadLink("expired")
    return link


async def _join(desk: Desk, heard: Heard, argument: str, menu: Menu) -> Reply:
    link = await _asked(desk, heard, argument)
    if isinstance(link, Reply):
        return link
    assert link.there is not None and link.sent_at is not None
    known = (await desk.people.known([link.there])).get(link.there)
    if known and known.person.id != heard.person.id:
        await refuse_taken(desk, known.person, heard.now)  # they may have come in by an invitation meanwhile
    if not await desk.links.answer(link.id, heard.now):
        raise StaleChoice
    await desk.ways.join(heard.person.id, link.there, link.sent_at, heard.now)
    after = {"channel": channel_name(link.there.channel), "name": link.name}
    await desk.audit.write(entry(heard, "link", f"person {heard.person.id}", after=after))
    await tell_at(desk, link.there, _welcome(heard, menu), heard.now)
    name = channel_name(link.there.channel)
    text = say(
        "**{channel} is linked.** You file, correct and ask on either; what you begin on one you can end on the other. "
        "You are told where you wrote last; /kenh shows and changes that.",
        channel=capital(name),
    )
    return Reply(text, in_place=True)


def _welcome(heard: Heard, menu: Menu) -> Reply:
    text = say(
        "Greetings, **{name}**. This account is linked: you file, correct and ask here as on {channel}.",
        name=heard.person.name,
        channel=channel_name(heard.address.channel),
    )
    choices = (Choice(say("How to use"), "/trogiup"),)
    return Reply(text, choices, menu=menu(heard.person, local_day(heard.now)))


async def press_deny(desk: Desk, heard: Heard, state: State | None, argument: str) -> Move:
    link = await _asked(desk, heard, argument)
    if isinstance(link, Reply):
        return answer(link)
    assert link.there is not None
    if not await desk.links.answer(link.id, heard.now):
        raise StaleChoice
    await desk.invitations.failed(link.there, heard.now)
    after = {"channel": channel_name(link.there.channel), "name": link.name}
    await desk.audit.write(entry(heard, "link_refused", f"person {heard.person.id}", after=after))
    await tell_at(desk, link.there, Reply(say("The holder of the code has refused; nothing is linked.")), heard.now)
    text = say("Nothing is linked; that account remains a stranger. Its code cannot be used any more.")
    return answer(Reply(text, in_place=True))


async def press_pin(desk: Desk, heard: Heard, state: State | None, argument: str) -> Move:
    """0 stands for wherever one was last."""
    chosen = whole(argument, MOST)
    if chosen:
        await _mine(desk, heard, argument)
    await desk.ways.pin(heard.person.id, chosen or None, heard.now)
    shown = _overview(heard, await desk.ways.of(heard.person.id))
    return answer(Reply(shown.text, shown.choices, in_place=True))


async def _mine(desk: Desk, heard: Heard, argument: str) -> tuple[Way, str]:
    """The way that a button is about, and its name. Raises StaleChoice when it is linked no more."""
    ways, wanted = await desk.ways.of(heard.person.id), whole(argument, MOST)
    way = next((one for one in ways if one.id == wanted), None)
    if way is None:
        raise StaleChoice
    return way, _names(ways)[way.id]


async def press_cut(desk: Desk, heard: Heard, state: State | None, argument: str) -> Move:
    """Nothing is unlinked before the card has been seen."""
    way, name = await _mine(desk, heard, argument)
    await _not_last(desk, heard, way)
    text = say(
        "Unlink **{channel}**? From then on that account is a stranger here: it files, reads and hears nothing.",
        channel=name,
    )
    choices = (
        Choice(say("Unlink"), f"{NAME}:gone:{way.id}"),
        Choice(say("Keep it"), f"{NAME}:keep:{way.id}"),
    )
    return answer(Reply(text, choices, in_place=True))


async def _not_last(desk: Desk, heard: Heard, way: Way) -> None:
    if not [one for one in await desk.places.addresses(heard.person.id) if one != way.address]:
        raise BadLink("last")


async def press_gone(desk: Desk, heard: Heard, state: State | None, argument: str) -> Move:
    way, name = await _mine(desk, heard, argument)
    await _not_last(desk, heard, way)
    await desk.ways.cut(way.id)
    before = {"channel": channel_name(way.address.channel.partition(":")[0])}
    await desk.audit.write(entry(heard, "unlink", f"person {heard.person.id}", before=before))
    text = say("**{channel} is unlinked.** That account is a stranger from now on.", channel=capital(name))
    strangers = introduction()[0]
    if way.address == heard.address:
        await tell(desk, [heard.person.id], partial(Reply, text), heard.now)
        return answer(Reply(text, in_place=True, menu=strangers))
    if not way.lost_at:
        told = say("This account is no longer linked with **{name}**.", name=heard.person.name)
        await desk.outbox.post(way.address, Reply(told, menu=strangers), heard.now)
    return answer(Reply(text, in_place=True))


async def press_keep(desk: Desk, heard: Heard, state: State | None, argument: str) -> Move:
    _, name = await _mine(desk, heard, argument)
    return answer(Reply(say("{channel} stays linked.", channel=capital(name)), in_place=True))
