"""What the bot can do: one conversation a module."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from bot.chat import Command
from bot.dialogue import Conversation
from bot.domain.person import Person
from bot.menu import conversations_of, menu_of
from handlers import (
    absence,
    answer,
    ask,
    ask_extension,
    calendar,
    cancel,
    channels,
    close,
    compare,
    correct,
    deadlines,
    delegate,
    digest,
    extend,
    health,
    help,
    history,
    increments,
    invite,
    log,
    me,
    missing,
    nil,
    nudge,
    office,
    paragraph,
    promise,
    ranking,
    rates,
    reopen,
    roles,
    send_back,
    set_target,
    source,
    start,
    submit,
    targets,
    template,
    totals,
    unlock,
    verify,
    what_if,
    withdraw,
)


def conversations(link: Callable[[str], str]) -> tuple[Conversation, ...]:
    """The table of contents, in the order of menus; the last takes what nobody else understood."""

    def mine(person: Person, on: date) -> tuple[Conversation, ...]:
        return conversations_of(person, contents, on)

    def menu(person: Person, on: date) -> tuple[Command, ...]:
        return menu_of(person, contents, on)

    contents = (
        start.conversation(menu),
        submit.conversation,
        correct.conversation,
        template.conversation,
        nil.conversation,
        totals.conversation,
        rates.conversation,
        office.conversation,
        missing.conversation,
        nudge.conversation,
        ranking.conversation,
        close.conversation,
        invite.conversation(link),
        roles.conversation(menu),
        set_target.conversation,
        compare.conversation,
        targets.conversation,
        me.conversation,
        help.conversation(mine),
        cancel.conversation,
        delegate.conversation(menu),
        unlock.conversation,
        reopen.conversation,
        extend.conversation,
        ask_extension.conversation,
        send_back.conversation,
        deadlines.conversation,
        calendar.conversation,
        digest.conversation,
        promise.conversation,
        absence.conversation,
        channels.conversation(link, menu),
        health.conversation,
        increments.conversation,
        what_if.conversation,
        paragraph.conversation,
        source.conversation,
        history.conversation,
        withdraw.conversation,
        verify.conversation,
        log.conversation,
        answer.conversation,
        ask.conversation,
    )
    return contents
