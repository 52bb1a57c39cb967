"""Words of a question that say nothing here: the name of no unit, or something that nobody can answer."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import cache

from rapidfuzz.distance import OSA

from bot.domain.fillers import REASONS
from bot.domain.folding import fold
from bot.domain.hearing import Heard
from bot.domain.intent import is_filler
from bot.domain.letters import Letters
from bot.domain.ordinary import ORDINARY
from bot.domain.organisation import Found, Organisation, Unit
from bot.domain.utterance import Said, Word, means, word_of

#: After these a name is expected.
_HEADS = frozenset("cum huyen don vi cuc phong vuc cua o tai voi va so lieu".split())  # noqa: SIM905
_ROMAN = frozenset("i ii iii iv v vi vii viii ix x".split())  # noqa: SIM905
_NUMBERED = ("cum", "vuc", "phong")
_COUNTED = frozenset("don noi chi cuc huyen co".split())  # noqa: SIM905
_LONGEST_NAME = 3  # words
_SHORTEST_PART = 3  # letters
_LONG_ENOUGH = 6  # letters a name needs before two slips in it are forgiven
_RANKED = frozenset("top thu hang nhom chu bac".split())  # noqa: SIM905


def runs(heard: Heard, covered: set[int]) -> list[tuple[int, int]]:
    """Stretches of words that nothing accounts for: first word, after the last."""
    words, found = heard.words, []
    at = 0
    while at < len(words):
        end = at
        while end < len(words) and _strange(words[end], end, covered):
            end += 1
        if end > at:
            found.append((at, end))
        at = max(end, at + 1)
    return found


def _strange(said: Said, place: int, covered: set[int]) -> bool:
    return place not in covered and said.word[0] not in "@%" and not is_filler(said)


def reason_at(heard: Heard, covered: set[int]) -> int:
    """Where a tail such as "để báo cáo sếp" begins: the number of words when there is none."""
    words = heard.words
    last = max((place for place, said in enumerate(words) if said.word.startswith("@")), default=-1)
    for place in range(last + 1, len(words)):
        if place not in covered and any(_begins(words, place, reason) for reason in _reasons()):
            return place
    return len(words)


@cache
def _reasons() -> tuple[tuple[Word, ...], ...]:
    return tuple(tuple(word_of(word, fold(reason).split()) for word in reason.split()) for reason in REASONS)


def _begins(words: Sequence[Said], at: int, phrase: Sequence[Word]) -> bool:
    typed = words[at : at + len(phrase)]
    return len(typed) == len(phrase) and all(map(means, typed, phrase))


def stray_numbers(words: Sequence[Said]) -> list[int]:
    """Where numbers without a unit stand that are neither a rank nor a count of offices: "tháng 13"."""
    return [
        place
        for place, said in enumerate(words)
        if said.word == "@number"
        and (place == 0 or words[place - 1].word not in _RANKED)
        and (place + 1 == len(words) or words[place + 1].word not in _COUNTED)
    ]


def unknown(
    heard: Heard, covered: set[int], organisation: Organisation, on: date, slot: bool
) -> tuple[int, int] | None:
    """Where in the text a name stands that no unit bears; `slot`: the question is one that a name may follow."""
    words = heard.words
    for place in heard.places:
        return _with_head(words, place.start, place.end)
    numbered = _numbered(words)
    if numbered:
        return numbered
    for first, end in runs(heard, covered):
        called = (slot or _headed(words, first)) and _is_name(heard, first, end, organisation, on)
        if called or _misspells(words[first:end], organisation, on):
            first, end = _widened(heard, first, end)
            return _with_head(words, words[first].start, words[end - 1].end)
    return None


def _misspells(run: Sequence[Said], organisation: Organisation, on: date) -> bool:
    """Whether the words are a name of several words but for a letter: "quan sơm"."""
    typed = " ".join(said.word for said in run)
    units = nearest(typed, organisation, on) if len(run) > 1 else ()
    return any(OSA.distance(typed, fold(name), score_cutoff=1) <= 1 for unit in units for name in unit.names)


def _with_head(words: Sequence[Said], start: int, end: int) -> tuple[int, int]:
    before = [said for said in words if said.end <= start]
    return (before[-1].start, end) if before and before[-1].word == "cum" else (start, end)


def _numbered(words: Sequence[Said]) -> tuple[int, int] | None:
    """ "cụm 4", "cụm thi đua số IV", "khu vực 12", of which there is none."""
    for place, said in enumerate(words):
        if said.word not in _NUMBERED:
            continue
        at = place + 1
        while at < len(words) and words[at].word in ("thi", "dua", "so"):
            at += 1
        if at < len(words) and (words[at].word == "@number" or words[at].word in _ROMAN):
            return said.start, words[at].end
    return None


def _headed(words: Sequence[Said], first: int) -> bool:
    return first > 0 and words[first - 1].word in _HEADS


def _is_name(heard: Heard, first: int, end: int, organisation: Organisation, on: date) -> bool:
    run = heard.words[first:end]
    if all(_capital(heard, said) for said in run) and (first or end - first > 1) and not heard.text.isupper():
        return True
    if heard.units and not (_headed(heard.words, first) and heard.words[first - 1].word in ("voi", "va", "huyen")):
        return False
    if not all(said.word.isalpha() for said in run):
        return _headed(heard.words, first)
    if len(run) == 1:
        word = run[0].word
        return word not in ORDINARY or _headed(heard.words, first) or resembles(word, organisation, on)
    return True


def _capital(heard: Heard, said: Said) -> bool:
    return heard.text[said.start : said.start + 1].isupper()


def _widened(heard: Heard, first: int, end: int) -> tuple[int, int]:
    """The capitalised words beside it belong to it: "Đông Anh"."""
    words = heard.words
    if not _capital(heard, words[first]):
        return first, end
    while end < len(words) and not words[end].word.startswith("@") and _capital(heard, words[end]):
        end += 1
    return first, end


def alone(heard: Heard, organisation: Organisation, on: date) -> tuple[int, int] | None:
    """Where a name stands that is all there is, half of one ("quan") or nearly one ("qson", "thường xuyên")."""
    words = Letters(heard.text).words()
    if not 1 <= len(words) <= _LONGEST_NAME:
        return None
    typed = " ".join(word.text for word in words)
    return (words[0].start, words[-1].end) if resembles(typed, organisation, on) else None


def says_nothing(heard: Heard, name: tuple[int, int], organisation: Organisation, on: date) -> bool:
    """Whether what was taken for a name is rather a word that nobody here understands ("xa")."""
    typed = fold(heard.text[slice(*name)])
    first = next(place for place, said in enumerate(heard.words) if said.end > name[0])
    if not typed.isalpha() or _capital(heard, heard.words[first]) or _headed(heard.words, first):
        return False
    return not resembles(typed, organisation, on)


def resembles(typed: str, organisation: Organisation, on: date) -> bool:
    """Whether it is a word of a unit's name, its initials and its last word, or a slip or two away from it."""
    solid = typed.replace(" ", "")
    for name in (fold(name) for unit in nearest(typed, organisation, on) for name in unit.names):
        words = name.split()
        short = "".join(word[0] for word in words[:-1]) + words[-1]
        if (len(typed) >= _SHORTEST_PART and typed in words) or (len(words) > 1 and solid == short):
            return True
        if len(solid) >= _LONG_ENOUGH and OSA.distance(solid, name.replace(" ", ""), score_cutoff=2) <= 2:
            return True
    return False


def nearest(name: str, organisation: Organisation, on: date) -> tuple[Unit, ...]:
    """Up to three units, the likeliest first."""
    found = organisation.find(name, on)
    return (found.unit,) if isinstance(found, Found) else found.units
