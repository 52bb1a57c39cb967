"""Roles and places in words: “Chi cục trưởng Chi cục THADS Quan Sơn”."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from bot.domain.organisation import Organisation
from bot.domain.person import Act, Grant, Person, Role, may
from bot.i18n import capital, day, say


def role_name(role: Role) -> str:
    return {
        Role.ADMIN: lambda: say("administrator"),
        Role.SUPERVISOR: lambda: say("leader in charge"),
        Role.HEAD: lambda: say("head of the cluster"),
        Role.DEPUTY: lambda: say("deputy head of the cluster"),
        Role.CHIEF: lambda: say("chief of the office"),
        Role.CLERK: lambda: say("statistics clerk"),
        Role.VIEWER: lambda: say("viewer"),
    }[role]()


def place_name(grant: Grant, organisation: Organisation, on: date) -> str:
    """The name of the unit that a role is held at."""
    office = organisation.office(grant.place.office, on) if grant.place.office else None
    if office:
        return office.full_name
    cluster = organisation.cluster(grant.place.cluster, on) if grant.place.cluster else None
    if cluster:
        return cluster.name
    province = organisation.province(grant.place.province)
    return province.name if province else grant.place.province


def title(grant: Grant, organisation: Organisation, on: date) -> str:
    """“Chi cục trưởng Chi cục THADS Quan Sơn”; a head is “Trưởng cụm thi đua số 3”."""
    office = organisation.office(grant.place.office, on) if grant.place.office else None
    if office and grant.role is Role.CHIEF:
        return f"{office.title} {office.full_name}"
    return say("{role}, {place}", role=capital(role_name(grant.role)), place=place_name(grant, organisation, on))


def full_title(grant: Grant, organisation: Organisation, on: date, names: Mapping[int, str]) -> str:
    """As `title`, with whose it is and until when, if it was handed on."""
    what = title(grant, organisation, on)
    if grant.giver is None or grant.valid_to is None:
        return what
    by = names.get(grant.giver, "?")
    return say("{title} (handed on by {name} until {day})", title=what, name=by, day=day(grant.valid_to))


def titles(person: Person, organisation: Organisation, on: date) -> list[str]:
    return [title(grant, organisation, on) for grant in person.current(on)]


def can_anywhere(person: Person, act: Act, on: date) -> bool:
    """Whether a person may do it at least at the place of one of their own roles: who sees it in their menu."""
    return any(may([grant], act, grant.place, on) for grant in person.current(on))
