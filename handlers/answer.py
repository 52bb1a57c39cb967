"""A bare number from somebody whose figure was sent back with a question: the answer, on the usual card."""

from __future__ import annotations

import re
from datetime import timedelta

from bot.dialogue import Conversation, Heard, Move
from bot.domain.calendar import local_day
from bot.domain.draft import answered
from bot.domain.person import Act
from bot.domain.reach import allowed
from bot.domain.reading import Exact, read_amount
from bot.errors import StaleChoice
from bot.matter import Matter, draft_of, waiting_for
from bot.ports import Desk
from bot.taking import advance, my_offices

NAME = "answer"
LATELY = timedelta(days=7)
_NUMBER = re.compile(r"\d")


async def open_(desk: Desk, heard: Heard) -> Move:
    matter = await _asked(desk, heard)
    if matter is None:
        raise StaleChoice
    draft, bad = answered(draft_of(heard, matter), matter.cell, read_amount(heard.text, matter.cell.measure))
    return await advance(desk, heard, draft, bad)


async def _asked(desk: Desk, heard: Heard) -> Matter | None:
    """The newest question, lately put to an office of theirs, that this number may answer."""
    organisation, today = await desk.offices.organisation(), local_day(heard.now)
    for office in await my_offices(desk, heard):
        if not allowed(heard.person, Act.CORRECT, office, organisation, today):
            continue
        for matter in await waiting_for(desk, office.key, heard.now - LATELY):
            if isinstance(read_amount(heard.text, matter.cell.measure), Exact):
                return matter
    return None


async def _answers(desk: Desk, heard: Heard) -> bool:
    return bool(_NUMBER.search(heard.text)) and await _asked(desk, heard) is not None


conversation = Conversation(name=NAME, commands=(), about="", open=open_, recognises=_answers)
