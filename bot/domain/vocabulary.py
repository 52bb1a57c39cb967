"""The words a filing is written in: a form's indicators, what is measured, and what may be passed over."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import OSA

from bot.domain.folding import fold
from bot.domain.form import Form, Measure
from bot.domain.scale import BILLION, HEDGES, SCALES, UNITS
from bot.domain.token import Kind, Token, tokens_of

MEASURES = {
    Measure.CASES: ("việc", "số việc", "vụ việc", "số vụ việc", "số vụ", "về việc", "về số việc"),
    Measure.MONEY: ("tiền", "số tiền", "giá trị", "về tiền", "về số tiền", "về giá trị"),
}

# Never a word that changes what a number says: chưa, không, còn, thêm, bớt, tăng, giảm.
FILLERS = """
là được số tổng cộng tổng số và với của có đã thì về em a ạ dạ thưa xin tôi báo cáo kính gửi đồng chí anh chị như sau
chi cục phòng thads án dân sự
gồm cụ thể trong đó tương ứng kết quả số liệu đơn vị sửa thành đổi lại tính đến nay hiện nay thi hành giải quyết
tỷ tỉ lệ đạt chiếm bằng khoảng gần hơn trên xấp xỉ chừng ước nộp gửi cho các nhé ok cảm ơn chào kính hết trân trọng
"""

_SHORTEST_SLIP = 4


@dataclass(frozen=True, slots=True)
class Phrase:
    words: tuple[str, ...]
    meaning: str


class Phrasebook:
    """Phrases by their first word, the longest first."""

    def __init__(self, phrases: Iterable[tuple[str, str]]) -> None:
        found = {Phrase(tuple(token.text for token in tokens_of(text)), meaning) for text, meaning in phrases}
        self.phrases = sorted((one for one in found if one.words), key=lambda one: (-len(one.words), one.words))
        self._by_first: dict[str, list[Phrase]] = {}
        for phrase in self.phrases:
            self._by_first.setdefault(phrase.words[0], []).append(phrase)

    def at(self, tokens: Sequence[Token], at: int) -> tuple[str, int] | None:
        """The meaning of the longest phrase that begins at a token, and the token after it."""
        for phrase in self._by_first.get(tokens[at].text, ()) if at < len(tokens) else ():
            end = at + len(phrase.words)
            if tuple(token.text for token in tokens[at:end]) == phrase.words:
                return phrase.meaning, end
        return None

    def near(self, tokens: Sequence[Token], at: int) -> tuple[str, int] | None:
        """As `at`, but one long word may be a letter off, or a space missing; None when two meanings are as near."""
        found = [(phrase, width) for phrase in self.phrases if (width := _near(phrase.words, tokens, at))]
        meanings = {phrase.meaning for phrase, _ in found}
        return (meanings.pop(), at + max(width for _, width in found)) if len(meanings) == 1 else None


def _near(words: tuple[str, ...], tokens: Sequence[Token], at: int) -> int:
    """How many tokens are the phrase with a slip, 0 when they are not."""
    if tokens[at].text.replace("y", "i") == "".join(words).replace("y", "i"):
        return 1
    typed = tokens[at : at + len(words)]
    if len(typed) < len(words) or any(token.kind is not Kind.WORD for token in typed):
        return 0
    pairs = [(token.text, word) for token, word in zip(typed, words, strict=True) if token.text != word]
    return len(words) if len(pairs) == 1 and _slip(*pairs[0]) else 0


def _slip(typed: str, word: str) -> bool:
    """One letter off, not the first, and not another word that people mean ("tổng", "đồng" beside "xong")."""
    if len(word) < _SHORTEST_SLIP or typed[0] != word[0] or typed in _KNOWN:
        return False
    return OSA.distance(typed, word, score_cutoff=1) <= 1


@lru_cache(maxsize=64)
def indicators(form: Form) -> Phrasebook:
    """What people call the indicators of a form; meanings are their keys."""
    names = ((one.key, (one.name, one.short, *one.aliases)) for one in form.indicators)
    return Phrasebook((text, key) for key, texts in names for text in texts)


measures = Phrasebook((text, measure.value) for measure, texts in MEASURES.items() for text in texts)

_SPELT = frozenset(FILLERS.split())
_FOLDED = frozenset(fold(FILLERS).split())
_MEASURE_WORDS = " ".join(text for texts in MEASURES.values() for text in texts)
_KNOWN = {fold(word) for word in (*f"{FILLERS} {_MEASURE_WORDS}".split(), *UNITS, *BILLION, *HEDGES, *SCALES)}


def is_filler(token: Token) -> bool:
    """Passed over in silence; a word with other accents ("sáu" beside "sau") is not."""
    return token.kind is Kind.WORD and (token.spelt in _SPELT or (token.spelt.isascii() and token.text in _FOLDED))
