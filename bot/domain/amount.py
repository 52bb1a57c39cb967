"""One amount found among tokens: hedge, number, unit, before it is known what it measures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from bot.domain.compound import compound_at
from bot.domain.form import Measure
from bot.domain.scale import hedge_after, hedge_at, unit_at
from bot.domain.token import Kind, Token

#: More cases than the whole country has in a year, many times over: such a number is money.
_NEVER_CASES = 10**8


@dataclass(frozen=True, slots=True)
class Amount:
    """tokens[first:end]; `values` has the most likely first and is empty when the number is malformed.

    `power` is the largest scale that was written (0, 3, 6, 9 …); `unit` what the written unit says.
    `spaced`: written with spaces between groups of three digits."""

    values: tuple[Fraction, ...]
    first: int
    end: int
    power: int = 0
    unit: Measure | None = None
    hedged: bool = False
    negative: bool = False
    spoken: bool = False
    spaced: bool = False

    @property
    def bare(self) -> bool:
        return self.unit is None and self.power == 0

    @property
    def measure(self) -> Measure | None:
        """What the amount says of itself: its unit, else money for millions, billions and very long numbers."""
        long = bool(self.values) and all(value >= _NEVER_CASES for value in self.values)
        return Measure.MONEY if self.unit is None and (self.power >= 6 or long) else self.unit


def amount_at(tokens: Sequence[Token], first: int, greedy: bool = True) -> Amount | None:
    """The amount that begins at a token.

    Not `greedy`: digits after a scale ("13 tỷ 350") belong to it only where no other word or number follows."""
    start = hedge_at(tokens, first)
    negative = _minus(tokens, start)
    number = compound_at(tokens, start + negative, greedy)
    if number is None:
        return None
    unit, end = unit_at(tokens, number.end, number.power)
    rough = hedge_after(tokens, end)
    hedged = start > first or rough > end
    values = number.values(unit)
    return Amount(values, first, rough, number.power, unit, hedged, negative, number.spoken, number.spaced)


def _minus(tokens: Sequence[Token], at: int) -> bool:
    """A minus stands right before its number and not right after another one (402-13 is no negative number)."""
    if at + 1 >= len(tokens) or tokens[at].text != "-" or tokens[at + 1].kind is not Kind.NUMBER:
        return False
    after_number = at > 0 and tokens[at - 1].kind is Kind.NUMBER and tokens[at].follows(tokens[at - 1])
    return tokens[at + 1].follows(tokens[at]) and not after_number
