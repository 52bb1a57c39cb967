"""Set a target: which unit, which year, from which day, above which percentages; shown before it counts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from typing import Any

from bot.asking import unit_name
from bot.chat import Choice, Reply
from bot.dialogue import Conversation, Heard, Move, State, answer, cancelled, current, finish, only_buttons
from bot.domain.calendar import local_day
from bot.domain.folding import fold
from bot.domain.form import Measure
from bot.domain.organisation import Organisation, Unit
from bot.domain.period import last_ended
from bot.domain.person import Act
from bot.domain.question import Intent, read
from bot.domain.reach import allowed, place_of
from bot.domain.target import Target
from bot.errors import NotAllowed, SeveralUnits, UnknownOffice
from bot.forms import load
from bot.i18n import day, gloss, percent, say
from bot.ports import Desk, Stand
from bot.trail import entry, role_of

NAME = "set_target"
_PERCENT = re.compile(r"([-−]?)\s?(\d{1,3}(?:[.,]\d{1,4})?) ?%")
_MEASURE = re.compile(r"\b(tien|viec)\b")
_DAY = re.compile(r"\b(\d{1,2})/(\d{1,2})/(\d{4})\b")


async def open_(desk: Desk, heard: Heard) -> Move:
    """Everything that was said is taken up or asked about: a target is never set from half a sentence."""
    organisation, today = await desk.offices.organisation(), local_day(heard.now)
    form = load(organisation.form)
    question = read(heard.text, organisation, form, today, command=Intent.TARGETS)
    if question.unknown:
        raise UnknownOffice(question.unknown, tuple((unit.key, unit.name) for unit in question.nearest))
    if len(question.units) > 1:
        raise SeveralUnits(tuple((unit.key, unit.name) for unit in question.units))
    unit: Unit | None = question.units[0] if question.units else next(iter(organisation.provinces), None)
    if unit is None or not allowed(heard.person, Act.TARGETS, unit, organisation, today):
        raise NotAllowed(Act.TARGETS, unit_name(unit) if unit else "")
    year = question.period.year if question.period else last_ended(today).year
    since, percents = _since(heard.text, date(year - 1, 10, 1)), _percents(heard.text)
    if since is None or not percents:
        example = "/datchitieu năm 2021 việc 82% tiền 40%"
        return answer(Reply(say("Write the percentages (0 to 100), for example: {example}", example=example)))
    rate = form.rates[-1].key
    return _confirm(heard, unit, [Target(unit.key, year, rate, measure, value, since) for measure, value in percents])


def _since(text: str, usual: date) -> date | None:
    """The day from which it holds; `usual` when none is named, None when it is no day of the calendar."""
    found = _DAY.search(text)
    if found is None:
        return usual
    try:
        return date(int(found[3]), int(found[2]), int(found[1]))
    except ValueError:
        return None


def _percents(text: str) -> list[tuple[Measure, Fraction]]:
    """Each percentage with its measure, named before all of them or after all of them; the first without any is về
    việc, the second về tiền. None for anything out of range, said twice, or more than two."""
    found = list(_PERCENT.finditer(text))
    before = [
        fold(text[start : one.start()]) for start, one in zip([0, *(o.end() for o in found)], found, strict=False)
    ]
    after = [
        fold(text[one.end() : end]) for one, end in zip(found, [*(o.start() for o in found[1:]), None], strict=False)
    ]
    words = before if before and _MEASURE.search(before[0]) else after
    targets: dict[Measure, Fraction] = {}
    for place, one in enumerate(found):
        named = _MEASURE.search(words[place])
        measure = (Measure.MONEY if named[1] == "tien" else Measure.CASES) if named else list(Measure)[min(place, 1)]
        value = Fraction(one[2].replace(",", ".")) / 100
        if one[1] or measure in targets or not 0 < value <= 1:
            return []
        targets[measure] = value
    return list(targets.items())


def _confirm(heard: Heard, unit: Unit, targets: Sequence[Target]) -> Move:
    head = say("**Target of {year}** · {unit}", year=targets[0].year, unit=unit_name(unit))
    lines = [head, *_lines(targets), say("From {day}. Set it?", day=day(targets[0].valid_from))]
    choices = (
        Choice(say("Set it"), f"{NAME}:set:{heard.turn}"),
        Choice(say("Cancel"), f"{NAME}:cancel:{heard.turn}"),
    )
    state = {"no": heard.turn, "targets": [_to_json(target) for target in targets]}
    return Move((Reply("\n".join(lines), choices),), Stand(NAME, "confirm", state))


def _lines(targets: Sequence[Target]) -> list[str]:
    return [
        say("In cases: above **{percent}**", percent=percent(one.value))
        if one.measure is Measure.CASES
        else say("In money: above **{percent}**", percent=percent(one.value))
        for one in targets
    ]


def _to_json(target: Target) -> list[Any]:
    value = [target.value.numerator, target.value.denominator]
    return [target.unit, target.year, target.rate, target.measure, *value, target.valid_from.isoformat()]


def _from_json(row: Sequence[Any]) -> Target:
    unit, year, rate, measure, numerator, denominator, since = row
    return Target(unit, year, rate, Measure(measure), Fraction(numerator, denominator), date.fromisoformat(since))


async def press_set(desk: Desk, heard: Heard, state: State | None, argument: str) -> Move:
    state, _ = current(state, argument)
    targets = [_from_json(row) for row in state["targets"]]
    organisation, today = await desk.offices.organisation(), local_day(heard.now)
    unit = _unit(organisation, targets[0].unit, today)
    if unit is None or not allowed(heard.person, Act.TARGETS, unit, organisation, today):
        raise NotAllowed(Act.TARGETS)
    before = [_to_json(one) for one in await desk.targets.of_year(targets[0].year) if one.unit == unit.key]
    await desk.targets.put(targets, heard.now)
    await desk.audit.write(
        entry(
            heard,
            Act.TARGETS,
            f"target {unit.key} {targets[0].year}",
            role=role_of(heard, Act.TARGETS, place_of(unit, organisation, today)),
            before={"targets": before},
            after={"targets": [_to_json(target) for target in targets]},
        )
    )
    done = say("**Set.** Target of {year} · {unit}", year=targets[0].year, unit=unit_name(unit))
    return finish(Reply("\n".join([done, *_lines(targets)]), in_place=True))


def _unit(organisation: Organisation, key: str, today: date) -> Unit | None:
    return organisation.province(key) or organisation.cluster(key, today) or organisation.office(key, today)


conversation = Conversation(
    name=NAME,
    commands=("datchitieu",),
    about=gloss("Set a target"),
    open=open_,
    steps={"confirm": only_buttons},
    presses={"set": press_set, "cancel": cancelled},
    needs=Act.TARGETS,
)
