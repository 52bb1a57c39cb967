"""What is said unasked: a reminder, the list of who is missing, a promise that was not kept."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from bot.absent import until_when
from bot.asking import token
from bot.cards import period_name, period_range, time_left
from bot.chat import Choice, Reply
from bot.domain import wording
from bot.domain.agenda import Agenda
from bot.domain.calendar import local_day
from bot.domain.organisation import Cluster, Office
from bot.domain.period import last_ended
from bot.domain.reminder import LISTED, TWO_HOURS, Reminder, Rung, suggested_promise
from bot.i18n import capital, hour, moment, say

MOST_NAMES = 6
MOST_CLUSTERS = 10
#: Another of the same kind follows, so that these can be spared where messages are counted.
EARLY = frozenset({Rung.OPENED, Rung.EVE, Rung.MORNING, Rung.OVERDUE_1, Rung.OVERDUE_2, Rung.LIST_BEFORE})


def notice(
    agenda: Agenda, mine: Sequence[Reminder], now: datetime, lost: Collection[str] = (), beside: bool = False
) -> Reply:
    """One message for all that one person is told now; `lost` are the offices of which nobody can be reached.

    `beside`: something may stand beside it about another period, so that this one is named in what is offered."""
    offices = {office.key: office for _, members in agenda.clusters for office in members}
    owed = [one for one in mine if one.rung not in (*LISTED, Rung.BROKEN)]
    parts: list[Reply] = []
    if owed:
        promised = any(one.rung is Rung.PROMISE for one in owed)
        parts.append(reminder(agenda, [offices[one.unit] for one in owed], now, promised, beside))
    listed = {one.unit: one.rung for one in mine if one.rung in LISTED}
    if listed:
        parts.append(_lists(agenda, listed, now, lost))
    parts += [_broken(offices[one.unit], one.at) for one in mine if one.rung is Rung.BROKEN]
    return replace(joined(parts), spare=all(one.rung in EARLY for one in mine))


def joined(parts: Sequence[Reply]) -> Reply:
    """Several as one message; of choices that say the same the first stands."""
    choices = {one.label: one for part in reversed(parts) for one in reversed(part.choices)}
    ordered = dict.fromkeys(one.label for part in parts for one in part.choices)
    text = "\n\n".join(part.text for part in parts)
    return Reply(text, tuple(choices[label] for label in ordered), spare=all(part.spare for part in parts))


def _past(agenda: Agenda, now: datetime) -> bool:
    """Whether another period is being reported already: what is offered must then name this one."""
    return agenda.period != last_ended(local_day(now))


def reminder(
    agenda: Agenda, owed: Sequence[Office], now: datetime, promised: bool = False, beside: bool = False
) -> Reply:
    """“Hôm nay là hạn nộp số liệu …”, with what can be done about it at once."""
    deadline = agenda.first_deadline(owed)
    period, past = agenda.period, _past(agenda, now)
    label = say("File {period}", period=period_name(period)) if past or beside else say("File now")
    choices = [Choice(label, token("nop", owed[0].name if len(owed) == 1 else "", period) if past else "/nop")]
    suggested = suggested_promise(agenda.promise_by(owed, now), agenda.calendar, now)
    if suggested:
        choices.append(promise_choice(suggested, now))
    if period.previous and not past:  # the first month of a year has nothing to stay as it was
        choices.append(Choice(say("Nothing new this month"), "/khongphatsinh"))
    until = agenda.promises[owed[0].key].until if promised and owed[0].key in agenda.promises else None
    return Reply(_reminder_text(agenda, owed, deadline, now, until), tuple(choices))


def _reminder_text(
    agenda: Agenda, owed: Sequence[Office], deadline: datetime, now: datetime, promised: datetime | None
) -> str:
    names = ", ".join(office.name for office in owed)
    whose = owed[0].full_name if len(owed) == 1 else say("{count} offices ({names})", count=len(owed), names=names)
    fields = {"period": period_name(agenda.period), "office": whose, "deadline": moment(deadline)}
    if promised:
        text = say(
            "The moment promised for **{period}** of {office} has come: {time}.", time=moment(promised), **fields
        )
        return text + " " + _left(deadline, now)
    if now >= deadline and all(office.key in agenda.opened for office in owed):
        until = moment(min(agenda.opened[office.key] for office in owed))
        return say("**{period}** of {office} is opened again: please file before **{until}**.", until=until, **fields)
    if now >= deadline:
        return say("**{period}** of {office} is overdue: the deadline was **{deadline}**. Please file today.", **fields)
    if deadline - now <= TWO_HOURS:
        left = wording.duration(deadline - now)
        return say("{left} left to file **{period}** of {office}: before **{deadline}**.", left=left, **fields)
    if local_day(now) == local_day(deadline):
        return say("Today is the deadline for **{period}** of {office}: before **{deadline}**.", **fields)
    if local_day(now) > agenda.calendar.add_working_days(agenda.period.end, 1):
        return say("The deadline for **{period}** of {office} is near: before **{deadline}**.", **fields)
    days = period_range(agenda.period)
    return say("**{period}** ({range}) of {office} is to be filed before **{deadline}**.", range=days, **fields)


def promise_choice(at: datetime, now: datetime) -> Choice:
    """“16:00 tôi nộp”: pressed later, the hour means that day's."""
    days = (local_day(at) - local_day(now)).days
    clock = f"{at:%H}h" if at.minute == 0 else f"{at:%H:%M}"
    if days == 0:
        return Choice(say("I will file at {hour}", hour=hour(at)), f"/hen {clock}")
    if days == 1:
        return Choice(say("I will file tomorrow at {hour}", hour=hour(at)), f"/hen mai {clock}")
    return Choice(say("I will file at {time}", time=moment(at)), f"/hen {clock} {at:%d/%m/%Y}")


