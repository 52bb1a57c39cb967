"""What a question is about: offices or a cluster, a period; and which command its words stand for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from rapidfuzz.distance import OSA

from bot.domain.folding import fold
from bot.domain.form import Form
from bot.domain.organisation import Organisation, Unit
from bot.domain.period import Mention, Period, find_periods

#: Words around a question that carry no meaning of their own (folded).
FILLERS = frozenset(
    """
    a ai anh ay ban bac bao bay biet bot cac cai can cao chi cho chua co con cua cuc cung cum da dang dat day de den di
    do dong don dung duoc em gi gio giup gui ha han hang hay het hien hinh ho hoi hom hop hien ket khi khu ky la lai lam
    le lieu luc luon may mau minh mong moi muon nam nao nay nghi nguoi nhat nhe nhi nhieu nho nhu nhung noi nop nua o oi
    phan phong qua ra roi sao sau se so ta thang thay the theo thi thieu thoi thu ti tien tim tinh to toan toi ton tong
    tra tram trong truoc tu ty va vay vao ve viec voi vu vuc xem xin yeu chieu sang toi qua du thads vang nha thua loi
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


def read_question(
    text: str, organisation: Organisation, today: date, ordinary: frozenset[str] = frozenset()
) -> Question:
    """Whom and when a question is about; nothing is assumed that was not said.

    `ordinary` are folded words that name no unit, besides the fillers."""
    # Units come out first, lest "cụm 3 tháng 8" be read as three months; then by the names of that period.
    named = organisation.mentions(text, today)
    periods = find_periods(blank(text, [(one.start, one.end) for one in named]), today)
    rest = blank(text, [(one.start, one.end) for one in periods])
    units = (organisation.mentions(rest, periods[0].period.end) if periods else ()) or named
    rest = blank(rest, [(one.start, one.end) for one in units])
    skipped = FILLERS | ordinary
    words = [] if units else [word for word in re.findall(r"[^\s,;:?!.()]+", rest) if fold(word) not in skipped]
    first: Mention | None = periods[0] if periods else None
    return Question(
        tuple(one.unit for one in units),
        first.period if first else None,
        first.alternatives if first else (),
        rest,
        " ".join(words),
    )


@cache
def words_of(form: Form) -> frozenset[str]:
    """The folded words that a form's indicators are called by."""
    names = [name for one in form.indicators for name in (one.name, one.short, *one.aliases)]
    return frozenset(word for name in names for word in fold(name).split())


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
