"""Help for my role, with examples from my own office."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from bot.asking import example_questions
from bot.chat import Choice, Reply
from bot.dialogue import Conversation, Heard, Move, answer
from bot.domain.calendar import local_day
from bot.domain.person import Act, Person
from bot.i18n import gloss, say
from bot.ports import Desk
from bot.titles import can_anywhere

Mine = Callable[[Person, date], Sequence[Conversation]]


def conversation(mine: Mine) -> Conversation:
    """`mine` tells which conversations a person may hold."""

    async def open_(desk: Desk, heard: Heard) -> Move:
        organisation, today = await desk.offices.organisation(), local_day(heard.now)
        lines = []
        choices = []
        if can_anywhere(heard.person, Act.FILE, today):
            lines.append(say("File in one message: type the figures, look at the card, tap **File**. For example:"))
            lines.append("/nop 402 13.200.000.000 350 9.084.000.000 290 3.100.000.000")
            lines.append(say("or /nop thụ lý 402 việc 13,2 tỷ; đk 350 việc 9 tỷ 84 triệu; xong 290 việc 3 tỷ 1"))
            choices = [Choice(say("File the figures"), "/nop"), Choice(say("Form to fill in"), "/mau")]
        examples = example_questions(heard.person, organisation, today)
        lines.append(say("Ask in plain words, for example: {examples}.", examples=examples))
        lines += ["", *(f"/{one.commands[0]} {say(one.about)}" for one in mine(heard.person, today))]
        return answer(Reply("\n".join(lines), (*choices, Choice(say("Who is missing"), "/chuanop"))))

    return Conversation(
        name="help", commands=("trogiup", "help", "huongdan"), about=gloss("How to use the bot"), open=open_
    )
