"""Who am I here: name, roles, the channel, the deadline that concerns me."""

from __future__ import annotations

from bot.cards import channel_name, countdown
from bot.chat import Reply
from bot.current import reported_now
from bot.dialogue import Conversation, Heard, Move, answer
from bot.domain.calendar import local_day
from bot.i18n import gloss, say
from bot.ports import Desk
from bot.titles import full_title


async def open_(desk: Desk, heard: Heard) -> Move:
    organisation, today = await desk.offices.organisation(), local_day(heard.now)
    held = heard.person.current(today)
    names = await desk.people.names() if any(grant.giver for grant in held) else {}
    now = await reported_now(desk, heard.person, heard.now)
    lines = [
        f"**{heard.person.name}**",
        *(f"- {full_title(grant, organisation, today, names)}" for grant in held),
        say("You write from {channel}.", channel=channel_name(heard.address.channel)),
        now.text,
    ]
    lines += [*([countdown(now.due, heard.now)] if now.due else []), *now.besides]
    return answer(Reply("\n".join(lines)))


conversation = Conversation(name="me", commands=("toi",), about=gloss("Who I am here"), open=open_)
