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
