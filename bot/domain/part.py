"""A message as a row of parts: indicators, figures, percentages, and what nobody can read."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from bot.domain.amount import Amount, amount_at
from bot.domain.form import Form, Measure
from bot.domain.reading import read_percent
from bot.domain.scale import UNITS, hedge_at, text_at
from bot.domain.token import Kind, Token
from bot.domain.vocabulary import Phrasebook, indicators, is_filler, measures


@dataclass(frozen=True, slots=True)
class Part:
    """tokens[first:end]; as it stands, words that were not understood."""

    first: int
    end: int


@dataclass(frozen=True, slots=True)
class Mention(Part):
    indicator: str


@dataclass(frozen=True, slots=True)
class About(Part):
    """ "tiền", "số việc"; `heading` when it stands over several indicators ("Về việc: thụ lý …, xong …")."""

    measure: Measure
    heading: bool


@dataclass(frozen=True, slots=True)
class Given(Part):
    amount: Amount


@dataclass(frozen=True, slots=True)
class Share(Part):
    rate: Fraction


_LINKS = ("/", "-")
_ROMAN = ("i", "ii", "iii", "iv", "v", "vi")


def parts(tokens: Sequence[Token], form: Form, greedy: bool = True) -> list[Part]:
    """The parts of a message in order, fillers and punctuation left out. Of `greedy` see amount_at."""
    names = indicators(form)
    return list(_parts(tokens, names, greedy))


def _parts(tokens: Sequence[Token], names: Phrasebook, greedy: bool) -> Iterator[Part]:
    at = 0
    while at < len(tokens):
        end = _passed_over(tokens, at, names)
        if end == at:
            part = _part_at(tokens, at, names, greedy)
            yield part
            end = part.end
        at = end


def _part_at(tokens: Sequence[Token], at: int, names: Phrasebook, greedy: bool) -> Part:
    """The part that begins at a token; a slip of the finger is looked for last."""
    mention = names.at(tokens, at)
    if mention:
        return Mention(at, mention[1], mention[0])
    found = (
        _share_at(tokens, at) or _chain_at(tokens, at) or _given_at(tokens, at, greedy) or _about_at(tokens, at, names)
    )
    if found:
        return found
    mention = names.near(tokens, at) if tokens[at].kind is Kind.WORD else None
    return Mention(at, mention[1], mention[0]) if mention else Part(at, at + 1)


def _passed_over(tokens: Sequence[Token], at: int, names: Phrasebook) -> int:
    """The token after what says nothing of its own; `at` itself when something is said there."""
    token = tokens[at]
    if token.kind is Kind.BREAK or names.at(tokens, at):
        return at + (token.kind is Kind.BREAK)
    if _list_mark(tokens, at):
        return at + 2
    if _share_at(tokens, at) or _given_at(tokens, at, True) or _about_at(tokens, at, names):
        return at
    if token.kind is Kind.MARK:
        return at + (token.text != "%" and unicodedata.category(token.typed[0])[0] in "PS" and not _telling(token))
    return _divisor_end(tokens, at, names) or at + (is_filler(token) and not names.near(tokens, at))


def _telling(token: Token) -> bool:
    """Signs that may change a number: currencies, ±, <, ×; not the plain ones of lists and tables."""
    return unicodedata.category(token.typed[0]) in ("Sc", "Sm") and token.text not in "+=|~"


def _divisor_end(tokens: Sequence[Token], at: int, names: Phrasebook) -> int:
    """ "trên (tổng) số có điều kiện" after a percentage names what was divided by, and gives no figure."""
    if tokens[at].text != "tren":
        return 0
    at += 1
    while text_at(tokens, at) in ("tong", "so"):
        at += 1
    found = names.at(tokens, at)
    return found[1] if found else 0


def _list_mark(tokens: Sequence[Token], at: int) -> bool:
    """ "1." or "a)" that opens a line before a word."""
    if (at and tokens[at - 1].kind is not Kind.BREAK) or at + 2 >= len(tokens):
        return False
    token, mark, after = tokens[at : at + 3]
    short = len(token.text) == 1 or token.text in _ROMAN or (token.kind is Kind.NUMBER and len(token.text) == 2)
    if not short or mark.text not in (".", ")") or not mark.follows(token):
        return False
    return token.kind in (Kind.NUMBER, Kind.WORD) and after.kind is Kind.WORD and after.text not in UNITS


def _share_at(tokens: Sequence[Token], at: int) -> Part | None:
    """A percentage, hedged or not; a negative one is nothing that can be read."""
    number = hedge_at(tokens, at)
    minus = text_at(tokens, number) == "-"
    number += minus
    if number >= len(tokens) or tokens[number].kind is not Kind.NUMBER:
        return None
    end = _percent_end(tokens, number + 1)
    rate = read_percent(tokens[number].text) if end else None
    if minus and (end == 0 or not tokens[number].follows(tokens[number - 1])):
        return None
    return (Share(at, end, rate) if rate is not None and not minus else Part(at, end)) if end else None


def _percent_end(tokens: Sequence[Token], at: int) -> int:
    if text_at(tokens, at) == "%":
        return at + 1
    return at + 2 if (text_at(tokens, at), text_at(tokens, at + 1)) == ("phan", "tram") else 0


def _given_at(tokens: Sequence[Token], at: int, greedy: bool) -> Given | None:
    amount = amount_at(tokens, at, greedy)
    if amount is None or (amount.spoken and amount.bare):  # "năm", "ba", "không" alone are mostly other words
        return None
    return Given(at, amount.end, amount)


def _chain_at(tokens: Sequence[Token], at: int) -> Part | None:
    """Numbers joined by a stroke: "402/13,2 tỷ" is việc and tiền; a date, a rank, "20/22 việc", "5-7" are unread."""
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
    if right.measure is not Measure.MONEY or not left.values or not right.values:
        return False
    if not right.power:
        return right.values[0] >= 10**6
    return bool(left.values[0] * 10**right.power > right.values[0])


def _about_at(tokens: Sequence[Token], at: int, names: Phrasebook) -> About | None:
    found = measures.at(tokens, at)
    if not found:
        return None
    meaning, end = found
    after = end
    while after < len(tokens) and (tokens[after].kind is Kind.BREAK or tokens[after].text == ":"):
        after += 1
    heading = (after > end or tokens[at].text == "ve") and bool(names.at(tokens, after))
    return About(at, end, Measure(meaning), heading)
