"""Who is reminded once a cluster's period is closed: nobody, but an office that was opened again."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from bot import sample
from bot.domain.agenda import Agenda, wanted
from bot.domain.calendar import TIMEZONE
from bot.domain.duty import Duty
from bot.domain.period import Period
from bot.domain.person import Grant, Place, Role
from bot.domain.reminder import Promise, Rung

ORGANISATION, CALENDAR = sample.structure()
CLUSTER, OFFICES = ORGANISATION.clusters[0], ORGANISATION.offices
LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)
PROVINCE = CLUSTER.province


def at(day: int, hour: int) -> datetime:
    return datetime(2021, 10, day, hour, tzinfo=TIMEZONE)


def duty(person: int, role: Role, office: str = "") -> Duty:
    return Duty(person, f"n. {person}", Grant(role, Place(PROVINCE, CLUSTER.key, office), LONG_AGO.date()), LONG_AGO)


DUTIES = [duty(1, Role.HEAD), *(duty(10 + n, Role.CHIEF, one.key) for n, one in enumerate(OFFICES))]
OPEN = Agenda(Period(2021, 12), "short", at(4, 17), CALENDAR, [(CLUSTER, OFFICES)], duties=DUTIES)
CLOSED = replace(OPEN, closed={CLUSTER.key: at(4, 18)})
ONE = OFFICES[5]
OPENED = replace(CLOSED, opened={ONE.key: at(6, 8)})


def test_nobody_is_reminded_of_a_closed_period_nor_is_its_list_sent() -> None:
    assert {one.rung for one in wanted(OPEN, at(4, 17))} == {Rung.TWO_HOURS, Rung.LIST_AT_DEADLINE}
    assert wanted(replace(CLOSED, closed={CLUSTER.key: at(4, 10)}), at(4, 17)) == []


def test_an_office_that_was_opened_again_is_reminded_alone() -> None:
    assert [(one.person, one.unit, one.rung) for one in wanted(OPENED, at(5, 8))] == [(15, ONE.key, Rung.OVERDUE_1)]


def test_a_promise_for_a_closed_period_is_neither_due_nor_broken() -> None:
    promise = {ONE.key: Promise(ONE.key, "short", OPEN.period, 15, at(5, 7))}
    assert wanted(replace(CLOSED, promises=promise), at(5, 9)) == []
    told = wanted(replace(OPENED, promises=promise), at(5, 9))
    assert [(one.person, one.rung) for one in told] == [(15, Rung.PROMISE), (1, Rung.BROKEN)]


def test_a_promise_ends_when_the_office_locks_again() -> None:
    assert OPENED.promise_by([ONE], at(5, 9)) == at(6, 8)
    assert OPEN.promise_by([ONE], at(5, 9)) == at(6, 21)


def lists(agenda: Agenda, day: int, hour: int) -> list[tuple[int, str, Rung]]:
    told = wanted(agenda, at(day, hour))
    return [(one.person, one.unit, one.rung) for one in told if one.unit == CLUSTER.key]


def test_the_list_also_follows_an_offices_own_deadline_and_says_last_that_nobody_is_reminded() -> None:
    two = [one.key for one in OFFICES if one.key not in (ONE.key, OFFICES[6].key)]
    own = replace(OPEN, filed=two, extended={(CLUSTER.key, ONE.key): at(7, 17)}, through={(1, CLUSTER.key): at(4, 17)})
    assert lists(own, 7, 15) == [(1, CLUSTER.key, Rung.LIST_BEFORE)]
    assert lists(own, 7, 17) == [(1, CLUSTER.key, Rung.LIST_AT_DEADLINE)]
    told = replace(own, through={(1, CLUSTER.key): at(7, 17)})
    assert lists(told, 8, 9) == []
    assert lists(told, 13, 9) == [(1, CLUSTER.key, Rung.HEAD_ONLY)]
    assert lists(replace(told, filed=[*two, ONE.key]), 8, 9) == [(1, CLUSTER.key, Rung.HEAD_ONLY)]


def test_days_off_may_pass_what_a_whole_cluster_was_given() -> None:
    given = replace(OPEN, deadline=at(6, 17), extended={(CLUSTER.key, ""): at(5, 17)})
    assert (given.deadline_in(CLUSTER.key), given.deadline_of(ONE)) == (at(6, 17), at(6, 17))
