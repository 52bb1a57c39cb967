"""How people say that all offices of their cluster are meant, not one by name."""

from __future__ import annotations

import re

from bot.domain.folding import fold

#: Folded words; the first are no words at all.
ALL = (
    "",
    "ca",
    "tat ca",
    "het",
    "het tat ca",
    "toan bo",
    "toan cum",
    "ca cum",
    "ca hai",
    "moi nguoi",
    "tat ca moi nguoi",
    "moi don vi",
    "cac don vi",
    "tat ca don vi",
    "tat ca cac don vi",
    "toan bo don vi",
    "toan bo cac don vi",
    "don vi chua nop",
    "cac don vi chua nop",
    "moi don vi chua nop",
    "tat ca don vi chua nop",
    "tat ca cac don vi chua nop",
)
_PHRASES = sorted((one for one in ALL if " " in one), key=len, reverse=True)
_ALL = re.compile(rf"\b(?:{'|'.join(_PHRASES)})\b(?: (?:trong|cua) cum\b)?(?! (?:so )?\d{{1,2}}(?: (?!gio)|$))")
# “hết mai 17h” means all, “hết ngày mai” and “đến hết mai” a moment.
_ONE = re.compile(r"^ *(?:gia han )?(?:cho )?(ca|het(?! (?:ngay|hom|tuan|thang|\d{1,2}/)))(?= |$)")


def all_at(text: str) -> tuple[int, int] | None:
    """Where a text says so.

    >>> all_at("cho tất cả đến mai 17h"), all_at("hết mai 17h"), all_at("đến hết mai"), all_at("hết ngày 06/10")
    ((4, 10), (0, 3), None, None)
    """
    said = fold(text)
    if found := _ALL.search(said):
        return found.span()
    found = _ONE.search(said)
    return found.span(1) if found else None
