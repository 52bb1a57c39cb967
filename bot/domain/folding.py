"""Text as it is compared: no accents, no capitals, no difference between NFC and NFD."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_LETTERS = {"đ": "d", "Đ": "d", "ð": "d", "Ð": "d", "₫": "d"}
_LINE_ENDS = "\u2028\u2029"
_SPACES = "\x0b\x0c\x1c\x1d\x1e\x1f\x85"
_DASHES = "‐‑‒–—―−"
_FULL_WIDTH = range(0xFF01, 0xFF5F)

# lý = lí, tỷ = tỉ, kỳ = kì, quý = quí: y closing an open syllable after these consonants sounds the same as i.
_Y = re.compile(r"(?<![a-z])([hklmst]|qu)y(?![a-z])")


class _Table(dict[int, str]):
    """For `str.translate`: Latin letters are looked up, the rest of Unicode is folded when met."""

    def __missing__(self, code: int) -> str:
        return _folded(chr(code))


def _folded(char: str) -> str:
    lower = "".join(_plain(part) for part in unicodedata.normalize("NFD", char)).lower()
    return "".join(part for part in unicodedata.normalize("NFD", lower) if not _dropped(part))


def _plain(char: str) -> str:
    if char in _LETTERS:
        return _LETTERS[char]
    if char in _LINE_ENDS:
        return "\n"
    if char in _DASHES:
        return "-"
    if char in _SPACES or unicodedata.category(char) == "Zs":
        return " "
    return chr(ord(char) - 0xFEE0) if ord(char) in _FULL_WIDTH else char


def _dropped(char: str) -> bool:
    """Marks and invisible format characters (zero-width spaces, joiners, soft hyphens)."""
    category = unicodedata.category(char)
    return category[0] == "M" or category == "Cf"


_TABLE = _Table({code: _folded(chr(code)) for code in (*range(0x0250), *range(0x0300, 0x0370), *range(0x1E00, 0x1F00))})


@lru_cache(maxsize=1024)  # the same words and labels over and over
def fold(text: str) -> str:
    """What two spellings of the same Vietnamese words have in common; line breaks and tabs stay.

    >>> fold("Chi cục THADS Quan Hoá") == fold("chi cuc thads quan hóa")
    True
    >>> fold("Thụ lý 3 tỷ") == fold("thụ lí 3 tỉ")
    True
    """
    return _Y.sub(r"\1i", text.translate(_TABLE))


@lru_cache(maxsize=32)  # one reader after the other asks it of the same message
def fold_with_map(text: str) -> tuple[str, tuple[int, ...]]:
    """The folded text, and for each of its letters and for its end the place in `text`.

    `text[places[i]:places[j]]` is what was typed for `folded[i:j]`, accents included.

    >>> folded, places = fold_with_map("Số tiền")
    >>> "Số tiền"[places[0]:places[2]]
    'Số'
    """
    parts = [_TABLE[ord(char)] for char in text]
    places = [place for place, part in enumerate(parts) for _ in part]
    return _Y.sub(r"\1i", "".join(parts)), (*places, len(text))
