"""Hand one's rights to a colleague until a day; shown before it counts, both are told, the giver can end it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial

from bot.chat import Choice, Reply
from bot.dialogue import Conversation, Heard, Move, State, answer, cancelled, current, finish, only_buttons
from bot.domain.calendar import local_day
from bot.domain.delegation import (
    bounds,
    colleagues,
    handable,
    handed_in,
    means_end,
    meant,
    offered,
    only_ends,
    read_wish,
    row,
)
from bot.domain.duty import Duty
from bot.domain.organisation import Organisation
from bot.domain.person import Act, Grant, Person, Role
from bot.domain.span import Span
from bot.ending import Menu, end_role, tell_ended
from bot.errors import NotAllowed, StaleChoice
from bot.handing import card, dated, nobody, standing, told, unclear
from bot.i18n import gloss, say
from bot.ports import Desk, Stand
from bot.titles import title
from bot.trail import entry
from bot.unasked.telling import tell

NAME = "delegate"
CHOOSING = "choosing"
BUTTONS = 6


async def open_(desk: Desk, heard: Heard) -> Move:
    """Whom, which of one's roles, until when: what cannot be told from the words is asked."""
    organisation, today = await desk.offices.organisation(), local_day(heard.now)
    mine, wish = handable(heard.person, today), read_wish(handed_in(heard.text) or heard.text, today)
    if not mine:
        raise NotAllowed(Act.DELEGATE)
    if only_ends(heard.text) or not (wish.name or wish.days.spans or wish.days.wrong):
        return await _standing(desk, heard, organisation)
    if wish.span is None or not wish.name or wish.span.last < today:
        return answer(Reply(unclear(wish, today)))
    names = _names(await desk.people.duties(list(Role), today), mine, organisation, today)
    found = meant(wish.name, names)
    if found == (heard.person.id,):
        return answer(Reply(say("That is you; please name a colleague.")))
    found = tuple(one for one in found if one != heard.person.id)
    if not found or len(found) > BUTTONS:
        return answer(Reply(nobody(heard, organisation, mine[0], several=bool(found))))
    state = {"no": heard.turn, "people": list(found), "roles": [], **_days(wish.span, today)}
    return await _next(desk, heard, state)


def _days(span: Span, today: date) -> dict[str, str]:
    return {"first": (span.first or today).isoformat(), "last": span.last.isoformat()}


def _names(duties: Sequence[Duty], mine: Sequence[Grant], organisation: Organisation, today: date) -> dict[int, str]:
    return {key: name for grant in mine for key, name in colleagues(duties, grant, organisation, today).items()}


async def _standing(desk: Desk, heard: Heard, organisation: Organisation) -> Move:
    """What one has handed on, each with a button to end it."""
    today, given = local_day(heard.now), await desk.people.handed_on(heard.person.id, local_day(heard.now))
    text, shown = standing(heard.person, given, organisation, today), given[:BUTTONS]
    if not given:
        return answer(Reply(text))
    choices = [
        Choice(say("End it: {name}", name=one.name), f"{NAME}:end:{heard.turn}.{number}")
        for number, one in enumerate(shown)
    ]
    state = {"no": heard.turn, "rows": [[one.person, *row(one.grant)] for one in shown]}
    return Move((Reply(text, tuple(choices)),), Stand(NAME, CHOOSING, state))


async def _next(desk: Desk, heard: Heard, state: State) -> Move:
    """Ask for the person, then for the role, where there are several; then show the card."""
    organisation, today = await desk.offices.organisation(), local_day(heard.now)
    duties = await desk.people.duties(list(Role), today)
    if len(state["people"]) > 1:
        return _ask_person(state, duties, organisation, today)
    possible = _possible(heard.person, state, duties, organisation, today)
    if not possible:
        return answer(Reply(say("This colleague has these rights already, or is not of your office or cluster.")))
    chosen = [grant for grant in possible if row(grant) in state["roles"]] or possible
    if len(possible) > 1 and not state["roles"]:
        return _ask_role(state, possible, organisation, today)
    return _ask(state, _called(duties, state["people"][0]), chosen, organisation, today)


def _possible(
    giver: Person, state: State, duties: Sequence[Duty], organisation: Organisation, today: date
) -> list[Grant]:
    span = Span(date.fromisoformat(state["first"]), date.fromisoformat(state["last"]))
    return offered(giver, state["people"][0], span, duties, organisation, today)


def _called(duties: Sequence[Duty], person: int) -> str:
    return next((one.name for one in duties if one.person == person), "?")


def _ask_person(state: State, duties: Sequence[Duty], organisation: Organisation, today: date) -> Move:
    choices = []
    for person in state["people"]:
        own = next(one for one in duties if one.person == person and one.grant.giver is None)
        label = f"{own.name} ({title(own.grant, organisation, today)})"
        choices.append(Choice(label, f"{NAME}:person:{state['no']}.{person}"))
    return _stay(state, Reply(say("Whom do you mean?"), (*choices, _cancel(state))))


def _ask_role(state: State, possible: Sequence[Grant], organisation: Organisation, today: date) -> Move:
    choices = [
        Choice(title(grant, organisation, today), f"{NAME}:role:{state['no']}.{number}")
        for number, grant in enumerate(possible)
    ]
    every = Choice(say("All of them"), f"{NAME}:role:{state['no']}.all")
    return _stay(state, Reply(say("Which rights do you hand on?"), (*choices, every, _cancel(state)), in_place=True))