def _lists(agenda: Agenda, listed: dict[str, Rung], now: datetime, lost: Collection[str]) -> Reply:
    """Who is missing, a paragraph a cluster; the time left once."""
    clusters = [(cluster, agenda.missing(offices)) for cluster, offices in agenda.clusters if cluster.key in listed]
    sizes = {cluster.key: len(offices) for cluster, offices in agenda.clusters}
    several = len(clusters) > 1
    due = agenda.first_deadline([office for _, missing in clusters for office in missing])
    lines = [_missing_line(agenda, one, missing, sizes[one.key], now, due, lost, several) for one, missing in clusters]
    rest = ["…"] if len(lines) > MOST_CLUSTERS else []
    lines = [*lines[:MOST_CLUSTERS], *rest, _left(due, now)]
    if Rung.HEAD_ONLY in listed.values():
        lines.append(say("From here on I remind them only when you ask."))
    if _past(agenda, now):
        label = say("Who is missing: {period}", period=period_name(agenda.period))
        own = clusters[0][0].short if not several else ""
        return Reply("\n".join(lines), (Choice(label, token("chuanop", own, agenda.period)),))
    if not several:
        return Reply("\n".join(lines), nudge_choices(clusters[0][1], clusters[0][0].short))
    choices = [Choice(say("Remind {name}", name=one.short), token("nhacngay", one.short)) for one, _ in clusters]
    return Reply("\n".join(lines), tuple(choices[:MOST_NAMES]))


def _left(deadline: datetime, now: datetime) -> str:
    """At the deadline itself it has passed."""
    return (
        time_left(deadline, now) if now < deadline else time_left(deadline, max(now, deadline + timedelta.resolution))
    )


def _missing_line(
    agenda: Agenda,
    cluster: Cluster,
    missing: Sequence[Office],
    size: int,
    now: datetime,
    due: datetime,
    lost: Collection[str],
    short: bool,
) -> str:
    shown = missing[: MOST_NAMES if short else 5 * MOST_NAMES]
    names = ", ".join(
        f"**{office.name}**" + standing_of(agenda, office, now, due, office.key in lost) for office in shown
    )
    return say(
        "**{cluster} · {period}**: {missing}/{all} offices have not filed: {names}.",
        cluster=capital(cluster.short),
        period=period_name(agenda.period),
        missing=len(missing),
        all=size,
        names=names + ("…" if len(shown) < len(missing) else ""),
    )


def standing_of(agenda: Agenda, office: Office, now: datetime, due: datetime, lost: bool) -> str:
    """What sets an office that is missing apart: more time, a promise, that nobody there can be reached."""
    return later(agenda, office, due) + (" " + say("(cannot be reached)") if lost else _promised(agenda, office, now))


def later(agenda: Agenda, office: Office, due: datetime) -> str:
    """What sets an office apart for which the deadline `due` does not hold, nor that of its cluster."""
    if until := agenda.opened.get(office.key):
        return " " + say("(opened again until {time})", time=moment(until))
    own = agenda.deadline_of(office)
    more = own > min(due, agenda.deadline_in(office.cluster))
    return " " + say("(has until {time})", time=moment(own)) if more else ""


def _promised(agenda: Agenda, office: Office, now: datetime) -> str:
    promised = agenda.promised(office)
    if promised is None:
        return until_when(agenda.chief_away(office))
    if promised <= now:
        return " " + say("(promise not kept)")
    return " " + say("(promised for {time})", time=when(promised, now))


def when(at: datetime, now: datetime) -> str:
    """“16:00”, with its day when that is not today."""
    return hour(at) if local_day(at) == local_day(now) else moment(at)


def nudge_choices(missing: Sequence[Office], whole: str) -> tuple[Choice, ...]:
    """“Nhắc Mường Lát”, one for each of a few, and one for all of them."""
    each = [Choice(say("Remind {name}", name=office.name), token("nhacngay", office.name)) for office in missing]
    few = each if len(missing) <= MOST_NAMES else []
    if len(missing) < 2:
        return tuple(few)
    both = say("Remind both") if len(missing) == 2 else say("Remind all")
    return (*few, Choice(both, token("nhacngay", whole)))


def _broken(office: Office, until: datetime) -> Reply:
    text = say(
        "{office} promised to file by {time}; it has not filed.", office=f"**{office.name}**", time=moment(until)
    )
    return Reply(text)
