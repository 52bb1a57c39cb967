"""Percentages, ratios, and what they were taken of: "82,86 % trên số có điều kiện", "290 việc/350 việc"."""

from __future__ import annotations

from collections.abc import Sequence

from bot.domain.amount import amount_at
from bot.domain.chain import OF, percent_end, proof_end, same_kind, whole_at
from bot.domain.comparison import comparison_at, divisor_end
from bot.domain.part import Aside, Part, Ratio, Share
from bot.domain.phrasebook import Phrasebook
from bot.domain.reading import read_percent
from bot.domain.scale import BILLION, SCALES, UNITS, hedge_at, says_any, text_at
from bot.domain.token import Kind, Token
from bot.domain.vocabulary import is_filler


def share_at(tokens: Sequence[Token], at: int, names: Phrasebook) -> Part | None:
    """A percentage, hedged or not; a negative one is nothing that can be read."""
    number = hedge_at(tokens, at)
    minus = text_at(tokens, number) == "-"
    number += minus
    if number >= len(tokens) or tokens[number].kind is not Kind.NUMBER:
        return None
    end = percent_end(tokens, number + 1) or _rate_end(tokens, number)
    if not end or (minus and not tokens[number].follows(tokens[number - 1])):
        return None
    rate = read_percent(tokens[number].text)
    if rate is None or minus:
        return Part(at, end)
    if comparison_at(tokens, end, names) > end and not divisor_end(tokens, end, names):
        return Aside(at, end)
    return Share(at, proof_end(tokens, end), rate)


def _rate_end(tokens: Sequence[Token], at: int) -> int:
    """The token after the 78,4 of "tỷ lệ 78,4", which says no "%"; 0 when it is something else."""
    before = [token.text for token in tokens[max(0, at - 4) : at]]
    while before and before[-1] in (":", "la", "dat", "=", "duoc"):
        before.pop()
    rate = read_percent(tokens[at].text)
    after = text_at(tokens, at + 1)
    if before[-2:] not in (["ti", "le"], ["ty", "le"]) or rate is None or rate > 1:
        return 0
    return 0 if after in (*UNITS, *SCALES, *BILLION, "/") else at + 1


def ratio_at(tokens: Sequence[Token], at: int, names: Phrasebook) -> Part | None:
    """ "290 việc/350 việc có điều kiện", "290/350 việc", "290 việc trên tổng số 350 việc"."""
    possible = tokens[at].kind is Kind.NUMBER and says_any(tokens, at, OF)
    part = amount_at(tokens, at, greedy=False) if possible else None
    link = whole_at(tokens, part.end) if part else 0
    whole = amount_at(tokens, link, greedy=False) if link else None
    if not part or not whole or tokens[link].kind is not Kind.NUMBER or not same_kind(part, whole):
        return None
    end = whole.end
    while end < len(tokens) and is_filler(tokens[end]) and not names.at(tokens, end):
        end += 1
    found = names.at(tokens, end) if end < len(tokens) else None
    if found:
        return Ratio(at, found[1], part, whole, found[0])
    stroke = tokens[part.end].text == "/"
    return None if stroke and part.bare and whole.bare else Part(at, whole.end)


def whole_of_share(tokens: Sequence[Token], at: int, names: Phrasebook) -> int:
    """Where the number of "trên tổng số 350 việc có điều kiện" begins behind a percentage; `at` when it is none."""
    start = whole_at(tokens, at) if tokens[at].text == "tren" else 0
    numbered = 0 < start < len(tokens) and tokens[start].kind is Kind.NUMBER
    whole = amount_at(tokens, start, greedy=False) if numbered else None
    return start if whole and named_after(tokens, whole.end, names) else at


def last_name(tokens: Sequence[Token], at: int, end: int, names: Phrasebook) -> str:
    """The indicator whose name ends there."""
    found = (names.at(tokens, place) for place in range(at, end))
    return next((one[0] for one in found if one and one[1] == end), "")


def named_after(tokens: Sequence[Token], at: int, names: Phrasebook) -> bool:
    """Whether a figure runs straight into an indicator: "350 việc có điều kiện"."""
    while at < len(tokens) and is_filler(tokens[at]) and not names.at(tokens, at):
        at += 1
    return at < len(tokens) and names.at(tokens, at) is not None
