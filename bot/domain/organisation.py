"""The structure of all times, asked as of a day, and the file that describes it."""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from fractions import Fraction
from functools import cached_property

from bot.domain.calendar import Calendar, DeadlineRule
from bot.domain.form import Measure
from bot.domain.names import Found, NameIndex, Nearest, UnitMention
from bot.domain.period import Period
from bot.domain.person import Place
from bot.domain.record import Record
from bot.domain.structure import contradictions
from bot.domain.target import Target
from bot.domain.unit import Cluster, Office, Province, Unit
from bot.errors import BadStructure

__all__ = [
    "Cluster",
    "Found",
    "Nearest",
    "Office",
    "Organisation",
    "Province",
    "Unit",
    "UnitMention",
    "parse_structure",
]

_OFFICE_RULE = DeadlineRule()
_PROVINCE_RULE = DeadlineRule(working_days=4)


class _Era:
    """A stretch of days on which nothing in the structure changes."""

    def __init__(self, provinces: tuple[Province, ...], clusters: list[Cluster], offices: list[Office]) -> None:
        self.units: tuple[Unit, ...] = (*provinces, *clusters, *offices)
        self.clusters = {cluster.key: cluster for cluster in clusters}
        self.offices = {office.key: office for office in offices}
        self.members: dict[str, tuple[Office, ...]] = {}
        for office in offices:
            self.members[office.cluster] = (*self.members.get(office.cluster, ()), office)

    @cached_property
    def names(self) -> NameIndex:
        return NameIndex(self.units)


