"""How the program is: for the administrator."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from bot.cards import at, channel_name
from bot.chat import Reply
from bot.dialogue import Conversation, Heard, Move, answer
from bot.domain.calendar import local_day
from bot.domain.person import Act
from bot.errors import NotAllowed
from bot.i18n import gloss, number, say
from bot.ports import Condition, Desk, Tick, Traffic
from bot.thrift import HOLD_AT, month_of, near
from bot.titles import can_anywhere

MOST_NAMES = 10
LATE = timedelta(minutes=5)  # the scheduler looks every minute


async def open_(desk: Desk, heard: Heard) -> Move:
    today = local_day(heard.now)
    if not can_anywhere(heard.person, Act.STRUCTURE, today):
        raise NotAllowed(Act.STRUCTURE)
    traffic = await desk.channels.traffic(month_of(heard.now))
    lines = _lines(await desk.health.condition(today), traffic, await desk.channels.stops(), heard.now)
    return answer(Reply("\n".join([*lines, *(_traffic_line(one) for one in traffic)])))


def _lines(now: Condition, traffic: Sequence[Traffic], stops: Mapping[str, datetime], moment: datetime) -> list[str]:
    late = now.tick is not None and moment - now.tick.at > LATE
    spent = any(one.spent_at or near(one.sent, one.quota, HOLD_AT) for one in traffic)
    fine = not (now.inbox["quarantined"] or now.unreachable or now.outbox["dead"] or late or spent or stops)
    lost = ", ".join(now.unreachable[:MOST_NAMES]) + ("…" if len(now.unreachable) > MOST_NAMES else "")
    return [
        say("**All is well.**") if fine else say("**Something needs a look.**"),
        *(_stop_line(channel, since) for channel, since in stops.items()),
        say(
            "Messages in: {waiting} waiting, {quarantined} set aside.",
            waiting=number(now.inbox["waiting"] - 1),  # but the one that is being answered
            quarantined=number(now.inbox["quarantined"]),
        ),
        say(
            "Messages out: {waiting} waiting, {dead} not delivered.",
            waiting=number(now.outbox["waiting"]),
            dead=number(now.outbox["dead"]),
        ),
        say("Cannot be reached: {names}.", names=lost) if lost else say("Everybody can be reached."),
        _tick_line(now.tick, late=late),
        say("Database: {size} MB.", size=number(-(-now.size // 1_000_000))),
    ]


def _stop_line(channel: str, since: datetime) -> str:
    return say(
        "**{channel}** has stopped since {time}: its token is refused or something else uses it. See `thidua doctor`.",
        channel=channel_name(channel),
        time=at(since),
    )


def _traffic_line(one: Traffic) -> str:
    fields = {"channel": channel_name(one.channel), "sent": number(one.sent), "quota": number(one.quota)}
    lines = [say("{channel}: {sent} of {quota} messages sent this month.", **fields)]
    if one.spent_at:
        lines.append(say("They are used up: it took no more at {time}.", time=at(one.spent_at)))
    elif near(one.sent, one.quota, HOLD_AT):
        lines.append(say("Early reminders are held back."))
    if one.doubted:
        lines.append(say("Of {count} nobody said whether they arrived.", count=number(one.doubted)))
    return " ".join(lines)


def _tick_line(tick: Tick | None, *, late: bool) -> str:
    if tick is None:
        return say("No reminders yet.")
    if late:
        return say("Reminders have not been looked after since {time}: nobody is reminded now.", time=at(tick.at))
    return say("Reminders looked after last at {time}.", time=at(tick.at))


conversation = Conversation(
    name="health", commands=("suckhoe",), about=gloss("How the program is"), open=open_, needs=Act.STRUCTURE
)
