"""A supposition that leaves something open: asked back, each reading one tap."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.asking import LONGEST_TOKEN, Inquiry, short_name
from bot.cards import amount, period_words
from bot.chat import Choice, Reply
from bot.domain.asked import Change, Supposed
from bot.domain.folding import fold
from bot.domain.form import Measure
from bot.domain.organisation import Office, Unit
from bot.domain.reading import Ambiguous, Exact
from bot.i18n import say

_NUMBER = re.compile(r"(?<![\w.,])\d{1,6}(?![\w%]|[.,]\d)")
_UNITS = {Measure.CASES: "viec", Measure.MONEY: "dong"}
_CHANGES = {Change.MORE: "them ", Change.LESS: "bot "}
_LESS = re.compile(r"\b(?:bot|giam)\b")
_MORE = re.compile(r"\b(?:them|cong|nua|hon)\b|\+")
_MOST_OFFICES = 20


def left_open(asked: Inquiry) -> Reply | None:
    """What has to be asked before it can be worked out: of which office, or which number is meant."""
    question = asked.question
    unclear = next((one for one in question.amounts if not isinstance(one.reading, Exact)), None)
    if unclear:
        return _which_reading(asked, unclear)
    number = _NUMBER.search(fold(question.figures))
    if not question.amounts:
        return _of_what(asked, number[0]) if number and question.percent is None else None
    return None if isinstance(asked.unit, Office) else _whose(asked)


def _which_reading(asked: Inquiry, one: Supposed) -> Reply | None:
    """ "1.304 tỷ" may be two numbers."""
    if not isinstance(one.reading, Ambiguous) or len(asked.question.amounts) > 1:
        return None
    choices = [
        _again(asked, amount(one.measure, value), asked.unit, _words(asked, one.measure, value))
        for value in one.reading.readings
    ]
    return Reply(say("“{text}” is which number?", text=one.reading.text), _known(choices))


def _of_what(asked: Inquiry, number: str) -> Reply:
    """ "thêm 10": việc, or money?"""
    value, change = int(number), _said_change(asked)
    readings = [(Measure.CASES, value), *((Measure.MONEY, value * scale) for scale in (10**6, 10**9))]
    if asked.measure:
        readings = [one for one in readings if one[0] is asked.measure]
    choices = [
        _again(asked, amount(measure, meant), asked.unit, _words(asked, measure, meant, change))
        for measure, meant in readings
    ]
    return Reply(say("{number} of what?", number=number), _known(choices))


def _said_change(asked: Inquiry) -> Change:
    said = fold(asked.question.figures)
    if _LESS.search(said):
        return Change.LESS
    return Change.MORE if _MORE.search(said) else Change.TO


def _whose(asked: Inquiry) -> Reply:
    """Only an office can have more or less; its cluster follows."""
    sums = [one for one in asked.question.amounts if isinstance(one.reading, Exact)]
    words = " ".join(_words(asked, one.measure, one.reading.value) for one in sums if isinstance(one.reading, Exact))
    choices = [_again(asked, office.name, office, words) for office in asked.offices[:_MOST_OFFICES]]
    return Reply(
        say("I can only suppose it of one office, not of {unit}. Which one?", unit=short_name(asked.unit)),
        _known(choices),
    )


def _words(asked: Inquiry, measure: Measure, value: int, change: Change | None = None) -> str:
    """ "xong them 10 viec", as a button says it."""
    indicator = asked.form.indicator(asked.indicator or asked.form.rates[-1].numerator)
    how = _CHANGES.get(change or asked.question.change or Change.TO, "")
    return f"{fold(indicator.short)} {how}{value} {_UNITS[measure]}"


def _again(asked: Inquiry, label: str, unit: Unit, words: str) -> Choice | None:
    """The same supposition with nothing left open, None when a button cannot hold it all."""
    text = f"/neu {words} {period_words(asked.period)} {fold(short_name(unit))}"
    return Choice(label, text) if len(text) <= LONGEST_TOKEN else None


def _known(choices: Sequence[Choice | None]) -> tuple[Choice, ...]:
    return tuple(one for one in choices if one)
