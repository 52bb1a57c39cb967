"""What has changed in totals since somebody saw them: figures that stood then, and stand no longer."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain.form import Cell
from bot.domain.period import Period
from bot.domain.report import Report, Revision

#: Corrections are told together: once nobody has corrected anything for a while, but not later than that.
QUIET, AT_MOST = timedelta(minutes=10), timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Reading:
    """Somebody was shown the totals of a cluster or a province, last at that instant."""

    person: int
    unit: str
    form: str
    period: Period
    at: datetime


@dataclass(frozen=True, slots=True)
class Stir:
    """The first and the last instant at which something was corrected that nobody has been told of."""

    first: datetime
    last: datetime

    def settled(self, now: datetime) -> bool:
        return now - self.last >= QUIET or now - self.first >= AT_MOST


@dataclass(frozen=True, slots=True)
class Change:
    """One office's report: what stood at an instant, and each revision since."""

    report: Report
    before: Revision
    since: tuple[Revision, ...]

    @property
    def now(self) -> Revision:
        return self.since[-1]

    @property
    def withdrawn(self) -> bool:
        return self.now.withdrawn

    @property
    def cells(self) -> frozenset[Cell]:
        """Those whose figure is another one, or is gone."""
        old, new = self.before.figures, self.now.figures
        return frozenset(cell for cell in {**old, **new} if old.get(cell) != new.get(cell))

    def by(self, person: int) -> bool:
        """Whether it was this person alone who changed it."""
        return all(revision.author == person for revision in self.since)


def change_since(report: Report, at: datetime) -> Change | None:
    """None when the same stands as then, or when nothing stood then: a report newly filed is no correction.

    >>> from datetime import UTC
    >>> from bot.domain.figures import Figures
    >>> from bot.domain.form import Measure
    >>> one, two = (Figures({Cell("resolved", Measure.CASES): n}) for n in (1, 2))
    >>> noon = datetime(2021, 10, 5, 12, tzinfo=UTC)
    >>> then = Revision(1, one, 7, "", "", noon, noon)
    >>> later = Revision(2, two, 7, "", "", noon + QUIET, noon + QUIET)
    >>> report = Report("a", "short", Period(2021, 12), noon, True, (then, later))
    >>> change_since(report, noon).now.number
    2
    >>> change_since(report, noon + QUIET), change_since(report, noon - QUIET)
    (None, None)
    """
    stood = [one for one in report.revisions if one.stored_at <= at]
    since = tuple(one for one in report.revisions if one.stored_at > at)
    if not stood or stood[-1].withdrawn or not since:
        return None
    change = Change(report, stood[-1], since)
    return change if change.withdrawn or change.cells else None


def newly_filed(report: Report, since: datetime) -> bool:
    """Whether it stands now, and did not then; a report of which only the latest revision is known must be its first,
    or older than that."""
    stood = [one for one in report.revisions if one.stored_at <= since]
    return not report.latest.withdrawn and (not stood or stood[-1].withdrawn)


def changes_since(reports: Iterable[Report], at: datetime) -> list[Change]:
    return [change for report in reports if (change := change_since(report, at))]
