"""What a question is about: offices or a cluster, a period; and which command its words stand for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from rapidfuzz.distance import OSA

from bot.domain.folding import fold
from bot.domain.organisation import Organisation, Unit
from bot.domain.period import Mention, Period, find_periods

#: Words around a question that carry no meaning of their own (folded).
FILLERS = frozenset(
    """
    cho toi hoi xem biet em anh chi dong oi a voi nhe nhi the nao la cua ve thi sao bao nhieu ra duoc het dang so lieu
    don vi cuc thads phong khu vuc cum tinh ca toan minh ky thang nam hien nay gio ho giup tra loi va ban vay roi chua
    nop ket qua hinh nhu di may gi con bac tong hop cao ty le ti dat phan tram
    """.split()  # noqa: SIM905
)


@dataclass(frozen=True, slots=True)
class Question:
    """`figures` is the text with units and periods blanked out; `rest` what is left once fillers are gone too."""

    units: tuple[Unit, ...]
    period: Period | None
    alternatives: tuple[Period, ...]
    figures: str
    rest: str


def read_question(text: str, organisation: Organisation, today: date) -> Question:
    """Whom and when a question is about; nothing is assumed that was not said."""
    # Units come out first, lest "cụm 3 tháng 8" be read as three months; then by the names of that period.
    named = organisation.mentions(text, today)
    periods = find_periods(blank(text, [(one.start, one.end) for one in named]), today)
    rest = blank(text, [(one.start, one.end) for one in periods])
    units = (organisation.mentions(rest, periods[0].period.end) if periods else ()) or named
    rest = blank(rest, [(one.start, one.end) for one in units])
    words = [word for word in re.findall(r"[^\s,;:?!.()]+", rest) if fold(word) not in FILLERS]
    first: Mention | None = periods[0] if periods else None
    return Question(
        tuple(one.unit for one in units),
        first.period if first else None,
        first.alternatives if first else (),
        rest,
        " ".join(words),
    )


def blank(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """The text with those spans replaced by blanks, so that every other place keeps its position.

    >>> blank("tháng 9: 402 việc", [(0, 7)])
    '       : 402 việc'
    """
    for start, end in spans:
        text = text[:start] + " " * (end - start) + text[end:]
    return text


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
