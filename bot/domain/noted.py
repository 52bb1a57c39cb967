"""A question half read: what was heard, and which of its words something accounts for."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable

from bot.domain.asked import By, Change, Question, Whole
from bot.domain.folding import fold
from bot.domain.form import Form
from bot.domain.hearing import Heard
from bot.domain.intent import Hit, Intent, evidence
from bot.domain.slots import Named, named
from bot.domain.strangers import reason_at, runs, stray_numbers
from bot.domain.utterance import Said

#: They take figures, people or nothing at all: no unit has to be named, and a word more does not matter.
NAMELESS = frozenset({Intent.SUBMIT, Intent.NIL, Intent.INVITE, Intent.ME, Intent.HELP, Intent.CANCEL})
#: Numbers may stand in these.
NUMBERED = NAMELESS | {Intent.WHAT_IF}
#: A percentage may stand in these; no other applies a threshold.
SHARED = NUMBERED | {Intent.TARGETS, Intent.SOURCE}
_BARE = 2
_PASSED_OVER = 2
_ASKING = frozenset({"ai", "gi", "dau", "khong", "chua"})  # a name alone asks nothing more
_LESS = frozenset({"bot", "giam", "it"})
_MORE = frozenset({"them", "cong", "nua", "hon"})
_PLUS = re.compile(r"\+ ?\d")
_LOWEST = re.compile(
    r"\b(?:it (?:\w+ )?nhat|(?:thap|kem|yeu|cham|muon|tre) nhat"
    r"|ai thap|(?:dung|xep) cuoi|cuoi (?:bang|cum)|bet|chot|doi so)\b"
)
_AMOUNTS = frozenset({"nhieu", "it"})  # "xong nhiều nhất" is about the figure, not the rate


class Noted:
    """`signs` are the meanings of phrases and what was named: what intents are weighed by."""

    def __init__(self, heard: Heard, form: Form) -> None:
        self.heard = heard
        self.form = form
        self.odd: tuple[int, int] | None = None  # where a word stands that says nothing to anybody here
        self.named: Named = named(heard.words, form)
        end = reason_at(heard, {place for hit in heard.hits for place in hit.words})
        self.hits: list[Hit] = [hit for hit in heard.hits if hit.words[0] < end and not self._indicates(hit)]
        told = {place for hit in self.hits for place in hit.words}
        self.covered = told | self.named.covered | {*range(end, len(heard.words))}
        self.signs = {meaning for hit in self.hits for meaning, _ in hit.phrase.speaks} | self._named_signs()

    def _indicates(self, hit: Hit) -> bool:
        """What one form cannot answer ("đình chỉ") may be an indicator of another."""
        return ("doubt", 0) in hit.phrase.speaks and set(hit.words) <= self.named.indicating

    def _named_signs(self) -> set[str]:
        heard, whole = self.heard, self.named.whole
        words = {said.word for said in heard.words}
        present = {
            "@office": "@office" in words,
            "@group": "@group" in words or whole in (Whole.CLUSTER, Whole.PROVINCE),
            "two": len({one.unit for one in heard.units}) > 1,
            "mine": whole is Whole.OFFICE,
            "indicator": bool(self.named.indicators),
            "measure": bool(self.named.measure),
            "amount": bool(heard.amounts),
            "figures": heard.numbers > 1,
            "six": heard.numbers >= 6,
            "percent": bool(heard.percents),
            "if": "neu" in words or {"gia", "su"} <= words,
        }
        return {sign for sign, there in present.items() if there}

    @property
    def doubt(self) -> bool:
        """Something was said that no conversation answers."""
        return any(map(self._doubtful, self.hits)) or bool(self.named.denied)

    def _doubtful(self, hit: Hit) -> bool:
        left = ("left", 0) in hit.phrase.speaks and Intent.TARGETS.value not in self.signs
        return left or ("doubt", 0) in hit.phrase.speaks

    def strangers(self, besides: tuple[int, int] | None = None) -> list[Said]:
        """The words that nothing accounts for, those of an unknown name apart."""
        start, stop = besides or (0, 0)
        words = [
            self.heard.words[place] for first, end in runs(self.heard, self.covered) for place in range(first, end)
        ]
        return [said for said in words if not start <= said.start < stop]

    def strange(self, besides: tuple[int, int] | None = None) -> int:
        """How many words say nothing to us; one or two that say something elsewhere ("báo") are passed over."""
        words = self.strangers(besides)
        foreign = sum(said.word not in evidence().vocabulary for said in words)
        return foreign or (len(words) if len(words) > _PASSED_OVER else 0)

    def unread(self, name: tuple[int, int] | None, intent: Intent | None) -> tuple[str, ...]:
        """What stands in the way of an answer, run by run as typed: words nobody knows, or that nobody here answers."""
        words = self.heard.words
        places = {place for hit in self.hits for place in hit.words if self._doubtful(hit)}
        places |= {place for at in self.named.denied for place in (at - 1, at)}
        places |= {place for place, one in enumerate(words) if one.word == "@day"}
        if intent not in NUMBERED:
            places |= {place for place in stray_numbers(words) if not self._decimals(intent, place)}
        places |= self._undivided(intent)
        if intent not in SHARED:
            places |= {place for place, one in enumerate(words) if one.word == "@percent"}
        strangers = set(self.strangers(name)) if self.strange(name) else set()
        places |= {place for place, one in enumerate(words) if one in strangers or self._is_odd(one)}
        return tuple(self.heard.text[words[first].start : words[last].end] for first, last in _stretches(places))

    def _decimals(self, intent: Intent | None, place: int) -> bool:
        """ "lấy 1 số lẻ": how many decimals a paragraph is to have."""
        after = self.heard.words[place + 1 : place + 2]
        return intent is Intent.PARAGRAPH and any(one.word in ("so", "chu", "le") for one in after)

    def _is_odd(self, said: Said) -> bool:
        return self.odd is not None and self.odd[0] <= said.start < self.odd[1]

    def _undivided(self, intent: Intent | None) -> frozenset[int]:
        """Indicators set against each other that no rate of the form divides: "xong trên thụ lý"."""
        pair = set(self.named.indicators)
        asked = intent in (Intent.RATES, Intent.COMPARE) and len(pair) > 1
        if not asked or any(pair == {rate.numerator, rate.denominator} for rate in self.form.rates):
            return frozenset()
        return self.named.indicating

    def bare(self) -> dict[Intent, int]:
        """What a name alone asks for."""
        if "chat" in self.signs or self.named.denied or _ASKING & {said.word for said in self.heard.words}:
            return {}
        if self.signs & {"@office", "mine"}:
            return {Intent.OFFICE: _BARE}
        return {Intent.TOTALS: _BARE} if "@group" in self.signs else {}

    def names(self) -> bool:
        """Whether anything was recognised at all, be it a greeting."""
        return bool(self.heard.units or self.heard.periods or self.signs)

    def opens(self, words: Iterable[str]) -> bool:
        """Whether the question begins with one of these and it is not part of what is wanted ("còn ai chưa nộp")."""
        if not self.heard.words or self.heard.words[0].word not in words:
            return False
        return not any(0 in hit.words and _wants(hit) for hit in self.hits)

    def by(self) -> By | None:
        """What a ranking goes by."""
        if "by_time" in self.signs:
            return By.ON_TIME
        if self._each():
            return By.AMOUNT
        if "by_target" in self.signs:
            return By.TARGET
        if self._by_amount():
            return By.AMOUNT
        return By(self.named.measure.value) if self.named.measure else None

    def lowest(self) -> bool:
        return bool(_LOWEST.search(fold(self.heard.text)))

    def _each(self) -> bool:
        """ "từng đơn vị xong mấy việc" wants the figure of each, not its rate."""
        return "each" in self.signs and Intent.RATES.value not in self.signs and self.named.indicator is not None

    def _by_amount(self) -> bool:
        """Whether a ranking goes by an indicator itself: one of which no rate is asked."""
        indicator = self.named.indicator
        if not indicator:
            return False
        rated = {self.form.rates[-1].numerator}
        if Intent.RATES.value in self.signs:
            return indicator not in rated | {rate.numerator for rate in self.form.rates}
        return indicator not in rated or bool(_AMOUNTS & {said.word for said in self.heard.words})

    def change(self) -> Change | None:
        words = {said.word for said in self.heard.words}
        if not self.heard.amounts:
            return None
        if words & _LESS:
            return Change.LESS
        return Change.MORE if words & _MORE or _PLUS.search(self.heard.text) else Change.TO


def _wants(hit: Hit) -> bool:
    return any(weight or meaning == "left" for meaning, weight in hit.phrase.speaks)


def _stretches(places: Collection[int]) -> list[tuple[int, int]]:
    """First and last of each run of neighbours."""
    found: list[tuple[int, int]] = []
    for place in sorted(places):
        if found and place == found[-1][1] + 1:
            found[-1] = (found[-1][0], place)
        else:
            found.append((place, place))
    return found


def said(noted: Noted) -> Question:
    """Whom, when and what the question names, whatever it wants."""
    heard, its = noted.heard, noted.named
    return Question(
        units=tuple(dict.fromkeys(one.unit for one in heard.units)),
        periods=tuple(dict.fromkeys(one.period for one in heard.periods)),
        alternatives=heard.periods[0].alternatives if heard.periods else (),
        figures=heard.figures,
        whole=its.whole,
        indicator=its.indicator,
        measure=its.measure,
        amounts=heard.amounts,
        change=noted.change(),
        percent=heard.percents[0] if heard.percents else None,
        format=its.format,
        day=next((heard.text[one.start : one.end] for one in heard.words if one.word == "@day"), ""),
    )
