"""What nobody else understood: figures without a command, a plain name, or one helpful sentence."""

from __future__ import annotations

import re

from bot.asking import example_questions
from bot.chat import Choice, Reply
from bot.dialogue import Conversation, Heard, Move, answer
from bot.domain.calendar import local_day
from bot.domain.folding import fold
from bot.domain.person import Act
from bot.i18n import say
from bot.ports import Desk
from bot.titles import can_anywhere

_THANKS = re.compile(r"\b(cam on|tot lam|ok|oke|duoc roi)\b|^(da )?vang( a)?[ .!]*$")
_GREETING = re.compile(r"^(xin )?(chao|alo|hello|hi)\b")


async def open_(desk: Desk, heard: Heard) -> Move:
    said = fold(heard.text)
    if _THANKS.search(said):
        return answer(Reply(say("You are welcome.")))
    organisation, today = await desk.offices.organisation(), local_day(heard.now)
    examples = example_questions(heard.person, organisation, today)
    if _GREETING.search(said):
        text = say("Greetings. I can answer, for example: {examples}.", examples=examples)
    else:
        text = say("I did not understand. I can answer, for example: {examples}.", examples=examples)
    choices = [Choice(say("File the figures"), "/nop")] if can_anywhere(heard.person, Act.FILE, today) else []
    return answer(Reply(text, (*choices, Choice(say("How to use"), "/trogiup"))))


conversation = Conversation(name="ask", commands=(), about="", open=open_)
