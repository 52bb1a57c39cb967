"""Who has filed, who has not, who was late, and how long is left."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from bot.absent import chiefs_away, until_when
from bot.asking import Inquiry, again, count, short_name, understand
from bot.cards import names, period_name, period_range, time_left
from bot.chat import Choice, Reply
from bot.dialogue import Conversation, Heard, Move
from bot.domain.calendar import local_day
from bot.domain.person import Act
from bot.domain.question import Intent
from bot.domain.reach import allowed
from bot.filing import Tally, default_period, due_at
from bot.i18n import capital, gloss, say
from bot.ports import Desk
from bot.unasked.notices import nudge_choices


async def open_(desk: Desk, heard: Heard) -> Move:
    asked = await understand(desk, heard, Intent.MISSING)
    counted = await count(desk, asked)
    left = time_left(await due_at(desk, asked.period), heard.now)
    nudges = _nudges(asked, counted, heard)
    gone = await chiefs_away(desk, counted.missing, local_day(heard.now)) if nudges else {}
    choices = (*nudges, again(say("Totals"), "tong", asked))
    return asked.answered(Reply(_text(asked, counted, left, gone), choices))


def _nudges(asked: Inquiry, counted: Tally, heard: Heard) -> tuple[Choice, ...]:
    """For those who may, while the period is being reported."""
    may = allowed(heard.person, Act.NUDGE, asked.unit, asked.organisation, local_day(heard.now))
    current = asked.period == default_period(heard.now)
    return nudge_choices(counted.missing, short_name(asked.unit)) if may and current else ()


def _text(asked: Inquiry, counted: Tally, left: str, gone: Mapping[str, date]) -> str:
    done = say("Filed **{filed}/{all}**.", filed=len(counted.filed), all=len(counted.offices))
    missing = ", ".join(f"**{office.name}**" + until_when(gone.get(office.key)) for office in counted.missing)
    rest = say("Not filed: {names}.", names=missing) if missing else say("Nobody is missing.")
    late = [office for office in counted.filed if not counted.reports[office.key].on_time]
    lines = [
        f"{done} {rest}",
        f"{capital(short_name(asked.unit))} · {period_name(asked.period)} ({period_range(asked.period)})",
    ]
    if late:
        lines.append(say("Late: {names}.", names=names(late)))
    return "\n".join([*lines, left] if missing else lines)


conversation = Conversation(
    name=Intent.MISSING,
    commands=("chuanop", "danop"),
    about=gloss("Who has not filed"),
    open=open_,
    needs=Act.READ,
)
