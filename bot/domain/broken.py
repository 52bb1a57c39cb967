"""A number with a slip in its midst: "hai nghìn bốn trăn", "ba tỷ hai chăm triệu" is not read by halves."""

from __future__ import annotations

from collections.abc import Sequence

from bot.domain.folding import fold
from bot.domain.part import Given, Part
from bot.domain.scale import BILLION, SCALES
from bot.domain.spoken import WORDS, is_digit
from bot.domain.token import Kind, Token, tokens_of

#: Fillers that are digits too: "hai mặt", "trong năm", "như sau", "từ".
_DIGIT_FILLERS = ("hai", "nam", "sau", "tu")
#: After these an accentless "nam" is a year, and "sau" opens a list.
_NO_DIGIT_AFTER = ("trong", "ca", "nua", "cuoi", "dau", "tung", "hang", "moi", "tu", "nhu")
_NUMBERS = frozenset(fold(word) for word in WORDS) | {*SCALES, *BILLION} - {"k"}


def halves_left(row: Sequence[Part], tokens: Sequence[Token]) -> list[Part]:
    """The row, with each figure that runs on into unread number words made one with them, and unread."""
    row = _rising(row)
    while (found := _joined(row, tokens)) != row:
        row = found
    return row


def _joined(row: Sequence[Part], tokens: Sequence[Token]) -> list[Part]:
    unread = {at for part in row if type(part) is Part for at in range(part.first, part.end)}
    taken = {at for part in row for at in range(part.first, part.end)} - unread
    found: list[Part] = []
    for part in row:
        run = _run(part, tokens, unread, taken) if isinstance(part, Given) and unread else part
        while run is not part and found and found[-1].end > run.first:
            before = found.pop()
            run = Part(min(before.first, run.first), max(before.end, run.end))
        if not found or found[-1].end <= part.first:
            found.append(run)
    return found


def _rising(row: Sequence[Part]) -> list[Part]:
    """Two spoken amounts that run into each other, the greater scale last: "hai nghìn tư triệu" is neither of them."""
    found: list[Part] = []
    for part in row:
        before = found[-1] if found else None
        if isinstance(part, Given) and isinstance(before, Given) and _rises(before, part):
            found[-1] = Part(before.first, part.end)
        else:
            found.append(part)
    return found


def _rises(before: Given, part: Given) -> bool:
    one, other = before.amount, part.amount
    touching = before.end == part.first and one.unit is None and one.spoken and other.spoken
    return touching and 0 < one.power < other.power


def is_loose_digit(tokens: Sequence[Token], at: int, accented: bool) -> bool:
    """Whether a word that is mostly passed over is a digit of the number after it: "hai bốn việc", "hai, ba vụ".

    `accented`: the message has accents, among which "sau" and "tu" without theirs are what they seem."""
    token = tokens[at]
    if token.text not in _DIGIT_FILLERS or not is_digit(token):
        return False
    after = at + 1
    if after < len(tokens) and tokens[after].text == ",":
        after += 1
    if after >= len(tokens) or (at and tokens[at - 1].text in _NO_DIGIT_AFTER):
        return False
    if token.text != "hai" and token.bare and accented:
        return False
    if tokens[after].kind is Kind.NUMBER:
        return token.text != "tu" and after == at + 1
    return is_digit(tokens[after])


def sounds_like_a_number(text: str) -> bool:
    """Whether most words of a text are number words, two at least: "hai ba trăm việc"."""
    words = [token for token in tokens_of(text) if token.kind is Kind.WORD]
    numbers = [token for token in words if token.text in _NUMBERS]
    return len(numbers) > 1 and 2 * len(numbers) >= len(words)


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
