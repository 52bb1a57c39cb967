"""Reports and the targets they are held against."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from bot.domain.changed import Stir
from bot.domain.period import Period
from bot.domain.report import Report
from bot.domain.target import Target


class Reports(Protocol):
    async def get(self, office: str, form: str, period: Period) -> Report | None:
        """What stands: None when nothing was filed, or what was is withdrawn."""

    async def history(self, office: str, form: str, period: Period) -> Report | None:
        """As `get`, what is withdrawn included."""

    async def histories(self, offices: Sequence[str], form: str, period: Period) -> Mapping[str, Report]:
        """By office key, as `history`."""

    async def of_period(self, offices: Sequence[str], form: str, period: Period) -> Mapping[str, Report]:
        """By office key, with the latest revision only; offices for which nothing stands are absent."""

    async def file(self, report: Report) -> None:
        """Store the report's last revision (and the report, when it is the first or filed again after a withdrawal)."""

    async def of_year(self, offices: Sequence[str], form: str, year: int) -> Mapping[tuple[str, Period], Report]:
        """By office key and period, with the latest revision only."""

    async def filed(self, form: str, period: Period) -> Collection[str]:
        """The keys of all offices that have filed, and for which it stands."""

    async def by_card(self, person: int, card: int) -> Report | None:
        """The report that this person filed, revised or withdrew by confirming that card."""

    async def stir(self, since: datetime, until: datetime) -> Stir | None:
        """When something was corrected or withdrawn, filed again, after `since` and not after `until`."""

    async def stirred(self, since: datetime, until: datetime) -> Sequence[Report]:
        """The reports to which that happened, with all their revisions."""


class Targets(Protocol):
    async def of_year(self, year: int) -> Sequence[Target]:
        """Every target of that reporting year, the earliest first."""

    async def put(self, targets: Sequence[Target], now: datetime) -> Sequence[Target]:
        """Keep them; one for the same unit, year, rate, measure and day is replaced. Those that changed anything."""
