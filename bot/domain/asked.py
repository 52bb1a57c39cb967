"""What is asked, and what of it is remembered for the question after."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import Any

from bot.domain.form import Measure
from bot.domain.intent import Intent
from bot.domain.period import Period
from bot.domain.reading import Reading
from bot.domain.unit import Unit


class Whole(StrEnum):
    """Units named by whose they are: which ones, only the caller knows."""

    OFFICE = "office"  # đơn vị tôi
    CLUSTER = "cluster"  # cả cụm
    PROVINCE = "province"  # toàn tỉnh


class Against(StrEnum):
    """What a comparison is with: `PERIOD` is the last of `periods`, `OFFICE` the last of `units` (or `whole`)."""

    LAST_MONTH = "last_month"
    LAST_YEAR = "last_year"
    OFFICE = "office"
    PERIOD = "period"


class By(StrEnum):
    CASES = "cases"
    MONEY = "money"
    AMOUNT = "amount"  # of the indicator itself, not its rate
    TARGET = "target"
    ON_TIME = "on_time"


class Change(StrEnum):
    """How the amounts of a supposition are meant: so many more, so many less, or so many in all."""

    MORE = "more"
    LESS = "less"
    TO = "to"


class Format(StrEnum):
    XLSX = "xlsx"
    DOCX = "docx"
    CSV = "csv"


@dataclass(frozen=True, slots=True)
class Supposed:
    """An amount as typed: việc or đồng, whichever its unit says, else what was asked about."""

    measure: Measure
    reading: Reading


@dataclass(frozen=True, slots=True)
class Question:
    """What was said, and nothing that was not; what a follow-up took over is named in `inherited`.

    `intent` is None when it is not certain: `others` are then the likeliest, none when it is no question at all.
    `unknown`: words in the place of a name that fit no unit, or several, as typed; `nearest`: whom they may mean.
    `alternatives`: other periods that the words of the first may mean. `percent`: a rate (1 is 100 %).
    `unread`: runs of words, as typed, for which it cannot be answered ("trừ", "tuần này").
    `day`: a day with which no period ends, as typed. `versus`: what `whole` is compared with, when that is one too.
    `lowest`: of a ranking its end is asked for ("thấp nhất").
    `figures` is the text with units and periods blanked out; `rest` what is left once fillers are gone too."""

    units: tuple[Unit, ...] = ()
    periods: tuple[Period, ...] = ()
    alternatives: tuple[Period, ...] = ()
    figures: str = ""
    rest: str = ""
    intent: Intent | None = None
    others: tuple[Intent, ...] = ()
    whole: Whole | None = None
    versus: Whole | None = None
    unknown: str = ""
    nearest: tuple[Unit, ...] = ()
    indicator: str | None = None
    measure: Measure | None = None
    against: Against | None = None
    by: By | None = None
    lowest: bool = False
    amounts: tuple[Supposed, ...] = ()
    change: Change | None = None
    percent: Fraction | None = None
    format: Format | None = None
    inherited: frozenset[str] = frozenset()
    unread: tuple[str, ...] = ()
    day: str = ""

    @property
    def period(self) -> Period | None:
        return self.periods[0] if self.periods else None

    @property
    def sure(self) -> bool:
        """Whether it may be answered without asking back."""
        return self.intent is not None and not self.unknown and not self.unread


@dataclass(frozen=True, slots=True)
class Asked:
    """A question that was answered, every blank filled in; `units` are keys, JSON-able by to_json."""

    intent: Intent
    units: tuple[str, ...] = ()
    period: Period | None = None
    indicator: str | None = None
    measure: Measure | None = None
    against: Against | None = None
    by: By | None = None

    def to_json(self) -> dict[str, Any]:
        return {
            "intent": self.intent.value,
            "units": list(self.units),
            "period": [self.period.year, self.period.month] if self.period else None,
            **{name: getattr(self, name) and str(getattr(self, name)) for name in _WORDS},
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Asked:
        """The inverse of to_json; KeyError or ValueError for anything else."""
        return cls(
            Intent(data["intent"]),
            tuple(data["units"]),
            Period(*data["period"]) if data["period"] else None,
            data["indicator"],
            Measure(data["measure"]) if data["measure"] else None,
            Against(data["against"]) if data["against"] else None,
            By(data["by"]) if data["by"] else None,
        )


_WORDS = ("indicator", "measure", "against", "by")
