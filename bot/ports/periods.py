"""Periods that were closed, opened again, or given more time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol

from bot.domain.closing import Closing, Extension, Unlock
from bot.domain.period import Period


class Periods(Protocol):
    """Periods that were closed, opened again, or given more time."""

    async def closing(self, cluster: str, form: str, period: Period) -> Closing | None: ...

    async def close(self, closing: Closing) -> None: ...

    async def ask(self, unlock: Unlock) -> int:
        """Store a request, or what was opened without one (its `id` is given back)."""

    async def unlock(self, id: int) -> Unlock | None: ...

    async def waiting(self, office: str, form: str, period: Period) -> Unlock | None:
        """The latest request for that office and period that nobody has answered."""

    async def unlocks(self, form: str, now: datetime, since: datetime) -> Sequence[Unlock]:
        """What is open now, and the requests since then that nobody has answered; the latest first."""

    async def closed(self, clusters: Sequence[str]) -> Sequence[Closing]:
        """Every closing of these clusters, the latest first."""

    async def lately(self, cluster: str, form: str, most: int) -> Sequence[Closing]:
        """The periods that are closed for the cluster, the latest first."""

    async def answer(self, id: int, answerer: str, until: datetime | None, now: datetime) -> bool:
        """Grant or refuse a request; False when somebody else was first."""

    async def unlocked(self, office: str, form: str, period: Period, now: datetime) -> bool: ...

    async def closings(self, form: str, period: Period) -> Mapping[str, datetime]:
        """By cluster, when it was closed: all that are, in one query."""

    async def opened(self, form: str, period: Period, now: datetime) -> Mapping[str, datetime]:
        """By office, until when it is opened again: all that are now, in one query."""

    async def extend(self, extension: Extension) -> None:
        """Keep it; one for the same office or cluster and period is replaced."""

    async def extensions(self, cluster: str, form: str, period: Period) -> Mapping[str, datetime]:
        """By office key, and under the empty key for the whole cluster."""

    async def all_extensions(self, form: str, *periods: Period) -> Mapping[Period, Mapping[tuple[str, str], datetime]]:
        """Of each period, by cluster and office key (empty for the whole cluster): of all clusters, in one query."""
