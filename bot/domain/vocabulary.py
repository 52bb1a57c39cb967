"""The words a filing is written in: a form's indicators, what is measured, and what may be passed over."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from rapidfuzz.distance import OSA

from bot.domain.debris import Lexicon
from bot.domain.folding import fold
from bot.domain.form import Form, Measure
from bot.domain.ordinary import ORDINARY
from bot.domain.phrasebook import Phrasebook
from bot.domain.reading import AMOUNT_WORDS
from bot.domain.token import Kind, Token

MEASURES = {
    Measure.CASES: ("việc", "số việc", "vụ việc", "số vụ việc", "số vụ", "về việc", "về số việc", "về mặt việc"),
    Measure.MONEY: ("tiền", "số tiền", "giá trị", "về tiền", "về số tiền", "về giá trị", "về mặt tiền", "tổng tiền"),
}

# Never a word that changes what a number says: chưa, không, còn, thêm, bớt, tăng, giảm, mới, cũ, riêng, phát sinh.
FILLERS = """
là được số tổng cộng tổng số và với của có đã thì về em a ạ dạ thưa xin tôi báo cáo kính gửi đồng chí anh chị như sau
chi cục phòng thads án dân sự cụm thi đua toàn cả các bộ cơ quan công tác tình hình hai mặt lượng luỹ lũy kế kể
gồm cụ thể trong đó tương ứng kết quả số liệu đơn vị sửa thành đổi lại tính đến nay hiện nay thi hành giải quyết
tỷ tỉ lệ đạt chiếm bằng trên nộp gửi cho các nhé ok cảm ơn chào kính hết trân trọng mà từ tới năm kỳ tháng đầu này
tương đương quy ra ra tiếp theo thực hiện tập trung đôn đốc do chung nhìn thu
"""
_ANOTHER_WORD = ("thừa",)  # beside "thưa"
_CHANGES = (
    "tăng giảm vượt thiếu hụt thấp cao nhiều ít hơn thêm bớt so cùng kỳ năm trước ngoái chỉ tiêu kế hoạch giao mới cũ"
)
_AROUND = "chưa không chẳng phải chứ phần trăm xếp đứng thứ hạng ngày quý lên xuống sang thay"
_SHORTEST_SLIP = 5


@lru_cache(maxsize=64)
def indicators(form: Form) -> Phrasebook:
    """What people call the indicators of a form; meanings are their keys."""
    return Phrasebook(((text, key) for key, texts in _names(form) for text in texts), _KNOWN)


@lru_cache(maxsize=64)
def lexicon(form: Form) -> Lexicon:
    """Every word of a filing of that form, with its accents."""
    names = " ".join(text for _, texts in _names(form) for text in texts)
    words = f"{FILLERS} {_MEASURE_WORDS} {_CHANGES} {_AROUND} {names}"
    return Lexicon((*AMOUNT_WORDS, *(word for word in words.split() if word.isalpha())))


def _names(form: Form) -> list[tuple[str, tuple[str, ...]]]:
    return [(one.key, (one.name, one.short, *one.aliases)) for one in form.indicators]


_SPELT = frozenset(FILLERS.split())
_SPELLINGS: dict[str, list[str]] = {}
for _word in _SPELT:
    _SPELLINGS.setdefault(fold(_word), []).append(_word)
_FOLDED = frozenset(_SPELLINGS)
_LONG = sorted(word for word in _FOLDED if len(word) >= _SHORTEST_SLIP)
_MEASURE_WORDS = " ".join(text for texts in MEASURES.values() for text in texts)
_KNOWN = frozenset(fold(word) for word in (*f"{FILLERS} {_MEASURE_WORDS} {_CHANGES}".split(), *AMOUNT_WORDS))
measures = Phrasebook(((text, measure.value) for measure, texts in MEASURES.items() for text in texts), _KNOWN)


def is_filler(token: Token) -> bool:
    """Passed over in silence; a word with other accents ("sáu" beside "sau") is not, one with a fault is."""
    if token.kind is not Kind.WORD:
        return False
    if token.spelt in _SPELT or (token.bare and token.text in _FOLDED):
        return True
    return _misspelt(token.text, token.spelt) if token.text in _FOLDED else _nearly(token.text)


@lru_cache(maxsize=4096)
def _misspelt(folded: str, spelt: str) -> bool:
    """Some accents left out ("tuơng ưng"), hỏi for ngã ("đả"), or any others on a long word."""
    if len(folded) >= _SHORTEST_SLIP - 1 and spelt not in _ANOTHER_WORD:
        return True
    return any(_within(_marks(spelt), _marks(word)) for word in _SPELLINGS[folded])


def _marks(word: str) -> str:
    return unicodedata.normalize("NFD", word).replace("\u0303", "\u0309")


def _within(shorter: str, longer: str) -> bool:
    rest = iter(longer)
    return all(letter in rest for letter in shorter)


@lru_cache(maxsize=4096)
def _nearly(word: str) -> bool:
    """A long filler with one letter amiss, and no word of its own."""
    if not _SHORTEST_SLIP - 1 <= len(word) <= 12 or word in ORDINARY or word in _KNOWN or word in _FOLDED:
        return False
    return any(one[0] == word[0] and OSA.distance(one, word, score_cutoff=1) <= 1 for one in _LONG)
