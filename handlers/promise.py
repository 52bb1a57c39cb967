"""Promise a moment: “16h tôi nộp”; the reminders keep silent until then."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.cards import clipped, period_name
from bot.chat import Choice, Reply
from bot.dialogue import Conversation, Heard, Move, answer
from bot.domain.agenda import Agenda
from bot.domain.calendar import local_day
from bot.domain.folding import fold
from bot.domain.hearing import blank
from bot.domain.moment import read_moment
from bot.domain.organisation import Office, Organisation
from bot.domain.period import Period
from bot.domain.person import Act
from bot.domain.promise import Promised, means_later, read_promise, takes_back
from bot.domain.reach import offices_for
from bot.domain.reminder import Promise, lingers, may_fall, suggested_promise
from bot.errors import NotAllowed
from bot.filing import default_period
from bot.i18n import gloss, moment, say
from bot.ports import Desk
from bot.reminding import at_work, refuse_closed, sketch, weighed
from bot.trail import entry, role_over
from bot.unasked.notices import joined, promise_choice

NAME = "promise"
TAKEN_BACK = "promise_taken_back"


async def open_(desk: Desk, heard: Heard) -> Move:
    """A promise is about all that these offices owe now: also the last period where one was given more time for it."""
    organisation, period = await desk.offices.organisation(), default_period(heard.now)
    own = offices_for(heard.person, Act.FILE, organisation, local_day(heard.now), period.end)
    if not own:
        raise NotAllowed(Act.FILE, say("any office"))
    mine, heard = _named(heard, organisation, own)
    all_owed = [await _owed(desk, heard, one, mine) for one in await at_work(desk, organisation, heard.now)]
    owing = [one for one in all_owed if one.offices]
    if not owing:
        refuse_closed(all_owed[-1].agenda, mine, heard, organisation)
        return answer(Reply(say("**{period}** has been filed already; thank you.", period=period_name(period))))
    if takes_back(heard.text):
        return answer(joined([await _take_back(desk, heard, one.agenda, one.offices) for one in owing]))
    promised = read_promise(heard.text, heard.now)
    wrong = _wrong(heard)
    refused = ((one, wrong or _refused(promised, one.agenda, one.latest, heard.now)) for one in owing)
    for one, why in refused:
        if why or promised is None:
            return answer(Reply(why, _offer(one.agenda, one.latest, heard.now)))
    assert promised is not None
    return answer(joined([await _keep_one(desk, heard, one, promised.at) for one in owing]))


@dataclass(frozen=True, slots=True)
class Owed:
    """What these offices owe of a period, and until when it may be promised."""

    agenda: Agenda
    offices: Sequence[Office]
    latest: datetime


async def _owed(desk: Desk, heard: Heard, period: Period, mine: Sequence[Office]) -> Owed:
    organisation = await desk.offices.organisation()
    agenda = await weighed(desk, await sketch(desk, organisation, period, heard.now), heard.now)
    owed = agenda.missing(mine)
    if period != default_period(heard.now):
        then = (organisation.office(one.key, period.end) for one in owed)
        owed = [one for one in then if one and lingers(agenda.deadline_of(one), agenda.calendar, heard.now)]
    return Owed(agenda, owed, agenda.promise_by(owed, heard.now) if owed else heard.now)


async def _keep_one(desk: Desk, heard: Heard, owed: Owed, at: datetime) -> Reply:
    await _keep(desk, heard, owed.agenda, owed.offices, at)
    return _kept(owed.agenda, owed.offices, at, await _others(desk, heard, owed.agenda, owed.offices))


def _named(heard: Heard, organisation: Organisation, mine: Sequence[Office]) -> tuple[Sequence[Office], Heard]:
    """Those of one's own offices that are named, else all; and what is said besides."""
    found = [one for one in organisation.mentions(heard.text, local_day(heard.now)) if one.unit in mine]
    rest = blank(heard.text, [(one.start, one.end) for one in found])
    return [one for one in mine if any(one == each.unit for each in found)] or mine, replace(heard, text=rest)


