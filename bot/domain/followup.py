"""Questions that lean on the one before: "còn tiền?", "thế Bá Thước?", "tháng trước?"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from bot.domain.asked import Against, Asked, Question
from bot.domain.contrast import compared, one_sided, relative
from bot.domain.folding import fold
from bot.domain.hearing import Heard
from bot.domain.intent import Intent
from bot.domain.noted import NAMELESS, Noted
from bot.domain.organisation import Office, Organisation, Unit
from bot.domain.period import LAST_MONTH, Mention, Period

#: Always about what was shown last, when they name nobody themselves.
LEANING = frozenset({Intent.SOURCE, Intent.COMPARE, Intent.CHART, Intent.EXPORT, Intent.INCREMENTS, Intent.WHAT_IF})
#: Those that can be about one indicator, so that it is worth taking over.
_OF_AN_INDICATOR = frozenset({Intent.SOURCE, Intent.COMPARE, Intent.CHART, Intent.INCREMENTS})
#: Asked in a few words that name neither whom nor when, they are about what was just shown ("tổng?").
_CURT = frozenset({Intent.TOTALS, Intent.RATES, Intent.TARGETS, Intent.RANKING, Intent.PARAGRAPH})
_OWN = frozenset({"toi", "minh"})
_LONGEST = 12  # words of a follow-up
_CURTEST = 5
_OPENERS = ("con", "the", "vay", "thi")


def leans(noted: Noted, question: Question, before: Asked, command: Intent | None) -> bool:
    """Whether the question leans on the one before.

    It does when it has no intent of its own but names something; when it says so ("còn …", "… thì sao", "số này"); and
    when it wants something of what was shown last (a source, a comparison, a chart, a file) and names nobody, or
    only whom to compare that with."""
    nobody = not question.units and not question.whole
    if question.intent is Intent.WHAT_IF and _OWN & {said.word for said in noted.heard.words}:
        return False
    if question.intent is Intent.COMPARE:
        nobody = nobody or one_sided(noted.heard, question)
    if command:
        return command in LEANING and nobody and not question.unknown
    if question.unknown or noted.doubt or "chat" in noted.signs or len(noted.heard.words) > _LONGEST:
        return False
    pointed = points(noted)
    if question.intent is None:
        return not noted.strangers() and _names(noted, question) and (pointed or not question.others)
    curt = question.intent in _CURT and not question.periods and len(noted.heard.words) <= _CURTEST
    curt = curt and len(before.units) < 2
    return question.intent not in NAMELESS and (pointed or (nobody and (curt or question.intent in LEANING)))


def points(noted: Noted) -> bool:
    """Whether it says that it goes on: "còn …", "… thì sao", "số này"."""
    return noted.opens(_OPENERS) or bool(noted.signs & {"more", "this"})


def parts(noted: Noted, question: Question, before: Asked) -> bool:
    """Whether a question right after a comparison is one of its own, since it names a unit and compares nothing."""
    named = bool(question.units or question.whole)
    beside = points(noted) or noted.opens(("voi",)) or Intent.COMPARE.value in noted.signs
    return before.intent is Intent.COMPARE and named and not beside


def _names(noted: Noted, question: Question) -> bool:
    named = (question.units, question.whole, question.periods, question.indicator, question.measure)
    return any(named) or bool(noted.signs & {"by_time", "by_target"})


def lean(noted: Noted, question: Question, before: Asked, organisation: Organisation, today: date) -> Question:
    """The question with what it does not say taken over from the one before; `inherited` names what was."""
    new = question.intent is not None
    intent = question.intent or before.intent
    question = replace(question, intent=intent, others=())
    question = replace(question, **_turned(noted, question, before))  # type: ignore[arg-type]
    if _against_month(question, before):
        question = replace(question, periods=(before.period, *question.periods))  # type: ignore[arg-type]
    given: dict[str, object] = {} if question.periods else {"periods": (before.period,) if before.period else ()}
    given |= _cell(question, before) if intent is before.intent or intent in _OF_AN_INDICATOR else {}
    given |= _units(question, before, organisation, today)
    if intent is before.intent:
        given |= {name: getattr(before, name) for name in ("against", "by") if not getattr(question, name)}
    kept = {name: value for name, value in given.items() if value}
    names = {*kept} if new else {*kept, "intent"}
    return replace(question, **kept, inherited=frozenset(names))  # type: ignore[arg-type]


def _against_month(question: Question, before: Asked) -> bool:
    """ "so với tháng 7" after August: August is compared."""
    alone = question.intent is Intent.COMPARE and question.against is Against.PERIOD and len(question.periods) == 1
    return alone and before.period is not None and before.period != question.period


def _turned(noted: Noted, question: Question, before: Asked) -> dict[str, object]:
    """What the words change, seen from the question before."""
    if question.intent is Intent.COMPARE:
        periods, against = compared(noted.heard, question)
        return {"periods": periods, "against": against}
    by = noted.by() if question.intent is Intent.RANKING else None
    return {"periods": _seen_from(noted.heard, before.period), "by": by}


def _seen_from(heard: Heard, before: Period | None) -> tuple[Period, ...]:
    """ "tháng trước" (or "tháng trước nữa") is the month before the one asked about, "năm ngoái" a year before it."""
    return tuple(dict.fromkeys(_shifted(_step(heard, one), before) or one.period for one in heard.periods))


def _step(heard: Heard, one: Mention) -> Against | None:
    once_more = fold(heard.text[one.start : one.end]).endswith("nua")
    return Against.LAST_MONTH if once_more else relative(heard, one)


def _shifted(against: Against | None, before: Period | None) -> Period | None:
    if before is None or against is None:
        return None
    return before.a_year_before if against is Against.LAST_YEAR else a_month_before(before)


def _cell(question: Question, before: Asked) -> dict[str, object]:
    return {name: getattr(before, name) for name in ("indicator", "measure") if not getattr(question, name)}


def _units(question: Question, before: Asked, organisation: Organisation, today: date) -> dict[str, object]:
    """Those of before where none are named; the first of them beside the one that it is now compared with."""
    known = units_of(before.units, organisation, before.period.end if before.period else today)
    if question.intent is Intent.WHAT_IF and not (len(known) == 1 and isinstance(known[0], Office)):
        return {}  # only of one office can anything be supposed
    if not question.units and not question.whole:
        return {"units": known}
    if question.intent is Intent.COMPARE and question.against in (Against.OFFICE, None):
        if question.whole:
            return {"units": known[:1], "against": Against.OFFICE}
        if len(question.units) == 1 and question.units[0] not in known[:1] and _compares(question, before):
            return {"units": (*known[:1], *question.units), "against": Against.OFFICE}
    return {}


def _compares(question: Question, before: Asked) -> bool:
    return question.against is Against.OFFICE or before.against is Against.OFFICE


def fitting(question: Question) -> Question:
    """The totals of one office are its card, the card of a cluster its totals."""
    one = len(question.units) == 1 and isinstance(question.units[0], Office)
    if question.intent is Intent.TOTALS and one:
        return replace(question, intent=Intent.OFFICE)
    if question.intent is Intent.OFFICE and question.units and not isinstance(question.units[0], Office):
        return replace(question, intent=Intent.TOTALS)
    return question


def a_month_before(period: Period) -> Period:
    """Of the first period of a year, the whole year before."""
    return period.previous or Period(period.year - 1, LAST_MONTH)


def units_of(keys: Sequence[str], organisation: Organisation, on: date) -> tuple[Unit, ...]:
    """The units of those keys as they were on that day; those that are gone are left out."""
    found = (
        organisation.office(key, on) or organisation.cluster(key, on) or organisation.province(key) for key in keys
    )
    return tuple(unit for unit in found if unit)
