"""A closed period in words: when and by whom, under which fingerprint, and what has been adjusted since."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.cards import amount, at, cell_name, figure_lines, period_name
from bot.domain.closing import Closing, adjusted, taken_back
from bot.domain.figures import Figures
from bot.domain.form import Cell, Form
from bot.domain.organisation import Office
from bot.i18n import say


def closed_line(closing: Closing) -> str:
    return say(
        "**Closed**: {period}, at {time} by {closer}. Fingerprint **{fingerprint}**.",
        period=period_name(closing.period),
        time=at(closing.closed_at),
        closer=closing.closer,
        fingerprint=closing.fingerprint,
    )


def adjustments(form: Form, closing: Closing, offices: Sequence[Office], now: Mapping[str, Figures]) -> list[str]:
    """What is another one now: cells, and offices that have withdrawn or filed since; none when nothing is."""
    changes, gone = adjusted(closing, now), taken_back(closing, now)
    lines = []
    for office in offices:
        if office.key in gone:
            lines.append(say("Adjusted since: {office} has withdrawn its figures.", office=office.name))
        if office.key in now and office.key not in closing.figures:
            filed = say("Adjusted since: {office} has filed since, adding:", office=office.name)
            lines.append("\n".join([filed, *figure_lines(form, now[office.key])]))
            continue
        changed = changes.get(office.key, Figures())
        lines += [_adjusted(form, office, cell, changed[cell]) for cell in form.cells if changed.get(cell)]
    return lines


def _adjusted(form: Form, office: Office, cell: Cell, by: int) -> str:
    fields = {"office": office.name, "cell": cell_name(form, cell), "amount": amount(cell.measure, abs(by))}
    if by > 0:
        return say("Adjusted since: {office}, {cell} up {amount}.", **fields)
    return say("Adjusted since: {office}, {cell} down {amount}.", **fields)
