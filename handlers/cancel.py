"""Leave whatever one is in the middle of; nothing is stored."""

from __future__ import annotations

from bot.chat import Reply
from bot.dialogue import Conversation, Heard, Move, answer
from bot.i18n import gloss, say
from bot.ports import Desk


async def open_(desk: Desk, heard: Heard) -> Move:
    if await desk.stands.clear(heard.person.id):
        return answer(Reply(say("Cancelled; nothing has been stored.")))
    return answer(Reply(say("There is nothing to cancel.")))


conversation = Conversation(
    name="cancel", commands=("huy", "thoi", "huybo"), about=gloss("Cancel what is under way"), open=open_
)
