"""Who am I here: name, roles, the channel, the deadline that concerns me."""

from __future__ import annotations

from bot.cards import channel_name, period_name, period_range, time_left
from bot.chat import Reply
from bot.dialogue import Conversation, Heard, Move, answer
from bot.domain.calendar import local_day
from bot.filing import default_period, due_for
from bot.i18n import gloss, say
from bot.ports import Desk
from bot.titles import titles


async def open_(desk: Desk, heard: Heard) -> Move:
    organisation, today = await desk.offices.organisation(), local_day(heard.now)
    period = default_period(heard.now)
    lines = [
        f"**{heard.person.name}**",
        *(f"- {text}" for text in titles(heard.person, organisation, today)),
        say("You write from {channel}.", channel=channel_name(heard.address.channel)),
        say("Now being reported: {period} ({range}).", period=period_name(period), range=period_range(period)),
        time_left(await due_for(desk, heard.person, period, today), heard.now),
    ]
    return answer(Reply("\n".join(lines)))


conversation = Conversation(name="me", commands=("toi",), about=gloss("Who I am here"), open=open_)
