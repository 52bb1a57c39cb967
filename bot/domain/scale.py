"""The words around a number: scales (nghìn, triệu, tỷ), units (việc, đồng) and hedges (gần, hơn)."""

from __future__ import annotations

from collections.abc import Sequence

from bot.domain.form import Measure
from bot.domain.token import Token

SCALES = {"k": 3, "nghin": 3, "ngan": 3, "trieu": 6, "tr": 6}
BILLION = ("ti", "ty")
UNITS = ("dong", "d", "vnd", "viec", "vu", "v")
HEDGES = ("hon", "tren", "gan", "khoang", "chung", "uoc", "duoi", "~", "≈")


def text_at(tokens: Sequence[Token], at: int) -> str:
    """The folded text there, empty beyond the end."""
    return tokens[at].text if at < len(tokens) else ""


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
    return text_at(tokens, at) == "le" and tokens[at].spelt != "lẻ"


def unit_at(tokens: Sequence[Token], at: int, power: int) -> tuple[Measure | None, int]:
    """The unit there and the token after it; `power` is the scale before it, for nobody counts cases in tỷ."""
    word, after = text_at(tokens, at), text_at(tokens, at + 1)
    if (word in ("d", "v") and after == "/") or (word == "dong" and after == "chi"):  # đ/k, v/v, đồng chí
        return None, at
    if word in ("dong", "d", "vnd"):
        return Measure.MONEY, at + 1
    if word in ("viec", "vu", "v") and power < 9:
        return Measure.CASES, at + 2 if (word, after) == ("vu", "viec") else at + 1
    return None, at


def hedge_at(tokens: Sequence[Token], at: int) -> int:
    """The token after a word such as "gần", "xấp xỉ"; `at` itself when there is none."""
    if text_at(tokens, at) in HEDGES:
        return at + 1
    return at + 2 if (text_at(tokens, at), text_at(tokens, at + 1)) == ("xap", "xi") else at
