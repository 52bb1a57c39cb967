"""What a person's roles reach in the structure of a day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from bot.domain.organisation import Cluster, Office, Organisation, Province, Unit
from bot.domain.person import RIGHTS, Act, Grant, Person, Place, Reach, Role, may


def place_of(unit: Unit, organisation: Organisation, on: date) -> Place:
    """The place of an office, of a whole cluster, or of the whole province."""
    if isinstance(unit, Office):
        return organisation.place(unit)
    if isinstance(unit, Cluster):
        return Place(unit.province, unit.key)
    return Place(unit.key)


def allowed(person: Person, act: Act, unit: Unit, organisation: Organisation, on: date) -> bool:
    """Whether the person may do `act` at that unit on that day."""
    return role_at(person, act, unit, organisation, on) is not None


def role_at(person: Person, act: Act, unit: Unit, organisation: Organisation, on: date) -> Role | None:
    """The role in whose name the person may do `act` at that unit on that day."""
    return _role(_held(person, organisation, on), act, unit, organisation, on)


def _held(person: Person, organisation: Organisation, on: date) -> tuple[Grant, ...]:
    """The grants in force, each where it is held then."""
    return tuple(replace(one, place=place_on(one, organisation, on)) for one in person.current(on))


def _role(held: Sequence[Grant], act: Act, unit: Unit, organisation: Organisation, on: date) -> Role | None:
    """Who took over from `unit` holds their grant at `unit` too."""
    where = place_of(unit, organisation, on)
    heir = organisation.heir(unit.key, on) if isinstance(unit, Office) else unit.key
    for grant in held:
        inherited = heir != unit.key and grant.place.office == heir
        if may([replace(grant, place=where) if inherited else grant], act, where, on):
            return grant.role
    return None


def place_on(grant: Grant, organisation: Organisation, on: date) -> Place:
    """Where a role is held in the structure of the day: its office may have moved."""
    office = organisation.office(grant.place.office, on) if grant.place.office else None
    return organisation.place(office) if office else grant.place


def offices_for(
    person: Person, act: Act, organisation: Organisation, on: date, then: date | None = None
) -> tuple[Office, ...]:
    """The offices at which the person may do `act` on that day, in the order of the structure.

    `then` is the day whose structure is meant, when figures of an earlier period are: an office that has been dissolved
    since still files its last period."""
    held = [one for one in _held(person, organisation, on) if act in RIGHTS[one.role]]
    own = {one.place.office for one in held}
    narrow = all(RIGHTS[one.role][act] is Reach.OFFICE for one in held)
    return tuple(
        office
        for office in organisation.offices
        if office.on(then or on)
        and (not narrow or office.key in own or organisation.heir(office.key, on) in own)
        and _role(held, act, office, organisation, on)
    )


def home(
    person: Person, organisation: Organisation, on: date, then: date | None = None
) -> Cluster | Province | Office | None:
    """The unit that a question is about when it names none: the widest one that the person may read, not counting the
    province where there are clusters; a province of one cluster is that cluster. None for who may read nothing."""
    day = then or on
    for grant in person.current(on):
        clusters = organisation.clusters_of(grant.place.province, day)
        named = [one for one in clusters if one.key == grant.place.cluster] or (clusters if len(clusters) == 1 else [])
        units: list[Cluster | Province | Office | None] = [*named]
        units += [organisation.office(grant.place.office, day)] if grant.place.office else []
        units += [organisation.province(grant.place.province)]
        for unit in units:
            if unit and allowed(person, Act.READ, unit, organisation, on):
                return unit
    return None


def own_office(person: Person, organisation: Organisation, on: date, then: date | None = None) -> Office | None:
    """The office of the person's first role that names one."""
    keys = [grant.place.office for grant in person.current(on) if grant.place.office]
    return organisation.office(keys[0], then or on) if keys else None


def role_for(person: Person, act: Act, place: Place, on: date) -> Role | None:
    """The role in whose name the person does it: what the audit trail says."""
    return next((grant.role for grant in person.current(on) if may([grant], act, place, on)), None)


def offices_in(unit: Unit, organisation: Organisation, on: date) -> tuple[Office, ...]:
    """The offices that are added up for a unit, in the order of the structure."""
    if isinstance(unit, Office):
        return (unit,)
    if isinstance(unit, Cluster):
        return organisation.offices_of(unit.key, on)
    clusters = organisation.clusters_of(unit.key, on)
    return tuple(office for cluster in clusters for office in organisation.offices_of(cluster.key, on))


def chain(unit: Unit, organisation: Organisation, on: date) -> tuple[str, ...]:
    """The keys of a unit and of those above it, from the unit up: whose target binds it."""
    if isinstance(unit, Office):
        cluster = organisation.cluster(unit.cluster, on)
        return (unit.key, *(chain(cluster, organisation, on) if cluster else ()))
    return (unit.key, unit.province) if isinstance(unit, Cluster) else (unit.key,)
