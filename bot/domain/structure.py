"""What cannot be true of a structure, each a plain line for whoever wrote its file."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations

from bot.domain.folding import fold
from bot.domain.unit import Cluster, Office, Province, overlap

Row = Cluster | Office


def contradictions(
    provinces: Sequence[Province], clusters: Sequence[Cluster], offices: Sequence[Office]
) -> tuple[str, ...]:
    """Every fault of rows that are each well written by themselves."""
    if not offices:
        return ("structure: no offices",)
    keys = [province.key for province in provinces]
    again = [f"province {key}: key used twice" for key in sorted({key for key in keys if keys.count(key) > 1})]
    return (
        *again,
        *_backwards((*clusters, *offices)),
        *_twice(clusters),
        *_twice(offices),
        *_homeless(keys, clusters, offices),
        *_successors(offices),
        *_same_names(clusters, offices),
    )


def _where(row: Row) -> str:
    return f"{'cluster' if isinstance(row, Cluster) else 'office'} {row.key}"


def _backwards(rows: Sequence[Row]) -> Iterator[str]:
    for row in rows:
        if row.valid_to and row.valid_to < row.valid_from:
            yield f"{_where(row)}: valid_to lies before valid_from"


def _twice(rows: Sequence[Row]) -> Iterator[str]:
    versions: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        versions[row.key].append(row)
    for same in versions.values():
        if any(overlap(one, other) for one, other in combinations(same, 2)):
            yield f"{_where(same[0])}: two rows of this key hold on the same day"


def _homeless(provinces: Sequence[str], clusters: Sequence[Cluster], offices: Sequence[Office]) -> Iterator[str]:
    for cluster in clusters:
        if cluster.province not in provinces:
            yield f"{_where(cluster)}: no province {cluster.province}"
    homes: dict[str, list[Cluster]] = defaultdict(list)
    for cluster in clusters:
        homes[cluster.key].append(cluster)
    for office in offices:
        if office.cluster not in homes:
            yield f"{_where(office)}: no cluster {office.cluster}"
        elif not any(cluster.on(office.valid_from) for cluster in homes[office.cluster]):
            yield f"{_where(office)}: cluster {office.cluster} does not exist on {office.valid_from}"


def _successors(offices: Sequence[Office]) -> Iterator[str]:
    known = {office.key for office in offices}
    for office in offices:
        if office.successor is not None and office.successor not in known:
            yield f"{_where(office)}: no office {office.successor} to succeed it"


def _same_names(clusters: Sequence[Cluster], offices: Sequence[Office]) -> Iterator[str]:
    """Within a province a name means one unit at a time; across provinces many names are shared."""
    province = {cluster.key: cluster.province for cluster in clusters}
    owners: dict[tuple[str, str], list[Row]] = defaultdict(list)
    rows: list[Row] = [*clusters, *offices]
    for row in rows:
        home = row.province if isinstance(row, Cluster) else province.get(row.cluster, "")
        for name in sorted({fold(name) for name in row.names}):
            others = owners[home, name]
            for other in others:
                if _where(other) != _where(row) and overlap(other, row):
                    yield f"{_where(row)}: “{name}” already means {_where(other)}"
            others.append(row)
