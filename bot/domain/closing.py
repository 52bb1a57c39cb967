"""Closing a period for a cluster: the snapshot, its fingerprint, what has been adjusted since; and opening it again."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain.figures import Figures, total
from bot.domain.period import Period

#: As it is printed first; "2021 ABCD-1234" begins with a year.
_FINGERPRINTS = tuple(
    re.compile(rf"(?<!\w)([0-9a-f]{{4}}){between}([0-9a-f]{{4}})(?!\w)", re.IGNORECASE)
    for between in ("[-–]", "", " ?[-–]? ?")
)
UNLOCKED_FOR = timedelta(hours=24)
PATIENCE = timedelta(hours=24)  # a request or question that nobody has answered by then may be put again


@dataclass(frozen=True, slots=True)
class Closing:
    """`figures` by office key, as they stood; those that had not filed are absent. `trail` is the head of the audit
    trail at that moment, so that what came before it cannot be bent without showing."""

    cluster: str
    form: str
    period: Period
    figures: Mapping[str, Figures]
    closed_at: datetime
    closed_by: int
    closer: str
    reason: str = ""
    trail: str = ""

    @property
    def fingerprint(self) -> str:
        """Eight characters in two groups, of all that was closed: two snapshots that differ anywhere differ here."""
        content = {
            "cluster": self.cluster,
            "form": self.form,
            "period": [self.period.year, self.period.month],
            "figures": {office: figures.to_json() for office, figures in self.figures.items()},
            "closed_at": self.closed_at.isoformat(),
            "trail": self.trail,
        }
        digest = hashlib.sha256(json.dumps(content, sort_keys=True, ensure_ascii=False).encode()).hexdigest().upper()
        return f"{digest[:4]}-{digest[4:8]}"

    @property
    def subject(self) -> str:
        """“cum-3 short 2021-12”: how the audit trail names it."""
        return f"{self.cluster} {self.form} {self.period.year}-{self.period.month:02}"

    @property
    def total(self) -> Figures:
        return total(self.figures.values())


@dataclass(frozen=True, slots=True)
class Unlock:
    """A closed period opened again for one office: asked for with a reason, granted until a moment, or refused.

    `answered_at` is None while nobody has answered; `until` is None when it was refused."""

    id: int
    office: str
    form: str
    period: Period
    asker: int
    asker_name: str
    reason: str
    asked_at: datetime
    answered_at: datetime | None = None
    answerer: str = ""
    until: datetime | None = None

    def open(self, now: datetime) -> bool:
        """It locks again by itself."""
        return self.until is not None and now <= self.until


@dataclass(frozen=True, slots=True)
class Extension:
    """A later deadline for one office, or for the whole cluster (`office` empty)."""

    cluster: str
    office: str
    form: str
    period: Period
    until: datetime
    reason: str


def read_fingerprint(text: str) -> str:
    """A fingerprint as it was typed; empty when it is none.

    >>> read_fingerprint("mã abcd1234"), read_fingerprint("ABCD - 1234 ạ"), read_fingerprint("12 tháng năm 2021")
    ('ABCD-1234', 'ABCD-1234', '')
    >>> read_fingerprint("năm 2021 abcd-1234")
    'ABCD-1234'
    """
    found = next((found for one in _FINGERPRINTS if (found := one.search(text))), None)
    return f"{found[1]}-{found[2]}".upper() if found else ""


def taken_back(closing: Closing, now: Mapping[str, Figures]) -> set[str]:
    """The offices that were counted when it was closed, and for which nothing stands any more."""
    return set(closing.figures) - set(now)


def adjusted(closing: Closing, now: Mapping[str, Figures]) -> dict[str, Figures]:
    """By office key: what has changed since the closing, only where something has.

    >>> from datetime import UTC
    >>> from bot.domain.form import Cell, Measure
    >>> one, two = (Figures({Cell("resolved", Measure.CASES): n}) for n in (1, 3))
    >>> at = datetime(2021, 10, 5, tzinfo=UTC)
    >>> closing = Closing("c", "short", Period(2021, 12), {"a": one, "b": one}, at, 1, "")
    >>> adjusted(closing, {"a": two, "b": one})
    {'a': Figures({'resolved.cases': 2})}
    """
    zero = Figures()
    changed = {office: figures - closing.figures.get(office, zero) for office, figures in now.items()}
    return {office: by for office, by in changed.items() if any(by.values())}
