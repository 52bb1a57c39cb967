"""A text without accents that remembers where each of its letters stood."""

from __future__ import annotations

import re
from typing import NamedTuple

from bot.domain.folding import fold_with_map

_WORD = re.compile(r"\w+")


class Word(NamedTuple):
    """A word as folded, and its place in the text as typed."""

    text: str
    start: int
    end: int


class Letters:
    """`folded` is lower case and bare; letters typed with separate accents (NFD) take their accents along."""

    __slots__ = ("_places", "folded", "typed")

    def __init__(self, typed: str) -> None:
        self.typed = typed
        self.folded, self._places = fold_with_map(typed)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where folded[start:end] stands in the typed text."""
        return self._places[start], self._places[end]

    def words(self) -> list[Word]:
        return [Word(found.group(), *self.span(*found.span())) for found in _WORD.finditer(self.folded)]
