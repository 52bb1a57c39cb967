"""A wish for more time as an office words it, and whether it says anything."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime

from bot.domain.calendar import local_day
from bot.domain.extension import Wish, parted, read_wish
from bot.domain.folding import fold
from bot.domain.hearing import blank
from bot.domain.moment import read_moment
from bot.domain.organisation import Organisation
from bot.domain.period import Period
from bot.domain.plea import named_periods

_ASIDE = re.compile(r"(?<![\d/])\b(?:\d{1,2} ?(?:ngay|hom|buoi|tieng)|em|minh|chung|duoc|phep|ki)\b")


def read_wished(text: str, organisation: Organisation, now: datetime, period: Period) -> Wish:
    """Without the period that is meant anyhow and small words that say nothing; the moment may stand anywhere."""
    head, today, cutoff = parted(text)[0], local_day(now), organisation.deadline.cutoff
    spans = [one.span() for one in _ASIDE.finditer(fold(head))]
    spans += [(one.start, one.end) for one in named_periods(head, today) if one.period == period]
    wish = read_wish(blank(text, spans), organisation, now, cutoff)
    return wish if wish.until else replace(wish, until=read_moment(text, now).at(today, cutoff))


def empty(wish: Wish) -> bool:
    """Whether it names neither a moment nor a reason ("cho tôi xin gia hạn với")."""
    return not (wish.until or wish.reason or wish.unread or wish.wrong)


def reason_in(wish: Wish, words: str) -> str:
    """Its reason; else all of the words where they say more than the moment."""
    return wish.reason or (words if len(wish.unread.split()) > 1 else "")
