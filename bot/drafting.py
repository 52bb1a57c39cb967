"""What is said about a draft: which office, which number, what is missing, what is wrong, and the card to confirm."""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction

from bot.cards import amount, cell_name, clipped, period_name, period_range
from bot.chat import Choice, Reply
from bot.domain import checks
from bot.domain.draft import BadCell, Conflict, Doubt, Draft
from bot.domain.figures import Figures
from bot.domain.folding import fold
from bot.domain.form import Cell, Form, Measure
from bot.domain.organisation import Office
from bot.domain.period import Period
from bot.domain.wording import number_words
from bot.errors import Refusal
from bot.explain import Problem, problem_line
from bot.filing import Case
from bot.i18n import capital, number, say
from bot.review import card_lines, warning_line

NAME = "submit"
MOST = 12  # faults listed at once: more do not fit a phone


def token(press: str, *argument: object) -> str:
    return f"{NAME}:{press}:{'.'.join(str(one) for one in argument)}"


def cancel(draft: Draft) -> Choice:
    return Choice(say("Cancel"), token("cancel", draft.no))


def ask_office(draft: Draft, offices: Sequence[Office]) -> Reply:
    choices = [Choice(office.name, token("office", draft.no, office.key)) for office in offices]
    return Reply(say("Which office is this for?"), (*choices, cancel(draft)))


def ask_which(form: Form, draft: Draft, doubt: Doubt, before: int | None) -> Reply:
    """An ambiguous amount: never guessed, every reading a button, the one nearest to last month's first."""
    readings = sorted(doubt.readings, key=lambda value: _apart(value, before)) if before else doubt.readings
    lines = [say("“{text}” ({cell}) is which number?", text=doubt.text, cell=cell_name(form, doubt.cell))]
    lines += [f"{amount(doubt.cell.measure, value)}: {number_words(value)}" for value in readings]
    choices = (*(_set(form, draft, doubt.cell, value) for value in readings), cancel(draft))
    return Reply("\n".join(lines), choices, wants_number=True)  # a bare number is the figure, not a place in the list


def _apart(value: int, before: int) -> Fraction:
    """How many times one is the other, at least 1; 0 is farthest from everything."""
    small, large = sorted((value, before))
    return Fraction(large, small) if small else Fraction(large + 1)


def ask_cell(form: Form, draft: Draft, case: Case, cell: Cell) -> Reply:
    """One figure, with last month's beside it, ready to be taken over."""
    missing = draft.missing(form)
    lines = [f"**{case.office.full_name} · {period_name(case.period)}**", period_range(case.period)]
    if draft.values and not draft.stepped and not draft.editing:
        lines.append(say("Still missing: {cells}.", cells=", ".join(cell_name(form, one) for one in missing)))
        lines += _asides(draft)
    place = f"({form.cells.index(cell) + 1}/{len(form.cells)})"
    lines.append(say("{cell} {place}: how much?", cell=f"**{capital(cell_name(form, cell))}**", place=place))
    choices = []
    before = case.last_figures.get(cell) if case.last_figures else None
    if before is not None:
        lines.append(say("Last month it was {amount}.", amount=amount(cell.measure, before)))
        as_before = say("As last month: {number}", number=number(before))
        choices.append(Choice(as_before, token("set", draft.no, form.cells.index(cell), before)))
    if draft.stepped or draft.editing:
        choices.append(Choice(say("Back"), token("back", draft.no)))
    return Reply("\n".join(lines), (*choices, cancel(draft)), wants_number=True)


def ask_edit(form: Form, draft: Draft) -> Reply:
    """Which of the figures to change."""
    choices = [
        Choice(f"{capital(cell_name(form, cell))}: {number(draft.values[cell])}", token("cell", draft.no, place))
        for place, cell in enumerate(form.cells)
        if cell in draft.values
    ]
    text = say("Which figure should change? Tap it, or type it, for example: {example}", example=_example(form, []))
    return Reply(text, (*choices, Choice(say("Back"), token("back", draft.no))))


def refused(form: Form, draft: Draft, found: Sequence[Problem], last: Figures | None = None) -> Reply:
    """Every fault at once, each naming its place; the good figures are kept for a mending line."""
    one = say("One place needs another look:")
    count = one if len(found) == 1 else say("{count} places need another look:", count=len(found))
    lines = [say("**Not accepted yet.**") + " " + count]
    lines += [f"{place}. {problem_line(form, problem)}" for place, problem in enumerate(found[:MOST], 1)]
    if len(found) > MOST:
        lines.append(say("… and {count} more.", count=len(found) - MOST))
    if not all(isinstance(problem, Refusal) for problem in found):  # no figure mends a period that is not open
        example = _example(form, found, last)
        lines.append(
            say("Send the whole line again, or only what needs mending, for example: {example}", example=example)
        )
    choices = []
    if draft.values and all(_harmless(problem) for problem in found):
        choices.append(Choice(say("Leave those words out"), token("go", draft.no)))
    elif draft.values:
        choices.append(Choice(say("Edit"), token("edit", draft.no)))
    return Reply("\n".join(lines), (*choices, cancel(draft)))


