"""Remind those who are missing, now: at most once an hour for each office; says whom it reached."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from functools import partial

from bot.cards import names
from bot.chat import Reply
from bot.dialogue import Conversation, Heard, Move, answer
from bot.domain.agenda import Agenda
from bot.domain.calendar import local_day
from bot.domain.duty import Duty
from bot.domain.everybody import ALL
from bot.domain.folding import fold
from bot.domain.hearing import blank
from bot.domain.organisation import Office, Organisation, Unit
from bot.domain.period import Period, find_periods
from bot.domain.person import Act
from bot.domain.question import Intent, Whole, read
from bot.domain.reach import allowed, home, offices_in, own_office
from bot.domain.reminder import NUDGE_EVERY, Reminder, Rung, may_write
from bot.domain.strangers import nearest
from bot.errors import NotAllowed, UnknownOffice, Unread
from bot.filing import default_period
from bot.forms import load
from bot.i18n import gloss, hour, say
from bot.ports import Desk
from bot.reminding import filled, refuse_closed, sketch
from bot.titles import can_anywhere
from bot.trail import entry, role_of
from bot.unasked.notices import reminder
from bot.unasked.telling import tell_each

NAME = "nudge"
_NUDGE = re.compile(r"^\s*nhắc\b|^\s*nhac\b", re.IGNORECASE)


async def open_(desk: Desk, heard: Heard) -> Move:
    organisation = await desk.offices.organisation()
    wanted = _meant(heard, organisation)
    agenda = await sketch(desk, organisation, default_period(heard.now), heard.now)
    agenda = await filled(desk, agenda, heard.now)
    if not may_write(heard.now, agenda.calendar):
        return answer(Reply(say("I remind people on working days from 07:00 to 21:00 only; nobody was written to.")))
    missing = agenda.missing(wanted)
    if not missing:
        refuse_closed(agenda, wanted, heard, organisation)
        return answer(Reply(say("Nobody is missing: {names} filed already.", names=names(wanted))))
    lately = await desk.reminders.nudged(agenda.form, agenda.period, heard.now - NUDGE_EVERY)
    now_due = [office for office in missing if office.key not in lately]
    reached = await _nudge(desk, heard, agenda, now_due)
    lines = _told(missing, reached, lately, own=own_office(heard.person, organisation, local_day(heard.now)))
    lines += [
        say("{office}: left out, the period is closed.", office=f"**{office.name}**")
        for office in agenda.unfiled(wanted)
        if agenda.shut(office)
    ]
    return answer(Reply("\n".join(lines)))


def _meant(heard: Heard, organisation: Organisation) -> list[Office]:
    """The offices named, or those of one's own cluster. Raises UnknownOffice, Unread, NotAllowed."""
    today, period = local_day(heard.now), default_period(heard.now)
    units = _named(_NUDGE.sub("", heard.text).strip(), organisation, today, period)
    own = home(heard.person, organisation, today)
    units = units or ((own,) if own else ())
    for unit in units:
        if not allowed(heard.person, Act.NUDGE, unit, organisation, today):
            raise NotAllowed(Act.NUDGE, getattr(unit, "full_name", unit.name))
    return list(dict.fromkeys(office for unit in units for office in offices_in(unit, organisation, period.end)))


def _named(text: str, organisation: Organisation, today: date, period: Period) -> tuple[Unit, ...]:
    """None for all; whoever is left out or cannot be read ("trừ Mường Lát") is nobody to be passed over."""
    units = organisation.mentions(text, today)
    dated = find_periods(blank(text, [(one.start, one.end) for one in units]), today)
    if others := [text[one.start : one.end] for one in dated if one.period != period]:
        raise Unread(" · ".join(others))
    if fold(blank(text, [(one.start, one.end) for one in dated])).strip() in ALL:
        return ()
    question = read(text, organisation, load(organisation.form), today, command=Intent.MISSING)
    if question.unknown and question.units:
        raise UnknownOffice(question.unknown, tuple((unit.key, unit.name) for unit in question.nearest))
    if question.unknown or not (question.units or question.whole is Whole.CLUSTER):
        raise UnknownOffice(text, tuple((unit.key, unit.name) for unit in nearest(text, organisation, today)))
    if question.unread:
        raise Unread(" · ".join(question.unread))
    return question.units


async def _nudge(desk: Desk, heard: Heard, agenda: Agenda, offices: Sequence[Office]) -> dict[str, list[Duty]]:
    """Write to all who file for these offices, one message a person; by office, who was reached."""
    by_office = agenda.filers()
    owed: dict[int, list[Office]] = {}
    for office in offices:
        for person in dict.fromkeys(duty.person for duty in by_office.get(office.key, ())):
            owed.setdefault(person, []).append(office)
    owed.pop(heard.person.id, None)
    told = await tell_each(desk, {one: partial(_asked, heard, agenda, due) for one, due in owed.items()}, heard.now)
    reached = {office.key: [one for one in by_office.get(office.key, ()) if one.person in told] for office in offices}
    for office in offices:
        await _note(desk, heard, agenda, office, reached[office.key])
    return reached


def _asked(heard: Heard, agenda: Agenda, owed: Sequence[Office]) -> Reply:
    asked = reminder(agenda, owed, heard.now)
    return replace(asked, text=say("{name} reminds you:", name=f"**{heard.person.name}**") + "\n" + asked.text)


async def _note(desk: Desk, heard: Heard, agenda: Agenda, office: Office, reached: Sequence[Duty]) -> None:
    organisation = await desk.offices.organisation()
    of = (office.key, agenda.form, agenda.period)
    people = dict.fromkeys(duty.person for duty in reached)
    await desk.reminders.claim([Reminder(person, *of, Rung.NUDGE, heard.now) for person in people], heard.now)
    subject = f"{office.key} {agenda.form} {agenda.period.year}-{agenda.period.month:02}"
    role = role_of(heard, Act.NUDGE, organisation.place(office))
    await desk.audit.write(entry(heard, Act.NUDGE, subject, role=role, after={"reached": len(people)}))


def _told(
    missing: Sequence[Office], reached: Mapping[str, Sequence[Duty]], lately: Mapping[str, datetime], own: Office | None
) -> list[str]:
    """Whom it reached, whom it could not, whom it left alone."""
    lines = []
    for office in missing:
        name, people = f"**{office.name}**", reached.get(office.key)
        if office.key in lately:
            lines.append(say("{office} was reminded at {hour} already.", office=name, hour=hour(lately[office.key])))
        elif people:
            who = ", ".join(dict.fromkeys(duty.name for duty in people))
            lines.append(say("Reminded {office}: {people}.", office=name, people=who))
        elif own and own.key == office.key:
            lines.append(say("{office}: that is yours to file.", office=name))
        else:
            lines.append(say("{office}: nobody there can be reached.", office=name))
    return lines


async def _asks(desk: Desk, heard: Heard) -> bool:
    """“Nhắc Mường Lát”, from somebody who may."""
    return fold(heard.text).startswith("nhac ") and can_anywhere(heard.person, Act.NUDGE, local_day(heard.now))


conversation = Conversation(
    name=NAME,
    commands=("nhacngay", "nhac"),
    about=gloss("Remind who has not filed"),
    open=open_,
    needs=Act.NUDGE,
    recognises=_asks,
    eager=True,
    at_once=True,
)
