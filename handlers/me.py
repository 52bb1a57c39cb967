"""Who am I here: name, roles, the channel, the deadline that concerns me."""

from __future__ import annotations

from bot.cards import channel_name, period_name, period_range, time_left
from bot.chat import Reply
from bot.dialogue import Conversation, Heard, Move, answer
from bot.domain.calendar import local_day
from bot.filing import default_period, due_for
from bot.i18n import gloss, say
from bot.ports import Desk
from bot.titles import full_title


async def open_(desk: Desk, heard: Heard) -> Move:
    organisation, today = await desk.offices.organisation(), local_day(heard.now)
    period, held = default_period(heard.now), heard.person.current(today)
    names = await desk.people.names() if any(grant.giver for grant in held) else {}
    lines = [
        f"**{heard.person.name}**",
        *(f"- {full_title(grant, organisation, today, names)}" for grant in held),
        say("You write from {channel}.", channel=channel_name(heard.address.channel)),
        say("Now being reported: {period} ({range}).", period=period_name(period), range=period_range(period)),
        time_left(await due_for(desk, heard.person, period, today), heard.now),
    ]
    return answer(Reply("\n".join(lines)))


conversation = Conversation(name="me", commands=("toi",), about=gloss("Who I am here"), open=open_)