async def _others(desk: Desk, heard: Heard, agenda: Agenda, owed: Sequence[Office]) -> list[str]:
    """What a colleague had promised and no longer holds: of two promises the later one counts."""
    made = [(office, agenda.promises.get(office.key)) for office in owed]
    by_others = [(office, one) for office, one in made if one and one.person != heard.person.id]
    people = await desk.people.some({one.person for _, one in by_others})
    return [
        say(
            "It takes the place of what {name} promised for {office}: {time}.",
            name=people[one.person].name,
            office=office.name,
            time=moment(one.until),
        )
        for office, one in by_others
        if one.until > heard.now
    ]


async def _take_back(desk: Desk, heard: Heard, agenda: Agenda, owed: Sequence[Office]) -> Reply:
    choices = _offer(agenda, agenda.promise_by(owed, heard.now), heard.now)
    kept = [office for office in owed if office.key in agenda.promises]
    if not kept:
        return Reply(say("There is no promise to take back."), choices)
    await _keep(desk, heard, agenda, kept, heard.now, TAKEN_BACK)
    whose = ", ".join(office.full_name for office in kept)
    text = say(
        "Taken back: no hour is promised for **{period}** of {offices}; I remind as usual.",
        period=period_name(agenda.period),
        offices=whose,
    )
    return Reply(text, choices)


def _wrong(heard: Heard) -> str:
    """Names a day or an hour that there is not ("31/2")."""
    wrong = read_moment(heard.text, heard.now).wrong
    text = say(
        "“{text}” is no day or hour that there is; please write it anew, for example: {example}",
        text=wrong,
        example="/hen mai 9h",
    )
    return text if wrong else ""


def _refused(promised: Promised | None, agenda: Agenda, latest: datetime, now: datetime) -> str:
    """Why this moment will not do, empty when it will."""
    if promised is None:
        return say("Please write the hour at which you will file, for example: /hen 16h or /hen mai 9h")
    if promised.unread:
        return say(
            "I did not understand “{text}”, so nothing is promised; please write it anew, for example: {example}",
            text=clipped(promised.unread),
            example="/hen mai 9h",
        )
    at = promised.at
    if at <= now:
        return say("{time} has passed already; please promise a later moment.", time=moment(at))
    if not may_fall(at, agenda.calendar):
        return say("{time} will not do: I remind people on working days from 07:00 to 21:00 only.", time=moment(at))
    if at > latest:
        return say(
            "{time} is too late: please promise a moment up to **{latest}**.", time=moment(at), latest=moment(latest)
        )
    return ""


def _offer(agenda: Agenda, latest: datetime, now: datetime) -> tuple[Choice, ...]:
    suggested = suggested_promise(latest, agenda.calendar, now)
    file = Choice(say("File now"), "/nop")
    return (file, promise_choice(suggested, now)) if suggested else (file,)


async def _keep(
    desk: Desk, heard: Heard, agenda: Agenda, owed: Sequence[Office], until: datetime, act: str = NAME
) -> None:
    organisation = await desk.offices.organisation()
    for office in owed:
        await desk.reminders.promise(Promise(office.key, agenda.form, agenda.period, heard.person.id, until), heard.now)
        await desk.audit.write(
            entry(
                heard,
                act,
                f"{office.key} {agenda.form} {agenda.period.year}-{agenda.period.month:02}",
                role=role_over(heard, Act.FILE, office, organisation),
                after={"until": until.isoformat()} if act == NAME else None,
            )
        )


def _kept(agenda: Agenda, owed: Sequence[Office], until: datetime, others: Sequence[str]) -> Reply:
    text = say(
        "Noted: **{period}** of {offices} will be filed by **{time}**. Until then I keep silent.",
        period=period_name(agenda.period),
        offices=", ".join(office.full_name for office in owed),
        time=moment(until),
    )
    return Reply("\n".join([text, *others]), (Choice(say("File now"), "/nop"),))


async def _promises(desk: Desk, heard: Heard) -> bool:
    if takes_back(heard.text):
        return "hen" in fold(heard.text).split()
    promised = read_promise(heard.text, heard.now)
    return promised.plain if promised else means_later(heard.text, heard.now)


conversation = Conversation(
    name=NAME,
    commands=("hen",),
    about=gloss("Promise when to file"),
    open=open_,
    needs=Act.FILE,
    recognises=_promises,
    eager=True,
)
