"""A report: on time or late is judged once, by when the message was sent."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.calendar import TIMEZONE
from bot.domain.figures import Figures
from bot.domain.form import Cell, Measure
from bot.domain.period import Period
from bot.domain.report import Report, Revision, first, reopened, revised, standing

DEADLINE = datetime(2021, 10, 4, 17, tzinfo=TIMEZONE)
minutes = st.integers(-100_000, 100_000).map(lambda count: timedelta(minutes=count))


def revision(number: int, sent_at: datetime, stored_at: datetime | None = None) -> Revision:
    figures = Figures({Cell("resolved", Measure.CASES): number})
    return Revision(number, figures, 7, "Hà Văn An", "telegram", sent_at, stored_at or sent_at)


def report(sent_at: datetime) -> Report:
    return first("quan-son", "short", Period(2021, 12), DEADLINE, revision(1, sent_at))


@pytest.mark.parametrize(
    ("late_by", "on_time"),
    [(timedelta(days=-1), True), (timedelta(0), True), (timedelta(seconds=1), False), (timedelta(days=3), False)],
)
def test_a_report_is_on_time_up_to_the_minute_of_the_deadline(late_by: timedelta, on_time: bool) -> None:
    assert report(DEADLINE + late_by).on_time is on_time


def test_a_bot_that_was_down_makes_nobody_late() -> None:
    late = revision(1, DEADLINE - timedelta(minutes=1), stored_at=DEADLINE + timedelta(days=2))
    assert first("quan-son", "short", Period(2021, 12), DEADLINE, late).on_time


@given(minutes, st.lists(minutes, max_size=4))
def test_a_report_keeps_its_on_time_mark_when_corrected(sent: timedelta, corrections: list[timedelta]) -> None:
    original = corrected = report(DEADLINE + sent)
    revisions = [revision(number, DEADLINE + at) for number, at in enumerate(corrections, 2)]
    for one in revisions:
        corrected = revised(corrected, one)
    assert (corrected.on_time, corrected.deadline) == (original.on_time, DEADLINE)
    assert corrected.revisions == (*original.revisions, *revisions)


def test_the_latest_revision_is_what_counts_and_the_first_stays() -> None:
    corrected = revised(report(DEADLINE), revision(2, DEADLINE + timedelta(days=1)))
    assert (corrected.latest.number, corrected.figures) == (2, Figures({Cell("resolved", Measure.CASES): 2}))
    assert corrected.revisions[0] == report(DEADLINE).latest


def withdrawn(number: int, at: datetime) -> Revision:
    return replace(revision(number, at), figures=Figures(), withdrawn=True)


def test_a_withdrawn_report_does_not_stand_and_keeps_its_history() -> None:
    taken_back = revised(report(DEADLINE), withdrawn(2, DEADLINE))
    assert (standing(taken_back), standing(None)) == (None, None)
    assert [one.number for one in taken_back.revisions] == [1, 2]


@given(minutes, minutes)
def test_what_is_filed_again_after_a_withdrawal_is_never_judged_better(sent: timedelta, again: timedelta) -> None:
    taken_back = revised(report(DEADLINE + sent), withdrawn(2, DEADLINE))
    later = DEADLINE + timedelta(days=1)
    filed = reopened(taken_back, later, revision(3, DEADLINE + again))
    assert (filed.on_time, filed.deadline) == (taken_back.on_time and DEADLINE + again <= later, later)
    assert (standing(filed), filed.opening) == (filed, filed.latest)
    corrected = revised(filed, revision(4, DEADLINE + timedelta(days=9)))
    assert (corrected.on_time, corrected.opening) == (filed.on_time, filed.latest)
