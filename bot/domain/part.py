"""What a message is made of: indicators, figures, percentages, and what gives no figure."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from bot.domain.amount import Amount
from bot.domain.form import Measure


@dataclass(frozen=True, slots=True)
class Part:
    """tokens[first:end]; as it stands, words that were not understood."""

    first: int
    end: int


@dataclass(frozen=True, slots=True)
class Mention(Part):
    """An indicator; an empty one is something the form does not ask for ("chưa xong", "thụ lý mới")."""

    indicator: str


@dataclass(frozen=True, slots=True)
class About(Part):
    """ "tiền", "số việc"; `heading` when it stands over several indicators ("Về việc: thụ lý …, xong …")."""

    measure: Measure
    heading: bool


@dataclass(frozen=True, slots=True)
class Given(Part):
    amount: Amount


@dataclass(frozen=True, slots=True)
class Share(Part):
    rate: Fraction


@dataclass(frozen=True, slots=True)
class Ratio(Part):
    """ "290 việc/350 việc có điều kiện": `whole` is of the indicator `divisor`."""

    part: Amount
    whole: Amount
    divisor: str


@dataclass(frozen=True, slots=True)
class Aside(Part):
    """Understood, and no figure of this report: a date, a rank, last year's number, the number being corrected.

    `strange`: unknown words inside a comparison, which may begin something else."""

    strange: bool = False


@dataclass(frozen=True, slots=True)
class Base(Part):
    """ "trên số có điều kiện" behind a percentage: what it was taken of."""

    indicator: str


@dataclass(frozen=True, slots=True)
class Gap(Part):
    """A break or punctuation; `strong` where a sentence ends."""

    strong: bool
