"""One reader for commands and plain questions: what is wanted, of whom, when, and whether that is certain."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from bot.domain.asked import Against, Asked, By, Change, Format, Question, Supposed, Whole
from bot.domain.command import command_of, phrase_of
from bot.domain.contrast import compared, sides
from bot.domain.folding import fold
from bot.domain.followup import fitting, lean, leans, parts
from bot.domain.form import Form
from bot.domain.hearing import blank, hear
from bot.domain.intent import Intent, certain, weigh
from bot.domain.noted import NAMELESS, Noted, said
from bot.domain.organisation import Organisation
from bot.domain.strangers import alone, nearest, says_nothing, unknown
from bot.domain.subject import read_question

__all__ = [
    "Against",
    "Asked",
    "By",
    "Change",
    "Format",
    "Intent",
    "Question",
    "Supposed",
    "Whole",
    "blank",
    "command_of",
    "phrase_of",
    "read",
    "read_question",
]

_OTHERS = 3


def read(
    text: str,
    organisation: Organisation,
    form: Form,
    today: date,
    *,
    command: Intent | None = None,
    before: Asked | None = None,
) -> Question:
    """What a text asks; `command` fixes the intent, `before` is what a follow-up leans on. Never raises.

    "tháng trước" in a follow-up is the month before the one asked about, "năm ngoái" the same period a year earlier."""
    noted = Noted(hear(text, organisation, today), form)
    question = said(noted)
    on = question.period.end if question.period else today
    weights = weigh(noted.hits, noted.signs)
    before = None if before and not command and parts(noted, question, before) else before
    likeliest = command or max(weights, key=weights.__getitem__, default=None)
    name = _name(noted, likeliest, organisation, on)
    if name and says_nothing(noted.heard, name, organisation, on):
        noted.odd, name = name, None
    if name:
        question = _called(question, noted.heard.text[slice(*name)].strip(), organisation, on)
    if not likeliest and (not before or noted.doubt) and not name and not noted.strangers():
        weights = noted.bare()
    question = _obeyed(noted, question, command, name) if command else _judged(noted, question, weights, name)
    return _finished(noted, question, command, before, organisation, today)


def _name(noted: Noted, likeliest: Intent | None, organisation: Organisation, on: date) -> tuple[int, int] | None:
    """Where a name stands that no unit bears."""
    if likeliest in NAMELESS:
        return None
    name = unknown(noted.heard, noted.covered, organisation, on, bool(likeliest))
    return alone(noted.heard, organisation, on) if not name and not likeliest and not noted.names() else name


def _called(question: Question, name: str, organisation: Organisation, on: date) -> Question:
    whole = None if fold(name).startswith("cum") else question.whole
    return replace(question, unknown=name, nearest=nearest(name, organisation, on), whole=whole)


def _obeyed(noted: Noted, question: Question, command: Intent, name: tuple[int, int] | None) -> Question:
    return replace(question, intent=command, unread=() if command in NAMELESS else noted.unread(name, command))


def _judged(noted: Noted, question: Question, weights: Mapping[Intent, int], name: tuple[int, int] | None) -> Question:
    """The question with the one intent that is certain, or with the likeliest and what could not be read."""
    ranked = sorted(weights, key=lambda one: (-weights[one], list(Intent).index(one)))
    best = ranked[0] if ranked else None
    unread = noted.unread(name, best)
    if best in NAMELESS and not noted.doubt:
        unread = ()
    if certain([weights[one] for one in ranked]) and not unread:
        return replace(question, intent=best)
    return replace(question, others=() if "chat" in noted.signs else tuple(ranked[:_OTHERS]), unread=unread)


def _finished(
    noted: Noted,
    question: Question,
    command: Intent | None,
    before: Asked | None,
    organisation: Organisation,
    today: date,
) -> Question:
    """What a follow-up takes over, what a comparison is with, what a ranking goes by."""
    if question.intent is Intent.RANKING:
        question = replace(question, by=noted.by(), lowest=noted.lowest())
    if question.intent is Intent.COMPARE:
        question = sides(noted.named.wholes, question)
    if before and leans(noted, question, before, command):
        question = lean(noted, question, before, organisation, today)
    elif question.intent is Intent.COMPARE:
        periods, against = compared(noted.heard, question)
        question = replace(question, periods=periods, against=against)
    if question.against is not Against.OFFICE and question.units:
        question = replace(question, whole=None)
    return question if command else fitting(question)