def _harmless(problem: Problem) -> bool:
    """Words that can hide no figure and no unit may be left out by a tap."""
    return isinstance(problem, str) and not re.search(r"\d|\b(nghin|ngan|trieu|ty|dong|dvt)\b", fold(problem))


def ask_review(form: Form, draft: Draft, case: Case, warnings: Sequence[checks.Warning], other: Period | None) -> Reply:
    """The card: what will be stored, every warning with its likely repair, and the one tap that stores it."""
    figures = Figures(draft.values)
    lines = card_lines(form, case, figures, draft.sent_at)
    if draft.nil:
        lines = [say("**Nothing new this month?** The figures stay as they were:"), "", *lines]
    if warnings:
        lines += ["", say("⚠ Please look again:"), *(f"- {warning_line(form, one, case)}" for one in warnings)]
    if draft.asides:
        lines += ["", *_asides(draft)]
    if draft.reason:
        lines += ["", say("Reason: “{reason}”.", reason=clipped(draft.reason, 200))]
    choices = [_repair(form, draft, warning) for warning in warnings]
    choices += [
        Choice(_confirm_label(draft, warnings), token("file", draft.no)),
        Choice(say("Edit"), token("edit", draft.no)),
        cancel(draft),
    ]
    if other:
        choices.append(Choice(say("I mean {period}", period=period_name(other)), token("period", draft.no)))
    return Reply("\n".join(lines), tuple(choices))


def _asides(draft: Draft) -> list[str]:
    words = " · ".join(f"“{clipped(aside)}”" for aside in draft.asides[:MOST])
    return [say("Not counted as figures: {words}.", words=words)] if words else []


def _confirm_label(draft: Draft, warnings: Sequence[checks.Warning]) -> str:
    if draft.nil:
        return say("Yes, nothing new")
    if draft.reason:
        return say("File")
    if any(warning.needs_reason for warning in warnings):
        return say("File as it is, because…")
    if warnings:
        return say("File by the computed rate")
    return say("File")


def ask_reason(draft: Draft, *, lacking: bool = False) -> Reply:
    """One reason for all that was warned of; a few ready ones, any words will do. `lacking`: [File] was said first."""
    choices = [Choice(text, token("because", draft.no, place)) for place, text in enumerate(reasons())]
    question = say("What is the reason? Tap one or type your own words.")
    text = say("The reason is still missing.") + " " + question if lacking else question
    return Reply(text, (*choices, cancel(draft)))


def reasons() -> tuple[str, ...]:
    return (
        say("A slip in typing"),
        say("Last month's figure was wrong"),
        say("Decisions withdrawn or entrusted"),
        say("It is right, nothing else to add"),
    )


def _set(form: Form, draft: Draft, cell: Cell, value: int) -> Choice:
    return Choice(amount(cell.measure, value), token("set", draft.no, form.cells.index(cell), value))


def _repair(form: Form, draft: Draft, warning: checks.Warning) -> Choice:
    """The likely repair of what is warned of, as a button."""
    match warning:
        case checks.FarFromLast(cell=cell, suggestion=int(value)):
            yes = say("Yes, {number}", number=number(value))
            return Choice(yes, token("set", draft.no, form.cells.index(cell), value))
        case checks.FarFromLast(cell=cell) | checks.Fell(cell=cell):
            return _mend(form, draft, cell)
        case checks.PercentMismatch(typed=typed, measure=measure):
            return _mend(form, draft, Cell(typed.indicator, measure))
    return Choice(say("Nothing new this month"), "/khongphatsinh")


def _mend(form: Form, draft: Draft, cell: Cell) -> Choice:
    if cell not in form.cells:  # a percentage after an indicator that has one measure only
        cell = form.indicator(cell.indicator).cells[0]
    label = say("Change {cell}", cell=cell_name(form, cell))
    return Choice(label, token("cell", draft.no, form.cells.index(cell)))


def _example(form: Form, found: Sequence[Problem], last: Figures | None = None) -> str:
    """A mending line for the first cell at fault, as a person would type it, with last month's figure where known."""
    cell = next((_cell_of(one) for one in found if _cell_of(one)), None) or form.cells[-1]
    known = last.get(cell) if last else None
    if known is not None:
        return f"{cell_name(form, cell)} {number(known)}"
    return f"{cell_name(form, cell)} {'290' if cell.measure is Measure.CASES else '3 tỷ 1'}"


def _cell_of(problem: Problem) -> Cell | None:
    match problem:
        case BadCell(cell=cell) | Conflict(cell=cell):
            return cell
        case checks.Exceeds(relation=relation, measure=measure) | checks.NotEqual(relation=relation, measure=measure):
            return Cell(relation.left[0].indicator, measure)
    return None
