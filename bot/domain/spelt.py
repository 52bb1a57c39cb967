"""Months, years and clusters of a question as the readers of names and periods want them: "cụm ba" is cụm 3."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

from bot.domain.letters import Letters
from bot.domain.utterance import agrees

_MONTHS = {
    "muoi hai": 12, "muoi mot": 11, "muoi": 10, "chin": 9, "tam": 8, "bay": 7, "sau": 6,
    "tu": 4, "ba": 3, "hai": 2, "mot": 1, "gieng": 1,
}  # fmt: skip
_SPELT_MONTH = re.compile(rf"\bth(?:an)?g (?P<name>{'|'.join(_MONTHS)})\b(?! (?:thuoc|thang))|\b(?P<short>thg) ?(?=\d)")
#: No "năm" and no "tư": "cụm năm 2021", "cụm từ tháng 8".
_NUMBERS = {
    "mười hai": 12, "mười một": 11, "mười": 10, "chín": 9, "tám": 8, "bảy": 7, "sáu": 6,
    "bốn": 4, "ba": 3, "hai": 2, "một": 1,
}  # fmt: skip
_NUMBER = "muoi hai|muoi mot|muoi|chin|tam|bay|sau|bon|ba|hai|mot"
# "cum ba thuoc" is Bá Thước, "cụm ba thụ lý" is not.
_SPELT_CLUSTER = re.compile(rf"\bcum (?:thi dua )?(?:so )?(?:{_NUMBER})\b(?! thu(?! l[iy]\b))")
_SPELT_SPAN = re.compile(
    rf"(?<!\bcum )(?<!\bso )(?<!\bthu )\b(?:{_NUMBER}) thang\b(?! ?\d| (?:nay|truoc|toi|do|sau)\b)"
)
# "cả cụm 6 tháng" is about six months, "toàn cụm 3 tháng 8" about cluster 3.
_WHOLE_CLUSTER = re.compile(r"\b(?:ca|toan) cum (?=\d{1,2} ?thang\b(?! ?\d))")
_BARE_YEAR = re.compile(
    r"(?<![\w/.,-])(?<!nam )(?<!thang )20[2-3]\d(?![\w/.-]|,\d| ?(?:viec|vu|dong|ti|trieu|v\b|d\b))"
)


def spelt(text: str) -> str:
    """ "tháng chín" is tháng 9, "sáu tháng" 6 tháng, "tổng 2021" năm 2021.

    >>> spelt("cụm ba tháng tám"), spelt("chín tháng quan sơn"), spelt("cum ba thuoc")
    ('cụm 3 tháng 8', '9 tháng quan sơn', 'cum ba thuoc')
    """
    text = unicodedata.normalize("NFC", text)
    text = _replaced(text, _SPELT_MONTH, _month)
    text = _replaced(text, _SPELT_CLUSTER, _cluster)
    text = _replaced(text, _SPELT_SPAN, _span)
    text = _replaced(text, _WHOLE_CLUSTER, lambda found, typed: f"{typed}, ")
    return _replaced(text, _BARE_YEAR, lambda found, typed: f"năm {typed}")


def _month(found: re.Match[str], typed: str) -> str:
    name = found["name"]
    if not name:
        return "tháng "
    # "thang sau" is the next month as well as June.
    return typed if name == "sau" and "sáu" not in typed.lower() else f"tháng {_MONTHS[name]}"


def _cluster(found: re.Match[str], typed: str) -> str:
    head, _, word = typed.rpartition(" ")
    number = _number(word)
    return f"{head} {number}" if number else typed


def _span(found: re.Match[str], typed: str) -> str:
    words = typed.rpartition(" ")
    number = 6 if typed.lower().split() == ["sau", "thang"] else _number(words[0])
    return f"{number} tháng" if number else typed


def _number(typed: str) -> int:
    """What a number word says, 0 for another word of the same letters: "sau thang 8" is after August."""
    words = typed.lower().split()
    for spelling, number in _NUMBERS.items():
        meant = spelling.split()
        if len(meant) == len(words) and all(map(agrees, words, meant)) and _same(words, meant):
            return 0 if words == ["sau"] else number
    return 0


def _same(words: list[str], meant: list[str]) -> bool:
    return all(Letters(one).folded == Letters(other).folded for one, other in zip(words, meant, strict=True))


def _replaced(text: str, pattern: re.Pattern[str], write: Callable[[re.Match[str], str], str]) -> str:
    letters = Letters(text)
    for found in reversed(list(pattern.finditer(letters.folded))):
        start, end = letters.span(*found.span())
        text = text[:start] + write(found, text[start:end]) + text[end:]
    return text