@dataclass(frozen=True, slots=True)
class Organisation:
    """Rows in the order of the file; several rows of one key are versions with disjoint validity.

    `reporting_from` is the first period that is asked for, `form` the key of the form that is filed,
    `deadline` the rule for offices and `province_deadline` the one for the province above them. `targets` are those
    that a structure file sets; stored ones may come from elsewhere, so they are asked of the memory, not here."""

    provinces: tuple[Province, ...]
    clusters: tuple[Cluster, ...]
    offices: tuple[Office, ...]
    reporting_from: Period
    form: str
    deadline: DeadlineRule = _OFFICE_RULE
    province_deadline: DeadlineRule = _PROVINCE_RULE
    targets: tuple[Target, ...] = field(default=(), compare=False)
    _eras: dict[int, _Era] = field(default_factory=dict, init=False, repr=False, compare=False)
    _borders: list[date] = field(default_factory=list, init=False, repr=False, compare=False)
    _successors: dict[str, str] = field(default_factory=dict, init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        rows: list[Cluster | Office] = [*self.clusters, *self.offices]
        ends = {row.valid_to + timedelta(days=1) for row in rows if row.valid_to and row.valid_to < date.max}
        self._borders.extend(sorted({row.valid_from for row in rows} | ends))
        self._successors.update((office.key, office.successor) for office in self.offices if office.successor)

    def _era(self, on: date) -> _Era:
        number = bisect_right(self._borders, on)
        if number not in self._eras:
            clusters = [cluster for cluster in self.clusters if cluster.on(on)]
            self._eras[number] = _Era(self.provinces, clusters, [office for office in self.offices if office.on(on)])
        return self._eras[number]

    def office(self, key: str, on: date) -> Office | None:
        return self._era(on).offices.get(key)

    def heir(self, key: str, on: date) -> str:
        """The key of the office that has the work of this one on that day: itself, or else who took over from it."""
        passed: set[str] = set()
        while key not in passed and key in self._successors and self.office(key, on) is None:
            passed.add(key)
            key = self._successors[key]
        return key

    def heirs(self, offices: Iterable[Office], on: date) -> dict[str, str]:
        """By key, who has the work of those of these offices whose work somebody else has on that day."""
        found = {office.key: self.heir(office.key, on) for office in offices}
        return {key: heir for key, heir in found.items() if heir != key}

    def cluster(self, key: str, on: date) -> Cluster | None:
        return self._era(on).clusters.get(key)

    def province(self, key: str) -> Province | None:
        return next((province for province in self.provinces if province.key == key), None)

    def offices_of(self, cluster_key: str, on: date) -> tuple[Office, ...]:
        """In file order; none for a cluster that does not exist then."""
        return self._era(on).members.get(cluster_key, ())

    def clusters_of(self, province_key: str, on: date) -> tuple[Cluster, ...]:
        return tuple(cluster for cluster in self._era(on).clusters.values() if cluster.province == province_key)

    def place(self, office: Office) -> Place:
        """Where its rights hang, by the cluster that existed when this version of the office began."""
        cluster = self.cluster(office.cluster, office.valid_from)
        return Place(cluster.province if cluster else "", office.cluster, office.key)

    def find(self, text: str, on: date) -> Found | Nearest:
        """The unit that the whole of `text` names, or up to three that are near."""
        return self._era(on).names.find(text)

    def mentions(self, text: str, on: date) -> tuple[UnitMention, ...]:
        """The units that a sentence names, in its order."""
        return self._era(on).names.mentions(text)


def parse_structure(text: str) -> tuple[Organisation, Calendar]:
    """The structure written in a TOML text; BadStructure lists every fault."""
    faults: list[str] = []
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise BadStructure((f"not TOML: {error}",)) from error
    record = Record("structure", data, faults)
    calendar = _calendar(record.table("calendar"))
    organisation = _organisation(record)
    record.end()
    faults += contradictions(organisation.provinces, organisation.clusters, organisation.offices)
    if faults:
        raise BadStructure(tuple(faults))
    return organisation, calendar


def _organisation(record: Record) -> Organisation:
    return Organisation(
        provinces=tuple(_province(row) for row in record.tables("province")),
        clusters=tuple(_cluster(row) for row in record.tables("cluster")),
        offices=tuple(_office(row) for row in record.tables("office")),
        reporting_from=_period(record.table("reporting_from")),
        form=record.text("form"),
        deadline=_rule(record.table("deadline"), 2),
        province_deadline=_rule(record.table("province_deadline"), 4),
        targets=tuple(target for row in record.tables("target") for target in _targets(row)),
    )


def _targets(row: Record) -> list[Target]:
    """One row holds up to two: for việc and for tiền. Percentages are texts, so that no float touches them."""
    unit, year, rate, since = row.text("unit"), row.whole("year"), row.text("rate", "resolved"), row.day("valid_from")
    written = {measure: row.text(measure.value, "") for measure in Measure}
    row.end()
    targets = []
    for measure, text in written.items():
        if text and not re.fullmatch(r"\d{1,3}([.,]\d{1,4})?", text):
            row.fault(f'{measure.value} must be a percentage as a text, for example "81,5"')
        elif text:
            targets.append(Target(unit, year, rate, measure, Fraction(text.replace(",", ".")) / 100, since))
    return targets


def _calendar(row: Record) -> Calendar:
    off, worked = row.days("days_off"), row.days("working_saturdays")
    for day in worked:
        if day.weekday() != 5:
            row.fault(f"{day} is no Saturday")
    for day in sorted({*off} & {*worked}):
        row.fault(f"{day} is both off and worked")
    row.end()
    return Calendar(frozenset(off), frozenset(worked))


def _period(row: Record) -> Period:
    year, month = row.whole("year"), row.whole("month", 1)
    row.end()
    if year < 2 or not 1 <= month <= 12:
        row.fault(f"no period {month} of the year {year}")
        return Period(2, 1)
    return Period(year, month)


def _rule(row: Record, working_days: int) -> DeadlineRule:
    days, cutoff = row.whole("working_days", working_days), row.hour("cutoff", time(17))
    row.end()
    if days < 1:
        row.fault("working_days must be 1 or more")
    return DeadlineRule(max(days, 1), cutoff)


def _key(row: Record) -> str:
    key = row.text("key")
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", key):
        row.fault("key must be small letters, digits and single hyphens")
    return key


def _province(row: Record) -> Province:
    province = Province(_key(row), row.text("name"), row.texts("aliases", ()))
    row.end()
    return province


def _cluster(row: Record) -> Cluster:
    cluster = Cluster(
        key=_key(row),
        name=row.text("name"),
        short=row.text("short"),
        province=row.text("province"),
        aliases=row.texts("aliases", ()),
        valid_from=row.day("valid_from"),
        valid_to=row.day_or_none("valid_to"),
    )
    row.end()
    return cluster


def _office(row: Record) -> Office:
    office = Office(
        key=_key(row),
        name=row.text("name"),
        kind=row.text("kind"),
        title=row.text("title"),
        cluster=row.text("cluster"),
        aliases=row.texts("aliases", ()),
        valid_from=row.day("valid_from"),
        valid_to=row.day_or_none("valid_to"),
        successor=row.text("successor", "") or None,
    )
    row.end()
    return office
