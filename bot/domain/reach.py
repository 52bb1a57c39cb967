"""What a person's roles reach in the structure of a day."""

from __future__ import annotations

from datetime import date

from bot.domain.organisation import Cluster, Office, Organisation, Province, Unit
from bot.domain.person import Act, Person, Place, Role, may


def place_of(unit: Unit, organisation: Organisation, on: date) -> Place:
    """The place of an office, of a whole cluster, or of the whole province."""
    if isinstance(unit, Office):
        return organisation.place(unit)
    if isinstance(unit, Cluster):
        return Place(unit.province, unit.key)
    return Place(unit.key)


def allowed(person: Person, act: Act, unit: Unit, organisation: Organisation, on: date) -> bool:
    """Whether the person may do `act` at that unit on that day; an office of old is judged by its own place."""
    return may(person.grants, act, place_of(unit, organisation, on), on)


def offices_for(person: Person, act: Act, organisation: Organisation, on: date) -> tuple[Office, ...]:
    """The offices of that day at which the person may do `act`, in the order of the structure."""
    return tuple(
        office for office in organisation.offices if office.on(on) and allowed(person, act, office, organisation, on)
    )


def home(person: Person, organisation: Organisation, on: date) -> Cluster | Province | None:
    """The unit that a question is about when it names none: the cluster of the first role in force, else the province;
    a province of one cluster is that cluster. None for a person without a role."""
    for grant in person.current(on):
        clusters = organisation.clusters_of(grant.place.province, on)
        if len(clusters) == 1:
            return clusters[0]
        for cluster in clusters:
            if cluster.key == grant.place.cluster:
                return cluster
        return organisation.province(grant.place.province)
    return None


def own_office(person: Person, organisation: Organisation, on: date) -> Office | None:
    """The office of the person's first role that names one."""
    keys = [grant.place.office for grant in person.current(on) if grant.place.office]
    return organisation.office(keys[0], on) if keys else None


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
