"""A message cut into numbers, words, marks and breaks, each remembering what was typed."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import Enum

from bot.domain.folding import fold_with_map


class Kind(Enum):
    NUMBER = "number"
    WORD = "word"
    BREAK = "break"
    MARK = "mark"


@dataclass(frozen=True, slots=True)
class Token:
    """`text` is folded, `typed` is source[start:end] with its accents; `mended`: `text` is what was meant by it."""

    kind: Kind
    text: str
    typed: str
    start: int
    end: int
    mended: bool = False

    def follows(self, other: Token) -> bool:
        """Nothing, not even a space, stands between them."""
        return self.start == other.end

    @property
    def spelt(self) -> str:
        """The typed word with its accents, in one spelling; equal to `text` when typed without accents."""
        return self.text if self.mended else unicodedata.normalize("NFC", self.typed).lower()

    @property
    def bare(self) -> bool:
        """Typed without accents: any spelling of the same letters may be meant."""
        return self.mended or self.typed.isascii()


# "trđ", "tỷđồng" and "ngànviệc" are a scale and a unit written together.
_TOKEN = re.compile(
    r"\*\*"  # the emphasis of a copied card
    r"|(?P<number>[0-9]+(?:[.,_][0-9]+)*)"
    r"|(?P<word>(?:tr|t[iy]|trieu|nghin|ngan)(?=(?:dd?|dong|vnd|viec|vu)(?![^\W\d_]))|[^\W\d_]+)"
    r"|(?P<break>[\n\r\t;|]+)"
    r"|(?P<mark>\S)"
)
# Thin spaces stand nowhere but between the groups of one number (ISO 80000-1).
_THIN = re.compile(r"(?<=\d)[\u2007\u2009\u202f](?=\d{3}(?!\d))")
_FIXED = re.compile(r"(?<=\d)\u00a0(?=\d{3}(?!\d))")


def tokens_of(text: str) -> tuple[Token, ...]:
    """
    >>> [token.text for token in tokens_of("Xong: 2.407việc, 1tr5")]
    ['xong', ':', '2.407', 'viec', ',', '1', 'tr', '5']
    """
    folded, places = fold_with_map(_FIXED.sub("_", _THIN.sub(".", text)))
    found = []
    for match in _TOKEN.finditer(folded):
        if match.lastgroup:
            start, end = places[match.start()], places[match.end()]
            found.append(Token(Kind(match.lastgroup), match.group(), text[start:end], start, end))
    return tuple(found)
