"""What is named in a question beside units and periods: indicator, measure, whose units, amounts, files."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from bot.domain.asked import Format, Whole
from bot.domain.fillers import HOMOGRAPHS
from bot.domain.form import Form, Measure
from bot.domain.utterance import Said, Word, means, word_of

#: The first word decides where two begin alike, the longest phrase wins.
_WHOLE = {
    Whole.OFFICE: """
        đơn vị tôi, đơn vị mình, đơn vị em, cơ quan tôi, cơ quan mình, chi cục tôi, chi cục mình, bên tôi, bên em,
        bên mình, chỗ! tôi, chỗ! em, chỗ! mình, của tôi, của em, của mình, đơn vị chúng tôi, chúng tôi, phòng tôi,
        phòng mình, của chúng tôi, cơ quan em, chi cục em, đơn vị của tôi, đơn vị của mình, nhà mình, đơn vị chúng
        em, tôi nộp chưa, tôi đã nộp chưa, em đã nộp chưa, em nộp chưa, mình nộp chưa, tôi đạt, mình đạt, tôi đang
        đứng, mình đứng, tôi đứng, tôi xếp, mình xếp, em xếp, tôi nộp rồi chưa, mình đã nộp chưa
        """,
    Whole.CLUSTER: """
        cả cụm, toàn cụm, cụm mình, cụm ta, cụm tôi, cụm này, cụm em, toàn bộ cụm, cụm, các đơn vị, tất cả đơn vị,
        tất cả các đơn vị, cụm thi đua, trong cụm, các đơn vị trong cụm, của cụm, cụm chúng ta, cụm nhà, các chi
        cục, cả 7 đơn vị
        """,
    Whole.PROVINCE: """
        toàn tỉnh, cả tỉnh, tỉnh mình, tỉnh ta, tỉnh!, các cụm, toàn bộ tỉnh, tất cả các cụm, của tỉnh, trong tỉnh,
        toàn ngành
        """,
}
_MEASURES = {
    Measure.CASES: "việc, vụ, vụ việc, số việc, về việc, số vụ, án!",
    Measure.MONEY: "tiền, số tiền, về tiền, giá trị, về giá trị, đồng!, tỷ đồng, triệu, tỷ",
}
_FORMATS = {
    Format.XLSX: "excel, xlsx, xls, bảng tính, file excel",
    Format.DOCX: "word, docx, file word, bản word",
    Format.CSV: "csv",
}
#: Not what their words say one by one.
_NEITHER = """
đồng chí, làm việc, công việc, tỷ lệ, tiến độ, thi hành án, tỷ trọng, đồng thời, dự án, số tỷ lệ, đồng nghiệp, đáp
án, đầu tiên, ưu tiên, trước tiên
"""


@dataclass(frozen=True, slots=True)
class Named:
    """Every place named, the places in `covered` included; `indicator` is None when there are several."""

    whole: Whole | None
    wholes: tuple[tuple[Whole, int], ...]  # each with the place of its first word
    indicator: str | None
    indicators: tuple[str, ...]
    measure: Measure | None
    format: Format | None
    covered: frozenset[int]
    indicating: frozenset[int]  # of these the words of indicators
    denied: tuple[int, ...]  # where an indicator is that "chưa" or "không" stands before: "chưa xong"


class Lexicon:
    """Phrases, each with one meaning, looked up by their first word, the longest first."""

    def __init__(self, phrases: Iterable[tuple[str, str]]) -> None:
        self._first: dict[str, list[tuple[tuple[Word, ...], str]]] = {}
        for phrase, meaning in phrases:
            words = tuple(word_of(word, HOMOGRAPHS) for word in phrase.replace(",", " ").split())
            self._first.setdefault(words[0].folded, []).append((words, meaning))
        for entries in self._first.values():
            entries.sort(key=lambda entry: -len(entry[0]))

    def find(self, words: Sequence[Said]) -> list[tuple[int, int, str]]:
        """(first word, after the last, meaning), from left to right without overlap."""
        found, at = [], 0
        while at < len(words):
            hit = self._at(words, at)
            if hit:
                found.append((at, *hit))
            at = hit[0] if hit else at + 1
        return found

    def _at(self, words: Sequence[Said], at: int) -> tuple[int, str] | None:
        for phrase, meaning in self._first.get(words[at].word, ()):
            end = at + len(phrase)
            if end <= len(words) and all(means(words[at + step], word) for step, word in enumerate(phrase)):
                return end, meaning
        return None


def _lexicon(*tables: Iterable[tuple[str, str]]) -> Lexicon:
    return Lexicon(
        (" ".join(one.split()), meaning) for table in tables for text, meaning in table for one in text.split(",")
    )


_wholes = _lexicon([(text, whole.value) for whole, text in _WHOLE.items()])
_measures = _lexicon([(text, measure.value) for measure, text in _MEASURES.items()], [(_NEITHER, "")])
_formats = _lexicon([(text, one.value) for one, text in _FORMATS.items()])


@lru_cache(maxsize=16)
def _indicators(form: Form) -> Lexicon:
    names = [(name, one.key) for one in form.indicators for name in (one.name, one.short, *one.aliases)]
    return Lexicon([*names, *((text, "") for text in ("xong chưa", "giải quyết thế nào", "xong hết"))])


def named(words: Sequence[Said], form: Form) -> Named:
    """What the words name; the indicator is None when two are named, the measure when both are."""
    wholes, measures = _wholes.find(words), _measures.find(words)
    found = [hit for hit in _indicators(form).find(words) if hit[2]]
    formats = _formats.find(words)
    keys = list(dict.fromkeys(key for _, _, key in found))
    both = list(dict.fromkeys(meaning for _, _, meaning in measures if meaning))
    covered = {
        place for hits in (wholes, measures, found, formats) for first, end, _ in hits for place in range(first, end)
    }
    return Named(
        _widest([Whole(meaning) for _, _, meaning in wholes]),
        tuple((Whole(meaning), first) for first, _, meaning in wholes),
        keys[0] if len(keys) == 1 else None,
        tuple(keys),
        Measure(both[0]) if len(both) == 1 else None,
        Format(formats[0][2]) if formats else None,
        frozenset(covered),
        frozenset(place for first, end, _ in found for place in range(first, end)),
        tuple(first for first, _, _ in found if first and words[first - 1].word in ("chua", "khong")),
    )


def _widest(wholes: Sequence[Whole]) -> Whole | None:
    """ "đơn vị mình đứng thứ mấy trong cụm" is about the office."""
    for whole in (Whole.OFFICE, Whole.PROVINCE, Whole.CLUSTER):
        if whole in wholes:
            return whole
    return None
