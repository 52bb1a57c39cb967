"""A figure said twice, in digits and in words: "155 (một trăm năm mươi lăm) việc"."""

from __future__ import annotations

from collections.abc import Sequence

from bot.domain.amount import Amount, amount_at
from bot.domain.folding import fold
from bot.domain.scale import text_at
from bot.domain.spoken import WORDS
from bot.domain.token import Kind, Token

_NUMBERS = frozenset(fold(word) for word in WORDS)


def said_once(tokens: Sequence[Token]) -> tuple[Token, ...]:
    """The tokens without brackets that say the figure before them again; one that says another stays, to be asked."""
    if not any(token.text == "(" for token in tokens):
        return tuple(tokens)
    found: list[Token] = []
    at = 0
    while at < len(tokens):
        amount = amount_at(tokens, at) if _begins(tokens[at]) else None
        end = _again(tokens, amount) if amount else 0
        if amount and end:
            found += tokens[at : amount.end]
        else:
            found.append(tokens[at])
        at = end or at + 1
    return tuple(found)


def _begins(token: Token) -> bool:
    return token.kind is Kind.NUMBER or token.text in _NUMBERS


def _again(tokens: Sequence[Token], amount: Amount) -> int:
    """The token after the bracket behind an amount; 0 when there is none, or it says something else."""
    if text_at(tokens, amount.end) != "(":
        return 0
    start = amount.end + 1
    if (text_at(tokens, start), text_at(tokens, start + 1)) == ("bang", "chu"):
        start += 2 + (text_at(tokens, start + 2) == ":")
    other = amount_at(tokens, start) if start < len(tokens) and _begins(tokens[start]) else None
    if other is None or text_at(tokens, other.end) != ")" or other.spoken is amount.spoken:
        return 0
    return other.end + 1 if set(amount.values) & set(other.values) else 0
