"""The audit trail's entries, and what verifying it finds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the audit trail; `before` and `after` are what JSON can hold."""

    at: datetime
    actor: int | None
    role: str
    channel: str
    message: str
    act: str
    subject: str
    before: Mapping[str, Any] | None = None
    after: Mapping[str, Any] | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One entry of the trail as it is stored: its number, and its actor's name (empty for none)."""

    number: int
    name: str
    entry: Entry


@dataclass(frozen=True, slots=True)
class Head:
    """The last entry of the trail, 0 when there is none; its digest stands for all that was ever written."""

    number: int
    digest: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """What verifying found: `broken` is the first break of the chain, `differing` a line for each row that differs.

    `rows` are those compared, `predating` those that were there before the trail and were sealed as found;
    `sought` is the entry whose fingerprint was asked for, 0 when none has it; `unchecked` are the tables left out."""

    head: Head
    rows: int
    predating: int = 0
    broken: str = ""
    differing: tuple[str, ...] = ()
    sought: int = 0
    unchecked: tuple[str, ...] = ()

    @property
    def sound(self) -> bool:
        return not self.broken and not self.differing
