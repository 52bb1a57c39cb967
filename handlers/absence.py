"""Away from a day to a day: reminders go to whoever else files; where nobody else does, the head is told."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial

from bot.asking import token
from bot.cards import clipped, period_name
from bot.chat import Choice, Reply
from bot.dialogue import Conversation, Heard, Move, answer
from bot.domain.absence import Absence, present, unattended
from bot.domain.calendar import local_day
from bot.domain.duty import Duty, filers, leaders
from bot.domain.extension import parted
from bot.domain.leave import means_away, means_back, only_away, open_ended, read_leave
from bot.domain.organisation import Office
from bot.domain.period import Period, next_period, opens
from bot.domain.person import FILERS, LEADERS, Act
from bot.domain.reach import offices_for
from bot.domain.span import Days
from bot.errors import NotAllowed
from bot.filing import default_period, due_at
from bot.i18n import day, gloss, moment, say
from bot.ports import Desk
from bot.titles import can_anywhere
from bot.trail import entry, role_over
from bot.unasked.telling import tell

NAME = "away"
LONGEST_REASON = 300
LONGEST = timedelta(days=186)  # six months, as a leave after childbirth
AHEAD = 13  # periods that are looked through for a deadline


async def open_(desk: Desk, heard: Heard) -> Move:
    organisation, today = await desk.offices.organisation(), local_day(heard.now)
    mine = offices_for(heard.person, Act.FILE, organisation, today)
    if not mine:
        raise NotAllowed(Act.FILE, say("any office"))
    standing = [one for one in await desk.absences.since(today) if one.person == heard.person.id]
    words, reason = parted(heard.text)
    if means_back(words):
        return answer(await _back(desk, heard, mine[0], standing))
    said = read_leave(words, today)
    if not words.strip() and standing:
        return answer(Reply(_noted(standing[-1]), (_back_choice(),)))
    wanted = _wanted(heard, said, today)
    if wanted is None:
        return answer(Reply(_unclear(said, today)))
    if wanted in standing:
        return answer(Reply(_noted(wanted), (_back_choice(),)))
    return answer(await _keep(desk, heard, mine, wanted, standing, clipped(reason, LONGEST_REASON)))


def _wanted(heard: Heard, said: Days, today: date) -> Absence | None:
    """What the words mean; None when it is not one span of days that is not over yet."""
    if said.wrong or len(said.spans) != 1 or not only_away(said) or said.spans[0].last < today:
        return None
    wanted = Absence(heard.person.id, max(said.spans[0].first or today, today), said.spans[0].last)
    return None if wanted.last - wanted.first >= LONGEST or open_ended(said) else wanted


def _unclear(said: Days, today: date) -> str:
    if said.wrong:
        return say("“{words}” is no day of the calendar.", words=said.wrong)
    if len(said.spans) == 1 and said.spans[0].last < today:
        return say("{day} has passed already; please choose a later day.", day=day(said.spans[0].last))
    if len(said.spans) == 1 and said.spans[0].last - (said.spans[0].first or today) >= LONGEST:
        days = {"first": day(said.spans[0].first or today), "last": day(said.spans[0].last)}
        return say("From {first} to {last} is more than six months. Did you mix up the days?", **days)
    first = (said.spans[0].first if len(said.spans) == 1 else None) or today
    example = f"/vang {first:%d/%m} đến {first + timedelta(days=7):%d/%m}"
    return say("From when until when are you away? For example: {example}", example=example)


def _back_choice() -> Choice:
    return Choice(say("I am back"), "/vang het")


def _noted(one: Absence) -> str:
    return say("You are away from {first} to the end of {last}.", first=day(one.first), last=day(one.last))


async def _back(desk: Desk, heard: Heard, office: Office, standing: list[Absence]) -> Reply:
    today = local_day(heard.now)
    if not standing:
        return Reply(say("You have not said that you are away."))
    await desk.absences.end(heard.person.id, today)
    ended = {"until": (today - timedelta(days=1)).isoformat()}
    await _note(desk, heard, office, _days(standing[-1]), ended)
    return Reply(say("**Recorded**: you are back; reminders go to you again."))


def _days(one: Absence) -> dict[str, str]:
    return {"from": one.first.isoformat(), "until": one.last.isoformat()}


async def _note(
    desk: Desk, heard: Heard, office: Office, before: dict[str, str] | None, after: dict[str, str], reason: str = ""
) -> None:
    role = role_over(heard, Act.FILE, office, await desk.offices.organisation())
    after = {"office": office.key, **after}
    before = {"office": office.key, **before} if before else None
    line = entry(heard, NAME, f"person {heard.person.id}", role=role, before=before, after=after, reason=reason)
    await desk.audit.write(line)


@dataclass(frozen=True, slots=True)
class Left:
    """An office while somebody is away: who else files for it; without anybody, the first deadline that concerns."""

    office: Office
    others: tuple[str, ...]
    due: tuple[Period, datetime] | None = None


async def _keep(
    desk: Desk, heard: Heard, mine: tuple[Office, ...], wanted: Absence, before: list[Absence], reason: str
) -> Reply:
    """Put it in the place of what was said before; the head is told of an office that nobody files for meanwhile."""
    today = local_day(heard.now)
    await desk.absences.end(heard.person.id, today)
    await desk.absences.put(wanted, heard.now)
    await _note(desk, heard, mine[0], None, _days(wanted), reason)
    left = await _left(desk, heard, mine, wanted)
    told = [name for one in left if one.due and (name := await _tell_head(desk, heard, one, wanted))]
    lines = [say("**Recorded**.") + " " + _noted(wanted)]
    if before:
        days = {"first": day(before[-1].first), "last": day(before[-1].last)}
        lines.append(say("It takes the place of what you said before: {first}–{last}.", **days))
    lines += [_whom(one) for one in left]
    if told:
        lines.append(say("I have told {name}.", name=", ".join(dict.fromkeys(told))))
    if any(not one.others for one in left) and can_anywhere(heard.person, Act.DELEGATE, today):
        lines.append(
            say("You can hand your rights on: {example}", example=f"/uyquyen Nguyễn Văn A đến {wanted.last:%d/%m}")
        )
    return Reply("\n".join(lines), (_back_choice(),))


async def _left(desk: Desk, heard: Heard, mine: tuple[Office, ...], wanted: Absence) -> list[Left]:
    today, organisation = local_day(heard.now), await desk.offices.organisation()
    able = filers(await desk.people.duties(FILERS, today), organisation.heirs(mine, today))
    absences = await desk.absences.since(today)
    found = []
    for office in mine:
        duties = able.get(office.key, ())
        if unattended(duties, absences, wanted.first, wanted.last):
            found.append(Left(office, (), await _due(desk, heard, office, wanted)))
        else:
            found.append(Left(office, _called(present(duties, {heard.person.id}))))
    return found


def _called(duties: list[Duty]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(duty.name for duty in duties))


async def _due(desk: Desk, heard: Heard, office: Office, wanted: Absence) -> tuple[Period, datetime] | None:
    """The first deadline that is still owed when the absence begins and falls before it ends."""
    form, period = (await desk.offices.organisation()).form, default_period(heard.now)
    for _ in range(AHEAD):
        if opens(period) > wanted.last:
            return None
        due = await due_at(desk, period, office)
        if local_day(due) <= wanted.last and office.key not in await desk.reports.filed(form, period):
            return period, due
        period = next_period(period)
    return None


def _whom(one: Left) -> str:
    if one.others:
        return say("{office}: meanwhile I remind {names}.", office=one.office.full_name, names=", ".join(one.others))
    return say(
        "{office}: nobody else files for it, so I remind you of the last moment only.", office=one.office.full_name
    )


async def _tell_head(desk: Desk, heard: Heard, one: Left, wanted: Absence) -> str:
    """Tell whoever leads first, but not oneself; who was told, empty when nobody can be reached."""
    organisation, today = await desk.offices.organisation(), local_day(heard.now)
    over = leaders(await desk.people.duties(LEADERS, today), organisation.place(one.office))
    for leader in over:
        if leader.person != heard.person.id and await tell(
            desk, [leader.person], partial(_news, heard, one, wanted), heard.now
        ):
            return leader.name
    return ""


def _news(heard: Heard, one: Left, wanted: Absence) -> Reply:
    assert one.due is not None
    period, due = one.due
    lines = [
        say(
            "**{name}** is away from {first} to the end of {last}.",
            name=heard.person.name,
            first=day(wanted.first),
            last=day(wanted.last),
        ),
        say(
            "Nobody else files for {office}; it still owes **{period}**, due {deadline}.",
            office=one.office.full_name,
            period=period_name(period),
            deadline=moment(due),
        ),
    ]
    invite = Choice(say("Invite a clerk"), token("moi", one.office.name, extra="can bo thong ke"))
    return Reply("\n".join(lines), (invite,))


async def _says_away(desk: Desk, heard: Heard) -> bool:
    """“Tuần sau tôi đi vắng”, “thôi không vắng nữa”, from somebody who files."""
    today, words = local_day(heard.now), parted(heard.text)[0]
    if not can_anywhere(heard.person, Act.FILE, today):
        return False
    return means_back(heard.text, alone=False) or means_away(words, read_leave(words, today))


conversation = Conversation(
    name=NAME,
    commands=("vang", "baovang"),
    about=gloss("Say that you are away"),
    open=open_,
    needs=Act.FILE,
    recognises=_says_away,
    eager=True,
)
