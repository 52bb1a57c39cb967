"""Messages that nobody asked for: each must reach its person, and its buttons can be typed like any others."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from bot.chat import Address, Reply
from bot.ports import Desk


async def write_to(desk: Desk, reached: Mapping[int, Address], replies: Mapping[int, Reply], now: datetime) -> int:
    """Post to each person who can be reached; to how many."""
    told = {person: reply for person, reply in replies.items() if person in reached}
    for person, reply in told.items():
        await desk.outbox.post(reached[person], reply, now, person=person)
    choices = {reached[one]: [(choice.label, choice.token) for choice in reply.choices] for one, reply in told.items()}
    await desk.people.offered(choices)
    return len(told)
