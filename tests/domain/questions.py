"""The evaluation set of questions: how it is written down, and how a reading is compared with it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from importlib.resources import files
from pathlib import Path

from bot.domain.asked import Against, Asked, By, Question
from bot.domain.form import Measure, parse_form
from bot.domain.intent import Intent
from bot.domain.organisation import parse_structure
from bot.domain.period import Period
from bot.domain.question import command_of, read
from bot.domain.reading import Exact

TODAY = date(2021, 10, 2)
ORGANISATION, _ = parse_structure((files("bot.structure") / "thanh-hoa-3.toml").read_text("utf-8"))
FORM = parse_form((files("bot.forms") / "short.toml").read_text("utf-8"))
#: As the handlers name them; those that are not built yet as the brief does.
COMMANDS = {
    "tong": Intent.TOTALS,
    "tyle": Intent.RATES,
    "donvi": Intent.OFFICE,
    "xephang": Intent.RANKING,
    "chuanop": Intent.MISSING,
    "sosanh": Intent.COMPARE,
    "phatsinh": Intent.INCREMENTS,
    "chitieu": Intent.TARGETS,
    "neu": Intent.WHAT_IF,
    "bieudo": Intent.CHART,
    "doanvan": Intent.PARAGRAPH,
    "xuat": Intent.EXPORT,
    "nguon": Intent.SOURCE,
    "han": Intent.DEADLINES,
    "mau": Intent.TEMPLATE,
}
_PERIOD = re.compile(r"(20\d\d)-(\d{1,2})")


@dataclass(frozen=True, slots=True)
class Case:
    """`intent`: of the table, or none, no; `names`: words of the table, None when they do not matter."""

    intent: str
    text: str
    names: frozenset[str] | None
    before: Asked | None

    @property
    def kind(self) -> str:
        """What the score is kept by, beside the intent."""
        if self.text.startswith("/"):
            return "commands"
        if self.intent in ("no", "none"):
            return "not to be answered"
        return "follow-ups" if self.before else "free text"


def cases(name: str) -> Iterator[Case]:
    for line in (Path(__file__).parent / name).read_text("utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            intent, text, names, before = (part.strip() for part in (*line.split("|"), "", "")[:4])
            wanted = None if names == "*" else frozenset(names.split())
            yield Case(intent, text, wanted, _asked(before) if before else None)


def _asked(text: str) -> Asked:
    intent, *words = text.split()
    found: dict[str, object] = {}
    for word in words:
        period = _PERIOD.fullmatch(word)
        if period:
            found["period"] = Period(int(period[1]), int(period[2]))
        elif word.startswith("vs:"):
            found["against"] = Against(word[3:])
        elif word.startswith("by:"):
            found["by"] = By(word[3:])
        elif word in set(Measure):
            found["measure"] = Measure(word)
        elif word in {one.key for one in FORM.indicators}:
            found["indicator"] = word
        else:
            found["units"] = tuple(word.split(","))
    return Asked(Intent(intent), **found)  # type: ignore[arg-type]


def ask(case: Case) -> Question:
    text, command = case.text, None
    if text.startswith("/"):
        word, _, text = text[1:].partition(" ")
        command = COMMANDS[command_of(word, tuple(COMMANDS)) or ""]
    return read(text, ORGANISATION, FORM, TODAY, command=command, before=case.before)


def named(question: Question) -> frozenset[str]:
    """Every slot that is filled, in the words of the table."""
    words = [unit.key for unit in question.units]
    words += [f"{period.year}-{period.month}" for period in question.periods]
    words += [str(word) for word in (question.indicator, question.measure, question.format) if word]
    words += [
        f"{sign}{word}"
        for sign, word in (("~", question.whole), ("~", question.versus), ("vs:", question.against))
        if word
    ]
    words += [f"by:{question.by}"] if question.by else []
    words += [f"?{question.unknown.replace(' ', '_')}"] if question.unknown else []
    words += [f"percent:{float(question.percent * 100):g}"] if question.percent is not None else []
    for one in question.amounts:
        value = one.reading.value if isinstance(one.reading, Exact) else "unclear"
        words.append(f"{question.change}:{value}{one.measure}")
    return frozenset(words)


def right(case: Case, question: Question) -> bool:
    if case.intent == "none":
        return question.intent is None and not question.others
    if case.names is not None and case.names != named(question):
        return False
    if case.intent == "no":
        return not question.sure
    return question.sure and question.intent == case.intent


def confidently_wrong(case: Case, question: Question) -> bool:
    return question.sure and not right(case, question)
