"""The official summary paragraph of an office, a cluster, the province."""

from __future__ import annotations

import re
from dataclasses import replace

from bot.asking import Inquiry, again, count, understand, unit_name
from bot.cards import count_line, nobody_line
from bot.chat import Choice, Reply
from bot.dialogue import Conversation, Heard, Move
from bot.domain.figures import total
from bot.domain.folding import fold
from bot.domain.organisation import Cluster
from bot.domain.paragraph import paragraph
from bot.domain.person import Act
from bot.domain.question import Intent
from bot.i18n import capital, gloss, say
from bot.ports import Desk

_TYPED = re.compile(r"\b[0-2]\s?(chữ số thập phân|chu so thap phan|chữ số|chu so|số lẻ|so le|lẻ|le)\b", re.IGNORECASE)
_DIGITS = re.compile(r"\b([0-2]) ?(?:chu so|so le|so thap phan|thap phan|le)\b")


async def open_(desk: Desk, heard: Heard) -> Move:
    found = _DIGITS.search(fold(heard.text))
    asked = await understand(desk, _without_digits(heard), Intent.PARAGRAPH)
    counted = await count(desk, asked, heard)
    if not counted.filed:
        return asked.answered(Reply(nobody_line(asked.period)))
    digits = int(found[1]) if found else 0
    figures = total(report.figures for report in counted.reports.values())
    name = capital(unit_name(asked.unit)) if isinstance(asked.unit, Cluster) else unit_name(asked.unit)
    text = paragraph(asked.form, name, asked.period, figures, digits)
    choices = tuple(_with_digits(asked, one) for one in range(3) if one != digits)
    if counted.missing:  # a partial sum must never be copied into a report unnoticed
        note = say("Attention: {count}.", count=count_line(len(counted.filed), counted.offices, counted.missing))
        return asked.answered(Reply(note), Reply(text, choices))
    return asked.answered(Reply(text, choices))


def _without_digits(heard: Heard) -> Heard:
    """The question without the words that say how many decimals are wanted."""
    found = _TYPED.search(heard.text)
    if found is None or (heard.question and heard.question.sure):
        return heard
    return replace(heard, text=heard.text[: found.start()] + heard.text[found.end() :], question=None)


def _with_digits(asked: Inquiry, digits: int) -> Choice:
    return again(say("{digits} decimals", digits=digits), "doanvan", asked, f"{digits} so le")


conversation = Conversation(
    name=Intent.PARAGRAPH,
    commands=("doanvan",),
    about=gloss("The official paragraph"),
    open=open_,
    needs=Act.READ,
)
