"""What a question wants: phrases weighed, and a margin between being sure and asking."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from itertools import product

from bot.domain.doubts import DOUBTS
from bot.domain.evidence import EVIDENCE, TOGETHER
from bot.domain.fillers import FILLERS, HOMOGRAPHS, SHORT
from bot.domain.folding import fold
from bot.domain.utterance import Said, Spelling, Word, agrees, means, word_of

_ENOUGH = 2
_MARGIN = 1
_TRIES = 4
_GAP = 12  # words that may stand where a phrase has "…"


class Intent(StrEnum):
    """The values name the conversations in handlers/."""

    TOTALS = "totals"
    RATES = "rates"
    OFFICE = "office"
    RANKING = "ranking"
    MISSING = "missing"
    COMPARE = "compare"
    INCREMENTS = "increments"
    TARGETS = "targets"
    WHAT_IF = "what_if"
    CHART = "chart"
    PARAGRAPH = "paragraph"
    EXPORT = "export"
    SOURCE = "source"
    DEADLINES = "deadlines"
    TEMPLATE = "template"
    SUBMIT = "submit"
    NIL = "nil"
    INVITE = "invite"
    ME = "me"
    HELP = "help"
    CANCEL = "cancel"


_INTENTS = frozenset(Intent)


@dataclass(frozen=True, slots=True)
class Phrase:
    """`parts` are runs of words between gaps, as (folded, with accents); `speaks` pairs meanings with weights."""

    parts: tuple[tuple[Word, ...], ...]
    speaks: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Hit:
    """A phrase found; `words` are the places it covers."""

    words: tuple[int, ...]
    phrase: Phrase


class Evidence:
    """Phrases by their first word, the longest first."""

    def __init__(self, text: str) -> None:
        speaks: dict[str, dict[str, int]] = {}
        for line in text.strip().splitlines():
            head, phrases = line.split("|")
            meaning, weight = head.split()
            for words in _variants(phrases):
                speaks.setdefault(words, {}).setdefault(meaning, int(weight))
        self.phrases = tuple(speaks)
        self._first: dict[str, list[Phrase]] = {}
        for words, meanings in speaks.items():
            phrase = Phrase(_parts(words), tuple(meanings.items()))
            self._first.setdefault(phrase.parts[0][0].folded, []).append(phrase)
        spoken = (words for words, meanings in speaks.items() if any(meanings.values()))
        self.vocabulary = frozenset(word for words in spoken for word in fold(words).split())

    def hits(self, words: Sequence[Said]) -> list[Hit]:
        """Every phrase found, but those that lie within a longer one."""
        places: dict[str, list[int]] = {}
        for place, said in enumerate(words):
            places.setdefault(said.word, []).append(place)
        found = [hit for at in range(len(words)) for hit in self._at(words, at, places)]
        return _outermost(found)

    def _at(self, words: Sequence[Said], at: int, places: Mapping[str, Sequence[int]]) -> Iterator[Hit]:
        for phrase in self._first.get(words[at].word, ()):
            covered = _covered(phrase, words, at, places)
            if covered:
                yield Hit(covered, phrase)


def _variants(phrases: str) -> Iterator[str]:
    """A month is a period too: what is said of any period is said of months."""
    for phrase in phrases.split(","):
        words = phrase.split()
        for month in product(*(("@period", "@month") if word == "@period" else (word,) for word in words)):
            yield " ".join(month)


def _parts(text: str) -> tuple[tuple[Word, ...], ...]:
    return tuple(tuple(word_of(word, HOMOGRAPHS) for word in part.split()) for part in text.split("…"))


def _covered(phrase: Phrase, words: Sequence[Said], at: int, places: Mapping[str, Sequence[int]]) -> tuple[int, ...]:
    covered: list[int] = []
    for number, part in enumerate(phrase.parts):
        starts = [at] if number == 0 else _later(places.get(part[0].folded, ()), covered[-1] + 1)
        start = next((start for start in starts if _stands(part, words, start)), None)
        if start is None:
            return ()
        covered += range(start, start + len(part))
    return tuple(covered)


def _later(places: Sequence[int], at: int) -> Sequence[int]:
    first = bisect_left(places, at)
    return [place for place in places[first : first + _TRIES] if place < at + _GAP]


def _stands(part: Sequence[Word], words: Sequence[Said], at: int) -> bool:
    return at + len(part) <= len(words) and all(map(means, words[at : at + len(part)], part))


def _outermost(hits: Sequence[Hit]) -> list[Hit]:
    """A run of words within a longer run says nothing of its own; phrases with gaps stand apart."""
    whole = [hit for hit in hits if len(hit.phrase.parts) == 1]
    kept, reach, reach_from = [], -1, -1
    for hit in sorted(whole, key=lambda one: (one.words[0], -one.words[-1])):
        first, last = hit.words[0], hit.words[-1]
        if last > reach or (first, last) == (reach_from, reach):
            kept.append(hit)
            reach, reach_from = last, first
    return kept + [hit for hit in hits if len(hit.phrase.parts) > 1]


@cache
def evidence() -> Evidence:
    return Evidence(EVIDENCE.rstrip() + DOUBTS)


@cache
def _fillers() -> Mapping[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for word in sorted(set(FILLERS.split())):
        found[fold(word)] = (*found.get(fold(word), ()), word)
    return found


def is_filler(said: Said) -> bool:
    """A word that carries nothing; one with other accents may be part of a name."""
    return any(agrees(said.typed, word) for word in _fillers().get(said.word, ()))


@cache
def spelling() -> Spelling:
    """Mends slips towards the phrases of the evidence."""
    phrases = (part for phrase in evidence().phrases for part in re.split(r"…|@\w+", phrase.replace("!", "")))
    return Spelling(phrases, SHORT, [*FILLERS.split()])


@cache
def _together() -> tuple[tuple[str, int, frozenset[str]], ...]:
    rows = (line.split("|") for line in TOGETHER.strip().splitlines())
    return tuple((head.split()[0], int(head.split()[1]), frozenset(tail.split())) for head, tail in rows)


def weigh(hits: Sequence[Hit], signs: Collection[str]) -> dict[Intent, int]:
    """The weight of each intent that anything speaks for: for each the strongest phrase, and a little for others."""
    found: dict[Intent, list[int]] = {}
    for hit in hits:
        for meaning, weight in hit.phrase.speaks:
            if meaning in _INTENTS:
                found.setdefault(Intent(meaning), []).append(weight)
    against: dict[Intent, int] = {}
    for meaning, weight, needs in _together():
        if needs <= set(signs):
            found.setdefault(Intent(meaning), []).append(max(weight, 0))
            against[Intent(meaning)] = against.get(Intent(meaning), 0) + min(weight, 0)
    weights = {
        one: max(given) + min(sum(map(bool, given)) - 1, 1) + against.get(one, 0) for one, given in found.items()
    }
    return {intent: weight for intent, weight in weights.items() if weight > 0}


def certain(ranked: Sequence[int]) -> bool:
    """Whether the first of these weights, the heaviest first, is enough and stands clear of the second."""
    best, second = (*ranked, 0, 0)[:2]
    return best >= _ENOUGH and best - second >= _MARGIN
