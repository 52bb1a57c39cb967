"""A deadline that is to be moved, in words: what would change, what it was changed to, why it cannot be."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bot.cards import clipped, names, period_name
from bot.chat import Choice, Reply
from bot.domain.extension import Extending, Fault, Wish
from bot.domain.organisation import Office
from bot.i18n import capital, moment, say


def refused(asked: Extending, wish: Wish, now: datetime) -> str:
    """Why this moment will not do, empty when it will."""
    example = f"/giahan {asked.unit.name if asked.key[1] else 'cả cụm'} mai 9h: mất điện"
    if wish.wrong:
        return say(
            "“{text}” is no day or hour that there is; please write it anew, for example: {example}",
            text=wish.wrong,
            example=example,
        )
    if wish.until is None:
        return say("Please write until which hour and day, for example: {example}", example=example)
    fault = asked.fault(wish.until, now)
    return _fault(fault, asked, moment(wish.until)) if fault else ""


def unread(wish: Wish) -> str:
    """Words that may be a reason, or anything else."""
    example = f"/giahan {wish.units[0].name} mai 9h: mất điện"
    return say(
        "I did not understand “{text}”. If it is the reason, write it after a colon, for example: {example}",
        text=clipped(wish.unread),
        example=example,
    )


def _fault(fault: Fault, asked: Extending, time: str) -> str:
    match fault:
        case Fault.PAST:
            return say("{time} has passed already; please choose a later moment.", time=time)
        case Fault.SAME:
            deadline = moment(asked.deadline)
            return say("{time} is not later than the deadline in force: **{deadline}**.", time=time, deadline=deadline)
        case Fault.EARLY:
            return say(
                "{time} will not do: without an extension the deadline is **{deadline}**, and it cannot be earlier.",
                time=time,
                deadline=moment(asked.before),
            )
        case Fault.NEXT:
            return say(
                "{time} will not do: the next period is due by then already (**{deadline}**).",
                time=time,
                deadline=moment(asked.following),
            )
        case Fault.CLOSED_HOURS:
            return say("{time} will not do: a deadline lies on a working day, from 07:00 to 21:00.", time=time)


def _slip_lines(slips: Sequence[Sequence[str]]) -> list[str]:
    """What was taken for a name that is written otherwise."""
    return [say("I took “{typed}” for **{name}**.", typed=typed, name=name) for typed, name in slips]


def why(asked: Extending, until: datetime, slips: Sequence[Sequence[str]]) -> str:
    lines = [f"{capital(asked.name)} · **{moment(until)}**", *_slip_lines(slips)]
    return "\n".join([*lines, say("For what reason? Please type it.")])


def card(
    asked: Extending, until: datetime, reason: str, slips: Sequence[Sequence[str]], *, wished: bool = False
) -> str:
    """`wished`: the reason is that of the office's own wish."""
    period, later = asked.agenda.period, until > asked.deadline
    lines = [
        say("**Move** the deadline?") if later else say("**Shorten** the deadline?"),
        f"{capital(asked.name)} · {period_name(period)}",
        say("From {old} to **{new}**.", old=moment(asked.deadline), new=moment(until)),
        say("Reason: “{reason}”.", reason=reason),
        *_slip_lines(slips),
    ]
    if wished:
        example = f"/giahan {asked.unit.name} {until:%Hh%M %d/%m}: mất điện"
        lines.append(say("The reason is the one the office gave; to give another: {example}", example=example))
    if not asked.key[1]:
        lines.append(say("Not filed: {names}.", names=names(asked.missing)))
    lines += own_deadlines(asked, until)
    return "\n".join(lines)


def confirm_label(asked: Extending, until: datetime) -> str:
    return say("Move the deadline") if until > asked.deadline else say("Shorten the deadline")


def news(asked: Extending, office: Office, until: datetime, reason: str) -> Reply:
    """What those who file for the office are told."""
    old = asked.agenda.deadline_of(office)
    new = asked.deadline_after(office, until)
    fields = {
        "period": period_name(asked.agenda.period),
        "office": office.full_name,
        "new": moment(new),
        "old": moment(old),
    }
    text = (
        say("The deadline for **{period}** of {office} has been moved to **{new}** (it was {old}).", **fields)
        if new > old
        else say("The deadline for **{period}** of {office} has been shortened to **{new}** (it was {old}).", **fields)
    )
    lines = [text, say("Reason: “{reason}”.", reason=reason)]
    if until_then := asked.agenda.voided(office, new):
        lines.append(void_promise(until_then))
    return Reply("\n".join(lines), (Choice(say("File now"), "/nop"),))


def void_promise(until: datetime) -> str:
    """Said where a deadline has moved before the moment that was promised."""
    return say(
        "What was promised for {time} lies after it and no longer counts: I remind as usual.", time=moment(until)
    )


def own_deadlines(asked: Extending, until: datetime) -> list[str]:
    """The offices that a whole cluster's deadline does not hold for, as each has a later one of its own."""
    later = [(one, asked.deadline_after(one, until)) for one in asked.missing if not asked.key[1]]
    return [
        say("{office} has a later deadline of its own: {time}.", office=office.name, time=moment(own))
        for office, own in later
        if own > until
    ]


def done(asked: Extending, until: datetime, reason: str, told: Sequence[Office]) -> Reply:
    fields = {"unit": asked.name, "period": period_name(asked.agenda.period), "new": moment(until)}
    lines = [
        say("**Moved**: {unit} files **{period}** by **{new}**.", **fields)
        if until > asked.deadline
        else say("**Shortened**: {unit} files **{period}** by **{new}**.", **fields),
        say("Reason: “{reason}”.", reason=reason),
    ]
    lines += own_deadlines(asked, until)
    if told:
        lines.append(say("It has been told to: {names}.", names=names(told)))
    unreached = [office for office in asked.changed(until) if office not in told]
    lines += [say("Nobody at {office} can be reached.", office=office.full_name) for office in unreached]
    return Reply("\n".join(lines), in_place=True)
