"""Rankings: the best first, ties share a place, those without a value come last."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Ranked:
    """`place` counts from 1; two with the same value share it, and the next place is skipped."""

    place: int
    key: str
    value: Fraction


def rank(values: Mapping[str, Fraction | None]) -> tuple[tuple[Ranked, ...], tuple[str, ...]]:
    """The ranked, best first and in the given order within a tie; and the keys without a value.

    >>> half = Fraction(1, 2)
    >>> ranked, without = rank({"a": half, "b": Fraction(1), "c": half, "d": None, "e": Fraction(0)})
    >>> [(one.place, one.key) for one in ranked], without
    ([(1, 'b'), (2, 'a'), (2, 'c'), (4, 'e')], ('d',))
    """
    known = {key: value for key, value in values.items() if value is not None}
    ordered = sorted(known, key=lambda key: known[key], reverse=True)
    ranked = tuple(Ranked(1 + sum(other > known[key] for other in known.values()), key, known[key]) for key in ordered)
    return ranked, tuple(key for key, value in values.items() if value is None)
