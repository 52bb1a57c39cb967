"""Reports, each with its revisions and their figures."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import groupby
from operator import attrgetter
from typing import Any

from sqlalchemy import Executable, Insert, bindparam, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.changed import Stir
from bot.domain.figures import Figures
from bot.domain.form import Cell, Measure
from bot.domain.period import Period
from bot.domain.report import Report, Revision, standing
from db.ledger import Ledger
from db.recent import Key, Recent
from db.tables import cells, reports, revisions
from db.types import AnyRow

_COLUMNS = (
    reports.c.office,
    reports.c.form,
    reports.c.year,
    reports.c.month,
    reports.c.deadline,
    reports.c.on_time,
    revisions,
)
_of_period = (
    reports.c.form == bindparam("of_form"),
    reports.c.year == bindparam("of_year"),
    reports.c.month == bindparam("of_month"),
)
_other = revisions.alias()
_latest_number = select(func.max(_other.c.number)).where(_other.c.report == reports.c.id).scalar_subquery()
_full = select(*_COLUMNS).join_from(reports, revisions).order_by(reports.c.id, revisions.c.number)
_some = _full.where(reports.c.office.in_(bindparam("offices", expanding=True)), *_of_period)
_newer = _full.where(revisions.c.id > bindparam("upto"))
_again = (
    revisions.c.number > 1,
    revisions.c.stored_at > bindparam("since"),
    revisions.c.stored_at <= bindparam("until"),
)
_stir = select(
    func.min(revisions.c.stored_at, type_=revisions.c.stored_at.type),
    func.max(revisions.c.stored_at, type_=revisions.c.stored_at.type),
).where(*_again)
_stirred = _full.where(reports.c.id.in_(select(revisions.c.report).where(*_again)))
_newest = select(func.coalesce(func.max(revisions.c.id), 0))
_latest_of_year = _full.where(
    reports.c.office.in_(bindparam("offices", expanding=True)),
    reports.c.form == bindparam("of_form"),
    reports.c.year == bindparam("of_year"),
    revisions.c.number == _latest_number,
    revisions.c.withdrawn.is_(False),
)
_carded = (
    select(revisions.c.report)
    .where(revisions.c.author == bindparam("author"), revisions.c.card == bindparam("of_card"))
    .limit(1)
    .scalar_subquery()
)
_by_card = _full.where(reports.c.id == _carded)
_last = select(func.max(_other.c.number)).where(_other.c.report == revisions.c.report).scalar_subquery()
_taken_back = select(revisions.c.id).where(
    revisions.c.report == reports.c.id, revisions.c.number == _last, revisions.c.withdrawn.is_(True)
)
_filed = select(reports.c.office).where(*_of_period, ~_taken_back.exists())
_cells = select(cells).where(cells.c.revision.in_(bindparam("revisions", expanding=True))).order_by(cells.c.revision)
_id = select(reports.c.id).where(reports.c.office == bindparam("of_office"), *_of_period).scalar_subquery()
_open, _first, _figures_of = insert(reports), insert(revisions), insert(cells)
_next = _first.values(report=_id)
_judge = update(reports).where(reports.c.office == bindparam("of_office"), *_of_period)


class Reports:
    def __init__(self, connection: AsyncConnection, recent: Recent, ledger: Ledger) -> None:
        self._connection = connection
        self._ledger = ledger
        self._recent = recent
        self._current = False  # whether `recent` is up to date for this transaction
        self._filed: set[Key] = set()  # in this transaction, which may still be rolled back
        self._own = Recent()  # of those, as they stand in it; `upto` is the last revision that it stored

    async def get(self, office: str, form: str, period: Period) -> Report | None:
        return standing(await self.history(office, form, period))

    async def history(self, office: str, form: str, period: Period) -> Report | None:
        return (await self._find([office], form, period)).get(office)

    async def histories(self, offices: Sequence[str], form: str, period: Period) -> Mapping[str, Report]:
        return await self._find(offices, form, period)

    async def of_period(self, offices: Sequence[str], form: str, period: Period) -> Mapping[str, Report]:
        found = await self._find(offices, form, period)
        return {office: _latest_only(report) for office, report in found.items() if standing(report)}

    async def of_year(self, offices: Sequence[str], form: str, year: int) -> Mapping[tuple[str, Period], Report]:
        values = {"offices": list(offices), "of_form": form, "of_year": year}
        found = await self._read(_latest_of_year, values) if offices else []
        return {(report.office, report.period): report for report in found}

    async def file(self, report: Report) -> None:
        """The first revision opens the report. Raises IntegrityError when that number is stored already."""
        await self._catch_up()
        key = (report.office, report.form, report.period)
        self._filed.add(key)
        revision = report.latest
        number = await (self._open(report) if revision.number == 1 else self._revise(report))
        self._own.upto = number
        if len(report.revisions) == revision.number:
            self._own.keep(key, report)
        else:
            self._own.forget(key)
        values = [
            {"revision": number, "indicator": cell.indicator, "measure": cell.measure.value, "value": value}
            for cell, value in revision.figures.items()
        ]
        if values:
            await self._ledger.add(_figures_of, values)

    def committed(self) -> None:
        """What this transaction filed is what the next ones would read."""
        if self._filed:
            self._recent.adopt(self._own, self._filed)

    async def filed(self, form: str, period: Period) -> Collection[str]:
        return frozenset((await self._connection.execute(_filed, _of(form, period))).scalars())

    async def by_card(self, person: int, card: int) -> Report | None:
        found = await self._read(_by_card, {"author": person, "of_card": card})
        return found[0] if found else None

    async def stir(self, since: datetime, until: datetime) -> Stir | None:
        first, last = (await self._connection.execute(_stir, {"since": since, "until": until})).one()
        return Stir(first, last) if first else None

    async def stirred(self, since: datetime, until: datetime) -> Sequence[Report]:
        return await self._read(_stirred, {"since": since, "until": until})

    async def _open(self, report: Report) -> int:
        row = {
            "office": report.office,
            "form": report.form,
            "year": report.period.year,
            "month": report.period.month,
            "deadline": report.deadline,
            "on_time": report.on_time,
        }
        (opened,) = await self._ledger.write(_open, row)
        return await self._insert(_first, {"report": opened.id, **_revision_row(report.latest)})

    async def _revise(self, report: Report) -> int:
        """A revision that opens the report anew, after a withdrawal, brings a new deadline and on-time mark."""
        of = {"of_office": report.office, **_of(report.form, report.period)}
        if report.latest is report.opening and len(report.revisions) > 1:
            await self._ledger.write(_judge.values(deadline=report.deadline, on_time=report.on_time), of)
        return await self._insert(_next, {**of, **_revision_row(report.latest)})

    async def _insert(self, statement: Insert, values: Mapping[str, Any]) -> int:
        (row,) = await self._ledger.write(statement, values)
        id: int = row.id
        return id

    async def _find(self, offices: Sequence[str], form: str, period: Period) -> dict[str, Report]:
        """By office, with all revisions; only what is not kept in memory is read."""
        await self._catch_up()
        keys = {office: (office, form, period) for office in offices}
        kept = {office: self._memory(key)[key] for office, key in keys.items() if key in self._memory(key)}
        unknown = [office for office in keys if office not in kept]
        read = await self._read(_some, {"offices": unknown, **_of(form, period)}) if unknown else []
        found = {**kept, **{report.office: report for report in read}}
        for office in unknown:
            self._memory(keys[office]).keep(keys[office], found.get(office))
        return {office: report for office, report in found.items() if report}

    def _memory(self, key: Key) -> Recent:
        return self._own if key in self._filed else self._recent

    async def _catch_up(self) -> None:
        """Learn, once a transaction, what others have filed since."""
        if self._current:
            return
        self._current, recent = True, self._recent
        newest: int = (await self._connection.execute(_newest)).scalar_one()
        if newest > recent.upto >= 0:
            for report in await self._read(_newer, {"upto": recent.upto}):
                recent.extend(report)
        recent.upto = newest

    async def _read(self, statement: Executable, values: Mapping[str, Any]) -> list[Report]:
        rows = (await self._connection.execute(statement, values)).all()
        if not rows:
            return []
        found = await self._connection.execute(_cells, {"revisions": [row.id for row in rows]})
        figures = {revision: _figures(group) for revision, group in groupby(found, key=attrgetter("revision"))}
        return [_report(list(group), figures) for _, group in groupby(rows, key=attrgetter("report"))]


def _latest_only(report: Report) -> Report:
    return report if len(report.revisions) == 1 else replace(report, revisions=report.revisions[-1:])


def _of(form: str, period: Period) -> dict[str, Any]:
    return {"of_form": form, "of_year": period.year, "of_month": period.month}


def _figures(rows: Any) -> Figures:
    return Figures((Cell(row.indicator, Measure(row.measure)), row.value) for row in rows)


def _report(rows: Sequence[AnyRow], figures: Mapping[int, Figures]) -> Report:
    own = rows[0]
    kept = tuple(_revision(row, figures.get(row.id, Figures())) for row in rows)
    return Report(own.office, own.form, Period(own.year, own.month), own.deadline, own.on_time, kept)


def _revision(row: AnyRow, figures: Figures) -> Revision:
    return Revision(
        number=row.number,
        figures=figures,
        author=row.author,
        author_name=row.author_name,
        channel=row.channel,
        sent_at=row.sent_at,
        stored_at=row.stored_at,
        text=row.text,
        reason=row.reason,
        nil=row.nil,
        card=row.card,
        withdrawn=row.withdrawn,
    )


def _revision_row(revision: Revision) -> dict[str, Any]:
    return {
        "number": revision.number,
        "author": revision.author,
        "author_name": revision.author_name,
        "channel": revision.channel,
        "sent_at": revision.sent_at,
        "stored_at": revision.stored_at,
        "text": revision.text,
        "reason": revision.reason,
        "nil": revision.nil,
        "card": revision.card,
        "withdrawn": revision.withdrawn,
    }
