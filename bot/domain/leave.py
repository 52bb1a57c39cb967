"""How people say that they are away on some days, or back."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, timedelta

from bot.domain.folding import fold
from bot.domain.span import Days, read_days

_AWAY = re.compile(r"\b(?:vắng|vang)\b")  # "vâng" is a yes
_LEAVE = re.compile(r"\b(?:nghỉ|nghi|công tác|cong tac)\b")  # "nghĩ" is to think
_SELF = re.compile(r"^toi\b|\btôi\b|\b(?:em|mình|minh)\b|\btoi (?=di|nghi|xin|se|vang)")
_I = re.compile(r"^toi\b|\btôi\b")  # lest "tôi 05/10" be read as “tới 05/10”
_AROUND = frozenset(
    """
    vang mat di bao xin toi em minh se nghi phep cong tac hop hoc om benh ban o nha ngay tu den het tu a nhe trong la va
    ca viec rieng thai san tap huan tinh
    """.split()  # noqa: SIM905
)
_BACK = frozenset(("het", "het vang", "da ve", "ve roi", "da ve roi", "thoi", "bo", "huy"))
_ENDED = re.compile(
    r"^(?:(?:toi|em|minh) )?"
    r"(?:(?:thoi )?(?:(?:toi|em|minh) )?(?:khong(?: con)?|huy bo|huy|bo|xoa|rut|het)|thoi(?= (?:bao )?vang))"
    r"(?: bao| don| ngay| di)*"
    r" (?P<what>vang(?: mat)?|nghi(?: phep| om| benh)?|cong tac)(?: nua| roi| a| nhe| dau)*$"
)
_WEEKDAY = re.compile(r"\bthu (hai|ba|tu|nam|sau|[2-6])\b(?: tuan (?:nay|sau|toi)\b)?")
_WEEKDAYS = {"hai": 0, "ba": 1, "tu": 2, "nam": 3, "sau": 4} | {str(n): n - 2 for n in range(2, 7)}
_WEEK = re.compile(r"(?P<until>\bden (?:het )?)?\btuan (?P<which>nay|sau|toi)\b")
_NEAR = re.compile(r"\b(?:ngay )?(hom nay|mai|kia)\b")
_AHEAD = {"hom nay": 0, "mai": 1, "kia": 2}
_DAY = "{:%d/%m/%Y}"


def read_leave(text: str, today: date) -> Days:
    """The days that are named, "tuần sau" and "thứ Năm" besides; a week is Monday to Friday.

    >>> friday = date(2021, 10, 1)
    >>> said = ("tuần sau tôi đi vắng", "thứ 3 đến thứ 5 tuần sau", "tôi mai nghỉ", "vắng đến hết tuần sau")
    >>> [f"{one.first}…{one.last}" for text in said for one in read_leave(text, friday).spans]
    ['2021-10-04…2021-10-08', '2021-10-05…2021-10-07', '2021-10-02…2021-10-02', 'None…2021-10-08']
    """
    said = fold(" ".join(_I.sub("", _lower(text)).split()))
    monday = today - timedelta(days=today.weekday())
    week = next((monday + timedelta(days=7 * (one["which"] != "nay")) for one in _WEEK.finditer(said)), None)
    said, named = _WEEKDAY.subn(lambda one: _DAY.format(_weekday(_WEEKDAYS[one[1]], week, today)), said)
    if week and not named:
        first, last = _DAY.format(max(week, today)), _DAY.format(week + timedelta(days=4))
        said = _WEEK.sub(lambda one: f"{one['until']}{last}" if one["until"] else f"{first}-{last}", said)
    return read_days(_NEAR.sub(lambda one: _DAY.format(today + timedelta(days=_AHEAD[one[1]])), said), today)


def _weekday(number: int, week: date | None, today: date) -> date:
    """Of that week; else the next one."""
    return week + timedelta(days=number) if week else today + timedelta(days=(number - today.weekday() - 1) % 7 + 1)


def _lower(text: str) -> str:
    return unicodedata.normalize("NFC", text).lower()


def means_away(text: str, days: Days) -> bool:
    """Whether plain words say that somebody is away, and nothing else: "vắng" with its days, or "tôi nghỉ phép".

    >>> said = ("tôi vắng 05/10-12/10", "Vâng 05/10", "ai vắng 05/10", "vắng ạ", "xin bao vang den 12/10")
    >>> [means_away(one, read_leave(one, date(2021, 10, 1))) for one in said]
    [True, False, False, False, True]
    """
    said = _lower(text)
    if "?" in said or days.wrong or not only_away(days):
        return False
    if _SELF.search(said):
        return bool(_AWAY.search(said) or _LEAVE.search(said))
    return bool(_AWAY.search(said) and days.spans)


def means_back(words: str, *, alone: bool = True) -> bool:
    """Whether words end an absence; without the command (not `alone`) they have to name it."""
    said = " ".join(fold(words).split())
    return (alone and said in _BACK) or _ENDED.match(said) is not None


def only_away(days: Days) -> bool:
    """Whether the words around the days say nothing else."""
    return {*days.rest} <= _AROUND


def open_ended(said: Days) -> bool:
    """ "từ mai": one day, and none until which."""
    return "tu" in said.rest and "den" not in said.rest and said.spans[0].first == said.spans[0].last
