"""“Số cụm 3 đã thay đổi”: who has read totals is told what was corrected since, old → new, and what they are now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.asking import short_name, token
from bot.cards import at, cell_name, clipped, figure_lines, period_name, period_range
from bot.chat import Choice, Reply
from bot.domain.changed import Change
from bot.domain.figures import Figures, total
from bot.domain.form import Cell, Form
from bot.domain.organisation import Office, Unit
from bot.domain.period import Period
from bot.filing import Tally
from bot.i18n import number, say

MOST_CELLS = 4  # of one office, and twice as many of the sums; half of it where several units are told of
MOST_UNITS = 3
MOST_HISTORIES = 4
ROOM = 1500  # letters of one message for the offices' lines, so that it fits wherever it goes


@dataclass(frozen=True, slots=True)
class Shift:
    """One unit and period, what was corrected there since somebody saw its totals, and what stands now."""

    unit: Unit
    form: Form
    period: Period
    changes: Sequence[Change]
    tally: Tally


def changed(shifts: Sequence[Shift]) -> Reply:
    """One message for all the totals that one person has read."""
    shown = shifts[:MOST_UNITS]
    most = MOST_CELLS if len(shown) == 1 else MOST_CELLS // 2
    parts = ["\n".join(_lines(one, ROOM // len(shown), most)) for one in shown]
    left = len(shifts) - len(shown)
    parts += [say("… and {count} other totals", count=left)] if left else []
    return Reply("\n\n".join(parts), (*_totals(shown), *_histories(shown)))


def _lines(shift: Shift, room: int, most: int) -> list[str]:
    head = say(
        "**The totals of {unit} have changed** · {period} ({range})",
        unit=short_name(shift.unit),
        period=period_name(shift.period),
        range=period_range(shift.period),
    )
    lines = _offices(shift, room, most)
    left = len(shift.changes) - len(lines)
    more = [say("… and {count} more offices", count=left)] if left else []
    filed = say("{filed}/{all} offices", filed=len(shift.tally.filed), all=len(shift.tally.offices))
    return [head, *lines, *more, say("Now, {count}:", count=filed), *_sums(shift, 2 * most)]


def _offices(shift: Shift, room: int, most: int) -> list[str]:
    """In the order of the structure, at least one, and so many as there is room for."""
    names = {office.key: office.name for office in shift.tally.offices}
    by_office = {change.report.office: change for change in shift.changes}
    lines: list[str] = []
    for key in (key for key in names if key in by_office):
        line = "- " + change_line(shift.form, f"**{names[key]}**", by_office[key], most)
        if lines and len("\n".join([*lines, line])) > room:
            break
        lines.append(line)
    return lines


def change_line(form: Form, name: str, change: Change, most: int = MOST_CELLS) -> str:
    """“Bá Thước: tiền xong 2.905.000.000 → **2.900.000.000** (Chi cục trưởng Bá Thước, 09:12 …; lý do: “…”)”."""
    latest = change.now
    fields = {
        "office": name,
        "change": say("figures withdrawn") if change.withdrawn else _cells(form, change, most),
        "author": latest.author_name,
        "time": at(latest.stored_at),
    }
    if not latest.reason:
        return say("{office}: {change} ({author}, {time})", **fields)
    return say("{office}: {change} ({author}, {time}; reason: “{reason}”)", reason=clipped(latest.reason), **fields)


def _cells(form: Form, change: Change, most: int) -> str:
    old, new = change.before.figures, change.now.figures
    cells = [cell for cell in form.cells if cell in change.cells]
    texts = [f"{cell_name(form, cell)} {_figure(old, cell)} → **{_figure(new, cell)}**" for cell in cells[:most]]
    return "; ".join([*texts, *(["…"] if len(cells) > most else [])])


def _figure(figures: Figures, cell: Cell) -> str:
    return number(figures[cell]) if cell in figures else "–"


def _sums(shift: Shift, most: int) -> list[str]:
    """Of the cells that have changed in any office."""
    touched = {cell for change in shift.changes for cell in change.cells}
    sums = total(report.figures for report in shift.tally.reports.values())
    cells = [cell for cell in shift.form.cells if cell in touched and cell in sums][:most]
    return figure_lines(shift.form, Figures((cell, sums[cell]) for cell in cells))


def _totals(shifts: Sequence[Shift]) -> list[Choice]:
    """“Tổng số”; with its unit and period where there are several."""
    if len(shifts) == 1:
        return [Choice(say("Totals"), token("tong", short_name(shifts[0].unit), shifts[0].period))]
    return [
        Choice(
            say("Totals of {unit}, {period}", unit=short_name(one.unit), period=period_name(one.period)),
            token("tong", short_name(one.unit), one.period),
        )
        for one in shifts
    ]


def _histories(shifts: Sequence[Shift]) -> list[Choice]:
    """“Lịch sử” of the one office that was corrected, of each of a few; of many the first unit asks which."""
    found = {office.name: one.period for one in reversed(shifts) for office in _touched(one)}
    if len(found) > MOST_HISTORIES:
        found = {short_name(shifts[0].unit): shifts[0].period}
    if len(found) == 1:
        return [Choice(say("History"), token("lichsu", name, period)) for name, period in found.items()]
    return [
        Choice(say("History of {office}", office=name), token("lichsu", name, period))
        for name, period in reversed(found.items())
    ]


def _touched(shift: Shift) -> list[Office]:
    keys = {change.report.office for change in shift.changes}
    return [office for office in reversed(shift.tally.offices) if office.key in keys]
