"""One table of a TOML file, read field by field; what is wrong is collected, never raised halfway."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from datetime import date, datetime, time


class Record:
    """`where` names the table in faults; `faults` is shared by all tables of one file."""

    def __init__(self, where: str, data: Mapping[str, object], faults: list[str]) -> None:
        self.where = where
        self.faults = faults
        self._left = dict(data)

    def fault(self, line: str) -> None:
        self.faults.append(f"{self.where}: {line}")

    def text(self, field: str, default: str | None = None) -> str:
        """A text in NFC; required unless a default is given."""
        value = self._left.pop(field, default)
        if isinstance(value, str) and (value.strip() or default == ""):
            return unicodedata.normalize("NFC", value.strip())
        self.fault(f"{field} must be a text")
        return ""

    def texts(self, field: str, default: tuple[str, ...] | None = None) -> tuple[str, ...]:
        value = self._left.pop(field, default)
        if isinstance(value, (list, tuple)) and all(isinstance(item, str) and item.strip() for item in value):
            return tuple(unicodedata.normalize("NFC", item.strip()) for item in value)
        self.fault(f"{field} must be a list of texts")
        return ()

    def day(self, field: str) -> date:
        if field not in self._left:
            self.fault(f"{field} must be a date")
        return self.day_or_none(field) or date.min

    def day_or_none(self, field: str) -> date | None:
        value = self._left.pop(field, None)
        if value is None or (isinstance(value, date) and not isinstance(value, datetime)):
            return value
        self.fault(f"{field} must be a date")
        return None

    def days(self, field: str) -> tuple[date, ...]:
        value = self._left.pop(field, [])
        if isinstance(value, list) and all(isinstance(day, date) and not isinstance(day, datetime) for day in value):
            return tuple(value)
        self.fault(f"{field} must be a list of dates")
        return ()

    def hour(self, field: str, default: time) -> time:
        value = self._left.pop(field, default)
        if isinstance(value, time):
            return value
        self.fault(f"{field} must be a time of day")
        return default

    def whole(self, field: str, default: int | None = None) -> int:
        value = self._left.pop(field, default)
        if isinstance(value, int) and not isinstance(value, bool):
            return value
        self.fault(f"{field} must be a whole number")
        return 0

    def flag(self, field: str, default: bool) -> bool:
        value = self._left.pop(field, default)
        if isinstance(value, bool):
            return value
        self.fault(f"{field} must be true or false")
        return default

    def table(self, field: str) -> Record:
        value = self._left.pop(field, {})
        if not isinstance(value, dict):
            self.fault(f"{field} must be a table")
            value = {}
        return Record(field, value, self.faults)

    def tables(self, field: str) -> list[Record]:
        """The rows of `[[field]]`, each named by its key or its number."""
        value = self._left.pop(field, [])
        if not isinstance(value, list) or not all(isinstance(row, dict) for row in value):
            self.fault(f"{field} must be a list of tables")
            return []
        return [Record(f"{field} {row.get('key', number)}", row, self.faults) for number, row in enumerate(value, 1)]

    def end(self) -> None:
        """Whatever has not been asked for is a slip of the writer."""
        for field in self._left:
            self.fault(f"unknown field {field}")
