"""Two sets of reports side by side: only offices that have both are compared, and which those are is told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.domain.figures import Figures, total


@dataclass(frozen=True, slots=True)
class Pair:
    """Sums over the offices in `both`, in the order asked; `left_out` have filed only one of the two, or neither."""

    now: Figures
    before: Figures
    both: tuple[str, ...]
    left_out: tuple[str, ...]

    @property
    def difference(self) -> Figures:
        return self.now - self.before


def paired(offices: Sequence[str], now: Mapping[str, Figures], before: Mapping[str, Figures]) -> Pair:
    """
    >>> from bot.domain.form import Cell, Measure
    >>> one, two = (Figures({Cell("resolved", Measure.CASES): n}) for n in (1, 3))
    >>> paired(["a", "b"], {"a": two, "b": two}, {"a": one}).difference == two - one
    True
    """
    both = tuple(office for office in offices if office in now and office in before)
    return Pair(
        total(now[office] for office in both),
        total(before[office] for office in both),
        both,
        tuple(office for office in offices if office not in both),
    )
