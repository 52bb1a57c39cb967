"""One numeral, in digits with separators or in words, and every number it may stand for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from bot.domain.spoken import decimals_at, is_word, spoken_at
from bot.domain.token import Kind, Token


@dataclass(frozen=True, slots=True)
class Numeral:
    """`values` has the most likely first and is empty when the grouping makes no sense.

    `digits`: what may fill the next order ("3 tỷ 1", "2 tỷ 084"), empty when this numeral cannot.
    `leads`: may be followed by such digits. `mixed`: two kinds of separator and three decimals, as in "1.035,043".
    `spaced`: written in groups with spaces between them."""

    values: tuple[Fraction, ...]
    digits: str = ""
    leads: bool = False
    mixed: bool = False
    spoken: bool = False
    spaced: bool = False


_MOST_DIGITS = 40
_GROUPS = {mark: re.compile(rf"[1-9][0-9]{{0,2}}(?:{re.escape(mark)}[0-9]{{3}})+") for mark in ".,_"}
_MALFORMED = Numeral(())
_HUGE = Numeral((Fraction(10**_MOST_DIGITS),))


@lru_cache(maxsize=256)
def numeral(text: str) -> Numeral:
    """Digits, with dots or commas between them.

    >>> numeral("13.200.000").values, numeral("13,2").values
    ((Fraction(13200000, 1),), (Fraction(66, 5),))
    >>> numeral("1.304").values
    (Fraction(1304, 1), Fraction(163, 125))
    >>> numeral("12.34.567").values
    ()
    """
    if len(text) > _MOST_DIGITS:
        return _HUGE
    if "_" in text:
        whole = text.replace("_", "")
        return Numeral((_ungrouped(whole),), leads=True, spaced=True) if _GROUPS["_"].fullmatch(text) else _MALFORMED
    marks = [char for char in text if char in ".,"]
    if not marks:
        return _plain(text)
    if len(marks) == 1:
        return _one_separator(text, marks[0])
    return _one_kind(text, marks[0]) if len(set(marks)) == 1 else _two_kinds(text, marks)


def _plain(text: str) -> Numeral:
    # "05 việc" and "067 nghìn" are usual; a longer number that starts with 0 is a telephone number or a slip.
    if len(text) > 3 and text[0] == "0":
        return _MALFORMED
    return Numeral((Fraction(int(text)),), text if len(text) <= 3 else "", leads=True)


def _one_separator(text: str, mark: str) -> Numeral:
    whole, decimals = text.split(mark)
    if _GROUPS[mark].fullmatch(text):
        both = (_ungrouped(text), _decimal(whole, decimals))
        return Numeral(both if mark == "." else both[::-1], leads=mark == ".")
    # Of three and more digits after one dot, a group mistyped is likelier than a decimal; "0.084" can only be one.
    if mark == "." and len(decimals) > 2 and whole != "0":
        return _MALFORMED
    return Numeral((_decimal(whole, decimals),))


def _one_kind(text: str, mark: str) -> Numeral:
    return Numeral((_ungrouped(text),), leads=mark == ".") if _GROUPS[mark].fullmatch(text) else _MALFORMED


def _two_kinds(text: str, marks: list[str]) -> Numeral:
    whole, _, decimals = text.rpartition(marks[-1])
    if not _GROUPS[marks[0]].fullmatch(whole):
        return _MALFORMED
    return Numeral((_decimal(whole, decimals),), mixed=len(decimals) == 3)


def _ungrouped(text: str) -> Fraction:
    return _decimal(text, "")


def _decimal(whole: str, decimals: str) -> Fraction:
    return Fraction(int(re.sub(r"[.,]", "", whole + decimals)), 10 ** len(decimals))


def numeral_at(tokens: Sequence[Token], at: int) -> tuple[Numeral, int] | None:
    """The numeral that begins at a token, and the token after it."""
    if at >= len(tokens):
        return None
    said, end = spoken_at(tokens, at) if _may_be_spoken(tokens, at) else ((), at)
    if said:
        return _with_decimals(tokens, _words(said), said[0], end)
    if tokens[at].kind is not Kind.NUMBER:
        return None
    spaced = _spaced_at(tokens, at)
    if spaced:
        return spaced
    return _with_decimals(tokens, numeral(tokens[at].text), tokens[at].text, at + 1)


def _may_be_spoken(tokens: Sequence[Token], at: int) -> bool:
    """Words, or one digit before "trăm" or "chục"."""
    if tokens[at].kind is not Kind.NUMBER:
        return tokens[at].kind is Kind.WORD
    return len(tokens[at].text) == 1 and (is_word(tokens, at + 1, "tram") or is_word(tokens, at + 1, "chuc"))


def _words(said: Sequence[str]) -> Numeral:
    values = tuple(Fraction(int(digits)) for digits in said)
    return Numeral(values, said[0] if len(said) == 1 else "", leads=True, spoken=True)


def _with_decimals(tokens: Sequence[Token], whole: Numeral, digits: str, end: int) -> tuple[Numeral, int]:
    """ "sáu phẩy năm", "3 phẩy 2"."""
    said_so = is_word(tokens, end, "phay") or is_word(tokens, end, "cham")
    if not said_so or not digits.isdecimal() or len(whole.values) != 1:
        return whole, end
    after = tokens[end + 1] if end + 1 < len(tokens) else None
    if after and after.kind is Kind.NUMBER and after.text.isdecimal() and len(after.text) < 10:
        return Numeral((_decimal(digits, after.text),), spoken=whole.spoken), end + 2
    said, stop = decimals_at(tokens, end + 1)
    return (Numeral((_decimal(digits, said),), spoken=whole.spoken), stop) if said else (whole, end)


_MOST_GROUPS = 6
_FIRST_GROUP = re.compile(r"[1-9][0-9]{0,2}")
_GROUP = re.compile(r"[0-9]{3}")


def _spaced_at(tokens: Sequence[Token], at: int) -> tuple[Numeral, int] | None:
    """Groups of three with spaces between them: "13 200 000 đồng".

    Only where no row of separate figures can be meant: a figure never starts with 0, and three groups before "đồng"
    are money."""
    end = at + 1
    if not _FIRST_GROUP.fullmatch(tokens[at].text):
        return None
    while end < len(tokens) and tokens[end].start == tokens[end - 1].end + 1 and _GROUP.fullmatch(tokens[end].text):
        end += 1
        if end - at > _MOST_GROUPS:
            return None
    groups = [token.text for token in tokens[at:end]]
    money = len(groups) > 2 and end < len(tokens) and tokens[end].text in ("dong", "d", "vnd")
    if not money and not any(group[0] == "0" for group in groups[1:]):
        return None
    return Numeral((Fraction(int("".join(groups))),), leads=True, spaced=True), end
