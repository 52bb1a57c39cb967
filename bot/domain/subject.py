"""Whom and when a message is about, whatever it wants: offices or a cluster, a period, and the words left over."""

from __future__ import annotations

import re
from datetime import date
from functools import cache

from bot.domain.asked import Question
from bot.domain.folding import fold
from bot.domain.form import Form
from bot.domain.hearing import blank
from bot.domain.organisation import Organisation
from bot.domain.period import find_periods

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


def read_question(
    text: str, organisation: Organisation, today: date, ordinary: frozenset[str] = frozenset()
) -> Question:
    """Whom and when a message is about; nothing is assumed that was not said.

    `ordinary` are folded words that name no unit, besides the fillers."""
    # Units come out first, lest "cụm 3 tháng 8" be read as three months; then by the names of that period.
    named = organisation.mentions(text, today)
    periods = find_periods(blank(text, [(one.start, one.end) for one in named]), today)
    rest = blank(text, [(one.start, one.end) for one in periods])
    units = (organisation.mentions(rest, periods[0].period.end) if periods else ()) or named
    rest = blank(rest, [(one.start, one.end) for one in units])
    skipped = FILLERS | ordinary
    words = [] if units else [word for word in re.findall(r"[^\s,;:?!.()]+", rest) if fold(word) not in skipped]
    return Question(
        units=tuple(one.unit for one in units),
        periods=tuple(one.period for one in periods),
        alternatives=periods[0].alternatives if periods else (),
        figures=rest,
        rest=" ".join(words),
    )


@cache
def words_of(form: Form) -> frozenset[str]:
    """The folded words that a form's indicators are called by."""
    names = [name for one in form.indicators for name in (one.name, one.short, *one.aliases)]
    return frozenset(word for name in names for word in fold(name).split())
