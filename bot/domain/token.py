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
    """`text` is folded, `typed` is source[start:end] with its accents."""

    kind: Kind
    text: str
    typed: str
    start: int
    end: int

    def follows(self, other: Token) -> bool:
        """Nothing, not even a space, stands between them."""
        return self.start == other.end

    @property
    def spelt(self) -> str:
        """The typed word with its accents, in one spelling; equal to `text` when typed without accents."""
        return unicodedata.normalize("NFC", self.typed).lower()


# "trđ" and "tỷđ" are a scale and a unit written together.
_TOKEN = re.compile(
    r"\*\*"  # the emphasis of a copied card
    r"|(?P<number>[0-9]+(?:[.,][0-9]+)*)"
    r"|(?P<word>(?:tr|t[iy])(?=d(?![^\W\d_]))|[^\W\d_]+)"
    r"|(?P<break>[\n\r\t;|]+)"
    r"|(?P<mark>\S)"
)


def tokens_of(text: str) -> tuple[Token, ...]:
    """
    >>> [token.text for token in tokens_of("Xong: 2.407việc, 1tr5")]
    ['xong', ':', '2.407', 'viec', ',', '1', 'tr', '5']
    """
    folded, places = fold_with_map(text)
    found = []
    for match in _TOKEN.finditer(folded):
        if match.lastgroup:
            start, end = places[match.start()], places[match.end()]
            found.append(Token(Kind(match.lastgroup), match.group(), text[start:end], start, end))
    return tuple(found)
