"""Numbers of a list, which are no figures: "1.", "a)", "(2)"."""

from __future__ import annotations

from collections.abc import Sequence

from bot.domain.scale import UNITS, text_at
from bot.domain.token import Kind, Token

_ROMAN = ("i", "ii", "iii", "iv", "v", "vi")


def list_mark(tokens: Sequence[Token], at: int, brackets: int) -> bool:
    """ "1." or "a)" that opens a line before a word; within one "b)", where no bracket is open, and "1." after ":"."""
    if at + 2 >= len(tokens):
        return False
    token, mark, after = tokens[at : at + 3]
    before = tokens[at - 1].text if at else ""
    within = (mark.text == ")" and not brackets) or (mark.text == "." and before in (":", ";") and token.text != "k")
    if at and tokens[at - 1].kind is not Kind.BREAK and not within:
        return False
    short = len(token.text) == 1 or token.text in _ROMAN or (token.kind is Kind.NUMBER and len(token.text) == 2)
    if not short or mark.text not in (".", ")") or not mark.follows(token):
        return False
    return token.kind in (Kind.NUMBER, Kind.WORD) and after.kind is Kind.WORD and not _glued_unit(tokens, at + 2)


def list_number(tokens: Sequence[Token], at: int) -> bool:
    """ "(1)" before a word."""
    signs = (text_at(tokens, at), text_at(tokens, at + 2))
    if signs != ("(", ")") or at + 3 >= len(tokens) or tokens[at + 3].kind is not Kind.WORD:
        return False
    return len(tokens[at + 1].text) == 1 or tokens[at + 1].text in _ROMAN


def _glued_unit(tokens: Sequence[Token], at: int) -> bool:
    """A unit glued to its number ("1.việc"), not a heading ("1. Việc thụ lý")."""
    return tokens[at].text in UNITS and tokens[at].follows(tokens[at - 1])
