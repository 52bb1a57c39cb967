"""A number with a slip in its midst: "hai nghìn bốn trăn", "ba tỷ hai chăm triệu" is not read by halves."""

from __future__ import annotations

from collections.abc import Sequence

from bot.domain.folding import fold
from bot.domain.part import Given, Part
from bot.domain.scale import BILLION, SCALES
from bot.domain.spoken import WORDS
from bot.domain.token import Kind, Token

_NUMBERS = frozenset(fold(word) for word in WORDS) | {*SCALES, *BILLION} - {"k"}


def halves_left(row: Sequence[Part], tokens: Sequence[Token]) -> list[Part]:
    """The row, with each figure that runs on into unread number words made one with them, and unread."""
    unread = {at for part in row if type(part) is Part for at in range(part.first, part.end)}
    taken = {at for part in row for at in range(part.first, part.end)} - unread
    found: list[Part] = []
    for part in row:
        run = _run(part, tokens, unread, taken) if isinstance(part, Given) and unread else part
        while run is not part and found and found[-1].end > run.first:
            found.pop()
        if not found or found[-1].end <= part.first:
            found.append(run)
    return found


def _run(part: Given, tokens: Sequence[Token], unread: set[int], taken: set[int]) -> Part:
    first = _reach(tokens, part.first, -1, unread, taken)
    end = part.end if part.amount.unit else _reach(tokens, part.end - 1, 1, unread, taken) + 1
    return part if (first, end) == (part.first, part.end) else Part(first, end)


def _reach(tokens: Sequence[Token], at: int, step: int, unread: set[int], taken: set[int]) -> int:
    """How far words go on from the edge of a figure, if a number word is among them and one that was not read."""
    farthest, puzzled, counted = at, False, False
    place = at + step
    while 0 <= place < len(tokens) and place not in taken and tokens[place].kind is Kind.WORD:
        counts = tokens[place].text in _NUMBERS
        if not counts and place not in unread:
            break
        puzzled, counted = puzzled or place in unread, counted or counts
        farthest = place if puzzled and counted else farthest
        place += step
    return farthest
