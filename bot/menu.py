"""A person's command menu: the conversations they may hold, at most twelve."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bot.chat import Command
from bot.dialogue import Conversation
from bot.domain.person import Person
from bot.i18n import say
from bot.titles import can_anywhere

MOST = 12


def conversations_of(person: Person, conversations: Sequence[Conversation], on: date) -> tuple[Conversation, ...]:
    """In the order of the table of contents."""
    return tuple(
        one for one in conversations if one.about and (one.needs is None or can_anywhere(person, one.needs, on))
    )


def menu_of(person: Person, conversations: Sequence[Conversation], on: date) -> tuple[Command, ...]:
    mine = conversations_of(person, conversations, on)
    return tuple(Command(one.commands[0], say(one.about)) for one in mine[:MOST])


def introduction() -> tuple[tuple[Command, ...], str, str]:
    """What somebody sees who has not come in yet: the commands, what the bot is, and that in one line."""
    commands = (
        Command("start", say("Come in with an invitation code")),
        Command("trogiup", say("How to use the bot")),
    )
    about = say(
        "This bot takes the monthly figures of the offices of an emulation cluster and answers their totals, "
        "percentages and who has not filed. To come in you need an invitation code from your administrator."
    )
    return commands, about, say("Monthly figures of the emulation cluster")
