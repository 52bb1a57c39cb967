"""One numeral, in digits with separators or in words, and every number it may stand for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from bot.domain.token import Kind, Token


@dataclass(frozen=True, slots=True)
class Numeral:
    """`values` has the most likely first and is empty when the grouping makes no sense.

    `digits`: what may fill the next order ("3 tỷ 1", "2 tỷ 084"), empty when this numeral cannot.
    `leads`: may be followed by such digits. `mixed`: two kinds of separator and three decimals, as in "1.035,043"."""

    values: tuple[Fraction, ...]
    digits: str = ""
    leads: bool = False
    mixed: bool = False
    spoken: bool = False


_MOST_DIGITS = 40
_GROUPS = {mark: re.compile(rf"[1-9][0-9]{{0,2}}(?:{re.escape(mark)}[0-9]{{3}})+") for mark in ".,"}
_MALFORMED = Numeral(())
_HUGE = Numeral((Fraction(10**_MOST_DIGITS),))


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


_SPOKEN = {
    "khong": ("0", "không"),
    "mot": ("1", "một mốt"),
    "hai": ("2", "hai"),
    "ba": ("3", "ba"),
    "bon": ("4", "bốn"),
    "tu": ("4", "tư"),
    "nam": ("5", "năm"),
    "lam": ("5", "lăm"),
    "nham": ("5", "nhăm"),
    "sau": ("6", "sáu"),
    "bay": ("7", "bảy bẩy"),
    "tam": ("8", "tám"),
    "chin": ("9", "chín"),
}
_JOINTS = {
    "muoi": "mười mươi",
    "tram": "trăm",
    "linh": "linh",
    "le": "lẻ",
    "ruoi": "rưỡi rưởi",
}


def is_word(tokens: Sequence[Token], at: int, word: str) -> bool:
    """Whether that number word stands there, and with its accents if it was typed with any."""
    if at >= len(tokens) or tokens[at].text != word:
        return False
    return tokens[at].spelt in (word, *_JOINTS.get(word, "").split())


def numeral_at(tokens: Sequence[Token], at: int) -> tuple[Numeral, int] | None:
    """The numeral that begins at a token, and the token after it."""
    if at >= len(tokens):
        return None
    if tokens[at].kind is not Kind.NUMBER:
        return _spoken(tokens, at)
    if len(tokens[at].text) == 1 and is_word(tokens, at + 1, "tram"):
        return _spoken(tokens, at)
    return numeral(tokens[at].text), at + 1


def _spoken(tokens: Sequence[Token], at: int) -> tuple[Numeral, int] | None:
    """Words below a thousand: "bốn trăm linh bảy", "hai mươi mốt", "năm", and "5 trăm"."""
    hundreds, at = _hundreds(tokens, at)
    if hundreds and is_word(tokens, at, "ruoi"):
        return _words(hundreds + "50"), at + 1
    rest, end = _below_hundred(tokens, at)
    if not hundreds and not rest:
        return None
    # "hai trăm năm" may be 205 or 250: only the hundreds are read, so the rest is shown as not understood.
    if hundreds and len(rest) < 2:
        return _words(hundreds + "00"), at
    return _words(hundreds + rest), end


def _words(digits: str) -> Numeral:
    return Numeral((Fraction(int(digits)),), digits, leads=True, spoken=True)


def _hundreds(tokens: Sequence[Token], at: int) -> tuple[str, int]:
    digit = tokens[at].text if tokens[at].kind is Kind.NUMBER else _digit(tokens, at)
    return (digit, at + 2) if digit and is_word(tokens, at + 1, "tram") else ("", at)


def _below_hundred(tokens: Sequence[Token], at: int) -> tuple[str, int]:
    if is_word(tokens, at, "linh") or is_word(tokens, at, "le"):
        digit = _digit(tokens, at + 1)
        return ("0" + digit, at + 2) if digit else ("", at)
    if is_word(tokens, at, "muoi"):
        return _teens("1", tokens, at + 1)
    digit = _digit(tokens, at)
    if digit and is_word(tokens, at + 1, "muoi"):
        return _teens(digit, tokens, at + 2)
    return digit, at + bool(digit)


def _teens(ten: str, tokens: Sequence[Token], at: int) -> tuple[str, int]:
    unit = _digit(tokens, at)
    return ten + (unit or "0"), at + bool(unit)


def _digit(tokens: Sequence[Token], at: int) -> str:
    digit, spellings = _SPOKEN.get(tokens[at].text, ("", "")) if at < len(tokens) else ("", "")
    return digit if digit and tokens[at].spelt in (tokens[at].text, *spellings.split()) else ""
