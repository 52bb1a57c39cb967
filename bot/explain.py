"""What went wrong, said to a person: what, where, and how to put it right."""

from __future__ import annotations

from bot.cards import amount, at, cell_name, clipped, indicator_name, measure_name, period_name
from bot.chat import Reply
from bot.domain import checks
from bot.domain.draft import BadCell, Conflict, Crossed, WrongCount
from bot.domain.form import Form, Measure, Relation, Term
from bot.domain.period import Period
from bot.domain.reading import Approximate, Exact, Reading, Reason, Unreadable
from bot.errors import (
    BadInvitation,
    BadLink,
    NotAdmitted,
    NotAllowed,
    NotOneOffice,
    PeriodClosed,
    PeriodNotOpen,
    Refusal,
    SeveralPeriods,
    SeveralUnits,
    StaleChoice,
    TooManyTries,
    UnknownOffice,
    UnknownPeriod,
    Unread,
)
from bot.i18n import capital, day, number, say

Problem = checks.Fault | BadCell | Conflict | WrongCount | Crossed | Refusal | str


def explain(refusal: Refusal) -> Reply:
    """A refusal as a whole answer."""
    return Reply(refusal_line(refusal))


def refusal_line(refusal: Refusal) -> str:
    """One refusal as one sentence."""
    match refusal:
        case NotAdmitted():
            return say(
                "This is an internal system. If you have an invitation code, send it here; "
                "if not, please ask your office's administrator."
            )
        case NotAllowed():
            return _not_allowed(refusal)
        case BadInvitation(why=why):
            return _BAD_CODE[why]()
        case BadLink():
            return _bad_link(refusal)
        case TooManyTries(until=until):
            return say("Too many wrong codes. Please try again after {time}.", time=at(until))
        case StaleChoice():
            return say("That card is no longer in use. Please send the command again, for example /nop.")
    return _about_period(refusal) or _not_understood(refusal)


def _about_period(refusal: Refusal) -> str:
    """Why nothing is filed for a period now; empty when that is not the reason."""
    match refusal:
        case PeriodNotOpen(year=year, month=month, opens=opens):
            return _not_open(Period(year, month), day(opens) if opens else None)
        case PeriodClosed():
            return _closed(refusal)
    return ""


def _not_understood(refusal: Refusal) -> str:
    """What was asked about could not be made out, or cannot be told."""
    match refusal:
        case UnknownOffice(text=text, nearest=nearest):
            found = say("I know no office called “{text}”.", text=clipped(text))
            return found + " " + say("Did you mean one of these?") if nearest else found
        case UnknownPeriod(text=text):
            return say(
                "“{text}” is not a reporting period. For example: tháng 9/2021, 12 tháng năm 2021.", text=clipped(text)
            )
        case NotOneOffice(unit=unit):
            return say(
                "“{unit}” is not one office: figures are filed office by office. Name the office or leave that out.",
                unit=unit,
            )
        case Unread(text=text):
            return say(
                "I did not understand “{text}”. Please ask again without it, or in other words.", text=clipped(text)
            )
        case SeveralUnits(units=units):
            named = " · ".join(name for _, name in units)
            return say("I answer for one office at a time: {names}. Which one?", names=named)
        case SeveralPeriods(periods=periods):
            named = " · ".join(period_name(Period(*one)) for one in periods)
            return say("I answer one period at a time: {periods}. Please ask for each.", periods=named)
    return say("That cannot be done.")


def _not_allowed(refusal: NotAllowed) -> str:
    if not refusal.where:
        return say("You have no right to do this.")
    if refusal.act == "file":
        return say("You have no right to file for {where}.", where=refusal.where)
    if refusal.act == "correct":
        return say("{where} has filed already; only its chief may change that.", where=refusal.where)
    if refusal.act == "withdraw":
        return say("Only the chief of {where} may withdraw what it has filed.", where=refusal.where)
    if refusal.act in ("ask_unlock", "ask_extension"):
        return say("You do not file for {where}: only those who do can ask for it.", where=refusal.where)
    return say("You have no right to do this for {where}.", where=refusal.where)


def _closed(refusal: PeriodClosed) -> str:
    period = Period(refusal.year, refusal.month)
    fields = {"period": capital(period_name(period)), "time": at(refusal.closed_at)}
    if refusal.opens:
        example = f"/mokhoa {refusal.opens} {period_name(period)}"
        fields["example"] = example
        return say("{period} was closed at {time}. To file or correct, open it again: {example}", **fields)
    return say(
        "{period} was closed at {time}. To file or correct, ask for it to be opened: /xinmo and the reason.", **fields
    )


