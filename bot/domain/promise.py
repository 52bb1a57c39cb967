"""A promise as people write it: “16h tôi nộp”, “mai 9h nộp”, “chiều nay tôi nộp”."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from bot.domain.calendar import local_day
from bot.domain.folding import fold
from bot.domain.moment import read_moment

_AROUND = frozenset(
    fold(
        "tôi em mình sẽ hẹn nộp lúc vào khoảng nhé ạ số liệu trước xin là báo cáo đơn vị "
        "cho để bận họp đang công tác đi mới vâng dạ ừ ok oke"
    ).split()
)
_SAYS_SO = frozenset(("nop", "hen"))
_LATER = frozenset(("mai", "chieu", "trua", "lat", "chut", "ti", "kia"))  # "tối" reads like "tôi"
_NO_MORE = frozenset(("thoi", "huy", "bo"))
_FILLERS = _AROUND | {*fold("đúng tầm cỡ chừng thì nha anh chị chúng vâng dạ đồng chí gửi").split()}
_I = frozenset(("toi", "em", "minh", "se"))
_MONTH_OR_DAY = re.compile(r"\bt[2-7]\b")  # Monday, or February
_OF_A_DAY = frozenset(fold("nay nữa ngày sáng đầu cuối giờ rồi thì").split())


@dataclass(frozen=True, slots=True)
class Promised:
    """`at` is aware, in TIMEZONE; `rest` are the folded words around it, `unread` those as typed that say nothing."""

    at: datetime
    rest: tuple[str, ...]
    unread: str = ""

    @property
    def plain(self) -> bool:
        """Whether the words say that somebody will file then, and nothing else."""
        return _SAYS_SO & {*self.rest} != set() and {*self.rest} <= _AROUND


def read_promise(text: str, now: datetime) -> Promised | None:
    """The moment that a text names, of today when it names no day; None when it names no hour.

    >>> from bot.domain.calendar import TIMEZONE
    >>> now = datetime(2021, 10, 4, 8, tzinfo=TIMEZONE)
    >>> [f"{read_promise(text, now).at:%d %H:%M}" for text in ("16h", "mai 9h", "4 giờ rưỡi chiều", "9h thứ ba")]
    ['04 16:00', '05 09:00', '04 16:30', '05 09:00']
    >>> read_promise("16h toi nop", now).plain, read_promise("16 việc", now)
    (True, None)
    """
    moment = read_moment(text, now)
    at = moment.at(local_day(now))
    return Promised(at, moment.rest, _unread(text, {*moment.rest} - _FILLERS)) if at else None


def _unread(text: str, strange: Collection[str]) -> str:
    words = (one.strip('.,;:!?()“”"') for one in unicodedata.normalize("NFC", text).split())
    parts = ((word, re.findall(r"\w+", fold(word))) for word in words)
    return " ".join(word for word, folded in parts if folded and all(one in strange for one in folded))


def takes_back(text: str) -> bool:
    """Whether the words take a promise back; "hen" itself may be left to the command.

    >>> [takes_back(text) for text in ("thôi không hẹn nữa", "hủy hẹn", "bo", "thoi", "hen 16h", "không hẹn nữa")]
    [True, True, True, True, False, True]
    """
    words = {*re.findall(r"\w+", fold(text))}
    return (bool(words & _NO_MORE) or {"khong", "nua"} <= words) and words <= _NO_MORE | _AROUND | {
        "khong",
        "nua",
        "gio",
        "loi",
    }


def means_later(text: str, now: datetime) -> bool:
    """Whether the words say that somebody will file later, without an hour.

    >>> from bot.domain.calendar import TIMEZONE
    >>> now = datetime(2021, 10, 1, 8, tzinfo=TIMEZONE)
    >>> said = ("chieu nay toi nop", "tôi bận họp, mai nộp", "thứ hai tôi nộp", "mai nop chua", "nop", "nộp 4/10")
    >>> [means_later(text, now) for text in said]
    [True, True, True, False, False, False]
    """
    words = {*re.findall(r"\w+", fold(text))}
    if "nop" not in words:
        return False
    if words & _LATER and words <= _AROUND | _LATER | _OF_A_DAY:
        return True
    moment = read_moment(text, now)
    ahead = moment.day is not None and moment.day > local_day(now) and not _MONTH_OR_DAY.search(fold(text))
    return ahead and moment.hour is None and bool(_I & {*moment.rest}) and {*moment.rest} <= _AROUND | _OF_A_DAY
