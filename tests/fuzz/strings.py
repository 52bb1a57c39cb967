"""Random strings made of what people type: digits, scales, words, debris, signs, any letter at all."""

from __future__ import annotations

import random
import unicodedata

_PIECES = """
0 1 5 12 15 067 084 402 999 2008 1.304 2.407 13,2 62.36 12.34.567 93.084.022.000 1e9 ５
tỷ ty tye3 tyr tỉ triệu tr trieu65 nghìn ngàn k rưỡi trăm chục mươi mười linh lẻ nửa phẩy
không một mốt hai ba bốn tư năm lăm nhăm sáu bảy tám chín nam tam mot
việc v vụ viec65 đồng đ vnđ dong % phần_trăm - − + / . , ; : ( ) | ~ ≈ → **
hơn gần trên khoảng xấp_xỉ dưới thụ_lý đk có_điều_kiện xong về_việc về_tiền số_tiền
so_với cùng_kỳ tăng giảm chứ_không_phải thành từ ngày tháng năm_2021 xếp_thứ là và được blabla chưa
"""
PIECES = _PIECES.split()
WEIGHTS = [3 if place < 58 else 1 for place in range(len(PIECES))]  # numbers and scales first
GAPS = (" ", " ", " ", " ", "", "", "\n", "\t", "\u00a0", "\u202f", "  ")
_LETTERS = "aăâbcdđeêghiklmnoôơpqrstuưvxy0123456789.,%/- \u0301\u0300\u0323\u200b\u2028"
#: What makes a reader that looks back or ahead slow, when it is said over and over.
LONG = (
    "9",
    "1 tỷ ",
    "năm ",
    "hơn ",
    "100 000 ",
    "1/",
    "so với ",
    "từ 1 ",
    "viec65",
    "402 việc thụ lý, ",
    "- ",
    "a1",
    "(",
)


def string(rng: random.Random) -> str:
    """Up to a dozen pieces, or letters without sense; now and then decomposed or in capitals."""
    if rng.random() < 0.1:
        return "".join(rng.choice(_LETTERS) for _ in range(rng.randrange(40)))
    many = rng.randrange(1, rng.choice((4, 6, 12)))
    text = "".join(piece.replace("_", " ") + rng.choice(GAPS) for piece in rng.choices(PIECES, WEIGHTS, k=many))
    fate = rng.random()
    if fate < 0.1:
        return unicodedata.normalize("NFD", text)
    return text.upper() if fate < 0.2 else text
