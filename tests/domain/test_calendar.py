"""Working days and deadlines, against the days that were checked by hand."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.calendar import TIMEZONE, Calendar, DeadlineRule, deadline, on_working_day
from bot.domain.organisation import parse_structure
from bot.domain.period import Period
from tests.domain.holiday_table import FILE, YEARS, text, told

SHIPPED = parse_structure((files("bot.structure") / "thanh-hoa-3.toml").read_text("utf-8"))[1]
PLAIN = Calendar()
OFFICE, PROVINCE = DeadlineRule(), DeadlineRule(working_days=4)
periods = st.builds(Period, st.integers(2015, 2045), st.integers(1, 12))


@pytest.mark.parametrize(
    ("period_end", "rule", "day"),
    [
        (date(2021, 9, 30), OFFICE, date(2021, 10, 4)),
        (date(2025, 12, 31), OFFICE, date(2026, 1, 6)),
        (date(2027, 4, 30), OFFICE, date(2027, 5, 5)),
        (date(2027, 8, 31), OFFICE, date(2027, 9, 6)),
        (date(2027, 1, 31), OFFICE, date(2027, 2, 2)),
        (date(2027, 1, 31), PROVINCE, date(2027, 2, 11)),
    ],
)
def test_a_deadline_checked_by_hand(period_end: date, rule: DeadlineRule, day: date) -> None:
    assert deadline(period_end, rule, SHIPPED) == datetime.combine(day, time(17), TIMEZONE)


def test_without_the_override_the_new_year_deadline_comes_a_day_too_early() -> None:
    assert deadline(date(2025, 12, 31), OFFICE, PLAIN).date() == date(2026, 1, 5)


def test_the_sample_year_is_due_on_monday_at_17_in_viet_nam() -> None:
    due = deadline(Period(2021, 12).end, OFFICE, SHIPPED)
    assert (due.isoformat(), due.weekday()) == ("2021-10-04T17:00:00+07:00", 0)


def test_a_swapped_saturday_is_worked_and_its_friday_is_not() -> None:
    days = [date(2026, 1, 2), date(2026, 1, 10), date(2026, 1, 17)]
    assert [SHIPPED.is_working(day) for day in days] == [False, True, False]


def test_a_swap_that_the_package_knows_needs_no_override() -> None:
    assert [PLAIN.is_working(day) for day in (date(2025, 4, 26), date(2025, 5, 2))] == [True, False]


def test_culture_day_is_off_from_2026() -> None:
    assert [PLAIN.is_working(date(year, 11, 24)) for year in (2025, 2026)] == [True, False]


def test_an_override_wins_over_the_package() -> None:
    tet = date(2021, 2, 13)
    assert Calendar(working_saturdays=frozenset({tet})).is_working(tet)
    assert not Calendar(days_off=frozenset({date(2021, 10, 4)})).is_working(date(2021, 10, 4))


@given(periods, st.integers(1, 10))
def test_a_deadline_is_never_on_a_day_off_nor_before_the_period_ends(period: Period, days: int) -> None:
    due = deadline(period.end, DeadlineRule(days), SHIPPED)
    assert SHIPPED.is_working(due.date())
    assert due.date() > period.end


@given(periods, periods)
def test_a_later_period_never_has_an_earlier_deadline(one: Period, other: Period) -> None:
    first, second = sorted((one, other))
    assert deadline(first.end, OFFICE, SHIPPED) <= deadline(second.end, OFFICE, SHIPPED)


@given(st.dates(date(2015, 1, 1), date(2045, 1, 1)), st.integers(1, 12))
def test_working_days_counted_forth_and_back_meet(day: date, n: int) -> None:
    after = SHIPPED.add_working_days(day, n)
    between = [day + timedelta(days=i) for i in range(1, (after - day).days + 1)]
    assert sum(map(SHIPPED.is_working, between)) == n
    assert SHIPPED.add_working_days(after, 1 - n) == SHIPPED.add_working_days(day, 1)


def test_no_working_days_is_the_day_itself() -> None:
    assert PLAIN.add_working_days(date(2021, 10, 3), 0) == date(2021, 10, 3)


def test_a_rule_gives_at_least_one_working_day() -> None:
    with pytest.raises(ValueError):
        DeadlineRule(0)


def test_the_days_off_that_are_written_down_are_those_of_the_package() -> None:
    assert FILE.read_text("utf-8") == text()


@pytest.mark.parametrize("year", [min(YEARS), 2021, 2026, max(YEARS), max(YEARS) + 1])
def test_a_year_has_the_days_off_that_the_package_tells(year: int) -> None:
    off, worked = told(year)
    days = [date(year, 1, 1) + timedelta(days=n) for n in range(365)]
    working = {day for day in days if Calendar().is_working(day)}
    assert working == {day for day in days if day not in off and (day.weekday() < 5 or day in worked)}


def test_a_deadline_that_was_given_goes_to_the_next_working_day_when_its_day_is_off() -> None:
    was = datetime(2021, 10, 5, 16, tzinfo=TIMEZONE)
    off = Calendar(days_off=frozenset({date(2021, 10, 5)}))
    assert on_working_day(was, Calendar()) == was
    assert on_working_day(was, off) == datetime(2021, 10, 6, 16, tzinfo=TIMEZONE)
