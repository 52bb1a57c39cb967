"""What people say: of the messages 60 % are questions, 30 % filing (the figures, then one tap), 10 % all the rest."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from bench.population import MONTHS, Resident, figures, typed

RECORDED = "Đã ghi nhận"

_FILING = 0.3
_QUESTION, _OTHER = 0.6, 0.1

_OF_A_CLUSTER = (
    "/tong",
    "tổng {cluster}",
    "tong {cluster} thang 8",
    "/chuanop",
    "ai chưa nộp",
    "tỷ lệ {cluster} tháng 7",
    "{cluster} đạt bao nhiêu phần trăm về tiền",
)
_OF_AN_OFFICE = (
    "số liệu {office}",
    "tỷ lệ của {office}",
    "ket qua {office} thang 8",
    "/donvi {office} tháng 6",
)
_OTHERS = ("/trogiup", "/toi", "/huy", "chào buổi sáng")


@dataclass(frozen=True, slots=True)
class Saying:
    """What one person writes, or the `button` they then press; `hears` are words that the answer must hold."""

    text: str
    hears: str = ""
    button: str = ""


class Crowd:
    """Everybody takes turns; who files has so much more to file that the whole mixture comes out."""

    def __init__(self, people: Sequence[Resident], seed: int = 7) -> None:
        self._people = {one.id: one for one in people}
        self._random = Random(seed)
        self._revisions: Counter[int] = Counter()
        self._cards: set[int] = set()
        filing = _FILING * len(people) / sum(one.files for one in people)  # of a filer's messages
        self._acts = filing / 2 / (1 - filing / 2)  # a filing is one act and two messages

    @property
    def ids(self) -> list[int]:
        return list(self._people)

    def next(self, person: int) -> Saying:
        one = self._people[person]
        if person in self._cards:
            self._cards.discard(person)
            return Saying("đúng", RECORDED, button="Nộp")
        if one.files and self._random.random() < self._acts:
            self._cards.add(person)
            self._revisions[one.number] += 1
            return Saying(typed(figures(one.number, MONTHS + 1, self._revisions[one.number])), one.office.full_name)
        if self._random.random() < _OTHER / (_OTHER + _QUESTION):
            return Saying(self._random.choice(_OTHERS))
        words = self._random.choice(_OF_AN_OFFICE if one.files else (*_OF_A_CLUSTER, *_OF_AN_OFFICE))
        return Saying(words.format(cluster=one.cluster, office=one.office.name), "tháng năm 2021")
