"""The trail told again: which rows the tables must hold when nobody but the program has written them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

Key = tuple[Any, ...]
Row = Mapping[str, Any]
#: What one entry wrote, by table: `columns`, the rows `put` there and the keys of those `gone`.
Written = Mapping[str, Mapping[str, Any]]


@dataclass(slots=True)
class Replay:
    """`keys` are the key columns of every table that is checked; `rows` the entry's number and the row, by its key."""

    keys: Mapping[str, Sequence[str]]
    rows: dict[str, dict[Key, tuple[int, Row]]] = field(default_factory=dict)

    def take(self, number: int, written: Written) -> None:
        """Go on with what entry `number` wrote."""
        for table, change in written.items():
            if table not in self.keys:
                continue
            held = self.rows.setdefault(table, {})
            for key in change.get("gone", ()):
                held.pop(tuple(key), None)
            for values in change.get("put", ()):
                row = dict(zip(change["columns"], values, strict=True))
                held[key_of(row, self.keys[table])] = (number, row)

    def differences(self, table: str, stored: Sequence[Row]) -> Iterator[str]:
        """A plain line for each row that is not what the trail says."""
        told, found = self.rows.get(table, {}), {key_of(row, self.keys[table]): row for row in stored}
        for key, (number, row) in told.items():
            if key not in found:
                yield f"{_named(table, key)}: entry {number} wrote it, it is gone"
            elif found[key] != row:
                yield from _changed(_named(table, key), number, row, found[key])
        for key in found.keys() - told.keys():
            yield f"{_named(table, key)}: it is stored, no entry wrote it"


def key_of(row: Row, columns: Sequence[str]) -> Key:
    return tuple(row[column] for column in columns)


def _named(table: str, key: Key) -> str:
    return f"{table} {'/'.join(str(part) for part in key)}"


def _changed(name: str, number: int, told: Row, stored: Row) -> Iterator[str]:
    for column, value in stored.items():
        if column not in told:
            yield f"{name}: {column} is {_shown(value)}, no entry says what it is"
        elif told[column] != value or type(told[column]) is not type(value):
            yield f"{name}: {column} is {_shown(value)}, entry {number} wrote {_shown(told[column])}"


def _shown(value: object) -> str:
    text = repr(value)
    return text if len(text) <= 80 else f"{text[:80]}…"