def _ask(state: State, name: str, chosen: Sequence[Grant], organisation: Organisation, today: date) -> Move:
    state = {**state, "roles": [row(grant) for grant in chosen], "seen": [bounds(grant) for grant in chosen]}
    give = Choice(say("Record it"), f"{NAME}:give:{state['no']}.")
    return _stay(state, Reply(card(name, chosen, organisation, today), (give, _cancel(state)), in_place=True))


def _cancel(state: State) -> Choice:
    return Choice(say("Cancel"), f"{NAME}:cancel:{state['no']}.")


def _stay(state: State, reply: Reply) -> Move:
    return Move((reply,), Stand(NAME, CHOOSING, state))


async def press_person(desk: Desk, heard: Heard, state: State | None, argument: str) -> Move:
    state, person = current(state, argument)
    if person not in map(str, state.get("people", ())):
        raise StaleChoice
    return await _next(desk, heard, {**state, "people": [int(person)]})


async def press_role(desk: Desk, heard: Heard, state: State | None, argument: str) -> Move:
    state, number = current(state, argument)
    possible = await _still(desk, heard, state)
    if number not in ("all", *map(str, range(len(possible)))):
        raise StaleChoice
    chosen = possible if number == "all" else [possible[int(number)]]
    return await _next(desk, heard, {**state, "roles": [row(grant) for grant in chosen]})


async def _still(desk: Desk, heard: Heard, state: State) -> list[Grant]:
    """What may be handed on now: somebody may have revoked something since the card was shown."""
    if len(state.get("people", ())) != 1:
        raise StaleChoice
    organisation, today = await desk.offices.organisation(), local_day(heard.now)
    giver = await desk.people.get(heard.person.id)
    return _possible(giver, state, await desk.people.duties(list(Role), today), organisation, today)


async def _end(desk: Desk, heard: Heard, rows: Sequence[object], number: str, menu: Menu) -> Move:
    """End what was handed on, at once; `rows` are those that the card shows."""
    given = await desk.people.handed_on(heard.person.id, local_day(heard.now))
    named = rows[int(number)] if number in map(str, range(len(rows))) else None
    duty = next((one for one in given if [one.person, *row(one.grant)] == named), None)
    if duty is None:
        raise StaleChoice
    await end_role(desk, heard, duty, duty.grant.role)
    await tell_ended(desk, heard, duty, menu)
    organisation, today = await desk.offices.organisation(), local_day(heard.now)
    what = title(duty.grant, organisation, today)
    return finish(Reply(say("**Ended**: {name} no longer acts as {title}.", name=duty.name, title=what), in_place=True))


def conversation(menu: Menu) -> Conversation:
    """`menu` tells which commands a person sees from now on."""

    async def press_give(desk: Desk, heard: Heard, state: State | None, argument: str) -> Move:
        state, _ = current(state, argument)
        chosen = [one for one in await _still(desk, heard, state) if row(one) in state["roles"]]
        if not chosen or [bounds(one) for one in chosen] != state.get("seen"):
            raise StaleChoice
        return finish(await _give(desk, heard, state["people"][0], chosen, menu))

    async def press_end(desk: Desk, heard: Heard, state: State | None, argument: str) -> Move:
        state, number = current(state, argument)
        return await _end(desk, heard, state.get("rows", []), number, menu)

    return Conversation(
        name=NAME,
        commands=("uyquyen",),
        about=gloss("Hand your rights to a colleague for a time"),
        open=open_,
        steps={CHOOSING: only_buttons},
        presses={
            "person": press_person,
            "role": press_role,
            "give": press_give,
            "end": press_end,
            "cancel": cancelled,
        },
        needs=Act.DELEGATE,
        recognises=_asks,
        eager=True,
    )


async def _asks(desk: Desk, heard: Heard) -> bool:
    """“Tôi ủy quyền cho …”; “thôi ủy quyền”, unless that leaves a card which is not confirmed yet."""
    today = local_day(heard.now)
    if not handable(heard.person, today):
        return False
    if not means_end(heard.text):
        return bool(handed_in(heard.text))
    under_way = await desk.stands.at(heard.person.id, NAME)
    return not under_way or bool(await desk.people.handed_on(heard.person.id, today))


async def _give(desk: Desk, heard: Heard, person: int, chosen: Sequence[Grant], menu: Menu) -> Reply:
    """Keep it, in place of what was handed to that colleague before; tell them."""
    organisation, today = await desk.offices.organisation(), local_day(heard.now)
    given = await desk.people.handed_on(heard.person.id, today)
    for grant in chosen:
        before = next((one for one in given if one.person == person and row(one.grant) == row(grant)), None)
        if before:
            await end_role(desk, heard, before, grant.role)
        await desk.people.grant(person, grant, heard.now)
        await _note(desk, heard, person, grant)
    colleague = await desk.people.get(person)
    news = partial(told, heard, colleague, chosen, organisation, menu)
    lines = [
        say("**Handed on** to {name}:", name=colleague.name),
        *(f"- {dated(grant, organisation, today)}" for grant in chosen),
    ]
    if not await tell(desk, [person], news, heard.now):
        lines.append(say("This person cannot be reached by a message; please tell them yourself."))
    lines.append(say("To end it earlier: /uyquyen"))
    return Reply("\n".join(lines), in_place=True)


async def _note(desk: Desk, heard: Heard, person: int, grant: Grant) -> None:
    place, (first, last) = grant.place, bounds(grant)
    after = {"role": grant.role, "cluster": place.cluster, "office": place.office, "from": first, "until": last}
    await desk.audit.write(entry(heard, Act.DELEGATE, f"person {person}", role=grant.role, after=after))
