"""Whom and when a question is about; where it is silent, the person's own cluster and this period."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.cards import count_line, period_name, period_words
from bot.chat import Choice, Reply
from bot.dialogue import Heard, Move
from bot.domain.asked import Against, Asked, Question, Whole
from bot.domain.calendar import local_day
from bot.domain.changed import Reading
from bot.domain.folding import fold
from bot.domain.form import Form, Measure
from bot.domain.organisation import Cluster, Office, Organisation, Unit
from bot.domain.period import Period, opens
from bot.domain.person import Act, Person
from bot.domain.question import Intent, read
from bot.domain.reach import allowed, home, offices_in, own_office
from bot.errors import NotAllowed, PeriodNotOpen, SeveralPeriods, SeveralUnits, UnknownOffice, UnknownPeriod, Unread
from bot.filing import Tally, default_period, tally
from bot.forms import load
from bot.i18n import capital, say
from bot.ports import Desk

LONGEST_TOKEN = 64  # bytes
REMEMBERED = timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class Inquiry:
    """A question with every blank filled in; `offices` are those added up, as the structure was in that period."""

    intent: Intent
    question: Question
    units: tuple[Unit, ...]
    period: Period
    form: Form
    organisation: Organisation
    offices: tuple[Office, ...]

    @property
    def unit(self) -> Unit:
        return self.units[0]

    @property
    def indicator(self) -> str | None:
        return self.question.indicator

    @property
    def measure(self) -> Measure | None:
        return self.question.measure

    def answered(self, *replies: Reply, remember: bool = True) -> Move:
        """The answer; a follow-up ("còn tiền?") will lean on what was asked, unless it is not to be remembered."""
        if not remember:
            return Move(replies)
        keys = tuple(unit.key for unit in self.units)
        said = self.question
        asked = Asked(self.intent, keys, self.period, said.indicator, said.measure, said.against, said.by)
        return Move(replies, asked=asked.to_json())


async def understand(desk: Desk, heard: Heard, intent: Intent, office: bool = False) -> Inquiry:
    """What is asked; `office`: about one's own office when no unit is named.

    Raises UnknownOffice for words that fit no name, PeriodNotOpen, NotAllowed."""
    organisation, today = await desk.offices.organisation(), local_day(heard.now)
    form = load(organisation.form)
    question = heard.question or read(heard.text, organisation, form, today, command=intent, before=before(heard))
    _refuse(question, intent)
    period = question.period or default_period(heard.now)
    if opens(period) > today:
        raise PeriodNotOpen(period.year, period.month, opens(period))
    days = (today, min(period.end, today))
    units = question.units or _own(heard.person, organisation, days, question.whole, office)
    if question.against is Against.OFFICE:
        units = _both(heard.person, organisation, days, question, units)
    for unit in units:
        if not allowed(heard.person, Act.READ, unit, organisation, today):
            raise NotAllowed(Act.READ, unit_name(unit))
    if not units:
        raise NotAllowed(Act.READ)
    return Inquiry(intent, question, units, period, form, organisation, offices_in(units[0], organisation, period.end))


def _refuse(question: Question, intent: Intent) -> None:
    """What keeps a question from being answered, whoever asks it."""
    if question.unknown:
        raise UnknownOffice(question.unknown, tuple((unit.key, unit.name) for unit in question.nearest))
    if question.day:
        raise UnknownPeriod(question.day)
    if question.unread:
        raise Unread(" · ".join(question.unread))
    if len(question.periods) > 1 and (intent is not Intent.COMPARE or len(question.units) > 1):
        raise SeveralPeriods(tuple((period.year, period.month) for period in question.periods))
    if len(question.units) > 1 and intent is not Intent.COMPARE:
        raise SeveralUnits(tuple((unit.key, unit.name) for unit in question.units))


def before(heard: Heard) -> Asked | None:
    """What this person asked last at this address, unless that was too long ago to lean on."""
    if not heard.before or heard.now - datetime.fromisoformat(heard.before["at"]) > REMEMBERED:
        return None
    return Asked.from_json(heard.before)


def _own(
    person: Person, organisation: Organisation, days: tuple[date, date], whole: Whole | None, office: bool
) -> tuple[Unit, ...]:
    """The unit that somebody means who names none: the cluster, the province, the own office.

    `days` are today, by which rights are judged, and the day whose structure is meant."""
    mine = own_office(person, organisation, *days)
    if mine and (whole is Whole.OFFICE or (office and whole is None)):
        return (mine,)
    unit: Unit | None = home(person, organisation, *days)
    if whole is Whole.PROVINCE and isinstance(unit, Cluster):
        unit = organisation.province(unit.province)
    return (unit,) if unit else ()


def _both(
    person: Person, organisation: Organisation, days: tuple[date, date], question: Question, units: tuple[Unit, ...]
) -> tuple[Unit, ...]:
    """What is compared and what with; where only the second is named ("so với Bá Thước"), one's own comes first."""
    other = question.versus or (question.whole if question.units else None)
    mine = _own(person, organisation, days, None, office=True)
    if other:
        second = _own(person, organisation, days, other, office=False)
        return (*(mine if units == second else units), *second)
    return units if len(units) > 1 else (*mine, *units)


async def count(desk: Desk, asked: Inquiry, reader: Heard | None = None) -> Tally:
    """Who of the offices asked about has filed for the period asked about.

    `reader` is shown totals of them, and will be told when those change."""
    if reader and not isinstance(asked.unit, Office):
        seen = Reading(reader.person.id, asked.unit.key, asked.form.key, asked.period, reader.now)
        await desk.readings.saw(seen)
    return await tally(desk.reports, asked.offices, asked.form, asked.period)


def unit_name(unit: Unit) -> str:
    return unit.full_name if isinstance(unit, Office) else unit.name


def short_name(unit: Unit) -> str:
    return unit.short if isinstance(unit, Cluster) else unit.name


def title_line(asked: Inquiry, counted: Tally, full: bool = False) -> str:
    """“**Cụm 3 · 12 tháng năm 2021** — 7/7 đơn vị”; an office counts for itself."""
    name = capital(unit_name(asked.unit) if full else short_name(asked.unit))
    title = f"**{name} · {period_name(asked.period)}**"
    if isinstance(asked.unit, Office):
        return title
    return f"{title} — {count_line(len(counted.filed), counted.offices, counted.missing)}"


def again(label: str, command: str, asked: Inquiry, extra: str = "", period: Period | None = None) -> Choice:
    """A button that asks another question about the same unit and period (or another one)."""
    return Choice(label, token(command, short_name(asked.unit), period or asked.period, extra))


def token(command: str, unit: str, period: Period | None = None, extra: str = "") -> str:
    """A command as a button sends it: ASCII, cut at a word's end where a name is too long for it."""
    when = period_words(period) if period else ""
    text = f"/{command}"
    for word in f"{extra} {when} {fold(unit)}".split():
        if len(text) + 1 + len(word) <= LONGEST_TOKEN:
            text = f"{text} {word}"
    return text


def which_office(command: str, offices: Sequence[Office], period: Period | None = None) -> Reply:
    """Which of one's offices a command is about, one tap each."""
    choices = tuple(Choice(office.name, token(command, office.name, period)) for office in offices)
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
