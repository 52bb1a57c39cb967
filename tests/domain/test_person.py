"""Rights: the whole table, written out cell by cell as the product describes it."""

from __future__ import annotations

from datetime import date

import pytest

from bot.domain.person import RIGHTS, Act, Grant, Person, Place, Role, may

ON = date(2021, 10, 1)
OWN = Place("thanh-hoa", "cum-3", "quan-son")
PLACES = {
    "own office": OWN,
    "own cluster": Place("thanh-hoa", "cum-3", "ba-thuoc"),
    "own province": Place("thanh-hoa", "cum-1", "hau-loc"),
    "elsewhere": Place("nghe-an", "cum-3", "quan-son"),
}
HOLDERS = {
    Role.ADMIN: Place("thanh-hoa"),
    Role.SUPERVISOR: Place("thanh-hoa", "cum-3"),
    Role.HEAD: Place("thanh-hoa", "cum-3"),
    Role.DEPUTY: Place("thanh-hoa", "cum-3"),
    Role.CHIEF: OWN,
    Role.CLERK: OWN,
    Role.VIEWER: Place("thanh-hoa", "cum-3"),
}

# How far each right goes: - nowhere, o the own office, c the own cluster, p the own province; never further.
TABLE = """
             admin  supervisor  head  deputy  chief  clerk  viewer
read         p      p           c     c       c      o      c
file         -      -           -     -       o      o      -
correct      -      -           -     -       o      -      -
nudge        -      c           c     c       -      -      -
extend       p      c           c     c       -      -      -
unlock       -      c           c     c       -      -      -
send_back    -      c           c     c       -      -      -
close        -      c           c     c       -      -      -
invite       p      c           c     c       -      -      -
revoke       p      c           c     c       -      -      -
delegate     -      c           c     c       o      -      -
targets      p      -           -     -       -      -      -
structure    p      -           -     -       -      -      -
audit        p      c           c     c       -      -      -
"""
REACHED = {
    "-": [],
    "o": ["own office"],
    "c": ["own office", "own cluster"],
    "p": ["own office", "own cluster", "own province"],
}


def cells() -> list[tuple[Role, Act, list[str]]]:
    head, *rows = [line.split() for line in TABLE.strip().splitlines()]
    return [
        (Role(role), Act(row[0]), REACHED[reach]) for row in rows for role, reach in zip(head, row[1:], strict=True)
    ]


@pytest.mark.parametrize(("role", "act", "reached"), cells())
def test_a_role_may_do_an_act_exactly_where_the_table_says(role: Role, act: Act, reached: list[str]) -> None:
    grant = Grant(role, HOLDERS[role], date(2021, 1, 1))
    assert [name for name, place in PLACES.items() if may([grant], act, place, ON)] == reached


def test_the_table_has_every_role_and_every_act() -> None:
    assert {(role, act) for role, act, _ in cells()} == {(role, act) for role in Role for act in Act}
    assert set(RIGHTS) == set(Role)


@pytest.mark.parametrize(("role", "act", "reached"), cells())
def test_a_role_that_was_handed_on_allows_the_same_but_gives_nothing_away(
    role: Role, act: Act, reached: list[str]
) -> None:
    grant = Grant(role, HOLDERS[role], date(2021, 1, 1), ON, giver=7)
    kept = act in (Act.INVITE, Act.REVOKE, Act.DELEGATE)
    assert [name for name, place in PLACES.items() if may([grant], act, place, ON)] == ([] if kept else reached)


@pytest.mark.parametrize("act", Act)
def test_nobody_may_do_anything_without_a_grant(act: Act) -> None:
    assert not any(may([], act, place, ON) for place in PLACES.values())


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("act", Act)
def test_a_grant_without_a_province_allows_nothing(role: Role, act: Act) -> None:
    grant = Grant(role, Place(""), date(2021, 1, 1))
    assert not any(may([grant], act, place, ON) for place in (*PLACES.values(), Place("")))


@pytest.mark.parametrize(
    ("day", "allowed"),
    [(date(2020, 12, 31), False), (date(2021, 1, 1), True), (date(2021, 12, 31), True), (date(2022, 1, 1), False)],
)
def test_a_right_holds_from_its_first_to_its_last_day(day: date, allowed: bool) -> None:
    grant = Grant(Role.CHIEF, OWN, date(2021, 1, 1), date(2021, 12, 31))
    assert (may([grant], Act.FILE, OWN, day), Person(1, "A", (grant,)).current(day)) == (
        allowed,
        (grant,) if allowed else (),
    )


def test_several_roles_add_up_and_each_stays_at_its_place() -> None:
    chief, head = (Grant(role, HOLDERS[role], date(2021, 1, 1)) for role in (Role.CHIEF, Role.HEAD))
    other = PLACES["own cluster"]
    assert [may([chief, head], act, other, ON) for act in (Act.READ, Act.CLOSE, Act.FILE)] == [True, True, False]
    assert may([chief, head], Act.FILE, OWN, ON)


def test_a_chief_sees_the_cluster_and_not_the_whole_province() -> None:
    chief = Grant(Role.CHIEF, OWN, date(2021, 1, 1))
    places = (Place("thanh-hoa", "cum-3"), Place("thanh-hoa", "cum-1"), Place("thanh-hoa"))
    assert [may([chief], Act.READ, place, ON) for place in places] == [True, False, False]
