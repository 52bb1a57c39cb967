"""A question taken apart: units, periods, places, numbers, and the words between them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cache

from bot.domain.amount import Amount, amount_at
from bot.domain.asked import Supposed
from bot.domain.days import find_days
from bot.domain.folding import fold
from bot.domain.form import Measure
from bot.domain.intent import Hit, evidence, spelling
from bot.domain.letters import Letters, Word
from bot.domain.names import UnitMention
from bot.domain.organisation import Office, Organisation, Unit
from bot.domain.period import Mention, find_periods
from bot.domain.places import PLACES
from bot.domain.reading import read_percent, reading_of
from bot.domain.spelt import spelt
from bot.domain.token import Kind, tokens_of
from bot.domain.utterance import Said, Span, agrees, utter

_PERCENT = re.compile(r"(?<![\w.,])\d{1,3}(?:[.,]\d{1,4})? ?(?:%|phan tram\b)")
_SPOKEN = frozenset("mot hai ba bon tu nam lam sau bay tam chin muoi".split())  # noqa: SIM905
# "để đạt 45" says a percentage; what is counted has a unit.
_GOAL = re.compile(
    r"\b(?:de|thi|moi|muon|phai|can|se) (?:dat|duoc|len|toi)(?: duoc| toi| len| muc)? "
    r"(?P<rate>\d{1,3}(?:[.,]\d{1,4})?)(?![\w.,/%]|\s?(?:viec|vu|ti|ty|trieu|nghin|ngan|dong|tram|thang|don|%|phan|v\b|d\b))"
)


@dataclass(frozen=True, slots=True)
class Heard:
    """What was read of a text; the places of `words` are those that `hits` cover."""

    text: str
    units: tuple[UnitMention, ...]
    periods: tuple[Mention, ...]
    places: tuple[Span, ...]  # names that are no units here
    percents: tuple[Fraction, ...]
    amounts: tuple[Supposed, ...]
    numbers: int  # amounts and bare numbers
    words: tuple[Said, ...]
    hits: tuple[Hit, ...]
    figures: str


def hear(text: str, organisation: Organisation, today: date) -> Heard:
    text = spelt(text)
    # Units come out first, lest "cụm 3 tháng 8" be read as three months; then by the names of that period.
    units = organisation.mentions(text, today)
    periods, days = _when(blank(text, [(one.start, one.end) for one in units]), today)
    rest = blank(text, [(one.start, one.end) for one in periods])
    if periods:
        units = organisation.mentions(rest, periods[0].period.end) or units
    rest = figures = blank(rest, [(one.start, one.end) for one in units])
    places = tuple(_places(rest))
    rest = blank(rest, [(one.start, one.end) for one in (*places, *days)])
    shares = _shares(rest)
    rest = blank(rest, [(one.start, one.end) for one, _ in shares])
    amounts = _amounts(rest)
    spans = [
        *(Span(one.start, one.end, kind_of(one.unit)) for one in units),
        *(Span(one.start, one.end, _kind_of(text[one.start : one.end])) for one in periods),
        *places,
        *days,
        *(one for one, _ in shares),
        *(Span(start, end, "number" if amount.bare else "amount") for start, end, amount in amounts),
    ]
    words = tuple(utter(text, spans, spelling()))
    supposed = tuple(_supposed(amount, text[start:end]) for start, end, amount in amounts if not amount.bare)
    hits = tuple(evidence().hits(words))
    return Heard(
        text, units, periods, places, tuple(rate for _, rate in shares), supposed, len(amounts), words, hits, figures
    )


def _when(text: str, today: date) -> tuple[tuple[Mention, ...], tuple[Span, ...]]:
    """The periods named, by the last day of one too, and the days with which none ends."""
    days = list(find_days(text, today))
    ends = [Mention(day.start, day.end, day.period) for day in days if day.period]
    named = find_periods(blank(text, [(day.start, day.end) for day in days]), today)
    others = tuple(Span(day.start, day.end, "day") for day in days if not day.period)
    return tuple(sorted((*named, *ends), key=lambda one: one.start)), others


def _kind_of(period: str) -> str:
    """A month that is called one, or so many months."""
    return "month" if fold(period).startswith("t") else "period"


def kind_of(unit: Unit) -> str:
    return "office" if isinstance(unit, Office) else "group"


def blank(text: str, spans: Sequence[tuple[int, int]]) -> str:
    """The text with those spans replaced by blanks, so that every other place keeps its position.

    >>> blank("tháng 9: 402 việc", [(0, 7)])
    '       : 402 việc'
    """
    letters = list(text)
    for start, end in spans:
        letters[start:end] = " " * (end - start)
    return "".join(letters)


def _shares(text: str) -> list[tuple[Span, Fraction]]:
    letters = Letters(text)
    spans = [one.span() for one in _PERCENT.finditer(letters.folded)]
    spans += [one.span("rate") for one in _GOAL.finditer(letters.folded)]
    found = [(Span(*letters.span(*span), "percent"), _rate(letters.folded[slice(*span)])) for span in sorted(spans)]
    return [(span, rate) for span, rate in found if rate is not None]


def _rate(text: str) -> Fraction | None:
    return read_percent(text if text[-1].isalpha() or text[-1] == "%" else f"{text}%")


def _amounts(text: str) -> list[tuple[int, int, Amount]]:
    tokens = tokens_of(text)
    found, at = [], 0
    while at < len(tokens):
        amount = None
        if tokens[at].kind is Kind.NUMBER or tokens[at].text in _SPOKEN:
            amount = amount_at(tokens, at)
        if amount and (tokens[at].kind is Kind.NUMBER or not amount.bare):
            found.append((tokens[at].start, tokens[amount.end - 1].end, amount))
        else:
            amount = None
        at = amount.end if amount else at + 1
    return found


def _supposed(amount: Amount, typed: str) -> Supposed:
    measure = amount.measure or Measure.CASES
    return Supposed(measure, reading_of(amount, measure, typed))


def _places(text: str) -> Iterator[Span]:
    words = Letters(text).words()
    known = _known_places()
    at = 0
    while at < len(words):
        size = next(
            (size for size in (3, 2, 1) if at + size <= len(words) and _is_place(text, words[at : at + size], known)), 0
        )
        if size:
            yield Span(words[at].start, words[at + size - 1].end, "place")
        at += size or 1


def _is_place(text: str, words: Sequence[Word], known: dict[str, str]) -> bool:
    meant = known.get(" ".join(word.text for word in words))
    if meant is None or "\n" in text[words[0].start : words[-1].end]:
        return False
    typed = unicodedata.normalize("NFC", text[words[0].start : words[-1].end]).lower().split()
    return len(typed) == len(meant.split()) and all(map(agrees, typed, meant.split()))


@cache
def _known_places() -> dict[str, str]:
    return {fold(place): place.lower() for place in PLACES}
