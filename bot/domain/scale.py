"""The words around a number: scales (nghìn, triệu, tỷ), units (việc, đồng) and hedges (gần, hơn)."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from bot.domain.form import Measure
from bot.domain.token import Kind, Token

SCALES = {"k": 3, "nghin": 3, "ngan": 3, "trieu": 6, "tr": 6}
BILLION = ("ti", "ty")
UNITS = ("dong", "d", "vnd", "viec", "vu", "v")
HEDGES = {
    "hon": "hơn",
    "tren": "trên",
    "gan": "gần",
    "khoang": "khoảng",
    "chung": "chừng",
    "uoc": "ước",
    "duoi": "dưới",
    "ngot": "ngót",
    "tam": "tầm",
    "co": "cỡ",
    "xap": "xấp",
}
_SIGNS = "~≈<>≤≥±"
#: What may stand between a hedge and its number: "ước đạt khoảng 3 tỷ".
_BRIDGES = frozenset(["xi", "dat", "duoc", "la", "bang", "vao", "tinh", "so", "den", "toi", "chung", "khoang", "voi"])
_MOST_HEDGES = 5
_GUESSES = (("dau", "do"), ("hinh", "nhu"), ("co", "le"), ("dau", "nhu"), ("nghe", "dau"), ("chung", "do"))
#: Hedges that need their accents, or a number in digits after them: "tam" is mostly tám, "co" mostly có.
_DOUBTFUL = ("tam", "co")
_LONGEST = 60  # tokens; no amount in words has half as many, and looking further would cost the square of the length
_NOT_CASES = 9  # nobody counts cases in tỷ


def text_at(tokens: Sequence[Token], at: int) -> str:
    """The folded text there, empty beyond the end."""
    return tokens[at].text if at < len(tokens) else ""


def says_any(tokens: Sequence[Token], at: int, words: Collection[str]) -> bool:
    """Whether one of these folded words stands there or within an amount's length."""
    return any(token.text in words for token in tokens[at : at + _LONGEST])


def scale_at(tokens: Sequence[Token], at: int) -> tuple[int, bool, int]:
    """The power of ten below a billion, whether "tỷ" follows, and the token after both."""
    power = 0 if _no(tokens, at) else SCALES.get(text_at(tokens, at), 0)
    at += bool(power)
    billions = text_at(tokens, at) in BILLION and not _rate_word(tokens, at + 1)
    return power, billions, at + billions


def _no(tokens: Sequence[Token], at: int) -> bool:
    """The "k" that stands for "không": "350k" is nghìn, "350 k" is not."""
    return text_at(tokens, at) == "k" and (at == 0 or not tokens[at].follows(tokens[at - 1]))


def _rate_word(tokens: Sequence[Token], at: int) -> bool:
    """The "lệ" of "tỷ lệ", which is not the "lẻ" of "3 tỷ lẻ 5 triệu"."""
    if text_at(tokens, at) != "le" or tokens[at].spelt == "lẻ":
        return False
    return not tokens[at].bare or text_at(tokens, at + 2) not in SCALES


def unit_at(tokens: Sequence[Token], at: int, power: int) -> tuple[Measure | None, int]:
    """The unit there and the token after it; `power` is the scale before it. A dot glued between both is a slip."""
    unit, end = _unit_at(tokens, at + _stray_dot(tokens, at), power)
    return (unit, end) if unit else (None, at)


def _stray_dot(tokens: Sequence[Token], at: int) -> bool:
    """The dot of "402.việc", but not the one of "402.Việc xong …", which ends a sentence."""
    if at < 1 or at + 1 >= len(tokens) or tokens[at].text != "." or tokens[at - 1].kind is not Kind.NUMBER:
        return False
    unit = tokens[at + 1]
    return tokens[at].follows(tokens[at - 1]) and unit.follows(tokens[at]) and not unit.typed.istitle()


def _unit_at(tokens: Sequence[Token], at: int, power: int) -> tuple[Measure | None, int]:
    word, after = text_at(tokens, at), text_at(tokens, at + 1)
    stroke = after == "/" and not (at + 2 < len(tokens) and tokens[at + 2].kind is Kind.NUMBER)
    if (word in ("d", "v") and stroke) or (word == "dong" and after == "chi"):  # đ/k, v/v, đồng chí
        return None, at
    if word in ("dong", "d", "vnd"):
        return Measure.MONEY, at + 1
    if word in ("viec", "vu", "v") and power < _NOT_CASES:
        return Measure.CASES, at + 2 if (word, after) == ("vu", "viec") else at + 1
    return None, at


def hedge_at(tokens: Sequence[Token], at: int) -> int:
    """The token after words such as "gần", "ước đạt khoảng"; `at` itself when there are none."""
    end = at + 3 if _more_or_less(tokens, at) else _guess(tokens, at)
    while (
        end < len(tokens) and end - at < _MOST_HEDGES and (_hedge(tokens, end) or (end > at and _bridge(tokens, end)))
    ):
        end += 1
    return end


def _more_or_less(tokens: Sequence[Token], at: int) -> bool:
    """ "+/-"."""
    return [token.text for token in tokens[at : at + 3]] == ["+", "/", "-"]


def _guess(tokens: Sequence[Token], at: int) -> int:
    """The token after "đâu đó", "hình như", "có lẽ" and their like; `at` itself when none stands there."""
    return at + 2 if (text_at(tokens, at), text_at(tokens, at + 1)) in _GUESSES else at


def _bridge(tokens: Sequence[Token], at: int) -> bool:
    return tokens[at].text in _BRIDGES


def _hedge(tokens: Sequence[Token], at: int) -> bool:
    token = tokens[at]
    if token.text in HEDGES:
        doubtful = token.text in _DOUBTFUL and token.bare
        return (token.bare or token.spelt == HEDGES[token.text]) and not (doubtful and not _before_digits(tokens, at))
    return token.kind is Kind.MARK and token.text in _SIGNS


def _before_digits(tokens: Sequence[Token], at: int) -> bool:
    return tokens[at].text == "tam" and at + 1 < len(tokens) and tokens[at + 1].kind is Kind.NUMBER


def hedge_after(tokens: Sequence[Token], at: int) -> int:
    """The token after what makes the number before it a rough one: "3 tỷ hơn", "402 việc trở lên", "3 tỷ mấy"."""
    word, after = text_at(tokens, at), text_at(tokens, at + 1)
    if word == "tro" and after in ("len", "xuong", "lai"):
        return at + 2
    if word == "co" and after == "le":
        return at + 2
    if word in ("+", "?"):
        return at + 1 if word == "?" or not (at + 1 < len(tokens) and tokens[at + 1].kind is Kind.NUMBER) else at
    alone = word == "hon" or (word == "may" and tokens[at].spelt in ("may", "mấy")) or _odd(tokens, at)
    return at + 1 if alone and not _starts_a_number(tokens, at + 1) else at


def _odd(tokens: Sequence[Token], at: int) -> bool:
    return text_at(tokens, at) == "le" and tokens[at].spelt == "lẻ"


def _starts_a_number(tokens: Sequence[Token], at: int) -> bool:
    return at < len(tokens) and (tokens[at].kind is Kind.NUMBER or tokens[at].text in HEDGES)
