"""A whole message read into the cells of a form; what was not understood is handed back as typed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from bot.domain.debris import mended
from bot.domain.form import Cell, Form
from bot.domain.page import Page, TypedPercent
from bot.domain.part import Aside, Gap, Given, Mention, Part
from bot.domain.reading import Ambiguous, Approximate, Exact, Reading, Unreadable
from bot.domain.repeated import said_once
from bot.domain.row import parts
from bot.domain.scale import text_at
from bot.domain.token import Kind, Token, tokens_of
from bot.domain.vocabulary import is_filler, lexicon

__all__ = ["Filing", "TypedPercent", "read_message"]


@dataclass(frozen=True, slots=True)
class Filing:
    """`cells`: what was said once, or several times alike. `conflicts`: cells given with different numbers.

    `leftovers`: every run of words that was not understood, as typed. `asides`: what was understood to be no figure of
    this report (a date, a rank, last year's number, the number that is corrected), as typed."""

    cells: Mapping[Cell, Reading]
    percents: tuple[TypedPercent, ...] = ()
    leftovers: tuple[str, ...] = ()
    conflicts: tuple[tuple[Cell, tuple[Reading, ...]], ...] = ()
    asides: tuple[str, ...] = ()
    crossed: bool = False  # every figure may belong to the indicator before it or after it


def read_message(text: str, form: Form) -> Filing:
    """The figures in a message from which period and office have been cut.

    Either indicators with figures before or after them, in any order, or as many bare numbers as the form has cells."""
    tokens = said_once(mended(tokens_of(text), lexicon(form)))
    found = parts(tokens, form)
    if any(isinstance(part, Mention) for part in found):
        return _named(text, tokens, found, form)
    page = Page(text, tokens, form)
    fitting = found if _fits(found, tokens, form) else parts(tokens, form, greedy=False)
    page.fill(fitting) if _fits(fitting, tokens, form) else page.leave(found)
    return _filing(page)


def _fits(row: Sequence[Part], tokens: Sequence[Token], form: Form) -> bool:
    """Whether the numbers alone fill the form in its own order."""
    said = [part for part in row if type(part) is not Part and not isinstance(part, Gap | Aside)]
    givens = [part for part in said if isinstance(part, Given)]
    if len(givens) != len(said) or len(givens) != len(form.cells) or not all(_apart(part, tokens) for part in givens):
        return False
    return all(part.amount.measure in (None, cell.measure) for part, cell in zip(givens, form.cells, strict=True))


def _apart(part: Given, tokens: Sequence[Token]) -> bool:
    """A number whose groups have spaces between them must be set off from its neighbours by more than a space."""
    if not part.amount.spaced:
        return True
    around = [tokens[place] for place in (part.first - 1, part.end) if 0 <= place < len(tokens)]
    return all(token.kind in (Kind.BREAK, Kind.MARK) for token in around)


def _named(text: str, tokens: Sequence[Token], row: Sequence[Part], form: Form) -> Filing:
    """Figures after their indicators, or before them; where both make sense and differ, neither is taken."""
    after = _placed(text, tokens, row, form, ())
    ahead = _ahead(row, tokens)
    if not ahead:
        return _filing(after)
    before = _placed(text, tokens, row, form, ahead)
    troubles = (_troubles(after), _troubles(before) + _repeats(before))
    if 0 in troubles and troubles[0] != troubles[1]:
        return _filing(after if troubles[0] == 0 else before)
    return _agreed(_filing(after), _filing(before))


def _placed(text: str, tokens: Sequence[Token], row: Sequence[Part], form: Form, ahead: Iterable[Part]) -> Page:
    page = Page(text, tokens, form, ahead)
    for part in row:
        page.take(part)
    page.close()
    return page


def _ahead(row: Sequence[Part], tokens: Sequence[Token]) -> list[Part]:
    """Figures that begin a clause and run straight into an indicator without a colon."""
    found: list[Part] = []
    run: list[Part] = []
    fresh, alternating = True, _alternating(row)
    for place, part in enumerate(row):
        fresh = fresh or alternating or _begins(tokens, row[place - 1].end if place else 0, part.first)
        if isinstance(part, Given) and (fresh or run):
            run.append(part)
        elif isinstance(part, Mention) and run:
            found += run if text_at(tokens, part.end) != ":" else []
            run = []
            fresh = True
            continue
        else:
            run = []
        fresh = isinstance(part, Gap | Aside)
    return found


def _alternating(row: Sequence[Part]) -> bool:
    """ "402 việc thụ lý 13,2 tỷ tiền thụ lý …": figures and indicators by turns from first to last, no punctuation."""
    said = [part for part in row if isinstance(part, Given | Mention)]
    turns = [isinstance(part, Given) for part in said]
    if any(isinstance(part, Gap) for part in row) or len(turns) < 4:
        return False
    return turns == [place % 2 == 0 for place in range(len(turns))] and not turns[-1]


def _begins(tokens: Sequence[Token], at: int, end: int) -> bool:
    """Whether a clause begins between two parts: "trong đó 350 việc …", "gồm 125 việc … và 30 việc …"."""
    between = [token.text for token in tokens[at:end]]
    return "gom" in between or between == ["va"] or between[:2] == ["trong", "do"]


def _troubles(page: Page) -> int:
    unread = sum(isinstance(part, Given) for part in page.unread)
    return unread + sum(_settled(readings) is None for readings in page.readings.values())


def _repeats(page: Page) -> int:
    """The same figure twice is usual, but no ground to think that figures stand before their indicators."""
    return sum(len(readings) - 1 for readings in page.readings.values())


def _agreed(one: Filing, other: Filing) -> Filing:
    """What two ways to read a message have in common; the rest is handed back."""
    cells = {cell: reading for cell, reading in one.cells.items() if other.cells.get(cell) == reading}
    open_ = [reading.text for way in (one, other) for cell, reading in way.cells.items() if cell not in cells]
    conflicts = tuple(conflict for conflict in one.conflicts if conflict in other.conflicts)
    kept = {reading.text for _, readings in conflicts for reading in readings}
    open_ += [
        reading.text
        for way in (one, other)
        for _, readings in way.conflicts
        for reading in readings
        if reading.text not in kept
    ]
    used = {reading.text for reading in cells.values()}
    leftovers = dict.fromkeys(text for text in (*one.leftovers, *other.leftovers, *open_) if text not in used)
    percents = tuple(share for share in one.percents if share in other.percents)
    leftovers |= dict.fromkeys(share.text for share in (*one.percents, *other.percents) if share not in percents)
    return Filing(cells, percents, tuple(leftovers), conflicts, one.asides, not cells and not conflicts)


def _filing(page: Page) -> Filing:
    settled = {cell: _settled(page.readings[cell]) for cell in page.form.cells if cell in page.readings}
    conflicts = tuple((cell, tuple(page.readings[cell])) for cell, reading in settled.items() if reading is None)
    cells = {cell: reading for cell, reading in settled.items() if reading is not None}
    leftovers = tuple(page.typed(part) for part in _joined(page.unread, page.tokens))
    asides = tuple(page.typed(part) for part in _joined(page.asides, page.tokens))
    return Filing(cells, tuple(page.percents), leftovers, conflicts, asides)


def _joined(unread: Iterable[Part], tokens: Sequence[Token]) -> list[Part]:
    """Unread words side by side, or with mere fillers between them, are one run."""
    runs: list[Part] = []
    for part in sorted(unread, key=lambda part: part.first):
        if runs and all(is_filler(token) for token in tokens[runs[-1].end : part.first]):
            runs[-1] = Part(runs[-1].first, part.end)
        else:
            runs.append(Part(part.first, part.end))
    return runs


#: A text that cannot be read agrees with nothing but itself, so it comes first.
_SUREST = (Unreadable, Exact, Approximate, Ambiguous)


def _settled(readings: Sequence[Reading]) -> Reading | None:
    """The one reading all agree with, the surest first; None when they contradict each other."""
    surest = min(readings, key=lambda reading: _SUREST.index(type(reading)))
    return surest if all(_agrees(surest, reading) for reading in readings) else None


def _agrees(surest: Reading, other: Reading) -> bool:
    if isinstance(surest, Exact) and isinstance(other, Approximate):
        return abs(surest.value - other.value) * 10 <= surest.value
    return surest == other or bool(_numbers(surest) and set(_numbers(surest)) <= set(_numbers(other)))


def _numbers(reading: Reading) -> tuple[int, ...]:
    if isinstance(reading, Ambiguous):
        return reading.readings
    return (reading.value,) if isinstance(reading, Exact | Approximate) else ()
