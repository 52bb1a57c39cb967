"""What a typed amount says: one number for certain, several, or none and why."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction

from bot.domain.amount import Amount, amount_at
from bot.domain.debris import Lexicon, mended
from bot.domain.folding import fold
from bot.domain.form import Measure
from bot.domain.scale import HEDGES
from bot.domain.spoken import WORDS
from bot.domain.token import tokens_of

_AROUND = "nghìn ngàn triệu tỷ tỉ đồng đ vnđ việc vụ xỉ đạt được là bằng vào tính đến tới mấy trở lên xuống"
#: The words an amount is written in, with their accents.
AMOUNT_WORDS = (*WORDS, *_AROUND.split(), *HEDGES.values())
NUMBER_WORDS = Lexicon(AMOUNT_WORDS)

#: Figures are kept as 64-bit integers.
MAX = 2**63 - 1


class Reason(StrEnum):
    EMPTY = "empty"
    NOT_A_NUMBER = "not_a_number"
    NEGATIVE = "negative"
    FRACTION = "fraction"  # of a case, of a đồng
    TOO_LARGE = "too_large"
    MALFORMED_GROUPING = "malformed_grouping"
    WRONG_UNIT = "wrong_unit"  # đồng where việc is asked, or the other way round


@dataclass(frozen=True, slots=True)
class Exact:
    value: int
    text: str


@dataclass(frozen=True, slots=True)
class Approximate:
    """A number behind a hedge: "gần 3 tỷ"; `value` is the likeliest one, never to be filed."""

    value: int
    text: str


@dataclass(frozen=True, slots=True)
class Ambiguous:
    """At least two numbers, the most likely first."""

    readings: tuple[int, ...]
    text: str


@dataclass(frozen=True, slots=True)
class Unreadable:
    """`place`: text[place[0]:place[1]] is what cannot be read."""

    reason: Reason
    text: str
    place: tuple[int, int] = field(default=(0, 0), compare=False)


Reading = Exact | Approximate | Ambiguous | Unreadable


def read_amount(text: str, measure: Measure) -> Reading:
    """The one amount that `text` holds, in việc or đồng; never raises.

    >>> read_amount("9 tỷ 84 triệu", Measure.MONEY)
    Exact(value=9084000000, text='9 tỷ 84 triệu')
    >>> read_amount("1.304 tỷ", Measure.MONEY).readings
    (1304000000000, 1304000000)
    >>> read_amount("2.407,5 việc", Measure.CASES).reason.value
    'fraction'
    """
    text = text.strip()
    tokens = mended(tokens_of(text), NUMBER_WORDS)
    if not tokens:
        return Unreadable(Reason.EMPTY, text)
    amount = amount_at(tokens, 0)
    unread = [token for token in tokens[amount.end if amount else 0 :] if token.text not in ".,;!"]
    if amount is None or unread:
        return Unreadable(Reason.NOT_A_NUMBER, text, (unread[0].start if unread else 0, tokens[-1].end))
    return reading_of(amount, measure, text)


def reading_of(amount: Amount, measure: Measure, text: str) -> Reading:
    """The amount as a figure of that measure."""
    if (amount.measure if amount.power >= 6 else amount.unit) not in (None, measure):
        return Unreadable(Reason.WRONG_UNIT, text, (0, len(text)))
    if amount.negative and any(amount.values):
        return Unreadable(Reason.NEGATIVE, text, (0, len(text)))
    values = tuple(_without_unit(amount.values)) if amount.bare and measure is Measure.MONEY else amount.values
    whole = tuple(dict.fromkeys(int(value) for value in values if value.denominator == 1))
    fitting = tuple(value for value in whole if value <= MAX)
    if not fitting:
        return Unreadable(_fault(values, whole), text, (0, len(text)))
    if amount.hedged:
        return Approximate(fitting[0], text)
    return Exact(fitting[0], text) if len(fitting) == 1 else Ambiguous(fitting, text)


def added(first: Reading, second: Reading, text: str) -> Reading:
    """ "62 tỷ, 363 triệu": both together most likely, or the first alone."""
    more = second.value if isinstance(second, Exact) else 0
    numbers = first.readings if isinstance(first, Ambiguous) else (first.value,) if isinstance(first, Exact) else ()
    if not more or not numbers:
        return Unreadable(Reason.NOT_A_NUMBER, text, (0, len(text)))
    return Ambiguous((numbers[0] + more, *numbers), text)


def _fault(values: tuple[Fraction, ...], whole: tuple[int, ...]) -> Reason:
    if not values:
        return Reason.MALFORMED_GROUPING
    return Reason.TOO_LARGE if whole else Reason.FRACTION


def _without_unit(values: tuple[Fraction, ...]) -> Iterator[Fraction]:
    """What money without a unit may mean: đồng when long, else triệu, tỷ or nghìn before đồng."""
    for value in values:
        if value.denominator != 1:
            yield from (value * 10**9, value * 10**6)
        elif value == 0 or value >= 10**6:
            yield value
        else:
            yield from (value * 10**6, value * 10 ** (9 if value < 1000 else 3), value)


_PERCENT = re.compile(r"([0-9]{1,9})(?:[.,]([0-9]{1,9}))? ?(?:%|phan tram)?[.,]?")


def read_percent(text: str) -> Fraction | None:
    """A percentage as a rate (1 is 100 %), its separator always decimal, the sign optional; None when it is none.

    >>> read_percent("83.885 %"), read_percent("86 phần trăm")
    (Fraction(16777, 20000), Fraction(43, 50))
    """
    found = _PERCENT.fullmatch(fold(text).strip())
    if not found:
        return None
    whole, decimals = found[1], found[2] or ""
    return Fraction(int(whole + decimals), 100 * 10 ** len(decimals))