def _not_open(period: Period, opens: str | None) -> str:
    if opens is None:
        return say("{period} lies before reporting began here.", period=capital(period_name(period)))
    return say("{period} cannot be filed yet: it opens on {day}.", period=capital(period_name(period)), day=opens)


_BAD_CODE = {
    "unknown": lambda: say("That code is not right. Please check it and send it again."),
    "used": lambda: say("That code has been used. Please ask for a new one."),
    "expired": lambda: say("That code has expired. Please ask for a new one."),
    "revoked": lambda: say("That code has been withdrawn. Please ask for a new one."),
    "again": lambda: say("You hold this role already; the code has not been used up."),
}


def _bad_link(refusal: BadLink) -> str:
    match refusal.why:
        case "unknown":
            return say("That code is not right. Please check it and send it again.")
        case "own":
            return say("This account is linked to you already. Please send the code from the other app.")
        case "taken":
            return _taken(refusal)
        case "last":
            return say("This is the last channel on which you can be reached; it cannot be unlinked.")
        case "used":
            return say("That code has been used. Please send /kenh in the first app for a new one.")
    return say("That code has expired. Please send /kenh in the first app for a new one.")


def _taken(refusal: BadLink) -> str:
    """Two persons are never made one by a code."""
    held = say("This account belongs to **{name}** already, so it cannot be linked.", name=refusal.name)
    ask = say(
        "If both are yours, please ask the administrator ({names}) to revoke the role that you do not need here.",
        names=", ".join(refusal.ask),
    )
    return f"{held} {ask}" if refusal.ask else held


def problem_line(form: Form, problem: Problem) -> str:
    """One thing in a filing that keeps it from being stored, naming the cell."""
    match problem:
        case WrongCount(found=found, needed=needed):
            return say(
                "There are {found} numbers without names; {needed} are needed, in the order of the form.",
                found=found,
                needed=needed,
            )
        case Crossed():
            return say(
                "It is not clear whether each number belongs to the name before it or after it. Write every name first."
            )
        case str(words):
            return say("Could not read: “{words}”.", words=clipped(words))
        case BadCell(cell=cell, reading=reading):
            return _bad_cell(cell_name(form, cell), reading)
        case Conflict(cell=cell, readings=readings):
            texts = " · ".join(f"“{clipped(_typed(one))}”" for one in readings)
            return say("{cell} is given twice: {texts}.", cell=capital(cell_name(form, cell)), texts=texts)
        case checks.Exceeds(relation=relation, measure=measure, left=left, right=right):
            return _exceeds(form, relation, measure, left, right)
        case checks.NotEqual(relation=relation, measure=measure, left=left, right=right):
            return say(
                "{left} = {left_sum} does not equal {right} = {right_sum}.",
                left=capital(_side(form, relation.left, measure)),
                left_sum=amount(measure, left),
                right=_side(form, relation.right, measure),
                right_sum=amount(measure, right),
            )
        case Refusal() as refusal:
            return refusal_line(refusal)
    return say("That cannot be done.")


def _exceeds(form: Form, relation: Relation, measure: Measure, left: int, right: int) -> str:
    return say(
        "{left} {left_sum} is more than {right} {right_sum}.",
        left=capital(_side(form, relation.left, measure)),
        left_sum=amount(measure, left),
        right=_side(form, relation.right, measure),
        right_sum=amount(measure, right),
    )


def _side(form: Form, terms: tuple[Term, ...], measure: Measure) -> str:
    """“tiền xong”, or “tiền (xong + đình chỉ)” of a relation's side."""
    parts = [
        f"{'− ' if term.sign < 0 else '+ ' if place else ''}{indicator_name(form.indicator(term.indicator))}"
        for place, term in enumerate(terms)
        if measure in form.indicator(term.indicator).measures
    ]
    joined = parts[0] if len(parts) == 1 else f"({' '.join(parts)})"
    return f"{measure_name(measure)} {joined}"


def _bad_cell(cell: str, reading: Reading) -> str:
    fields = {"cell": capital(cell), "text": clipped(reading.text)}
    match reading:
        case Approximate():
            return say("{cell} “{text}” is approximate; the exact figure is needed.", **fields)
        case Unreadable(reason=Reason.NEGATIVE):
            return say("{cell} “{text}” is negative.", **fields)
        case Unreadable(reason=Reason.FRACTION):
            return say("{cell} “{text}” is not a whole number.", **fields)
        case Unreadable(reason=Reason.TOO_LARGE):
            return say("{cell} “{text}” is too large.", **fields)
        case Unreadable(reason=Reason.WRONG_UNIT):
            return say("{cell} “{text}” is in the wrong unit.", **fields)
    return say("{cell} “{text}” is not a number I can read.", **fields)


def _typed(reading: Reading) -> str:
    return number(reading.value) if isinstance(reading, Exact) else reading.text
