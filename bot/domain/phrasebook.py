"""Phrases and what they mean, found among tokens exactly or with one slip of the finger."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import OSA

from bot.domain.token import Kind, Token, tokens_of

_SHORTEST_SLIP = 4


@dataclass(frozen=True, slots=True)
class Phrase:
    words: tuple[str, ...]
    meaning: str


class Phrasebook:
    """Phrases by their first word, the longest first. `known` are words that are never a slip of another."""

    def __init__(self, phrases: Iterable[tuple[str, str]], known: Collection[str]) -> None:
        found = {Phrase(tuple(token.text for token in tokens_of(text)), meaning) for text, meaning in phrases}
        self.phrases = sorted((one for one in found if one.words), key=lambda one: (-len(one.words), one.words))
        self.known = frozenset(known)
        self._by_first: dict[str, list[Phrase]] = {}
        self._by_letter: dict[str, list[Phrase]] = {}
        for phrase in self.phrases:
            self._by_first.setdefault(phrase.words[0], []).append(phrase)
            self._by_letter.setdefault(phrase.words[0][0], []).append(phrase)

    def at(self, tokens: Sequence[Token], at: int) -> tuple[str, int] | None:
        """The meaning of the longest phrase that begins at a token, and the token after it."""
        for phrase in self._by_first.get(tokens[at].text, ()) if at < len(tokens) else ():
            end = at + len(phrase.words)
            if tuple(token.text for token in tokens[at:end]) == phrase.words:
                return phrase.meaning, end
        return None

    def near(self, tokens: Sequence[Token], at: int) -> tuple[str, int] | None:
        """As `at`, but one long word may be a letter off, or spaces missing; None when two meanings are as near."""
        if at >= len(tokens) or tokens[at].kind is not Kind.WORD:
            return None
        phrases = self._by_letter.get(tokens[at].text[0], ())
        found = [(phrase, width) for phrase in phrases if (width := self._near(phrase.words, tokens, at))]
        meanings = {phrase.meaning for phrase, _ in found}
        return (meanings.pop(), at + max(width for _, width in found)) if len(meanings) == 1 else None

    def _near(self, words: tuple[str, ...], tokens: Sequence[Token], at: int) -> int:
        """How many tokens are the phrase with a slip, 0 when they are not."""
        typed = tokens[at : at + len(words)]
        if any(token.kind is not Kind.WORD for token in typed[:1]):
            return 0
        for width in range(1, len(words)):
            if _solid(token.text for token in typed[:width]) == _solid(words):
                return width
        if len(typed) < len(words) or any(token.kind is not Kind.WORD for token in typed):
            return 0
        pairs = [(token.text, word) for token, word in zip(typed, words, strict=True) if token.text != word]
        return len(words) if len(pairs) == 1 and self._slip(*pairs[0]) else 0

    def _slip(self, typed: str, word: str) -> bool:
        """One letter off, not the first, and not another word that people mean ("tổng", "đồng" beside "xong")."""
        if len(word) < _SHORTEST_SLIP or typed[0] != word[0] or typed in self.known:
            return False
        return OSA.distance(typed, word, score_cutoff=1) <= 1


def _solid(words: Iterable[str]) -> str:
    return "".join(words).replace("y", "i")
