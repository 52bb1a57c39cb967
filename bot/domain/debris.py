"""What a keyboard leaves in a word: Telex ("vieejc") and VNI ("viec65") keys, or one letter amiss after a number."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import NamedTuple

from rapidfuzz.distance import OSA

from bot.domain.folding import fold
from bot.domain.ordinary import ORDINARY
from bot.domain.scale import BILLION, SCALES, UNITS
from bot.domain.spoken import WORDS
from bot.domain.token import Kind, Token

_LONGEST = 12  # letters of a word with debris in it
_KEYS = {
    "\u0301": ("s", "1"),
    "\u0300": ("f", "2"),
    "\u0309": ("r", "3"),
    "\u0303": ("x", "4"),
    "\u0323": ("j", "5"),
    "\u0302": ("", "6"),
    "\u031b": ("w", "7"),
    "\u0306": ("w", "8"),
}
#: Words of four letters and more that are taken for these when they are one letter off and stand after a number.
_COUNTED = ("trieu", "nghin", "viec", "dong")
_AFTER_NUMBERS = {"tie": "ti", "tye": "ti", "tyi": "ti"}


class Entry(NamedTuple):
    """A word without accents, and the keys that would have put them on."""

    word: str
    telex: Counter[str]
    vni: Counter[str]


class Lexicon:
    """Words that may be recognised through debris, by their first letter; given with their accents."""

    def __init__(self, words: Iterable[str]) -> None:
        entries = [_entry(word) for word in sorted(set(words))]
        self.known = frozenset(entry.word for entry in entries)
        self._by_first: dict[str, list[Entry]] = {}
        for entry in entries:
            self._by_first.setdefault(entry.word[0], []).append(entry)

    def telex(self, typed: str) -> str | None:
        """The word that a folded one with Telex keys in it stands for; None when none or more than one does."""
        found = {entry.word for entry in self._near(typed) if _typed_with(typed, entry)}
        return found.pop() if len(found) == 1 else None

    def vni(self, letters: str, digits: str) -> str | None:
        """The word of those letters, when the digits are VNI keys for its accents."""
        plain, keys = _plain(letters), Counter(digits)
        found = {entry.word for entry in self._near(letters) if _plain(entry.word) == plain and keys <= entry.vni}
        return found.pop() if len(found) == 1 else None

    def _near(self, typed: str) -> Sequence[Entry]:
        return self._by_first.get(typed[0], ()) if len(typed) <= _LONGEST else ()


def _plain(word: str) -> str:
    return word.replace("y", "i")


def _entry(word: str) -> Entry:
    telex: Counter[str] = Counter()
    vni: Counter[str] = Counter()
    base = ""
    for char in unicodedata.normalize("NFD", word.lower()):
        keys = ("d", "9") if char == "đ" else _KEYS.get(char)
        if keys:
            telex[keys[0] or base] += 1
            vni[keys[1]] += 1
        base = char if char not in _KEYS else base
    return Entry(fold(word), telex, vni)


def _typed_with(typed: str, entry: Entry) -> bool:
    """The word is in the typed one, letter by letter, and what is left over are keys of its accents."""
    word = _plain(entry.word)
    extra = Counter(_plain(typed))
    extra.subtract(word)
    if min(extra.values()) < 0 or not any(extra.values()) or not +extra <= entry.telex:
        return False
    rest = iter(_plain(typed))
    return all(letter in rest for letter in word)


def keys_of(word: str) -> Counter[str]:
    """The VNI keys for the accents of a word: "tỷ" takes 3."""
    return _entry(word).vni


_SCALE_KEYS = {fold(word): keys_of(word) for word in ("tỷ", "triệu", "nghìn", "ngàn")}


def is_key(tokens: Sequence[Token], at: int) -> bool:
    """Whether digits glued to a scale without accents may be VNI keys: the 3 of "ty3", which may also be a tail."""
    if at >= len(tokens) or not at or tokens[at].kind is not Kind.NUMBER or not tokens[at].follows(tokens[at - 1]):
        return False
    scale = tokens[at - 1]
    return scale.bare and Counter(tokens[at].text) <= _SCALE_KEYS.get(scale.text, Counter())


def mended(tokens: Sequence[Token], lexicon: Lexicon) -> tuple[Token, ...]:
    """The tokens with debris taken out of the words of the lexicon."""
    found: list[Token] = []
    at = 0
    while at < len(tokens):
        token, end = _mended_at(tokens, at, lexicon, found[-1] if found else None)
        found.append(token)
        at = end
    return tuple(found)


def _mended_at(tokens: Sequence[Token], at: int, lexicon: Lexicon, before: Token | None) -> tuple[Token, int]:
    token = tokens[at]
    if token.kind is not Kind.WORD or not token.typed.isascii():
        return (_slipped(token, lexicon, before) if token.kind is Kind.WORD else token), at + 1
    word, end = _keyed(tokens, at, lexicon)
    if word:
        typed = "".join(one.typed for one in tokens[at:end])
        return Token(Kind.WORD, word, typed, token.start, tokens[end - 1].end, True), end
    if token.text in lexicon.known:
        return token, at + 1
    telex = _telex(token.text, lexicon)
    return (replace(token, text=telex, mended=True) if telex else _slipped(token, lexicon, before)), at + 1


@lru_cache(maxsize=4096)
def _telex(word: str, lexicon: Lexicon) -> str | None:
    return lexicon.telex(word)


def _keyed(tokens: Sequence[Token], at: int, lexicon: Lexicon) -> tuple[str, int]:
    """The longest run of glued letters and digits that is one word with VNI keys in it."""
    letters, digits, found, end = tokens[at].text, "", ("", at), at + 1
    while end < len(tokens) and tokens[end].follows(tokens[end - 1]) and len(letters) + len(digits) <= _LONGEST:
        token = tokens[end]
        if token.kind is Kind.WORD:
            letters += token.text
        elif token.kind is Kind.NUMBER and token.text.isdecimal():
            digits += token.text
        else:
            break
        end += 1
        word = lexicon.vni(letters, digits)
        if word and (token.kind is Kind.WORD or _dropped(tokens, end, word)):
            found = (word, end)
    return found


def _dropped(tokens: Sequence[Token], end: int, word: str) -> bool:
    """Whether digits at the end of a word are keys, and not a figure of their own."""
    after = tokens[end] if end < len(tokens) else None
    if word == "tu" and after and after.kind is Kind.WORD and (after.text not in UNITS or _goes_on(tokens, end)):
        return True  # "mươi tu7 triệu"
    if word in _SCALE_KEYS or word in _NUMBERS:
        return False
    if after and (after.follows(tokens[end - 1]) or (after.text in _MAKES_A_NUMBER and not _goes_on(tokens, end))):
        return False
    return word in _UNITS or (after is not None and (after.kind in (Kind.NUMBER, Kind.WORD) or after.text == ":"))


def _goes_on(tokens: Sequence[Token], at: int) -> bool:
    """Digits are glued to the word: the "d" of "d9ie62u" is no đồng."""
    return at + 1 < len(tokens) and tokens[at + 1].kind is Kind.NUMBER and tokens[at + 1].follows(tokens[at])


_UNITS = ("viec", "dong")
_NUMBERS = frozenset(fold(word) for word in WORDS)
_MAKES_A_NUMBER = _NUMBERS | {*SCALES, *BILLION, *UNITS, "%", "phan", "/", "-"}


def _counts(token: Token) -> bool:
    return token.kind is Kind.NUMBER or token.text in _SCALE_KEYS or token.text in _NUMBERS


def _slipped(token: Token, lexicon: Lexicon, before: Token | None) -> Token:
    """A scale or unit with one letter amiss, where only a scale or a unit can stand."""
    if before is None or not _counts(before) or len(token.text) > _LONGEST:
        return token
    if token.text in _AFTER_NUMBERS:
        return replace(token, text=_AFTER_NUMBERS[token.text], mended=True)
    if len(token.text) < 4 or token.text in lexicon.known or token.text in ORDINARY:
        return token
    near = [one for one in _COUNTED if one[0] == token.text[0] and OSA.distance(one, token.text, score_cutoff=1) <= 1]
    return replace(token, text=near[0], mended=True) if len(near) == 1 else token
