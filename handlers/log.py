"""Search the audit trail in plain words: by office, person, act, period and day; newest first.

Who leads a cluster finds what is about its units, the administrator all of the province."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import NoReturn

from bot.asking import LONGEST_TOKEN, unit_name
from bot.cards import period_name, period_words
from bot.chat import Choice, Reply
from bot.dialogue import Conversation, Heard, Move, answer
from bot.domain.calendar import TIMEZONE, local_day
from bot.domain.folding import fold
from bot.domain.organisation import Organisation, Unit
from bot.domain.person import Act
from bot.domain.reach import allowed, offices_in
from bot.domain.sought import ACTS, Sought, people_named, read_sought
from bot.domain.strangers import nearest
from bot.errors import NotAllowed, UnknownOffice, Unread
from bot.forms import load
from bot.i18n import capital, day, gloss, say
from bot.logbook import Logbook, act_name
from bot.ports import Desk
from bot.titles import can_anywhere

PAGE = 8


async def open_(desk: Desk, heard: Heard) -> Move:
    organisation, today = await desk.offices.organisation(), local_day(heard.now)
    if not can_anywhere(heard.person, Act.AUDIT, today):
        raise NotAllowed(Act.AUDIT)
    names = await desk.people.names()
    said = read_sought(heard.text, organisation, today)
    if said.rest:
        said = replace(said, people=(*said.people, *people_named(said.rest, names)))
        if not said.people:
            _refuse(said.rest, organisation, today)
    units = [unit for key in said.units if (unit := _unit(organisation, key, heard))]
    for unit in units:
        if not allowed(heard.person, Act.AUDIT, unit, organisation, today):
            raise NotAllowed(Act.AUDIT, unit_name(unit))
    units = units or _own_clusters(heard, organisation)
    if not units and len(organisation.provinces) > 1:
        return answer(Reply(say("There are several provinces here: please name an office or a cluster.")))
    keys = [key for unit in units for key in (unit.key, *(one.key for one in offices_in(unit, organisation, today)))]
    found = await desk.audit.find(replace(said, units=tuple(dict.fromkeys(keys))), PAGE + 1)
    logbook = Logbook(organisation, load(organisation.form), names, today)
    head = " · ".join([say("**Audit trail**"), *_echo(said, units, logbook)])
    if not found:
        return answer(Reply("\n".join([head, say("Nothing is recorded there.")])))
    more = found[PAGE - 1].number if len(found) > PAGE else 0
    text = "\n\n".join([head, *(logbook.line(line) for line in found[:PAGE])])
    return answer(_page(text, said, units, more))


def _own_clusters(heard: Heard, organisation: Organisation) -> list[Unit]:
    """Those whose trail alone somebody may read; none for who may read that of a whole province."""
    today, found = local_day(heard.now), list[Unit]()
    for province in organisation.provinces:
        if allowed(heard.person, Act.AUDIT, province, organisation, today):
            return []
        clusters = organisation.clusters_of(province.key, today)
        found += [one for one in clusters if allowed(heard.person, Act.AUDIT, one, organisation, today)]
    if not found:
        raise NotAllowed(Act.AUDIT)
    return found


def _refuse(words: str, organisation: Organisation, today: date) -> NoReturn:
    """Words that are no day, act or name: perhaps an office's name, badly written."""
    near = nearest(words, organisation, today)
    if near:
        raise UnknownOffice(words, tuple((unit.key, unit.name) for unit in near))
    raise Unread(words)


def _page(text: str, said: Sought, units: list[Unit], before: int) -> Reply:
    if not before:
        return Reply(text)
    token = " ".join(["/nhatky", *_words(said, units), f"truoc so {before}"])
    if len(token) > LONGEST_TOKEN:
        return Reply("\n\n".join([text, say("There is more: add a day or an act to narrow it down.")]))
    return Reply(text, (Choice(say("Next page"), token),))


def _unit(organisation: Organisation, key: str, heard: Heard) -> Unit | None:
    today = local_day(heard.now)
    old = (one for one in organisation.offices if one.key == key)
    return organisation.office(key, today) or organisation.cluster(key, today) or next(old, organisation.province(key))


def _words(said: Sought, units: list[Unit]) -> list[str]:
    """The same search again, as a button's token says it: days by their dates, people by their numbers."""
    words = [fold(getattr(unit, "short", unit.name)) for unit in units]
    words += [period_words(said.period)] if said.period else []
    words += [ACTS[act].split(",")[0] for act in said.acts]
    words += [f"nguoi so {person}" for person in said.people]
    if said.since and said.until:
        first, last = said.since, said.until - timedelta(days=1)
        days = [first] if first == last else [first, last]
        words += [f"{one.astimezone(TIMEZONE):%d/%m/%Y}" for one in days]
    return words


def _echo(said: Sought, units: list[Unit], logbook: Logbook) -> list[str]:
    """What was understood."""
    words = [capital(getattr(unit, "short", unit.name)) for unit in units]
    words += [period_name(said.period)] if said.period else []
    words += [act_name(act) for act in said.acts]
    words += [", ".join(logbook.names.get(person, str(person)) for person in said.people)] if said.people else []
    if said.since and said.until:
        first, last = said.since.date(), (said.until - timedelta(days=1)).date()
        words.append(day(first) if first == last else f"{day(first)}–{day(last)}")
    return words


conversation = Conversation(
    name="log",
    commands=("nhatky",),
    about=gloss("Search the audit trail"),
    open=open_,
    needs=Act.AUDIT,
)
