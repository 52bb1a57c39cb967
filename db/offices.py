"""The structure and the calendar: read once, kept in memory until they change."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import time
from hashlib import sha256
from typing import Any

from sqlalchemy import Table, delete, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.calendar import Calendar, DeadlineRule
from bot.domain.organisation import Cluster, Office, Organisation, Province
from bot.domain.period import Period
from bot.errors import BadStructure
from db.changes import Structure, changes
from db.ledger import Ledger
from db.tables import calendar_days, clusters, offices, provinces, settings
from db.types import AnyRow

_DAY_OFF, _WORKING_SATURDAY = "day_off", "working_saturday"
#: Parents first.
_TABLES = (provinces, clusters, offices, calendar_days, settings)
_CALENDAR = (calendar_days, settings)  # all that is touched when only days off change
_SETTINGS = ("structure_version", "reporting_from", "form", "deadline", "province_deadline")

_version = select(settings.c.value).where(settings.c.name == "structure_version")
_settings = select(settings.c.name, settings.c.value).where(settings.c.name.in_(_SETTINGS))
_provinces = select(provinces).order_by(provinces.c.position)
_clusters = select(clusters).order_by(clusters.c.position)
_offices = select(offices).order_by(offices.c.position)
_days = select(calendar_days)

Rows = Mapping[Table, list[dict[str, Any]]]


@dataclass(slots=True)
class Structures:
    """The structure read last, shared by all transactions.

    Its version is a digest of its content, so one that was rolled back can never be taken for another."""

    version: str = ""
    structure: Structure | None = None


class Offices:
    def __init__(self, connection: AsyncConnection, kept: Structures, ledger: Ledger) -> None:
        self._connection = connection
        self._ledger = ledger
        self._kept = kept
        self._current: Structure | None = None

    async def organisation(self) -> Organisation:
        """Raises BadStructure when none has been saved yet."""
        structure = await self._structure()
        if structure.organisation is None:
            raise BadStructure(("no structure has been stored yet",))
        return structure.organisation

    async def calendar(self) -> Calendar:
        return (await self._structure()).calendar

    async def save(self, organisation: Organisation, calendar: Calendar) -> Sequence[str]:
        """Plain English lines of what changed, such as "office quan-son: title 'a' → 'b'"."""
        old, new = await self._structure(), Structure(organisation, calendar)
        lines = changes(old, new)
        if lines:
            await self._replace(
                _rows(organisation, calendar), _CALENDAR if old.organisation == organisation else _TABLES
            )
            self._current = new
        return lines

    async def _structure(self) -> Structure:
        if self._current is None:
            version = (await self._connection.execute(_version)).scalar_one_or_none() or ""
            if version != self._kept.version or self._kept.structure is None:
                self._kept.structure = await self._load()
                self._kept.version = version
            self._current = self._kept.structure
        return self._current

    async def _load(self) -> Structure:
        read = self._connection.execute
        found = {row.name: row.value for row in await read(_settings)}
        days = (await read(_days)).all()
        if not found:
            return Structure(None, _calendar(days))
        organisation = Organisation(
            provinces=tuple(Province(**_fields(row)) for row in await read(_provinces)),
            clusters=tuple(Cluster(**_fields(row)) for row in await read(_clusters)),
            offices=tuple(Office(**_fields(row)) for row in await read(_offices)),
            reporting_from=Period(*found["reporting_from"]),
            form=found["form"],
            deadline=_rule(*found["deadline"]),
            province_deadline=_rule(*found["province_deadline"]),
        )
        return Structure(organisation, _calendar(days))

    async def _replace(self, rows: Rows, tables: Sequence[Table]) -> None:
        for table in reversed(tables):
            ours = delete(table)
            await self._ledger.write(ours.where(settings.c.name.in_(_SETTINGS)) if table is settings else ours)
        for table in tables:
            if rows[table]:
                await self._ledger.write(insert(table), rows[table])


def _rows(organisation: Organisation, calendar: Calendar) -> Rows:
    days = [{"day": day, "kind": _DAY_OFF} for day in sorted(calendar.days_off)]
    days += [{"day": day, "kind": _WORKING_SATURDAY} for day in sorted(calendar.working_saturdays)]
    rows: dict[Table, list[dict[str, Any]]] = {
        provinces: _positioned(provinces, organisation.provinces),
        clusters: _positioned(clusters, organisation.clusters),
        offices: _positioned(offices, organisation.offices),
        calendar_days: days,
    }
    named: dict[str, Any] = {
        "reporting_from": [organisation.reporting_from.year, organisation.reporting_from.month],
        "form": organisation.form,
        "deadline": _rule_row(organisation.deadline),
        "province_deadline": _rule_row(organisation.province_deadline),
    }
    named["structure_version"] = sha256(repr([*rows.values(), named]).encode()).hexdigest()
    return {**rows, settings: [{"name": name, "value": value} for name, value in named.items()]}


def _rule_row(rule: DeadlineRule) -> list[Any]:
    return [rule.working_days, rule.cutoff.isoformat()]


def _rule(working_days: int, cutoff: str) -> DeadlineRule:
    return DeadlineRule(working_days, time.fromisoformat(cutoff))


def _positioned(table: Table, units: Sequence[object]) -> list[dict[str, Any]]:
    names = [column.name for column in table.columns if column.name != "position"]
    return [
        {"position": position, **{name: _stored(getattr(unit, name)) for name in names}}
        for position, unit in enumerate(units)
    ]


def _stored(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value


def _fields(row: AnyRow) -> dict[str, Any]:
    fields = dict(row._mapping)
    del fields["position"]
    return {**fields, "aliases": tuple(fields["aliases"])}


def _calendar(days: Sequence[AnyRow]) -> Calendar:
    return Calendar(
        days_off=frozenset(row.day for row in days if row.kind == _DAY_OFF),
        working_saturdays=frozenset(row.day for row in days if row.kind == _WORKING_SATURDAY),
    )
