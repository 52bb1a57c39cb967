"""A report: one office's figures for one period, every revision kept, its on-time mark judged once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.domain.figures import Figures
from bot.domain.period import Period


@dataclass(frozen=True, slots=True)
class Revision:
    """What was filed once: by whom, over which channel, in which words.

    `sent_at` is when the person sent the message (on time is judged by it), `stored_at` when it was durably kept.
    `card` is the number of the card that was confirmed, so that a second tap on it can be told what the first one did.
    `nil` is an explicit "không phát sinh": nothing new since the last period, which is not the same as missing."""

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


@dataclass(frozen=True, slots=True)
class Report:
    """`deadline` is the one in force when the first revision was sent; `on_time` never changes after that."""

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
    def figures(self) -> Figures:
        return self.latest.figures


def first(office: str, form: str, period: Period, deadline: datetime, revision: Revision) -> Report:
    """The report that a first revision opens; judged by when it was *sent*: a bot that was down makes nobody late."""
    return Report(office, form, period, deadline, revision.sent_at <= deadline, (revision,))


def revised(report: Report, revision: Revision) -> Report:
    """The same report with one more revision: the on-time mark stays what it was."""
    return Report(
        report.office, report.form, report.period, report.deadline, report.on_time, (*report.revisions, revision)
    )
