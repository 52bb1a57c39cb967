"""What an operator does from the command line: the structure, the first invitations, a look at what is wrong."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from bot import forms, sample
from bot.domain import wording
from bot.domain.calendar import Calendar, local_day
from bot.domain.entry import Entry, Verdict
from bot.domain.invitation import LENGTH, LETTERS, VALID_FOR, hashed, shown
from bot.domain.organisation import Found, Office, Organisation, Unit, parse_structure
from bot.domain.person import Grant, Place, Role
from bot.domain.reach import place_of
from bot.domain.seal import fingerprint
from bot.domain.target import Target
from bot.errors import BadStructure, ThiduaError
from bot.ports import Database, Desk

IN_OFFICE = (Role.CHIEF, Role.CLERK)
MOST = 20  # lines of what differs


class Refused(ThiduaError):
    """What the operator asked for cannot be done; the message says why and what to do."""


async def init(database: Database, file: Path | None, now: datetime, replace: bool = False) -> list[str]:
    """Make the stored structure that of the file (or the sample); the lines of what changed.

    Raises Refused when an office, or a day that was set by hand, would go, unless `replace`."""
    try:
        organisation, calendar = parse_structure(file.read_text("utf-8")) if file else sample.structure()
    except UnicodeDecodeError as error:
        raise BadStructure((f"{file}: not UTF-8 text",)) from error
    _known_form(organisation)
    async with database.begin() as desk:
        if not replace and (lost := await _lost(desk, organisation)):
            raise Refused(f"This would remove {', '.join(lost)}: end them with valid_to, or add --replace.")
        if not replace and (days := _lost_days(await desk.offices.calendar(), calendar)):
            raise Refused(f"This would remove {', '.join(days)}: write them into [calendar], or add --replace.")
        changes = list(await desk.offices.save(organisation, calendar))
        changes += [_target_line(target) for target in await desk.targets.put(organisation.targets, now)]
        if changes:
            await desk.audit.write(_entry(now, "structure", "structure", {"changes": changes}))
    return changes


async def _lost(desk: Desk, organisation: Organisation) -> list[str]:
    """The keys of stored offices that the new structure does not know."""
    try:
        stored = await desk.offices.organisation()
    except BadStructure:
        return []
    kept = {office.key for office in organisation.offices}
    return sorted({office.key for office in stored.offices} - kept)


def _lost_days(stored: Calendar, new: Calendar) -> list[str]:
    """The days set by hand, perhaps in the chat, of which the new calendar says nothing."""
    lost = (stored.days_off | stored.working_saturdays) - new.days_off - new.working_saturdays
    return [f"{'the day off' if day in stored.days_off else 'the working Saturday'} {day}" for day in sorted(lost)]


def _known_form(organisation: Organisation) -> None:
    """Raises BadStructure: with a form that is not there nobody could file."""
    try:
        forms.load(organisation.form)
    except KeyError as error:
        raise BadStructure((f"form: there is no form “{organisation.form}”",)) from error


def _target_line(target: Target) -> str:
    value = wording.percent(target.value)
    return f"target {target.unit} {target.year} {target.rate} {target.measure}: {value} from {target.valid_from}"


async def invite(database: Database, role: Role, office: str, cluster: str, name: str, now: datetime) -> list[str]:
    """The lines to show of a new invitation, its code last. Raises Refused."""
    async with database.begin() as desk:
        organisation = await stored(desk)
        grant = Grant(role, _place(organisation, role, office, cluster, now), local_day(now))
        code = "".join(secrets.choice(LETTERS) for _ in range(LENGTH))
        number = await desk.invitations.issue(hashed(code), name, grant, None, now, now + VALID_FOR)
        after = {"role": role, "cluster": grant.place.cluster, "office": grant.place.office, "name": name}
        await desk.audit.write(_entry(now, "invite", f"invitation {number}", after))
    where = grant.place.office or grant.place.cluster or grant.place.province
    return [f"Invitation for {role.value} at {where}; usable once, for {VALID_FOR.days} days:", shown(code)]


def verdict_lines(verdict: Verdict, asked: str = "") -> list[str]:
    """What verifying found, the worst first; `asked` is the fingerprint that was looked for."""
    lines = [f"BROKEN  {verdict.broken}"] if verdict.broken else []
    lines += [f"DIFFERS {line}" for line in verdict.differing[:MOST]]
    if len(verdict.differing) > MOST:
        lines.append(f"        and {len(verdict.differing) - MOST} more")
    if verdict.sound:
        head = verdict.head
        lines.append(f"ok   {head.number} entries, each in its place; {verdict.rows} rows are what they say")
        lines.append(f"ok   head: entry {head.number}, fingerprint {fingerprint(head.digest) or 'none'}")
    if verdict.predating:
        lines.append(f"     {verdict.predating} rows are older than the trail: known only as they were when it began")
    if asked:
        found = f"is that of entry {verdict.sought}" if verdict.sought else "is that of no entry: the trail was cut"
        lines.append(f"{'ok  ' if verdict.sought else 'LOST'} fingerprint {asked} {found}")
    return [*lines, f"     not checked, being the program's own papers: {', '.join(verdict.unchecked)}"]


async def stored(desk: Desk) -> Organisation:
    """The structure. Raises Refused, with what to do, while there is none."""
    try:
        return await desk.offices.organisation()
    except BadStructure as error:
        advice = "There is no structure yet: run `thidua init --sample` or `thidua init --structure FILE.toml`."
        raise Refused(advice) from error


def _place(organisation: Organisation, role: Role, office: str, cluster: str, now: datetime) -> Place:
    today = local_day(now)
    if role in IN_OFFICE and not office:
        raise Refused(f"The role {role.value} belongs to an office: add --office NAME.")
    if office and role not in IN_OFFICE:
        raise Refused(f"The role {role.value} belongs to a cluster or the province, not to an office.")
    if office or cluster:
        unit = _unit(organisation, office or cluster, now)
        if bool(office) != isinstance(unit, Office):
            raise Refused(f"{office or cluster} is not {'an office' if office else 'a cluster'}.")
        return place_of(unit, organisation, today)
    if role is Role.ADMIN:
        return Place(organisation.provinces[0].key)
    clusters = organisation.clusters_of(organisation.provinces[0].key, today)
    if len(clusters) != 1:
        raise Refused(f"The role {role.value} belongs to a cluster: add --cluster NAME.")
    return Place(organisation.provinces[0].key, clusters[0].key)


def _unit(organisation: Organisation, text: str, now: datetime) -> Unit:
    """The unit of that key or name."""
    today = local_day(now)
    exact = organisation.office(text, today) or organisation.cluster(text, today)
    if exact:
        return exact
    found = organisation.find(text, today)
    if isinstance(found, Found):
        return found.unit
    if found.units:
        raise Refused(f"There is no “{text}” on {today}; did you mean {', '.join(u.name for u in found.units)}?")
    raise Refused(f"There is no “{text}” on {today}. (The sample's offices end on 30/6/2025: set THIDUA_CLOCK.)")


def _entry(now: datetime, act: str, subject: str, after: Mapping[str, object]) -> Entry:
    return Entry(now, None, "operator", "command line", "", act, subject, after=after)
