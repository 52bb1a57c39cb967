"""A question as words: folded, with slips mended, glued words parted, and what was read already as one placeholder."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from rapidfuzz.distance import OSA

from bot.domain.folding import fold
from bot.domain.letters import Letters
from bot.domain.ordinary import ORDINARY

_WORD = re.compile(r"[a-z0-9]+(?:[.,][0-9]+)*|%")
_SHORTEST_SLIP = 4
_SHORTEST_GLUED = 4
_TELEX = (("aa", "a"), ("ee", "e"), ("oo", "o"), ("dd", "d"), ("uow", "uo"), ("uwow", "uo"), ("ow", "o"))
_TELEX_MORE = (("uw", "u"), ("aw", "a"), ("w", ""))
_TONES = re.compile(r"(?<=[a-z])[sfrxj](?=[a-z]{0,2}$)")


class Said(NamedTuple):
    """A word of a question, or a placeholder such as "@office"; text[start:end] as it was typed.

    `bare`: typed without accents in a text that has them, so that it has none of its own: "so" is not "số"."""

    word: str
    typed: str
    start: int
    end: int
    bare: bool = False


class Span(NamedTuple):
    """What was read already, and the placeholder that takes its place."""

    start: int
    end: int
    kind: str


def utter(text: str, spans: Iterable[Span], spelling: Spelling) -> list[Said]:
    """The words of a text in their order, each span as one placeholder."""
    letters = Letters(text)
    taken = sorted(spans)
    words: list[Said] = [Said(f"@{one.kind}", "", one.start, one.end) for one in taken]
    free = _blank_folded(letters, taken)
    for found in _WORD.finditer(free):
        start, end = letters.span(*found.span())
        typed = unicodedata.normalize("NFC", text[start:end]).lower()
        words += (Said(word, typed if word == fold(typed) else "", start, end) for word in spelling.mend(typed))
    words.sort(key=lambda said: said.start)
    accented = sum(not said.typed.isascii() for said in words) * 5 >= len(words) * 2
    return [said._replace(bare=accented and bool(said.typed) and said.typed.isascii()) for said in words]


def _blank_folded(letters: Letters, spans: Sequence[Span]) -> str:
    """The folded text with blanks over the spans."""
    starts = {one.start: one.end for one in spans}
    out, until = [], 0
    for place, char in enumerate(letters.folded):
        at = letters.span(place, place)[0]
        until = max(until, starts.get(at, 0))
        out.append(" " if at < until else char)
    return "".join(out)


class Spelling:
    """Mends what was typed towards words that mean something here, and never a word that is one already."""

    def __init__(self, phrases: Iterable[str], short: Mapping[str, str], ordinary: Iterable[str]) -> None:
        self._short = {unicodedata.normalize("NFC", key): tuple(fold(text).split()) for key, text in short.items()}
        split = [tuple(fold(phrase).split()) for phrase in phrases]
        self._meaning = {word for words in split for word in words if word.isalpha()}
        self._known = self._meaning | {fold(word) for word in ordinary} | ORDINARY
        self._glued = {
            "".join(words): words
            for words in split
            if 2 <= len(words) <= 3 and all(map(str.isalpha, words)) and len("".join(words)) >= _SHORTEST_GLUED
        }
        self._slips: dict[str, set[str]] = {}
        for word in self._meaning | set(self._glued):
            if len(word) >= _SHORTEST_SLIP:
                for key in _shortened(word):
                    self._slips.setdefault(key, set()).add(word)
        self._mended: dict[str, tuple[str, ...]] = {}

    def mend(self, typed: str) -> tuple[str, ...]:
        """The folded word, or the words that were meant: "tyle" is "ti le", "xeps" is "xep"."""
        if typed in self._mended:
            return self._mended[typed]
        mended = self._mend(typed, fold(typed))
        if len(self._mended) < 10_000 and len(typed) < 20:
            self._mended[typed] = mended
        return mended

    def _mend(self, typed: str, folded: str) -> tuple[str, ...]:
        if typed in self._short:
            return self._short[typed]
        if folded in self._known or not folded.isalpha():
            return (folded,)
        if folded.replace("y", "i") in self._glued:
            return self._glued[folded.replace("y", "i")]
        if folded in self._glued:
            return self._glued[folded]
        plain = _without_telex(folded)
        if plain in self._meaning:
            return (plain,)
        return self._near(folded)

    def _near(self, folded: str) -> tuple[str, ...]:
        if not _SHORTEST_SLIP <= len(folded) <= 20:
            return (folded,)
        near = {
            word
            for key in _shortened(folded)
            for word in self._slips.get(key, ())
            if OSA.distance(word, folded) == 1 and len(word) >= _SHORTEST_SLIP
        }
        best = {word for word in near if word[0] == folded[0]} or near
        word = best.pop() if len(best) == 1 else folded
        return self._glued.get(word, (word,))


class Word(NamedTuple):
    """A word of a phrase: as folded, with accents, and whether it counts only when typed with them ("vẽ!")."""

    folded: str
    accented: str
    strict: bool
    marked: bool


def word_of(text: str, homographs: Collection[str]) -> Word:
    """The word of a phrase; "vẽ!" must be typed with its accents."""
    plain = text.rstrip("!").lower()
    return Word(fold(plain), plain, fold(plain) in homographs or plain != text.lower(), plain != text.lower())


def means(said: Said, word: Word) -> bool:
    """Whether a typed word is the one of a phrase: with its accents, where those tell it from another."""
    if said.word != word.folded:
        return False
    if not word.strict:
        return True
    if word.marked:
        return not said.typed.isascii() and agrees(said.typed, word.accented)
    return _within(said.typed, word.accented) and (not said.bare or word.accented.isascii())


def agrees(typed: str, meant: str) -> bool:
    """Whether a word typed with accents may be the one meant: hỏi and ngã, hoà and hòa are the same."""
    return typed.isascii() or _marks(typed) == _marks(meant)


def _within(typed: str, meant: str) -> bool:
    """Accents left out are forgiven ("nôp"), others are not."""
    return typed.isascii() or not Counter(_marks(typed)) - Counter(_marks(meant))


def _marks(word: str) -> list[str]:
    return sorted(unicodedata.normalize("NFD", word).replace("\u0303", "\u0309").replace("y", "i"))


def _without_telex(folded: str) -> str:
    """A word typed with the keys of Telex while the keyboard was off: "tyr leej" is "ty le"."""
    word = _TONES.sub("", folded) if len(folded) > 2 else folded
    for keys, letter in (*_TELEX, *_TELEX_MORE):
        word = word.replace(keys, letter)
    return fold(word)


def _shortened(word: str) -> Iterator[str]:
    yield word
    for place in range(len(word)):
        yield word[:place] + word[place + 1 :]
