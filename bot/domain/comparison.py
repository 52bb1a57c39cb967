"""Words that set this report beside something else: last year, a target, a rise or a fall."""

from __future__ import annotations

from collections.abc import Sequence

from bot.domain.phrasebook import Phrasebook
from bot.domain.scale import hedge_at, text_at
from bot.domain.token import Kind, Token
from bot.domain.vocabulary import is_filler

_OPENERS = (
    ("so", "cung"),
    ("so", "sanh"),
    ("cung", "ki"),
    ("nam", "truoc"),
    ("nam", "ngoai"),
    ("ki", "truoc"),
    ("thang", "truoc"),
    ("chi", "tieu"),
    ("ke", "hoach"),
)
_CHANGES = ("tang", "giam", "vuot", "thieu", "hut", "them", "bot")
_CHANGE_PAIRS = (("thap", "hon"), ("cao", "hon"), ("nhieu", "hon"), ("it", "hon"))
_MOST_WORDS = 4  # between a change and its number, between "chưa" and its indicator


def comparison_at(tokens: Sequence[Token], at: int, names: Phrasebook) -> int:
    """The token after words that open a comparison; `at` itself when none do."""
    changed = _change_end(tokens, at)
    if changed > at:
        opened = comparison_at(tokens, changed, names) if changed - at < _MOST_WORDS else changed
        return opened if opened > changed else at
    if at >= len(tokens) or names.at(tokens, at):
        return at
    pair = (tokens[at].text, text_at(tokens, at + 1))
    if pair == ("so", "voi"):
        return at if _divides(tokens, at + 2, names) else at + 2
    return at + 2 if pair in _OPENERS else at


def divisor_end(tokens: Sequence[Token], at: int, names: Phrasebook) -> int:
    """The token after "trên (tổng) số có điều kiện": what was divided by, and no figure; 0 when there is none, or when
    a figure of its own follows."""
    start = at + 1 if text_at(tokens, at) == "tren" else 0
    if not start and (text_at(tokens, at), text_at(tokens, at + 1)) == ("so", "voi"):
        start = at + 2
    return _divides(tokens, start, names) if start else 0


def _divides(tokens: Sequence[Token], at: int, names: Phrasebook) -> int:
    while text_at(tokens, at) in ("tong", "so", "viec", "tien"):
        at += 1
    found = names.at(tokens, at) if at < len(tokens) else None
    if not found or (text_at(tokens, found[1]), text_at(tokens, found[1] + 1)) in _OPENERS:
        return 0
    return 0 if found[1] < len(tokens) and tokens[found[1]].kind is Kind.NUMBER else found[1]


def change_at(tokens: Sequence[Token], at: int) -> int:
    """The token where the number of "tăng 120 việc", "thấp hơn 2,1%" begins; `at` itself when there is none."""
    start = end = _change_end(tokens, at)
    if start == at:
        return at
    while end - start < _MOST_WORDS and end < len(tokens) and _between(tokens, end):
        end += 1
    number = hedge_at(tokens, end)
    return end if number < len(tokens) and tokens[number].kind is Kind.NUMBER else at


def _change_end(tokens: Sequence[Token], at: int) -> int:
    if text_at(tokens, at) in _CHANGES:
        return at + 1
    return at + 2 if (text_at(tokens, at), text_at(tokens, at + 1)) in _CHANGE_PAIRS else at


def _between(tokens: Sequence[Token], at: int) -> bool:
    return tokens[at].kind is Kind.WORD and (tokens[at].text in (*_CHANGES, "hon") or is_filler(tokens[at]))


def changes_soon(tokens: Sequence[Token], at: int) -> bool:
    """Whether a change follows before the clause ends: "… số thụ lý tăng 120 việc"."""
    for place in range(at, min(at + _MOST_WORDS, len(tokens))):
        if tokens[place].kind is not Kind.WORD:
            return False
        if change_at(tokens, place) > place:
            return True
    return False


def denied_at(tokens: Sequence[Token], at: int, names: Phrasebook) -> int:
    """The token after an indicator of which the contrary is said: "chưa giải quyết xong"; `at` when there is none."""
    if text_at(tokens, at) not in ("chua", "khong", "chang") or names.at(tokens, at):
        return at
    for place in range(at + 1, min(at + 1 + _MOST_WORDS, len(tokens))):
        found = names.at(tokens, place)
        if found:
            return found[1]
        if not is_filler(tokens[place]):
            return at
    return at


def qualified(tokens: Sequence[Token], at: int) -> bool:
    """Whether the word after an indicator makes another one of it: "thụ lý mới", "thụ lý cũ"."""
    return at < len(tokens) and tokens[at].text in ("moi", "cu") and tokens[at].spelt in ("moi", "mới", "cu", "cũ")
