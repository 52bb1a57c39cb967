"""Which command a typed word stands for, and which phrase a text holds."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from rapidfuzz.distance import OSA

from bot.domain.folding import fold


def command_of(word: str, commands: Sequence[str], slips: bool = True) -> str | None:
    """The command that a typed word stands for: without accents, at most one letter wrong when only one fits.

    >>> command_of("Nộp", ["nop", "mau"]), command_of("chuanọb", ["nop", "chuanop"]), command_of("hen", ["han", "huy"])
    ('nop', 'chuanop', 'han')
    """
    folded = re.sub(r"[^a-z0-9]", "", fold(word))
    if folded in commands:
        return folded
    if not slips or len(folded) < 3:
        return None
    near = [one for one in commands if len(one) >= 3 and OSA.distance(folded, one) == 1]
    return near[0] if len(near) == 1 else None


def phrase_of(text: str, phrases: Iterable[tuple[str, str]]) -> str | None:
    """The name whose longest folded phrase stands in the text on word borders; None when none does.

    >>> phrase_of("Ai chưa nộp ạ?", [("chua nop", "missing"), ("nop", "submit")])
    'missing'
    """
    padded = f" {' '.join(re.findall(r'[a-z0-9%]+', fold(text)))} "
    found = [(len(phrase), name) for phrase, name in phrases if f" {phrase} " in padded]
    return max(found)[1] if found else None
