"""Ask the head of the cluster for more time: the wish is passed on, with a button that grants it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from functools import partial

from bot.asking import token, which_office
from bot.cards import clipped, period_name
from bot.chat import Choice, Reply
from bot.dialogue import Conversation, Heard, Move, answer
from bot.domain.agenda import Agenda
from bot.domain.calendar import local_day
from bot.domain.extension import Extending, Wish, parted, read_wish
from bot.domain.folding import fold
from bot.domain.hearing import blank
from bot.domain.moment import read_moment
from bot.domain.organisation import Office, Organisation
from bot.domain.period import Period, next_period
from bot.domain.person import Act
from bot.domain.plea import named_periods
from bot.domain.subject import read_question
from bot.errors import NotAllowed, NotOneOffice
from bot.filing import default_period, due_at
from bot.i18n import gloss, moment, say
from bot.ports import Desk
from bot.reminding import refuse_closed, sketch, weighed
from bot.taking import my_offices
from bot.titles import can_anywhere
from bot.trail import entry, role_over
from bot.unasked.telling import leaders, tell

NAME = "ask_extension"
LONGEST_WISH = 300
_ASKS = re.compile(r"\b(xin|de nghi|muon|cho)\b.*\b(gia|lui|doi|them) han\b|\bxin them thoi gian\b")
_ASIDE = re.compile(r"(?<![\d/])\b(?:\d{1,2} ?(?:ngay|hom|buoi|tieng)|em|minh|chung|duoc|phep|ki)\b")
_WONDERS = re.compile(r"\b(khong|chua)( a| nhi| vay)?\W*$|\?|\b(hoi|the nao|bao gio|khi nao)\b")


async def open_(desk: Desk, heard: Heard) -> Move:
    organisation, today, period = await desk.offices.organisation(), local_day(heard.now), default_period(heard.now)
    mine = await my_offices(desk, heard)
    if not mine:
        raise NotAllowed(Act.FILE, say("any office"))
    if can_anywhere(heard.person, Act.EXTEND, today):
        example = f"/giahan {mine[0].name} mai 9h: mất điện"
        return answer(Reply(say("You move deadlines yourself, for example: {example}", example=example)))
    agenda = await weighed(desk, await sketch(desk, organisation, period, heard.now), heard.now)
    wish = _read(heard, organisation, period)
    if reply := _unclear(heard, organisation, wish, mine):
        return answer(reply)
    named = [unit for unit in read_question(heard.text, organisation, today).units if unit in mine]
    owed = agenda.missing([office for office in mine if office in named or not named])
    if not owed:
        refuse_closed(agenda, mine, heard, organisation)
        return answer(Reply(say("**{period}** has been filed already; thank you.", period=period_name(period))))
    if len(owed) > 1:
        return answer(which_office("xingiahan", owed))
    return await _pass_on(desk, heard, agenda, owed[0], wish)


def _read(heard: Heard, organisation: Organisation, period: Period) -> Wish:
    """The wish, without the period that is meant anyhow and small words that say nothing."""
    head = parted(heard.text)[0]
    spans = [one.span() for one in _ASIDE.finditer(fold(head))]
    periods = named_periods(head, local_day(heard.now))
    spans += [(one.start, one.end) for one in periods if one.period == period]
    return read_wish(blank(heard.text, spans), organisation, heard.now, organisation.deadline.cutoff)


def _unclear(heard: Heard, organisation: Organisation, wish: Wish, mine: Sequence[Office]) -> Reply | None:
    """What has to be asked back: words before a colon that name nothing. Raises for a unit that is not one's own."""
    keys = [office.key for office in mine]
    for unit in (one for one in wish.units if one.key not in keys):
        if isinstance(unit, Office):
            raise NotAllowed(NAME, unit.full_name)
        raise NotOneOffice(unit.name)
    if heard.text[len(parted(heard.text)[0]) :][:1] != ":":
        return None  # free words: the whole of them is passed on
    example = "/xingiahan mai 9h: mất điện"
    if wish.wrong:
        no_moment = say(
            "“{text}” is no day or hour that there is; please write it anew, for example: {example}",
            text=wish.wrong,
            example=example,
        )
        return Reply(no_moment)
    if not wish.unread:
        return None
    text = say(
        "I did not understand “{text}”. If it is the reason, write it after a colon, for example: {example}",
        text=clipped(wish.unread),
        example=example,
    )
    return Reply(text)


