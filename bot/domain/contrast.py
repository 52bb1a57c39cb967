"""With what a question compares: another month, the year before, another unit."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from bot.domain.asked import Against, Question, Whole
from bot.domain.folding import fold
from bot.domain.hearing import Heard
from bot.domain.intent import Intent
from bot.domain.period import Mention, Period

_SAME_TERM = re.compile(r"\bcung ki\b")
_OTHER = ("voi", "va", "hon", "kem", "thua")
_WHOLES = ("cum", "tinh", "nganh", "toan", "ca", "don", "chi")  # where "cả cụm", "toàn tỉnh", "đơn vị tôi" may begin
_RELATIVE = {
    "thang truoc": Against.LAST_MONTH,
    "ki truoc": Against.LAST_MONTH,
    "nam ngoai": Against.LAST_YEAR,
    "nam truoc": Against.LAST_YEAR,
}


class Compared(NamedTuple):
    periods: tuple[Period, ...]
    against: Against | None


def one_sided(heard: Heard, question: Question) -> bool:
    """Whether only what it is compared with is named: "so với Bá Thước", "so với cả cụm"."""
    if len(question.units) + (question.whole is not None) != 1 or question.versus:
        return False
    return compared(heard, question).against is Against.OFFICE


def sides(wholes: Sequence[tuple[Whole, int]], question: Question) -> Question:
    """Two wholes of which one is compared with the other: "cụm mình so với toàn tỉnh"."""
    named = list(dict.fromkeys(whole for whole, _ in wholes))
    return replace(question, whole=named[0], versus=named[1]) if len(named) == 2 and not question.units else question


def compared(heard: Heard, question: Question) -> Compared:
    """The periods that are asked about, the one compared with last, and what the comparison is with."""
    turn = _turn(heard)
    periods = tuple(dict.fromkeys(one.period for one in heard.periods))
    if len(question.units) > 1 or (question.units and question.whole) or question.versus:
        return Compared(periods, Against.OFFICE)
    if _SAME_TERM.search(fold(heard.text)):
        return Compared(periods, Against.LAST_YEAR)
    objects = [one for one in heard.periods if one.start >= turn or not _compares(heard)]
    earlier = next((one for one in objects if relative(heard, one)), None)
    if earlier:
        return Compared(tuple(one.period for one in heard.periods if one is not earlier), relative(heard, earlier))
    if len(periods) > 1 or (_compares(heard) and objects and not _unit_after(heard, question, turn)):
        return Compared(periods, Against.PERIOD)
    return Compared(periods, Against.OFFICE if _unit_after(heard, question, turn) else None)


def _compares(heard: Heard) -> bool:
    return any(meaning == Intent.COMPARE.value for hit in heard.hits for meaning, _ in hit.phrase.speaks)


def _turn(heard: Heard) -> int:
    """Where what is compared with begins: after the last "với", or after the words that compare."""
    places = [said.end for said in heard.words if said.word in _OTHER]
    starts = [
        heard.words[hit.words[0]].start
        for hit in heard.hits
        if any(meaning == Intent.COMPARE.value for meaning, _ in hit.phrase.speaks)
    ]
    return places[-1] if places else min(starts, default=0)


def relative(heard: Heard, mention: Mention) -> Against | None:
    """Whether a period is named by how it lies to another: "tháng trước", "năm ngoái"."""
    return _RELATIVE.get(" ".join(fold(heard.text[mention.start : mention.end]).split()))


def _unit_after(heard: Heard, question: Question, turn: int) -> bool:
    """Whether a unit is what it is compared with: "so với Bá Thước", "so Bá Thước", "hơn cả cụm"."""
    said = heard.words
    joined = any(one.word in _OTHER for one in said)
    for place, one in enumerate(said):
        named = one.word in ("@office", "@group") or (question.whole and one.word in _WHOLES)
        if named and one.start >= turn and (joined or (place and said[place - 1].word in ("so", "sanh"))):
            return True
    return False
