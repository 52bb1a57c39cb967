"""Away: those who are here are reminded in the place of those who are not; nobody is forgotten altogether."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import sample
from bot.domain.absence import LAST_CALLS, Absence, answering, away, chief_away, unattended
from bot.domain.agenda import Agenda, wanted
from bot.domain.calendar import deadline
from bot.domain.duty import Duty
from bot.domain.period import Period
from bot.domain.person import Grant, Place, Role
from bot.domain.reminder import LADDER, Rung

ORGANISATION, CALENDAR = sample.structure()
SEPTEMBER = Period(2021, 12)
DEADLINE = deadline(SEPTEMBER.end, ORGANISATION.deadline, CALENDAR)
OFFICE = ORGANISATION.offices[0]
SINCE, BEFORE = date(2020, 1, 1), datetime(2020, 1, 1, tzinfo=UTC)
HERE = ORGANISATION.place(OFFICE)
CHIEF, CLERK, SECOND = 1, 2, 3
TO_FILERS = [step.rung for step in LADDER]
days = st.dates(date(2021, 9, 25), date(2021, 10, 15))
absences = st.lists(
    st.builds(
        lambda person, first, long: Absence(person, first, first + timedelta(days=long)),
        st.integers(1, 3),
        days,
        st.integers(-1, 9),
    ),
    max_size=5,
)


def duty(person: int, role: Role, place: Place = HERE) -> Duty:
    return Duty(person, f"người {person}", Grant(role, place, SINCE), BEFORE)


ABLE = (duty(CHIEF, Role.CHIEF), duty(CLERK, Role.CLERK))
ALL = (*ABLE, duty(SECOND, Role.CHIEF))


def told(gone: dict[int, date], *able: Duty) -> dict[int, list[Rung]]:
    """By person, the rungs that the ladder of one office brings them."""
    (cluster,) = ORGANISATION.clusters_of("thanh-hoa", SEPTEMBER.end)
    agenda = Agenda(SEPTEMBER, "short", DEADLINE, CALENDAR, [(cluster, [OFFICE])], duties=able, away=gone)
    found: dict[int, list[Rung]] = {}
    for one in agenda.table(LADDER, DEADLINE):
        for reminder in wanted(agenda, one.at):
            rungs = found.setdefault(reminder.person, [])
            rungs += [reminder.rung] if reminder.rung not in rungs else []
    return found


UNTIL = date(2021, 10, 12)
ALMOST = TO_FILERS[1:]  # two rungs of September 2021 fall on one morning, and only the later is sent


def test_while_everybody_is_here_everybody_is_reminded() -> None:
    assert told({}, *ABLE) == {CHIEF: ALMOST, CLERK: ALMOST}


def test_whoever_is_away_is_not_reminded_while_somebody_else_files() -> None:
    assert told({CHIEF: UNTIL}, *ABLE) == {CLERK: ALMOST}
    assert told({CLERK: UNTIL}, *ABLE) == {CHIEF: ALMOST}


def test_where_nobody_else_files_the_chief_is_reminded_of_the_last_moments_alone() -> None:
    assert told({CHIEF: UNTIL}, ABLE[0]) == {CHIEF: [Rung.TWO_HOURS, Rung.OVERDUE_3]}
    assert told({CHIEF: UNTIL, CLERK: UNTIL}, *ABLE) == {CHIEF: [*LAST_CALLS], CLERK: [*LAST_CALLS]}


@given(absences, days)
def test_somebody_is_always_reminded_and_never_one_who_is_away_while_another_is_here(
    said: list[Absence], on: date
) -> None:
    gone = away(said, on)
    reminded = told(gone, *ALL)
    here = {one.person for one in ALL} - gone.keys()
    assert reminded.keys() == (here or {one.person for one in ALL})
    assert all(Rung.OVERDUE_3 in rungs for rungs in reminded.values())


@given(absences, days, st.integers(0, 9))
def test_an_office_is_unattended_just_when_on_some_day_nobody_is_there(
    said: list[Absence], first: date, long: int
) -> None:
    span = [first + timedelta(days=n) for n in range(long + 1)]
    alone = any(all(one.person in away(said, day) for one in ALL) for day in span)
    assert unattended(ALL, said, span[0], span[-1]) == alone


def test_what_an_office_must_know_goes_to_the_chief_and_while_away_to_the_clerk_too() -> None:
    chief, clerk, second = ABLE[0], ABLE[1], ALL[2]
    assert answering(ALL, {}) == [chief, second]
    assert answering(ALL, {CHIEF: UNTIL}) == [second]
    assert answering(ABLE, {CHIEF: UNTIL}) == [chief, clerk]
    assert answering(ABLE, {CHIEF: UNTIL, CLERK: UNTIL}) == [chief]
    assert answering([clerk], {}) == [clerk]


def test_a_chief_is_away_until_the_first_of_them_is_back() -> None:
    sooner = date(2021, 10, 5)
    assert chief_away(ABLE, {CHIEF: UNTIL}) == UNTIL
    assert chief_away(ABLE, {CLERK: UNTIL}) is None
    assert chief_away(ALL, {CHIEF: UNTIL}) is None
    assert chief_away(ALL, {CHIEF: UNTIL, SECOND: sooner}) == sooner
    assert chief_away((), {CHIEF: UNTIL}) is None


@pytest.mark.parametrize("day", [date(2021, 10, 4), UNTIL])
def test_an_absence_covers_both_its_ends(day: date) -> None:
    one = Absence(CHIEF, date(2021, 10, 4), UNTIL)
    assert away([one], day) == {CHIEF: UNTIL}
    assert [away([one], day) for day in (date(2021, 10, 3), date(2021, 10, 13))] == [{}, {}]