async def _pass_on(desk: Desk, heard: Heard, agenda: Agenda, office: Office, asked: Wish) -> Move:
    organisation, words = await desk.offices.organisation(), _words(heard.text)
    place = organisation.place(office)
    subject = f"{office.key} {agenda.form} {agenda.period.year}-{agenda.period.month:02}"
    await desk.audit.write(
        entry(heard, NAME, subject, role=role_over(heard, Act.FILE, office, organisation), reason=words)
    )
    following = await due_at(desk, next_period(agenda.period))
    until = asked.until or read_moment(words, heard.now).at(local_day(heard.now), organisation.deadline.cutoff)
    wish = partial(_wish, Extending(office, agenda, (office,), following), words, until, heard.now)
    if not await tell(desk, await leaders(desk, place, local_day(heard.now)), wish, heard.now, but=heard.person.id):
        return answer(Reply(say("Nobody who leads the cluster can be reached; please call.")))
    return answer(
        Reply(_passed_on(agenda, office, until, _why(asked.reason, words)), (Choice(say("File now"), "/nop"),))
    )


def _passed_on(agenda: Agenda, office: Office, until: datetime | None, reason: str) -> str:
    """What was passed on, as it was understood."""
    what = f"{office.full_name} · {period_name(agenda.period)}"
    lines = [say("Passed on to the head of the cluster, who moves deadlines:"), what]
    if until:
        lines.append(say("Until: **{time}**.", time=moment(until)))
    if reason:
        lines.append(reason)
    return "\n".join(
        [
            *lines,
            say("Until it is decided the deadline is **{deadline}**.", deadline=moment(agenda.deadline_of(office))),
        ]
    )


def _why(reason: str, words: str) -> str:
    """Without a reason set apart, the words themselves."""
    if reason:
        return say("Reason: “{reason}”.", reason=clipped(reason, LONGEST_WISH))
    return f"“{words}”" if words else ""


def _words(text: str) -> str:
    return clipped(" ".join(text.split()).strip(" :,.;-"), LONGEST_WISH)


def _wish(asked: Extending, words: str, until: datetime | None, now: datetime) -> Reply:
    """What those who lead are told; a moment that was named and will do is one tap."""
    lines = [
        say(
            "{office} asks for more time for **{period}** (deadline {deadline}).",
            office=asked.name,
            period=period_name(asked.agenda.period),
            deadline=moment(asked.deadline),
        )
    ]
    if words:
        lines.append(f"“{words}”")
    if until and not asked.fault(until, now) and until > asked.deadline:
        extend = token("giahan", asked.unit.name, extra=f"{until:%Hh%M %d/%m/%Y}")
        return Reply("\n".join(lines), (Choice(say("Extend to {time}", time=moment(until)), extend),))
    example = f"/giahan {asked.unit.name} mai 9h: mất điện"
    return Reply("\n".join([*lines, say("To grant it, send for example: {example}", example=example)]))


async def _asks(desk: Desk, heard: Heard) -> bool:
    """“Cho tôi xin gia hạn đến mai”, from somebody who files; a question about it is passed on to nobody."""
    said, may = fold(heard.text), can_anywhere(heard.person, Act.FILE, local_day(heard.now))
    return may and _ASKS.search(said) is not None and _WONDERS.search(said) is None


conversation = Conversation(
    name=NAME,
    commands=("xingiahan",),
    about=gloss("Ask for more time"),
    open=open_,
    needs=Act.FILE,
    recognises=_asks,
    eager=True,
)
