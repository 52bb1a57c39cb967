"""What differs between two structures, in plain lines."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from bot.domain.calendar import Calendar, DeadlineRule
from bot.domain.organisation import Organisation
from bot.domain.period import Period


@dataclass(frozen=True, slots=True)
class Structure:
    """What is stored of it; without an organisation until the first is saved."""

    organisation: Organisation | None
    calendar: Calendar


def changes(old: Structure, new: Structure) -> list[str]:
    """None for equal structures, at least one line for any that differ."""
    if old == new:
        return []
    lines = [*_organisation(old.organisation, new.organisation), *_calendar(old.calendar, new.calendar)]
    return lines or ["order changed"]


def _organisation(old: Organisation | None, new: Organisation | None) -> Iterator[str]:
    for one, many in (("province", "provinces"), ("cluster", "clusters"), ("office", "offices")):
        yield from _units(one, getattr(old, many, ()), getattr(new, many, ()))
    for setting in ("reporting_from", "form", "deadline", "province_deadline"):
        was, now = getattr(old, setting, None), getattr(new, setting, None)
        if was != now:
            yield f"{setting}: {_shown(was)} → {_shown(now)}"


def _units(kind: str, old: Sequence[Any], new: Sequence[Any]) -> Iterator[str]:
    was, now = _named(old), _named(new)
    for name in sorted(was.keys() | now.keys()):
        if name not in was:
            yield f"{kind} {name} added"
        elif name not in now:
            yield f"{kind} {name} removed"
        else:
            yield from _fields(f"{kind} {name}", was[name], now[name])


def _named(units: Sequence[Any]) -> Mapping[str, Any]:
    """By key; the second and later versions of one unit are numbered in the order of their dates."""
    named: dict[str, Any] = {}
    seen: Counter[str] = Counter()
    for unit in sorted(units, key=lambda unit: getattr(unit, "valid_from", date.min)):
        seen[unit.key] += 1
        named[unit.key if seen[unit.key] == 1 else f"{unit.key} (version {seen[unit.key]})"] = unit
    return named


def _fields(label: str, old: Any, new: Any) -> Iterator[str]:
    for field in fields(old):
        was, now = getattr(old, field.name), getattr(new, field.name)
        if was != now:
            yield f"{label}: {field.name} {_shown(was)} → {_shown(now)}"


def _shown(value: object) -> str:
    match value:
        case None:
            return "none"
        case tuple():
            return f"'{', '.join(map(str, value))}'"
        case Period():
            return f"'{value.month}/{value.year}'"
        case DeadlineRule():
            return f"'{value.working_days} working days, {value.cutoff:%H:%M}'"
    return f"'{value}'"


def _calendar(old: Calendar, new: Calendar) -> Iterator[str]:
    yield from _days("day off", old.days_off, new.days_off)
    yield from _days("working Saturday", old.working_saturdays, new.working_saturdays)


def _days(kind: str, old: Collection[date], new: Collection[date]) -> Iterator[str]:
    for day in sorted({*old, *new}):
        if (day in old) != (day in new):
            yield f"{kind} {day} {'added' if day in new else 'removed'}"
