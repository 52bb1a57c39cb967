"""Names of units found in what people type: without accents, with a slip, inside a longer sentence."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from bot.domain.letters import Letters, Word
from bot.domain.ordinary import ORDINARY, SHORTHAND
from bot.domain.unit import Office, Unit

_LONG_ENOUGH = 5  # letters a name needs before a slip in it is forgiven
_VERY_LONG = 10  # and before two are
_SHORTEST_SLIP = 3  # letters of a mistyped word that may still stand for a name
_LONGEST_PREFIX = 8  # words
_INITIALS = 4  # an alias in capitals up to that long is read exactly or not at all
_PREFIXES = ("chi cuc", "thi hanh an dan su", "thads", "phong", "khu vuc", "huyen", "cc", "cctha", "ccthads")


@dataclass(frozen=True, slots=True)
class Found:
    unit: Unit


@dataclass(frozen=True, slots=True)
class Nearest:
    """No unit for certain; up to three that may have been meant, the likeliest first."""

    units: tuple[Unit, ...]


@dataclass(frozen=True, slots=True)
class UnitMention:
    """A unit named in text[start:end]."""

    start: int
    end: int
    unit: Unit


class _Name(NamedTuple):
    unit: Unit
    words: tuple[str, ...]
    accented: tuple[str, ...]

    @property
    def solid(self) -> str:
        return "".join(self.words)


class NameIndex:
    """Built once for the units that exist at the same time; where two share a name, it names neither."""

    def __init__(self, units: Iterable[Unit]) -> None:
        self._exact: dict[str, list[Unit]] = defaultdict(list)
        self._initials: dict[str, list[Unit]] = defaultdict(list)
        self._slips: dict[str, list[_Name]] = defaultdict(list)
        self._solid: list[_Name] = []
        self._prefixes = {tuple(prefix.split()) for prefix in _PREFIXES}
        for unit in units:
            self._add(unit)
        self._longest = max((key.count(" ") + 1 for key in self._exact), default=0)

    def _add(self, unit: Unit) -> None:
        if isinstance(unit, Office):
            self._prefixes.add(_name(unit, unit.kind).words)
        for text in unit.names:
            name = _name(unit, text)
            initials = text.isupper() and len(text) <= _INITIALS
            for key in {" ".join(name.words), name.solid}:
                _once(self._initials[key] if initials else self._exact[key], unit)
            if not initials:
                self._solid.append(name)
                self._forgive(name)

    def _forgive(self, name: _Name) -> None:
        # A digit is never a slip: cụm 3 is not cụm 4.
        if name.solid.isalpha() and len(name.solid) >= _LONG_ENOUGH:
            for key in _shortened(name.solid):
                self._slips[key].append(name)

    def find(self, text: str) -> Found | Nearest:
        """The unit that the whole text names, or the nearest."""
        words = tuple(word.text for word in Letters(text).words())
        words = words[self._prefix_after(words) :] or words
        units = self._exact.get(" ".join(words)) or self._initials.get("".join(words)) or self._near("".join(words))
        if len(units) == 1:
            return Found(units[0])
        return Nearest(tuple(units[:3]) or self._nearest(" ".join(words)))

    def _near(self, solid: str) -> list[Unit]:
        """Who is a slip away, and whoever else is nearly as near."""
        if not solid.isalpha() or len(solid) < _LONG_ENOUGH:
            return []
        names = [name.solid for name in self._solid]
        hits = process.extract(solid, names, scorer=OSA.distance, score_cutoff=3, limit=10)
        best = min((distance for _, distance, _ in hits), default=3)
        if best > 1 + (len(solid) >= _VERY_LONG):
            return []
        units: list[Unit] = []
        for _, distance, place in hits:
            if distance <= best + 1:
                _once(units, self._solid[place].unit)
        return units

    def _nearest(self, words: str) -> tuple[Unit, ...]:
        names = [" ".join(name.words) for name in self._solid]
        units: list[Unit] = []
        for _, _, place in process.extract(words, names, scorer=fuzz.WRatio, score_cutoff=50, limit=12):
            _once(units, self._solid[place].unit)
        return tuple(units[:3])

    def mentions(self, text: str) -> tuple[UnitMention, ...]:
        """The units named in a sentence, in its order; a shared name is passed over."""
        words = Letters(text).words()
        hits = _sweep(text, words, {}, self._exactly, self._longest)
        hits = _sweep(text, words, hits, self._with_a_slip, self._longest)
        return tuple(
            UnitMention(words[self._prefix_before(words, first)].start, words[last - 1].end, units[0])
            for first, (last, units) in sorted(hits.items())
            if len(units) == 1
        )

    def _exactly(self, text: str, words: Sequence[Word]) -> list[Unit]:
        key = " ".join(word.text for word in words)
        if key in self._exact:
            return self._exact[key]
        if key in self._initials and (key not in SHORTHAND or text[words[0].start : words[0].end].isupper()):
            return self._initials[key]
        return []

    def _with_a_slip(self, text: str, words: Sequence[Word]) -> list[Unit]:
        solid = "".join(word.text for word in words)
        units: list[Unit] = []
        if len(solid) >= _LONG_ENOUGH - 1:
            for key in _shortened(solid):
                for name in self._slips.get(key, ()):
                    if _is_slip(text, words, name):
                        _once(units, name.unit)
        return units

    def _prefix_before(self, words: Sequence[Word], first: int) -> int:
        """Where "Chi cục THADS huyện" before the word at `first` begins, or `first`."""
        for size in range(min(first, _LONGEST_PREFIX), 0, -1):
            if tuple(word.text for word in words[first - size : first]) in self._prefixes:
                return self._prefix_before(words, first - size)
        return first

    def _prefix_after(self, words: Sequence[str]) -> int:
        """How many of the first words are such a prefix."""
        for size in range(min(len(words) - 1, _LONGEST_PREFIX), 0, -1):
            if tuple(words[:size]) in self._prefixes:
                return size + self._prefix_after(words[size:])
        return 0


Hits = dict[int, tuple[int, list[Unit]]]
Look = Callable[[str, Sequence[Word]], list[Unit]]


def _sweep(text: str, words: Sequence[Word], known: Hits, look: Look, longest: int) -> Hits:
    """`known` and the hits among the words it leaves free, longer ones first: first word → (after the last, units)."""
    hits = dict(known)
    reach = _reach(text, words, known)
    first = 0
    while first < len(words):
        for last in range(min(first + longest, reach[first]), first, -1) if first not in known else ():
            if units := look(text, words[first:last]):
                hits[first] = (last, units)
                break
        first = hits[first][0] if first in hits else first + 1
    return hits


def _reach(text: str, words: Sequence[Word], known: Hits) -> list[int]:
    """For each word how far a name may go from it: to a sign between words, or to the next known name."""
    reach = [0] * len(words)
    end = len(words)
    for place in range(len(words) - 1, -1, -1):
        after = words[place + 1].start if place + 1 < len(words) else len(text)
        end = place + 1 if text[words[place].end : after].strip(" -\t") else end
        reach[place] = end
        end = place if place in known else end
    return reach


def _is_slip(text: str, words: Sequence[Word], name: _Name) -> bool:
    """One letter too many, too few, wrong or swapped, and in a word that is not an ordinary one."""
    if len(words) == 1:
        return words[0].text not in ORDINARY and OSA.distance(words[0].text, name.solid) == 1
    wrong = [place for place, word in enumerate(words) if place >= len(name.words) or word.text != name.words[place]]
    if len(words) != len(name.words) or len(wrong) != 1:
        return False
    word, meant = words[wrong[0]], wrong[0]
    return (
        len(word.text) >= _SHORTEST_SLIP
        and word.text not in ORDINARY
        and OSA.distance(word.text, name.words[meant]) == 1
        and _accents_agree(text[word.start : word.end], word.text, name.accented[meant])
    )


def _accents_agree(typed: str, folded: str, meant: str) -> bool:
    """Who types accents has the same slip with them: “quan đẹp” is not “Quan Sơn”."""
    typed = unicodedata.normalize("NFC", typed).lower()
    return typed == folded or OSA.distance(typed, meant) <= 1


def _name(unit: Unit, text: str) -> _Name:
    words = Letters(text).words()
    accented = tuple(unicodedata.normalize("NFC", text[word.start : word.end]).lower() for word in words)
    return _Name(unit, tuple(word.text for word in words), accented)


def _shortened(solid: str) -> Iterator[str]:
    """The word and the word without each of its letters: two words a slip apart share one of these."""
    yield solid
    for place in range(len(solid)):
        yield solid[:place] + solid[place + 1 :]


def _once(units: list[Unit], unit: Unit) -> None:
    if unit not in units:
        units.append(unit)
