"""Whom and when a question is about; where it is silent, the person's own cluster and this period."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.cards import period_words
from bot.chat import Choice, Reply
from bot.dialogue import Heard
from bot.domain.folding import fold
from bot.domain.form import Form
from bot.domain.organisation import Cluster, Found, Office, Organisation, Unit
from bot.domain.period import Period, opens
from bot.domain.person import Act, Person
from bot.domain.question import read_question, words_of
from bot.domain.reach import allowed, home, offices_in, own_office
from bot.errors import NotAllowed, PeriodNotOpen, UnknownOffice
from bot.filing import Tally, default_period, local_day, tally
from bot.forms import load
from bot.i18n import say
from bot.ports import Desk


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with every blank filled in; `offices` are those added up, as the structure was in that period."""

    unit: Unit
    period: Period
    form: Form
    organisation: Organisation
    offices: tuple[Office, ...]


async def understand(desk: Desk, heard: Heard, office: bool = False) -> Asked:
    """What is asked; `office`: about one's own office when no unit is named.

    Raises UnknownOffice for words that fit no name, PeriodNotOpen, NotAllowed."""
    organisation = await desk.offices.organisation()
    today = local_day(heard.now)
    form = load(organisation.form)
    question = read_question(heard.text, organisation, today, words_of(form))
    period = question.period or default_period(heard.now)
    if opens(period) > today:
        raise PeriodNotOpen(period.year, period.month, opens(period))
    if question.units:
        unit: Unit | None = question.units[0]
    elif question.rest:
        unit = _named(question.rest, organisation, period.end)
    else:
        unit = _own(heard, organisation, today, office)
    if unit is None or not allowed(heard.person, Act.READ, unit, organisation, today):
        raise NotAllowed(Act.READ, unit_name(unit) if unit else "")
    return Asked(unit, period, form, organisation, offices_in(unit, organisation, period.end))


def _named(text: str, organisation: Organisation, on: date) -> Unit:
    found = organisation.find(text, on)
    if isinstance(found, Found):
        return found.unit
    raise UnknownOffice(text, tuple((unit.key, unit.name) for unit in found.units))


def _own(heard: Heard, organisation: Organisation, today: date, office: bool) -> Unit | None:
    mine = own_office(heard.person, organisation, today) if office else None
    return mine or home(heard.person, organisation, today)


async def count(desk: Desk, asked: Asked) -> Tally:
    """Who of the offices asked about has filed for the period asked about."""
    return await tally(desk.reports, asked.offices, asked.form, asked.period)


def unit_name(unit: Unit) -> str:
    return unit.full_name if isinstance(unit, Office) else unit.name


def short_name(unit: Unit) -> str:
    return unit.short if isinstance(unit, Cluster) else unit.name


def again(label: str, command: str, asked: Asked, period: Period | None = None) -> Choice:
    """A button that asks another question about the same unit (and period)."""
    return Choice(label, f"/{command} {fold(short_name(asked.unit))} {period_words(period or asked.period)}"[:64])


def which_office(command: str, offices: Sequence[Office]) -> Reply:
    """Which of one's offices a command is about, one tap each."""
    choices = tuple(Choice(office.name, f"/{command} {fold(office.name)}"[:64]) for office in offices)
    return Reply(say("Which office is this for?"), choices)


def example_questions(person: Person, organisation: Organisation, today: date) -> str:
    """Three questions this person could ask, about their own cluster and office."""
    unit, office = home(person, organisation, today), own_office(person, organisation, today)
    cluster = unit.short if isinstance(unit, Cluster) else say("the whole province")
    questions = [say("totals of {cluster}", cluster=cluster)]
    if office:
        questions.append(say("rates of {office}", office=office.name))
    questions.append(say("who has not filed"))
    return " · ".join(f"“{question}”" for question in questions)
