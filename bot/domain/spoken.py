"""Numbers below a thousand in words: "bốn trăm linh bảy", "hai lăm", "trăm rưỡi"."""

from __future__ import annotations

from collections.abc import Sequence

from bot.domain.token import Kind, Token

_DIGITS = {
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
    "chuc": "chục",
    "linh": "linh",
    "le": "lẻ",
    "ruoi": "rưỡi rưởi",
    "phay": "phẩy phảy",
    "cham": "chấm",
    "nua": "nửa",
}
#: The forms that a digit takes after tens alone, with which the word "mươi" may be left out: "hai lăm", "năm mốt".
_AFTER_TENS = {"lam": "lăm", "nham": "nhăm", "mot": "mốt", "tu": "tư"}
#: In words, as letters: what a lexicon of number words holds.
WORDS = tuple(word for _, spelt in _DIGITS.values() for word in spelt.split()) + tuple(
    word for spelt in _JOINTS.values() for word in spelt.split()
)


def is_word(tokens: Sequence[Token], at: int, word: str) -> bool:
    """Whether that number word stands there, and with its accents if it was typed with any."""
    if at >= len(tokens) or tokens[at].text != word:
        return False
    return tokens[at].bare or tokens[at].spelt in _JOINTS.get(word, word).split()


def spoken_at(tokens: Sequence[Token], at: int) -> tuple[tuple[str, ...], int]:
    """The digits that words (or "5 trăm") say, and the token after them; two readings of "hai trăm năm"."""
    hundreds, at = _hundreds(tokens, at)
    if hundreds and is_word(tokens, at, "ruoi"):
        return (hundreds + "50",), at + 1
    rest, end = _below_hundred(tokens, at)
    if not hundreds:
        return ((rest,), end) if rest else ((), at)
    if len(rest) == 1:
        return _short(hundreds, rest, tokens, at)
    return (hundreds + (rest or "00"),), end if rest else at


def _short(hundreds: str, rest: str, tokens: Sequence[Token], at: int) -> tuple[tuple[str, ...], int]:
    """ "hai trăm ba" is 230 to most and 203 to some; of "hai trăm năm" the last word may be a year's."""
    if _names_a_year(tokens, at):
        return (hundreds + "00",), at
    unit = _digit(tokens, at + 1) if rest != "0" and not _names_a_year(tokens, at + 1) else ""
    if unit and int(unit) != int(rest) + 1 and not _joins(tokens, at + 2):  # "bảy tám" may be seven or eight
        return (hundreds + rest + unit,), at + 2
    return (hundreds + rest + "0", hundreds + "0" + rest), at + 1


def _names_a_year(tokens: Sequence[Token], at: int) -> bool:
    """ "năm 2021", "năm nay"."""
    after = tokens[at + 1] if at + 1 < len(tokens) else None
    return after is not None and tokens[at].text == "nam" and (after.kind is Kind.NUMBER or after.text in _OF_A_YEAR)


def _joins(tokens: Sequence[Token], at: int) -> bool:
    """Whether a word follows that makes another number of the digit before it."""
    return any(is_word(tokens, at, joint) for joint in ("muoi", "tram", "chuc"))


_OF_A_YEAR = ("nay", "truoc", "ngoai", "sau", "qua", "cu")


def decimals_at(tokens: Sequence[Token], at: int) -> tuple[str, int]:
    """The digits said after "phẩy": "hai lăm", "không tám tư"."""
    tens, end = _below_hundred(tokens, at)
    if len(tens) == 2:
        return tens, end
    said = ""
    while at < len(tokens) and len(said) < 9 and (digit := _digit(tokens, at)):
        said, at = said + digit, at + 1
    return said, at


def _hundreds(tokens: Sequence[Token], at: int) -> tuple[str, int]:
    if is_word(tokens, at, "tram") and is_word(tokens, at + 1, "ruoi"):
        return "1", at + 1
    return (digit, at + 2) if (digit := _leading(tokens, at)) and is_word(tokens, at + 1, "tram") else ("", at)


def _leading(tokens: Sequence[Token], at: int) -> str:
    if at < len(tokens) and tokens[at].kind is Kind.NUMBER:
        return tokens[at].text if len(tokens[at].text) == 1 else ""
    return _digit(tokens, at)


def _below_hundred(tokens: Sequence[Token], at: int) -> tuple[str, int]:
    if is_word(tokens, at, "linh") or is_word(tokens, at, "le"):
        digit = _leading(tokens, at + 1)
        return ("0" + digit, at + 2) if digit else ("", at)
    if is_word(tokens, at, "muoi"):
        return _teens("1", tokens, at + 1)
    digit = _leading(tokens, at)
    if digit and is_word(tokens, at + 1, "chuc"):
        return digit + "0", at + 2
    digit = _digit(tokens, at)
    if digit and is_word(tokens, at + 1, "muoi"):
        return _teens(digit, tokens, at + 2)
    if digit not in ("", "0") and _after_tens(tokens, at + 1):
        return _teens(digit, tokens, at + 1)
    return digit, at + bool(digit)


def _after_tens(tokens: Sequence[Token], at: int) -> bool:
    if at >= len(tokens) or tokens[at].text not in _AFTER_TENS:
        return False
    return tokens[at].bare or tokens[at].spelt == _AFTER_TENS[tokens[at].text]


def _teens(ten: str, tokens: Sequence[Token], at: int) -> tuple[str, int]:
    unit = _digit(tokens, at)
    return ten + (unit or "0"), at + bool(unit)


def is_digit(token: Token) -> bool:
    """Whether the word is a digit, and with its accents if it was typed with any."""
    return bool(_digit([token], 0))


def _digit(tokens: Sequence[Token], at: int) -> str:
    digit, spellings = _DIGITS.get(tokens[at].text, ("", "")) if at < len(tokens) else ("", "")
    return digit if digit and (tokens[at].bare or tokens[at].spelt in spellings.split()) else ""
