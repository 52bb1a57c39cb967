"""Numbers that belong together: a percentage and its proof, a part and its whole, việc and tiền joined by a stroke."""

from __future__ import annotations

from collections.abc import Sequence

from bot.domain.amount import Amount, amount_at
from bot.domain.aside import aside_at
from bot.domain.form import Measure
from bot.domain.part import Given, Part
from bot.domain.scale import says_any, text_at
from bot.domain.token import Kind, Token

_LINKS = ("/", "-")
OF = frozenset(("/", "tren", "trong"))  # before the whole of a part
_TO = ("den", "toi", "hoac", "hay")


def percent_end(tokens: Sequence[Token], at: int) -> int:
    """The token after "%" or "phần trăm"; 0 when neither stands there."""
    if text_at(tokens, at) == "%":
        return at + 1
    return at + 2 if (text_at(tokens, at), text_at(tokens, at + 1)) == ("phan", "tram") else 0


def proof_end(tokens: Sequence[Token], at: int) -> int:
    """The token after "(2.407/2.820)" behind a percentage, as the bot's own card writes it."""
    shape = [text_at(tokens, at), text_at(tokens, at + 2), text_at(tokens, at + 4)]
    numbers = [place < len(tokens) and tokens[place].kind is Kind.NUMBER for place in (at + 1, at + 3)]
    return at + 5 if shape == ["(", "/", ")"] and all(numbers) else at


def whole_at(tokens: Sequence[Token], at: int) -> int:
    """Where the whole of a part begins: after "/", "trên", "trên tổng số", "trong số"; 0 when there is none."""
    if text_at(tokens, at) == "/":
        return at + 1
    numbered = at + 1 < len(tokens) and tokens[at + 1].kind is Kind.NUMBER
    within = text_at(tokens, at) == "trong" and (text_at(tokens, at + 1) in ("tong", "so") or numbered)
    if text_at(tokens, at) != "tren" and not within:
        return 0
    at += 1
    while text_at(tokens, at) in ("tong", "so"):
        at += 1
    return at


def range_at(tokens: Sequence[Token], at: int) -> Part | None:
    """ "từ 3 đến 4 tỷ", "290 hoặc 291": no figure, and nothing that can be read."""
    start = at + (text_at(tokens, at) == "tu" and tokens[at].spelt in ("tu", "từ"))
    if start >= len(tokens) or tokens[start].kind is not Kind.NUMBER or not says_any(tokens, start, _TO):
        return None
    left = amount_at(tokens, start, greedy=False)
    link = left.end if left else len(tokens)
    if text_at(tokens, link) not in _TO or aside_at(tokens, link + 1 if link + 1 < len(tokens) else link) > link + 1:
        return None
    right = amount_at(tokens, link + 1)
    return Part(at, right.end) if left and right and same_kind(left, right) else None


def same_kind(part: Amount, whole: Amount) -> bool:
    """Of the same measure as far as is said; "402/13,2 tỷ" is việc and tiền instead."""
    if _cases_and_money(part, whole) or part.negative or whole.negative:
        return False
    if part.measure is None and whole.measure is None:
        return True
    return (part.measure or whole.measure) is (whole.measure or part.measure)


def chain_at(tokens: Sequence[Token], at: int) -> Part | None:
    """Numbers joined by a stroke: "402/13,2 tỷ" is việc and tiền; "20/22", "5-7" are unread."""
    links = 0
    end = at + 1
    while tokens[at].kind is Kind.NUMBER and _linked(tokens, end):
        end, links = end + 2, links + 1
    if not links:
        return None
    left, right = amount_at(tokens, at), amount_at(tokens, end - 1)
    if links == 1 and left and right and _cases_and_money(left, right):
        return Given(at, left.end, left)
    return Part(at, right.end if right else end)


def _linked(tokens: Sequence[Token], at: int) -> bool:
    if text_at(tokens, at) not in _LINKS or at + 1 >= len(tokens) or tokens[at + 1].kind is not Kind.NUMBER:
        return False
    even = tokens[at].follows(tokens[at - 1]) == tokens[at + 1].follows(tokens[at])
    return tokens[at].text == "/" or even


def _cases_and_money(left: Amount, right: Amount) -> bool:
    """402/13,2 tỷ and 402/13.200.000.000, but not 3/4 tỷ."""
    if left.measure is Measure.MONEY or right.measure is not Measure.MONEY or not left.values or not right.values:
        return False
    if not right.power:
        return right.values[0] >= 10**6
    if right.values[0] % 10**right.power:  # "98 / 601tr724" is no fraction
        return True
    return bool(left.unit or left.values[0] * 10**right.power > right.values[0])
