"""The ladder: every rung at its hour, none at night or on a day off, each once, missed ones collapse."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.calendar import TIMEZONE, Calendar, DeadlineRule, deadline
from bot.domain.period import Period
from bot.domain.reminder import (
    LADDER,
    LISTS,
    Rung,
    Timed,
    due,
    in_hours,
    latest_promise,
    may_fall,
    may_write,
    suggested_promise,
    timetable,
)

CALENDAR = Calendar()
SEPTEMBER = Period(2021, 12)
DEADLINE = deadline(SEPTEMBER.end, DeadlineRule(), CALENDAR)
TABLE = timetable(LADDER, SEPTEMBER.end, DEADLINE, CALENDAR)
HOUR, MINUTE, WEEK = timedelta(hours=1), timedelta(minutes=1), timedelta(days=7)
MOMENTS = st.datetimes(datetime(2021, 1, 1), datetime(2031, 1, 1), timezones=st.just(UTC))
PERIODS = st.builds(Period, st.integers(2022, 2035), st.integers(1, 12))


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2021, 10, day, hour, minute, tzinfo=TIMEZONE)


def now_due(now: datetime, **standing: object) -> Timed | None:
    return due(TABLE, CALENDAR, now, **{"filed": False, **standing})  # type: ignore[arg-type]


def test_the_ladder_of_september_2021() -> None:
    assert (
        Timed(Rung.OPENED, at(1, 8)),
        Timed(Rung.EVE, at(1, 8)),
        Timed(Rung.MORNING, at(4, 8)),
        Timed(Rung.TWO_HOURS, at(4, 15)),
        Timed(Rung.OVERDUE_1, at(5, 8)),
        Timed(Rung.OVERDUE_2, at(6, 8)),
        Timed(Rung.OVERDUE_3, at(7, 8)),
    ) == TABLE


def test_the_lists_of_those_who_lead() -> None:
    assert timetable(LISTS, SEPTEMBER.end, DEADLINE, CALENDAR) == (
        Timed(Rung.LIST_BEFORE, at(4, 15)),
        Timed(Rung.LIST_AT_DEADLINE, at(4, 17)),
        Timed(Rung.HEAD_ONLY, at(8, 8)),
    )


def test_the_ladder_climbs_over_a_holiday() -> None:
    april = Period(2027, 7)
    table = timetable(LADDER, april.end, deadline(april.end, DeadlineRule(), CALENDAR), CALENDAR)
    assert [(one.rung, f"{one.at:%d/%m %H}") for one in table] == [
        (Rung.OPENED, "04/05 08"),
        (Rung.EVE, "04/05 08"),
        (Rung.MORNING, "05/05 08"),
        (Rung.TWO_HOURS, "05/05 15"),
        (Rung.OVERDUE_1, "06/05 08"),
        (Rung.OVERDUE_2, "07/05 08"),
        (Rung.OVERDUE_3, "10/05 08"),
    ]


@pytest.mark.parametrize("one", TABLE[1:], ids=lambda one: one.rung)
def test_a_rung_is_due_at_its_instant_and_not_before(one: Timed) -> None:
    before = [rung.at for rung in TABLE if rung.at < one.at]
    through = before[-1] if before else None
    assert now_due(one.at - MINUTE, through=through) is None
    assert now_due(one.at, through=through) == one
    assert now_due(one.at, through=one.at) is None


def test_nothing_is_due_to_one_who_has_filed() -> None:
    assert [now_due(one.at, filed=True) for one in TABLE] == [None] * len(TABLE)


@pytest.mark.parametrize("now", [at(4, 6, 59), at(4, 21), at(4, 23, 59), at(2, 12), at(3, 8)])
def test_nothing_is_due_at_night_or_on_a_day_off(now: datetime) -> None:
    assert now_due(now) is None


def test_what_was_missed_in_the_night_is_due_in_the_morning() -> None:
    assert now_due(at(5, 7), through=at(4, 8)) == Timed(Rung.TWO_HOURS, at(4, 15))


def test_a_rung_that_would_fall_into_the_night_waits_for_the_morning() -> None:
    late = datetime(2021, 10, 4, 23, 30, tzinfo=TIMEZONE)
    assert timetable(LADDER, SEPTEMBER.end, late, CALENDAR)[3] == Timed(Rung.TWO_HOURS, at(5, 7))


def test_missed_rungs_collapse_into_the_latest_after_a_week_of_downtime_across_the_deadline() -> None:
    now = at(8, 9)
    assert now_due(now, through=at(1, 8)) == Timed(Rung.OVERDUE_3, at(7, 8))
    assert now_due(now, through=at(7, 8)) is None
    assert now_due(now + WEEK, through=at(7, 8)) is None


def test_nothing_is_sent_again_when_the_clock_is_set_back_an_hour() -> None:
    assert now_due(at(4, 14, 30), through=at(4, 15)) is None
    assert now_due(at(4, 15), through=at(4, 15)) is None


def test_whoever_takes_on_the_duty_is_not_reminded_of_earlier_rungs() -> None:
    assert now_due(at(4, 9), since=at(4, 8, 30)) is None
    assert now_due(at(4, 15), since=at(4, 8, 30)) == Timed(Rung.TWO_HOURS, at(4, 15))


def test_a_promise_silences_the_ladder_until_its_time_then_reminds_once() -> None:
    until, through = at(4, 16), at(4, 8)
    assert now_due(at(4, 15), through=through, promise=until) is None
    assert now_due(until, through=through, promise=until) == Timed(Rung.PROMISE, until)
    assert now_due(until, through=through, promise=until, filed=True) is None
    assert now_due(at(4, 16, 1), through=until, promise=until) is None
    assert now_due(at(5, 8), through=until, promise=until) == Timed(Rung.OVERDUE_1, at(5, 8))


def test_a_promise_that_passed_during_downtime_and_the_rungs_after_it_make_one_reminder() -> None:
    promised = now_due(at(6, 9), through=at(4, 8), promise=at(4, 16))
    assert promised == Timed(Rung.PROMISE, at(6, 8))
    assert now_due(at(6, 10), through=promised.at, promise=at(4, 16)) is None


def test_a_deadline_that_was_moved_has_rungs_of_its_own() -> None:
    moved = timetable(LADDER, SEPTEMBER.end, DEADLINE + timedelta(days=2), CALENDAR)
    assert due(moved, CALENDAR, at(4, 16), filed=False, through=at(4, 15)) is None
    assert due(moved, CALENDAR, at(5, 8), filed=False, through=at(4, 15)) == Timed(Rung.EVE, at(5, 8))


def test_a_promise_ends_with_the_deadline_or_the_next_working_day() -> None:
    assert latest_promise(DEADLINE, CALENDAR, at(4, 8)) == DEADLINE
    assert latest_promise(DEADLINE, CALENDAR, at(4, 18)) == at(5, 21)
    assert latest_promise(DEADLINE, CALENDAR, at(8, 8)) == at(11, 21)


@pytest.mark.parametrize(
    ("now", "offered"),
    [
        (at(1, 8), at(1, 16)),
        (at(4, 8), at(4, 16)),
        (at(4, 15), at(4, 16)),
        (at(4, 15, 45), None),
        (at(5, 8), at(5, 16)),
        (at(5, 18), at(6, 9)),
        (at(8, 16), at(11, 9)),
    ],
)
def test_the_hour_offered_for_a_promise_fits_the_time_of_day(now: datetime, offered: datetime | None) -> None:
    assert suggested_promise(latest_promise(DEADLINE, CALENDAR, now), CALENDAR, now) == offered


def test_the_hour_offered_is_that_of_the_offices_wherever_the_last_moment_is_kept() -> None:
    offered = suggested_promise(at(5, 9).astimezone(UTC), CALENDAR, at(5, 7))
    assert offered and f"{offered:%H:%M}" == "08:00"


@given(MOMENTS)
def test_the_latest_moment_that_is_named_for_a_promise_may_be_promised(now: datetime) -> None:
    assert may_fall(latest_promise(DEADLINE, CALENDAR, now), CALENDAR)


def test_a_deadline_may_lie_at_the_end_of_office_hours_but_not_after_nor_on_a_day_off() -> None:
    assert [may_fall(one, CALENDAR) for one in (at(5, 21), at(5, 21, 1), at(9, 21), at(5, 7), at(5, 6, 59))] == [
        True,
        False,
        False,
        True,
        False,
    ]


@given(MOMENTS)
def test_people_are_written_to_in_office_hours_only(now: datetime) -> None:
    local = in_hours(now, CALENDAR).astimezone(TIMEZONE)
    assert 7 <= local.hour < 21 and CALENDAR.is_working(local.date())
    assert now <= local and may_write(local, CALENDAR)


@given(PERIODS, st.integers(1, 6))
def test_every_ladder_climbs_in_office_hours_and_ends_before_the_next_period_does(period: Period, days: int) -> None:
    last = deadline(period.end, DeadlineRule(days), CALENDAR)
    times = [one.at for one in timetable((*LADDER, *LISTS), period.end, last, CALENDAR)]
    assert times == sorted(times)
    assert all(may_write(one, CALENDAR) for one in times)
    assert date(period.end.year, period.end.month, 1) < times[0].date() and times[-1].date() - period.end < timedelta(
        31
    )
