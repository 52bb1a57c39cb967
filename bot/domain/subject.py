"""Whom and when a message is about, whatever it wants: offices or a cluster, a period, and the words left over."""

from __future__ import annotations

import re
from datetime import date

from bot.domain.asked import Question
from bot.domain.folding import fold
from bot.domain.hearing import blank
from bot.domain.organisation import Organisation
from bot.domain.period import find_periods

_COMRADE = re.compile(r"\b[đd]/c\b", re.IGNORECASE)  # "đ/c": no đồng and no c
_COMPARED = re.compile(r"\b(so voi|cung ky|so cung ky)( cua)?\W*$")


def read_question(text: str, organisation: Organisation, today: date) -> Question:
    """Whom and when a message is about; nothing is assumed that was not said.

    "so với năm trước" is what figures are compared with, not when they are of."""
    # Units come out first, lest "cụm 3 tháng 8" be read as three months; then by the names of that period.
    named = organisation.mentions(text, today)
    found = find_periods(blank(text, [(one.start, one.end) for one in named]), today)
    periods = [one for one in found if not _COMPARED.search(fold(text[: one.start]))]
    comrades = [found.span() for found in _COMRADE.finditer(text)]
    rest = blank(text, [*comrades, *((one.start, one.end) for one in periods)])
    units = (organisation.mentions(rest, periods[0].period.end) if periods else ()) or named
    return Question(
        units=tuple(one.unit for one in units),
        periods=tuple(one.period for one in periods),
        alternatives=periods[0].alternatives if periods else (),
        figures=blank(rest, [(one.start, one.end) for one in units]),
    )
