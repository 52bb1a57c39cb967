"""What is said of rights that are handed on for a time."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bot.chat import Choice, Reply
from bot.dialogue import Heard
from bot.domain.calendar import local_day
from bot.domain.delegation import Wish
from bot.domain.duty import Duty
from bot.domain.organisation import Organisation
from bot.domain.person import Act, Grant, Person
from bot.ending import Menu
from bot.i18n import day, say
from bot.titles import can_anywhere, full_title, title


def unclear(wish: Wish, today: date) -> str:
    if wish.days.wrong:
        return say("“{words}” is no day of the calendar.", words=wish.days.wrong)
    if wish.name and wish.span and wish.span.last < today:
        return say("{day} has passed already; please choose a later day.", day=day(wish.span.last))
    return say("Please write to whom and until which day, for example: {example}", example=example(today))


def example(today: date) -> str:
    return f"/uyquyen Nguyễn Văn A đến 15/{today.month % 12 + 1:02}"


def nobody(heard: Heard, organisation: Organisation, grant: Grant, *, several: bool) -> str:
    """How somebody gets into the bot first; who may invite does it, others ask for it."""
    if several:
        return say("Several colleagues are called so; please write the full name.")
    today = local_day(heard.now)
    office = organisation.office(grant.place.office, today) if grant.place.office else None
    example = f"/moi cán bộ thống kê {office.name}" if office else "/moi người xem"
    if can_anywhere(heard.person, Act.INVITE, today):
        return say(
            "Nobody of that name in your cluster is in the bot yet. Invite them first: {example}", example=example
        )
    return say(
        "Nobody of that name in your cluster is in the bot yet. Ask the head of the cluster or the administrator to "
        "invite them first: {example}",
        example=example,
    )


def standing(giver: Person, given: Sequence[Duty], organisation: Organisation, today: date) -> str:
    """What one has handed on, and how it is done."""
    how = say("To hand your rights on for a time, for example: {example}", example=example(today))
    if not given:
        return "\n".join([say("You have handed nothing on."), how])
    names = {giver.id: giver.name}
    lines = [f"- **{one.name}**: {full_title(one.grant, organisation, today, names)}" for one in given]
    return "\n".join([say("**What you have handed on**"), *lines, how])


def card(name: str, chosen: Sequence[Grant], organisation: Organisation, today: date) -> str:
    """What is about to be handed on."""
    lines = [
        say("**Hand on to {name}?**", name=name),
        *(f"- {dated(grant, organisation, today)}" for grant in chosen),
        say("You keep your rights. Inviting, revoking and handing on stay with you alone."),
    ]
    return "\n".join(lines)


def dated(grant: Grant, organisation: Organisation, today: date) -> str:
    what = title(grant, organisation, today)
    first, last = day(grant.valid_from), day(grant.valid_to or grant.valid_from)
    return say("{title}: from {first} to the end of {last}", title=what, first=first, last=last)


def told(heard: Heard, colleague: Person, chosen: Sequence[Grant], organisation: Organisation, menu: Menu) -> Reply:
    today = local_day(heard.now)
    lines = [
        say("**{name}** has handed rights on to you:", name=heard.person.name),
        *(f"- {dated(grant, organisation, today)}" for grant in chosen),
    ]
    return Reply("\n".join(lines), (Choice(say("How to use"), "/trogiup"),), menu=menu(colleague, today))
