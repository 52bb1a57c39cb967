"""A bare number from somebody whose figure was sent back with a question: the answer, on the usual card."""

from __future__ import annotations

import re
from datetime import timedelta

from bot.cards import amount
from bot.chat import Choice, Reply
from bot.dialogue import Conversation, Heard, Move, State, answer, in_place, whole
from bot.domain.calendar import local_day
from bot.domain.draft import answered
from bot.domain.entry import Line
from bot.domain.person import Act
from bot.domain.reach import allowed
from bot.domain.reading import MAX, Exact, read_amount
from bot.errors import NotAllowed, StaleChoice
from bot.i18n import say
from bot.matter import Matter, answered_at, asked_as, draft_of, waiting_for
from bot.ports import Desk
from bot.taking import advance, my_offices

NAME = "answer"
LATELY = timedelta(days=7)
LAST_ID = 2**62
_NUMBER = re.compile(r"\d")
_POLITE = re.compile(r"^(?:(?:dạ|da|là|la|vâng|vang)\s+)+|(?:\s+(?:ạ|a|nhé|nhe|em))+\W*$", re.IGNORECASE)


async def open_(desk: Desk, heard: Heard) -> Move:
    """The card; when the number may answer several questions, which one first."""
    found = await _asked(desk, heard)
    if not found:
        raise StaleChoice
    if len(found) == 1:
        return await _answer(desk, heard, found[0][0], found[0][2])
    choices = tuple(Choice(_named(one, value), f"{NAME}:pick:{line.number}.{value}") for one, line, value in found)
    return answer(Reply(say("Several figures have been asked about. Which one is this?"), choices))


def _named(matter: Matter, value: int) -> str:
    fields = {"office": matter.office.name, "cell": matter.name, "amount": amount(matter.cell.measure, value)}
    return say("{office}: {cell} {amount}", **fields)


async def press_pick(desk: Desk, heard: Heard, state: State | None, argument: str) -> Move:
    number, _, value = argument.partition(".")
    matter, line = await asked_as(desk, whole(number, LAST_ID))
    if not allowed(heard.person, Act.CORRECT, matter.office, matter.organisation, local_day(heard.now)):
        raise NotAllowed(Act.CORRECT, matter.office.full_name)
    if await answered_at(desk, matter, line):
        raise StaleChoice
    return in_place(await _answer(desk, heard, matter, whole(value, MAX)))


async def _answer(desk: Desk, heard: Heard, matter: Matter, value: int) -> Move:
    reading = Exact(value, amount(matter.cell.measure, value))
    draft, bad = answered(draft_of(heard, matter), matter.cell, reading)
    return await advance(desk, heard, draft, bad)


async def _asked(desk: Desk, heard: Heard) -> list[tuple[Matter, Line, int]]:
    """The questions, lately put to an office of theirs, that this number may answer, and its value there."""
    organisation, today = await desk.offices.organisation(), local_day(heard.now)
    text, found = _POLITE.sub("", heard.text.strip()), []
    for office in await my_offices(desk, heard):
        if not allowed(heard.person, Act.CORRECT, office, organisation, today):
            continue
        for matter, line in await waiting_for(desk, office.key, heard.now - LATELY):
            reading = read_amount(text, matter.cell.measure)
            if isinstance(reading, Exact):
                found.append((matter, line, reading.value))
    return found


async def _answers(desk: Desk, heard: Heard) -> bool:
    return bool(_NUMBER.search(heard.text)) and bool(await _asked(desk, heard))


conversation = Conversation(
    name=NAME, commands=(), about="", open=open_, presses={"pick": press_pick}, recognises=_answers
)
