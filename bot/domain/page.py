"""Parts of a message put into the cells of a form, by one of two ways to order them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from bot.domain.amount import Amount
from bot.domain.form import Cell, Form, Measure
from bot.domain.part import About, Aside, Base, Gap, Given, Mention, Part, Ratio, Share
from bot.domain.reading import Reading, added, reading_of
from bot.domain.token import Kind, Token


@dataclass(frozen=True, slots=True)
class TypedPercent:
    """A percentage written after an indicator, as a rate (1 is 100 %); `measure` None when it may be either."""

    indicator: str
    measure: Measure | None
    value: Fraction
    text: str


class Page:
    """Where the reader is, and what has been read so far.

    `ahead`: figures that stand before their indicator ("402 việc thụ lý"); all others follow theirs."""

    def __init__(self, text: str, tokens: Sequence[Token], form: Form, ahead: Iterable[Part] = ()) -> None:
        self.text, self.tokens, self.form, self.ahead = text, tokens, form, frozenset(ahead)
        self.readings: dict[Cell, list[Reading]] = {}
        self.percents: list[TypedPercent] = []
        self.unread: list[Part] = []
        self.asides: list[Part] = []
        self.indicator = ""
        self.heading: Measure | None = None
        self.columns: tuple[Measure, ...] = ()  # of a table, by its head
        self.asked: tuple[Measure, ...] = ()  # what the next figures measure, by the words before them
        self.given: tuple[Measure, ...] = ()  # since the indicator was named
        self.unshared: tuple[Measure, ...] = ()  # given since the last percentage
        self.waiting: list[Given] = []  # for the indicator after them
        self.strange = False  # unknown words have come between the indicator and what follows
        self.before: Part | None = None
        self.paused = False  # by punctuation since then
        self.last: tuple[Cell, Amount] | None = None  # put there last
        self.outer: list[tuple[str, tuple[Measure, ...], tuple[Measure, ...], bool]] = []  # around open brackets

    def take(self, part: Part) -> None:
        if isinstance(part, Gap | Base):
            self._base(part) if isinstance(part, Base) else self._pause(part)
            return
        match part:
            case Mention():
                self._name(part)
            case About():
                self._ask(part)
            case Given():
                self._give(part)
            case Share():
                self._share(part)
            case Ratio():
                self._divide(part)
            case Aside():
                self.asides.append(part)
                self.strange = self.strange or (part.strange and bool(self.given))
            case _:
                self._leave(part)
        self.before, self.paused = part, False

    def _name(self, part: Mention) -> None:
        if not isinstance(self.before, About):
            self.asked = ()
        self.indicator, self.given, self.unshared, self.strange = part.indicator, (), (), False
        if not part.indicator:
            self.unread.append(part)
        waiting, self.waiting = self.waiting, []
        for given in waiting:
            self._place(given)

    def _ask(self, part: About) -> None:
        if isinstance(self.before, Share) and not self.paused and self.percents:
            self.percents[-1] = replace(self.percents[-1], measure=part.measure)
        elif part.heading and isinstance(self.before, About):
            self.columns, self.asked = (*self.asked, part.measure), ()
        elif part.heading:
            self.heading, self.columns, self.asked = part.measure, (), ()
        else:
            self.asked = (*self.asked, part.measure) if isinstance(self.before, About) else (part.measure,)

    def _pause(self, gap: Gap) -> None:
        """What stands in brackets is a remark: after it the words before it go on."""
        self.paused = True
        sign = self.tokens[gap.first].text
        if sign == "(":
            self.outer.append((self.indicator, self.given, self.unshared, self.strange))
        elif sign == ")" and self.outer:
            before = self.outer.pop()
            if before[0] and before[0] != self.indicator and (self.given or not self.indicator):
                self.indicator, self.given, self.unshared, self.strange = before
        elif gap.strong and sign[0] not in ")|\t":
            self.outer, self.before = [], None

    def _give(self, part: Given) -> None:
        if part in self.ahead:
            self.waiting.append(part)
        else:
            self._place(part)

    def _place(self, part: Given) -> None:
        cell = self._same(part.amount) or self._cell(part.amount)
        if cell is None or self.strange or (part.amount.spaced and not self._certain()):
            self.unread.append(part)
            return
        self.asked = self.asked[1:]
        self.given, self.unshared = (*self.given, cell.measure), (*self.unshared, cell.measure)
        self._put(cell, part.amount, part)

    def _certain(self) -> bool:
        """Groups with spaces between are one figure only where việc cannot be among them ("thụ lý 13 200 000 đồng")."""
        return bool(self.asked or self.heading or self.given)

    def _cell(self, amount: Amount) -> Cell | None:
        measure = self._measure(amount)
        cell = Cell(self.indicator, measure) if measure else None
        return cell if cell in self.form.cells else None

    def _measure(self, amount: Amount) -> Measure | None:
        """By its unit, the words before it, its size, the heading, and at last its place: việc first, then tiền."""
        told = amount.unit or next(iter(self.asked), None) or amount.measure or self.heading
        own = [cell.measure for cell in self.form.cells if cell.indicator == self.indicator]
        order = (self.columns or own)[len(self.given) :]
        if amount.spoken and amount.bare:  # nobody says money in words without its scale
            order = tuple(measure for measure in order[:1] if measure is Measure.CASES)
        return told or next((measure for measure in order[:1] if measure not in self.given), None)

    def _share(self, part: Share) -> None:
        if not self.indicator:
            self.unread.append(part)
            return
        told = set(self.unshared)
        measure = next(iter(self.asked), None) or (told.pop() if len(told) == 1 else None) or self.heading
        self.percents.append(TypedPercent(self.indicator, measure, part.rate, self._typed_share(part)))
        self.asked, self.unshared = self.asked[1:], ()

    def _base(self, part: Base) -> None:
        """A percentage of something else than the form takes it of is none of the form's."""
        share = self.before
        if not isinstance(share, Share) or not self.percents:
            return
        rate = self.form.rate_of(self.percents[-1].indicator)
        if rate and rate.denominator != part.indicator:
            self.percents.pop()
            self.asides.append(Part(share.first, part.end))

    def _divide(self, part: Ratio) -> None:
        """Both numbers of "xong 290/350 việc có điều kiện" are figures where the form has that very rate."""
        rate = self.form.rate_of(self.indicator)
        measure = part.part.unit or part.whole.unit or self._measure(part.part)
        if not rate or rate.denominator != part.divisor or measure is None or self.strange:
            self.unread.append(part)
            self.strange = True
            return
        for indicator, amount in ((self.indicator, part.part), (part.divisor, part.whole)):
            self._put(Cell(indicator, measure), amount, Part(amount.first, amount.end))
        self.given, self.unshared = (*self.given, measure), (*self.unshared, measure)

    def _leave(self, part: Part) -> None:
        self.unread.append(part)
        if self.tokens[part.first].kind is not Kind.WORD:
            return
        if self.given:
            self.strange = True
        elif isinstance(self.before, Mention) and self.before.end == part.first:
            self.indicator = ""  # an unknown word makes another indicator of it, or may

    def fill(self, row: Iterable[Part]) -> None:
        """Numbers alone, in form order."""
        cells = iter(self.form.cells)
        for part in row:
            if isinstance(part, Given):
                cell = next(cells)
                self._put(cell, part.amount, part)
            elif isinstance(part, Aside):
                self.asides.append(part)
            elif not isinstance(part, Gap):
                self.unread.append(part)

    def leave(self, row: Iterable[Part]) -> None:
        """Nothing of it can be placed."""
        for part in row:
            if not isinstance(part, Gap):
                (self.asides if isinstance(part, Aside) else self.unread).append(part)

    def close(self) -> None:
        self.unread += self.waiting
        self.waiting = []

    def _put(self, cell: Cell, amount: Amount, part: Part) -> None:
        readings = self.readings.setdefault(cell, [])
        reading = reading_of(amount, cell.measure, self.typed(part))
        if readings and self.last and self._same(amount) == cell:
            readings[-1] = added(readings[-1], reading, self.typed(Part(self.last[1].first, amount.end)))
            self.last = (cell, replace(amount, first=self.last[1].first))
        else:
            readings.append(reading)
            self.last = (cell, amount)

    def _same(self, amount: Amount) -> Cell | None:
        """The cell of the amount before, where "62 tỷ, 363 triệu" goes on with the next smaller scale."""
        if not self.last:
            return None
        cell, before = self.last
        between = [token.text for token in self.tokens[before.end : amount.first]]
        goes_on = between in ([","], ["va"], [",", "va"]) and 0 < amount.power < before.power and not before.unit
        return cell if goes_on and cell.indicator == self.indicator else None

    def typed(self, part: Part) -> str:
        return self.text[self.tokens[part.first].start : self.tokens[part.end - 1].end].strip()

    def _typed_share(self, part: Share) -> str:
        return self.typed(part).split("(")[0].strip()
