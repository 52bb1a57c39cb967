"""Numerals with scales that add up to one number: "588 tỷ 190 triệu 067 nghìn", "3 tỷ 1", "tỷ rưỡi"."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import NamedTuple

from bot.domain.debris import is_key
from bot.domain.form import Measure
from bot.domain.numeral import Numeral, numeral_at
from bot.domain.scale import scale_at, unit_at
from bot.domain.spoken import is_word
from bot.domain.token import Kind, Token


class Piece(NamedTuple):
    """A numeral and its scale; `billions` when "tỷ" closes it, alone or after "nghìn", "triệu"; `end` is exclusive."""

    numeral: Numeral
    power: int
    billions: bool
    end: int

    @property
    def scaled(self) -> bool:
        return self.billions or self.power > 0


class Compound(NamedTuple):
    """`powers` are those of `pieces` in đồng or việc. `tail`: digits that fill the next order; `half`: "rưỡi".

    `doubtful`: the tail may be a VNI key instead ("3ty3")."""

    pieces: tuple[Piece, ...]
    powers: tuple[int, ...]
    end: int
    tail: Numeral | None = None
    half: bool = False
    doubtful: bool = False

    @property
    def power(self) -> int:
        return max(self.powers)

    @property
    def spoken(self) -> bool:
        return any(piece.numeral.spoken for piece in self.pieces)

    @property
    def spaced(self) -> bool:
        return any(piece.numeral.spaced for piece in self.pieces) or bool(self.tail and self.tail.spaced)

    def values(self, unit: Measure | None) -> tuple[Fraction, ...]:
        """Every number this may be, the most likely first; none when the pieces do not fit each other."""
        leads: tuple[Fraction, ...] = (Fraction(0),)
        bound: int | None = None
        for piece, power in zip(self.pieces[:-1], self.powers, strict=False):
            # Of digits the separator is a grouping one here; words are as doubtful as anywhere.
            found = _scaled(piece.numeral, power, True, bound)[: None if piece.numeral.spoken else 1]
            leads, bound = tuple(lead + value for lead in leads for value in found), power
        last = _scaled(self.pieces[-1].numeral, self.powers[-1], self.half or self.tail is not None, bound)
        return _distinct(lead + value + more for lead in leads for value in last for more in self._more(unit))

    def _more(self, unit: Measure | None) -> tuple[int, ...]:
        power = self.powers[-1]
        if self.half:
            return (10**power // 2,)
        if not self.tail:
            return (0,)
        return (*_filling(self.tail, power, unit), *((0,) if self.doubtful else ()))


def compound_at(tokens: Sequence[Token], at: int, greedy: bool) -> Compound | None:
    """The longest compound that begins at a token; of `greedy` see amount_at."""
    pieces: tuple[Piece, ...] = ()
    powers: tuple[int, ...] = ()
    while (piece := _piece_at(tokens, at)) and _continues(powers, piece):
        pieces, at = (*pieces, piece), piece.end
        powers = tuple(power + 9 for power in (*powers, piece.power)) if piece.billions else (*powers, piece.power)
    if not pieces:
        return None
    found = Compound(pieces, powers, at)
    return _with_end(tokens, found, greedy) if found.power else found


def _piece_at(tokens: Sequence[Token], at: int) -> Piece | None:
    found = numeral_at(tokens, at)
    if found:
        piece = Piece(found[0], *scale_at(tokens, found[1]))
        return piece._replace(end=piece.end + 1) if _with_key(tokens, piece) else piece
    if is_word(tokens, at, "nua"):
        piece = Piece(Numeral((Fraction(1, 2),)), *scale_at(tokens, at + 1))
        return piece if piece.scaled else None
    piece = Piece(Numeral((Fraction(1),), leads=True), *scale_at(tokens, at))
    return piece if piece.scaled and is_word(tokens, piece.end, "ruoi") else None


def _with_key(tokens: Sequence[Token], piece: Piece) -> bool:
    """Whether the digits glued to the scale can be nothing but a VNI key: "13,2 ty3", "9 ty3 84 trieu"."""
    if not piece.scaled or not is_key(tokens, piece.end):
        return False
    if not piece.numeral.leads:
        return True
    after = numeral_at(tokens, piece.end + 1)
    return after is not None and scale_at(tokens, after[1])[:2] != (0, False)


def _continues(powers: tuple[int, ...], piece: Piece) -> bool:
    """Scales descend within what "tỷ" multiplies ("1 nghìn 304 tỷ") and again after it."""
    if not powers:
        return True
    if not piece.scaled or not powers[-1]:
        return False
    if piece.billions and not piece.power:
        return powers[-1] == 3 and len(piece.numeral.digits) == 3
    return piece.power < min(powers[-1], 9) and not (piece.billions and max(powers) >= 9)


def _with_end(tokens: Sequence[Token], compound: Compound, greedy: bool) -> Compound:
    if is_word(tokens, compound.end, "ruoi"):
        return compound._replace(half=True, end=compound.end + 1)
    piece = _piece_at(tokens, compound.end)
    if piece and _fills(tokens, compound, piece) and _stands_free(tokens, compound.powers[-1], piece, greedy):
        return compound._replace(tail=piece.numeral, end=piece.end, doubtful=is_key(tokens, compound.end))
    return compound


def _fills(tokens: Sequence[Token], compound: Compound, piece: Piece) -> bool:
    """Whether a number without a scale can belong to the scale before it, by its form alone."""
    if piece.scaled or not compound.pieces[-1].numeral.leads or not piece.numeral.leads:
        return False
    if piece.numeral.digits:
        return True
    return (piece.numeral.spaced or "." in tokens[compound.end].text) and piece.numeral.values[
        0
    ] < 10 ** compound.powers[-1]


def _stands_free(tokens: Sequence[Token], power: int, piece: Piece, greedy: bool) -> bool:
    """Whether digits after a scale are its own, and not the next figure, a share, a date or the word "năm"."""
    unit, _ = unit_at(tokens, piece.end, 0)
    if unit is Measure.CASES:
        return power == 3
    if unit or piece.end >= len(tokens):
        return True
    after = tokens[piece.end]
    if after.text in ("%", "/", "phan"):
        return False
    short_word = piece.numeral.spoken and len(piece.numeral.digits) < 3
    return after.kind in (Kind.BREAK, Kind.MARK) or (greedy and not short_word)


def _scaled(numeral: Numeral, power: int, whole: bool, bound: int | None) -> tuple[Fraction, ...]:
    """The numeral's values times its scale: whole before scaling if it must be, and below 10^bound."""
    if numeral.mixed and power == 0:
        return ()
    # Of a count three digits after a separator are a group; only before a scale may they be decimals.
    meant = numeral.values if power or numeral.spoken else sorted(numeral.values)[-1:]
    values = [value * 10**power for value in meant if not whole or value.denominator == 1]
    return tuple(value for value in values if bound is None or value < 10**bound)


def _filling(tail: Numeral, power: int, unit: Measure | None) -> tuple[int, ...]:
    """What digits without a scale add after a scale: "3 tỷ 1", "2 tỷ 084", "3 tỷ 15", "hai nghìn linh tám"."""
    own = int(tail.values[0])
    if not tail.digits:
        return (own,) if len(tail.values) == 1 else (own * 10 ** max(power - 6, 0), own)
    if tail.spoken and len(tail.digits) == 2 and tail.digits[0] == "0":  # linh, lẻ
        return (own,) if power == 3 else (own * 10 ** (power - 3), own)
    filled = [own * 10**power // 10 ** len(tail.digits)]
    if len(tail.digits) == 2:
        filled.append(own * 10 ** (power - 3))
    if tail.spoken and len(tail.digits) == 3:
        # The official style names every hundred: "một triệu không trăm linh năm" is 1.000.005.
        return (own,) if unit or tail.digits[0] == "0" else (*filled, own)
    return (*filled, own) if unit else tuple(filled)


def _distinct(values: Iterable[Fraction]) -> tuple[Fraction, ...]:
    return tuple(dict.fromkeys(values))
