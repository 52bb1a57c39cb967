"""Days off and make-up days set by hand: how they are written, what cannot be set, which deadlines move."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.calendar import TIMEZONE, Calendar, DeadlineRule, deadline
from bot.domain.override import (
    Change,
    Fault,
    Kind,
    Moved,
    change,
    kind_of,
    moved_deadlines,
    overridden,
    set_as,
    settable,
    within,
)
from bot.domain.period import Period, next_period
from bot.domain.span import Span, read_days
from bot.domain.special import Holiday, Special, special_days

TODAY = date(2025, 12, 15)
PLAIN, RULE = Calendar(), DeadlineRule()
SWAP = Calendar(frozenset({date(2026, 1, 2)}), frozenset({date(2026, 1, 10)}))
days = st.dates(date(2020, 1, 1), date(2030, 12, 31))
saturdays = days.filter(lambda day: day.weekday() == 5)
calendars = st.builds(
    lambda off, worked: Calendar(off, worked - off),
    st.frozensets(days, max_size=40),
    st.frozensets(saturdays, max_size=20),
)
periods = st.builds(Period, st.integers(2020, 2030), st.integers(1, 12))
rules = st.builds(DeadlineRule, st.integers(1, 10))


@given(calendars, periods, rules)
def test_whatever_is_set_a_deadline_is_a_working_day_after_the_period(
    calendar: Calendar, period: Period, rule: DeadlineRule
) -> None:
    due = deadline(period.end, rule, calendar).date()
    assert calendar.is_working(due)
    assert due > period.end


@given(calendars, periods, rules)
def test_whatever_is_set_the_next_period_is_due_no_earlier(
    calendar: Calendar, period: Period, rule: DeadlineRule
) -> None:
    assert deadline(period.end, rule, calendar) <= deadline(next_period(period).end, rule, calendar)


@given(calendars, periods, rules, days)
def test_one_more_day_off_never_makes_a_deadline_earlier(
    calendar: Calendar, period: Period, rule: DeadlineRule, day: date
) -> None:
    fewer = overridden(calendar, Kind.OFF, [day])
    assert deadline(period.end, rule, calendar) <= deadline(period.end, rule, fewer)


@given(calendars, st.lists(days, max_size=5), st.sampled_from(Kind))
def test_what_is_set_is_set_and_a_day_is_never_both(calendar: Calendar, named: list[date], kind: Kind) -> None:
    new = overridden(calendar, kind, named)
    assert {set_as(new, day) for day in named} <= {"" if kind is Kind.DROPPED else kind.value}
    assert not new.days_off & new.working_saturdays
    untouched = (calendar.days_off | calendar.working_saturdays) - {*named}
    assert {day: set_as(new, day) for day in untouched} == {day: set_as(calendar, day) for day in untouched}


def test_the_swap_of_2026_moves_one_deadline_by_a_day() -> None:
    new = overridden(overridden(PLAIN, Kind.OFF, [date(2026, 1, 2)]), Kind.WORKED, [date(2026, 1, 10)])
    assert new == SWAP
    old, later = (datetime(2026, 1, day, 17, tzinfo=TIMEZONE) for day in (5, 6))
    assert moved_deadlines(PLAIN, new, RULE, Period(2026, 1), Period(2026, 12)) == [Moved(Period(2026, 3), old, later)]


@pytest.mark.parametrize(
    ("text", "kind", "spans"),
    [
        ("nghỉ 02/01/2026", Kind.OFF, [(date(2026, 1, 2), date(2026, 1, 2))]),
        ("Nghỉ ngày 2/1", Kind.OFF, [(date(2026, 1, 2), date(2026, 1, 2))]),
        ("làm bù 10/01/2026", Kind.WORKED, [(date(2026, 1, 10), date(2026, 1, 10))]),
        ("nghi 2/1, 5/1 va 7/1", Kind.OFF, [(date(2026, 1, day), date(2026, 1, day)) for day in (2, 5, 7)]),
        ("nghỉ từ 30/12 đến hết 02/01", Kind.OFF, [(date(2025, 12, 30), date(2026, 1, 2))]),
        ("nghỉ 16/02–20/02/2026", Kind.OFF, [(date(2026, 2, 16), date(2026, 2, 20))]),
        ("bỏ ngày làm bù 10/01", Kind.DROPPED, [(date(2026, 1, 10), date(2026, 1, 10))]),
        ("nghỉ Tết 02/01", None, [(date(2026, 1, 2), date(2026, 1, 2))]),
        ("02/01", None, [(date(2026, 1, 2), date(2026, 1, 2))]),
    ],
)
def test_what_an_administrator_writes(text: str, kind: Kind | None, spans: list[tuple[date, date]]) -> None:
    said = read_days(text, TODAY)
    assert (kind_of(said), [(one.first, one.last) for one in said.spans], said.wrong) == (kind, spans, "")


@pytest.mark.parametrize("text", ["nghỉ 31/02", "nghỉ 12/10/2026-05/10/2026", "nghỉ 0/1", "nghỉ 1/13/2026"])
def test_days_that_there_are_not_are_named(text: str) -> None:
    said = read_days(text, TODAY)
    assert (said.spans, said.wrong) == ((), text.removeprefix("nghỉ "))


@pytest.mark.parametrize(
    ("kind", "day", "why"),
    [
        (Kind.OFF, date(2026, 1, 2), Fault.OFF_ALREADY),
        (Kind.OFF, date(2026, 1, 3), Fault.OFF_ALREADY),
        (Kind.OFF, date(2026, 1, 1), Fault.OFF_ALREADY),
        (Kind.WORKED, date(2026, 1, 10), Fault.WORKED_ALREADY),
        (Kind.WORKED, date(2026, 8, 22), Fault.WORKED_ALREADY),  # the package knows it
        (Kind.WORKED, date(2026, 1, 11), Fault.NO_SATURDAY),
        (Kind.DROPPED, date(2026, 1, 1), Fault.NOT_SET),
    ],
)
def test_what_cannot_be_set_is_told(kind: Kind, day: date, why: Fault) -> None:
    assert change(SWAP, kind, [Span(day, day)]) == Change(kind, (), ((day, why),))


def test_days_are_set_from_last_year_to_five_years_ahead() -> None:
    bounds = settable(TODAY)
    assert bounds == Span(date(2024, 1, 1), date(2030, 12, 31))
    first, last = date(2024, 1, 1), date(2030, 12, 31)
    spans = [Span(first, last), Span(None, last), Span(date(2023, 12, 31), first), Span(last, date(2031, 1, 1))]
    assert [within([span], bounds) for span in spans] == [True, True, False, False]


def test_in_a_span_what_is_off_already_is_passed_over() -> None:
    span = Span(date(2026, 1, 1), date(2026, 1, 6))
    assert change(SWAP, Kind.OFF, [span]) == Change(Kind.OFF, (date(2026, 1, 5), date(2026, 1, 6)))


def test_days_in_a_row_are_told_together_and_those_set_by_hand_apart() -> None:
    assert special_days(SWAP, date(2026, 1, 1), date(2026, 3, 1)) == [
        Special(date(2026, 1, 1), date(2026, 1, 1), False, False, (Holiday.NEW_YEAR,)),
        Special(date(2026, 1, 2), date(2026, 1, 2), False, True),
        Special(date(2026, 1, 10), date(2026, 1, 10), True, True),
        Special(date(2026, 2, 16), date(2026, 2, 20), False, False, (Holiday.TET,)),
    ]


@pytest.mark.parametrize("year", range(2021, 2031))
def test_every_day_off_of_the_public_calendar_is_that_of_a_holiday(year: int) -> None:
    found = special_days(PLAIN, date(year, 1, 1), date(year, 12, 31))
    kinds = {kind for one in found for kind in one.holidays}
    assert kinds == {*Holiday} - ({Holiday.CULTURE} if year < 2026 else set())
    assert all(one.works or one.holidays for one in found)
    off = {
        one.first + timedelta(days=n) for one in found if not one.works for n in range((one.last - one.first).days + 1)
    }
    every = {date(year, 1, 1) + timedelta(days=n) for n in range(365)}
    assert {day for day in every - off if day.weekday() < 5 and not PLAIN.is_working(day)} == set()
    assert not any(PLAIN.is_working(day) for day in off)
