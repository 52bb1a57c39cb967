"""Figures: exact whole numbers by cell, added up over offices and never over months."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction

from bot.domain.form import Cell, Measure, Rate, cell_named


class Figures(Mapping[Cell, int]):
    """An immutable, hashable mapping of cells to whole numbers (việc or đồng).

    A cell that only one side of `+` or `-` has counts for 0 on the other. TypeError for anything but an int."""

    __slots__ = ("_values",)

    def __init__(self, values: Mapping[Cell, int] | Iterable[tuple[Cell, int]] = ()) -> None:
        kept: dict[Cell, int] = dict(values)
        for cell, value in kept.items():
            if type(value) is not int:
                raise TypeError(f"{cell.name}: {value!r} is not a whole number")
        self._values: dict[Cell, int] = kept

    def __getitem__(self, cell: Cell) -> int:
        return self._values[cell]

    def __iter__(self) -> Iterator[Cell]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)

    def __eq__(self, other: object) -> bool:
        return self._values == other._values if isinstance(other, Figures) else NotImplemented

    def __hash__(self) -> int:
        return hash(frozenset(self._values.items()))

    def __repr__(self) -> str:
        return f"Figures({self.to_json()})"

    def __add__(self, other: Figures) -> Figures:
        return Figures((cell, self.get(cell, 0) + other.get(cell, 0)) for cell in {**self._values, **other._values})

    def __sub__(self, other: Figures) -> Figures:
        return Figures((cell, self.get(cell, 0) - other.get(cell, 0)) for cell in {**self._values, **other._values})

    def rate(self, rate: Rate, measure: Measure) -> Fraction | None:
        """None ("chưa có số") when the denominator is 0 or either figure is absent."""
        numerator = self.get(Cell(rate.numerator, measure))
        denominator = self.get(Cell(rate.denominator, measure))
        if numerator is None or not denominator:
            return None
        return Fraction(numerator, denominator)

    def replaced(self, cells: Mapping[Cell, int]) -> Figures:
        """The same figures with some cells changed or added."""
        return Figures({**self._values, **cells})

    def to_json(self) -> dict[str, int]:
        """Keys such as `received.cases`."""
        return {cell.name: value for cell, value in self._values.items()}

    @classmethod
    def from_json(cls, data: Mapping[str, int]) -> Figures:
        """The inverse of to_json; ValueError for a key that names no cell."""
        return cls({cell_named(name): value for name, value in data.items()})


def total(many: Iterable[Figures]) -> Figures:
    """The sum over offices; no figures at all for none."""
    summed: dict[Cell, int] = {}
    for figures in many:
        for cell, value in figures.items():
            summed[cell] = summed.get(cell, 0) + value
    return Figures(summed)
