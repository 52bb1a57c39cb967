"""Handing rights on: only one's own, only to a colleague, never longer than one has them oneself."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import sample
from bot.domain.delegation import colleagues, handable, handed, meant
from bot.domain.duty import Duty
from bot.domain.person import Act, Grant, Person, Place, Role, may
from bot.domain.span import Span

ORGANISATION, _ = sample.structure()
TODAY, SINCE = date(2021, 10, 1), date(2020, 1, 1)
CLUSTER, SON, LAT = (
    Place("thanh-hoa", "cum-3"),
    Place("thanh-hoa", "cum-3", "quan-son"),
    Place("thanh-hoa", "cum-3", "muong-lat"),
)
ELSEWHERE = Place("thanh-hoa", "cum-1", "hau-loc")
days = st.dates(date(2021, 1, 1), date(2022, 12, 31))


def own(role: Role, place: Place = CLUSTER) -> Grant:
    return Grant(role, place, SINCE)


@pytest.mark.parametrize("role", Role)
def test_whoever_files_for_an_office_in_their_own_name_or_leads_may_hand_it_on(role: Role) -> None:
    grant = own(role, SON if role in (Role.CHIEF, Role.CLERK) else CLUSTER)
    able = role in (Role.SUPERVISOR, Role.HEAD, Role.DEPUTY, Role.CHIEF)
    assert handable(Person(1, "A", (grant,)), TODAY) == ((grant,) if able else ())


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("act", (Act.DELEGATE, Act.INVITE, Act.REVOKE))
def test_what_was_handed_on_is_not_passed_on(role: Role, act: Act) -> None:
    grant = replace(own(role, SON), valid_to=TODAY, giver=2)
    assert handable(Person(1, "A", (grant,)), TODAY) == ()
    assert not may([grant], act, SON, TODAY)


def test_a_role_that_is_over_or_has_not_begun_cannot_be_handed_on() -> None:
    over, ahead = (
        replace(own(Role.HEAD), valid_to=date(2021, 9, 30)),
        replace(own(Role.HEAD), valid_from=date(2021, 10, 2)),
    )
    assert handable(Person(1, "A", (over, ahead)), TODAY) == ()


@given(days, st.none() | days, st.none() | days, days, days)
def test_it_never_holds_on_a_day_on_which_the_giver_does_not(
    since: date, until: date | None, first: date | None, last: date, on: date
) -> None:
    grant = Grant(Role.CHIEF, SON, since, until)
    found = handed(grant, 7, Span(first, last), TODAY)
    if found and found.holds(on):
        assert grant.holds(on)
        assert max(TODAY, first or TODAY) <= on <= last
    assert found is None or (found.role, found.place, found.giver) == (Role.CHIEF, SON, 7)


def test_it_ends_with_the_givers_own_role() -> None:
    until = date(2021, 10, 10)
    grant = replace(own(Role.HEAD), valid_to=until)
    assert handed(grant, 7, Span(None, date(2021, 10, 15)), TODAY) == Grant(Role.HEAD, CLUSTER, TODAY, until, 7)
    assert handed(grant, 7, Span(date(2021, 10, 11), date(2021, 10, 15)), TODAY) is None


def duty(person: int, grant: Grant) -> Duty:
    return Duty(person, f"người {person}", grant, datetime(2020, 1, 1, tzinfo=UTC))


def test_a_colleague_is_of_the_same_office_or_cluster_by_a_role_of_their_own() -> None:
    duties = [
        duty(1, own(Role.CLERK, SON)),
        duty(2, own(Role.CHIEF, LAT)),
        duty(3, own(Role.VIEWER)),
        duty(4, own(Role.CHIEF, ELSEWHERE)),
        duty(5, own(Role.ADMIN, Place("thanh-hoa"))),
        duty(6, replace(own(Role.DEPUTY), giver=2, valid_to=TODAY + timedelta(days=9))),
        duty(7, own(Role.CLERK, Place("nghe-an", "cum-3", "quan-phong"))),
    ]
    for grant in (own(Role.CHIEF, SON), own(Role.HEAD)):
        assert list(colleagues(duties, grant, ORGANISATION, TODAY)) == [1, 2, 3]
    assert colleagues(duties, own(Role.SUPERVISOR, Place("thanh-hoa")), ORGANISATION, TODAY) == {}


def test_a_whole_name_is_meant_before_a_part_of_a_longer_one() -> None:
    names = {1: "Lò Văn A", 2: "Lò Văn An", 3: "Hà Lò Văn A"}
    assert [meant(name, names) for name in ("lo van a", "lo", "an", "binh")] == [(1,), (1, 2, 3), (2,), ()]
