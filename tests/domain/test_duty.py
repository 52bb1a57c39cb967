"""Who files for an office, who leads a cluster: one definition for all that is told unasked, and the rights agree."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

from bot import sample
from bot.domain.duty import Duty, filers, first_filers, leaders
from bot.domain.organisation import Cluster, Organisation
from bot.domain.person import Act, Grant, Person, Place, Role
from bot.domain.reach import allowed, offices_for, role_at

SINCE, END, AFTER = date(2010, 1, 1), date(2025, 6, 30), date(2025, 7, 1)
CLUSTER = Place("thanh-hoa", "cum-3")
OLD, OTHER, NEW = "quan-son", "quan-hoa", "khu-vuc-9"


def duty(person: int, role: Role, place: Place) -> Duty:
    return Duty(person, f"người {person}", Grant(role, place, SINCE), datetime(2020, 1, 1, tzinfo=UTC))


def at(office: str, cluster: str = "cum-3") -> Place:
    return Place("thanh-hoa", cluster, office)


def merged() -> Organisation:
    """Quan Sơn and Quan Hóa have become khu vực 9 on 1/7/2025, in a cluster of another name."""
    before, _ = sample.structure()
    cluster = Cluster("cum-9", "cụm thi đua số 9", "cụm 9", "thanh-hoa", (), AFTER)
    rows = tuple(replace(one, successor=NEW) if one.key in (OLD, OTHER) else one for one in before.offices)
    heir = replace(rows[0], key=NEW, name="khu vực 9", aliases=(), cluster="cum-9", valid_from=AFTER, valid_to=None)
    return replace(before, clusters=(*before.clusters, cluster), offices=(*rows, heir))


def test_whoever_files_and_nobody_else_is_of_an_office() -> None:
    duties = [duty(1, Role.CHIEF, at(OLD)), duty(2, Role.HEAD, CLUSTER), duty(3, Role.CLERK, at(OLD, "cum-4"))]
    found = filers([*duties, duty(4, Role.CHIEF, at(OTHER))])
    assert {key: [one.person for one in able] for key, able in found.items()} == {OLD: [1, 3], OTHER: [4]}


def test_a_clerk_is_told_first_only_where_there_is_no_chief() -> None:
    clerk, chief = duty(1, Role.CLERK, at(OLD)), duty(2, Role.CHIEF, at(OLD))
    assert (first_filers([clerk, chief]), first_filers([clerk]), first_filers([])) == ([chief], [clerk], [])


def test_the_head_comes_first_and_those_of_the_whole_province_lead_too() -> None:
    duties = [
        duty(1, Role.SUPERVISOR, Place("thanh-hoa")),
        duty(2, Role.DEPUTY, CLUSTER),
        duty(3, Role.HEAD, CLUSTER),
        duty(4, Role.HEAD, Place("thanh-hoa", "cum-4")),
        duty(5, Role.SUPERVISOR, Place("nghe-an")),
        duty(6, Role.ADMIN, Place("thanh-hoa")),
    ]
    assert [one.person for one in leaders(duties, CLUSTER)] == [3, 2, 1]
    assert [one.person for one in leaders(duties, Place("thanh-hoa"))] == [1]


def test_the_work_of_an_office_goes_from_heir_to_heir() -> None:
    organisation = merged()
    assert [organisation.heir(OLD, day) for day in (END, AFTER)] == [OLD, NEW]
    assert organisation.heirs(organisation.offices, AFTER) == {OLD: NEW, OTHER: NEW}
    again = tuple(
        replace(one, valid_to=AFTER, successor="ba-thuoc") if one.key == NEW else one for one in merged().offices
    )
    assert replace(organisation, offices=again).heir(OLD, date(2025, 7, 2)) == "ba-thuoc"
    ring = tuple(replace(one, successor={OLD: OTHER, OTHER: OLD}.get(one.key)) for one in organisation.offices)
    assert replace(organisation, offices=ring).heir(OLD, AFTER) == OLD


def test_who_took_over_from_an_office_answers_for_what_it_still_owes() -> None:
    new, kept = duty(1, Role.CHIEF, at(NEW, "cum-9")), duty(2, Role.CHIEF, at(OLD))
    assert filers([new], {OLD: NEW, OTHER: NEW}) == {OLD: [new], OTHER: [new], NEW: [new]}
    assert filers([new, kept], {OLD: NEW}) == {OLD: [kept, new], NEW: [new]}
    assert filers([kept], {OTHER: NEW}) == {OLD: [kept]}


def test_who_took_over_from_an_office_may_file_for_it_but_not_the_other_way_round() -> None:
    organisation = merged()
    old, new = organisation.office(OLD, END), organisation.office(NEW, AFTER)
    assert old and new
    chief, former = (Person(1, "A", (duty(1, Role.CHIEF, place).grant,)) for place in (at(NEW, "cum-9"), at(OLD)))
    assert role_at(chief, Act.FILE, old, organisation, AFTER) is Role.CHIEF
    assert not allowed(chief, Act.FILE, old, organisation, END)  # it was there itself on that day
    assert allowed(former, Act.FILE, old, organisation, AFTER)
    assert not allowed(former, Act.FILE, new, organisation, AFTER)
    assert [one.key for one in offices_for(chief, Act.FILE, organisation, AFTER, END)] == [OTHER, OLD]


def test_the_head_of_the_heirs_cluster_has_no_right_over_what_the_old_office_filed() -> None:
    organisation = merged()
    old = organisation.office(OLD, END)
    head = Person(1, "A", (duty(1, Role.HEAD, Place("thanh-hoa", "cum-9")).grant,))
    assert old and not allowed(head, Act.UNLOCK, old, organisation, AFTER)
