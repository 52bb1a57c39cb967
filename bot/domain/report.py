"""A report: one office's figures for one period, every revision kept, its on-time mark judged once."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from bot.domain.figures import Figures
from bot.domain.period import Period


@dataclass(frozen=True, slots=True)
class Revision:
    """What was filed once: by whom, over which channel, in which words.

    `sent_at` is when the person sent the message (on time is judged by it), `stored_at` when it was durably kept.
    `card` is the number of the card that was confirmed, so that a second tap on it can be told what the first one did.
    `nil` is an explicit "không phát sinh": nothing new since the last period, which is not the same as missing.
    `withdrawn` takes back what was filed before it and has no figures of its own."""

    number: int
    figures: Figures
    author: int
    author_name: str
    channel: str
    sent_at: datetime
    stored_at: datetime
    text: str = ""
    reason: str = ""
    nil: bool = False
    card: int = 0
    withdrawn: bool = False


@dataclass(frozen=True, slots=True)
class Report:
    """`deadline` is the one in force when its opening revision was sent; `on_time` never changes by a correction."""

    office: str
    form: str
    period: Period
    deadline: datetime
    on_time: bool
    revisions: tuple[Revision, ...]

    @property
    def latest(self) -> Revision:
        return self.revisions[-1]

    @property
    def opening(self) -> Revision:
        """The first revision of those that stand: the first of all, or the first after the last withdrawal."""
        last = max((one.number for one in self.revisions if one.withdrawn), default=0)
        return next((one for one in self.revisions if one.number > last), self.latest)

    @property
    def figures(self) -> Figures:
        return self.latest.figures


def first(office: str, form: str, period: Period, deadline: datetime, revision: Revision) -> Report:
    """The report that a first revision opens; judged by when it was *sent*: a bot that was down makes nobody late."""
    return Report(office, form, period, deadline, revision.sent_at <= deadline, (revision,))


def revised(report: Report, revision: Revision) -> Report:
    """The same report with one more revision: the on-time mark stays what it was."""
    return replace(report, revisions=(*report.revisions, revision))


def reopened(report: Report, deadline: datetime, revision: Revision) -> Report:
    """A withdrawn report filed again: the mark is judged anew, but what was late is not made good by withdrawing it."""
    on_time = report.on_time and revision.sent_at <= deadline
    return replace(report, deadline=deadline, on_time=on_time, revisions=(*report.revisions, revision))


def standing(report: Report | None) -> Report | None:
    """The report unless it is withdrawn."""
    return None if report is None or report.latest.withdrawn else report
