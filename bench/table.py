"""What was measured, as a plain table."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Result:
    """Times in seconds, memory in bytes; `busy` is the share of one processor that the Bot API server took."""

    start: float
    throughput: float
    cpu: float
    p50: float
    p99: float
    memory: int
    busy: float


Goal = Callable[[float, float], bool]  # of the measured value and its ratio to the echo bot's

_ROWS: tuple[tuple[str, Callable[[Result], float], str, str, Goal | None], ...] = (
    ("updates a second", lambda one: one.throughput, ",.0f", "at least 1.00 x", lambda _, ratio: ratio >= 1),
    ("CPU ms an update", lambda one: one.cpu * 1e3, ".2f", "", None),
    ("p50 at 50/s, ms", lambda one: one.p50 * 1e3, ".1f", "", None),
    ("p99 at 50/s, ms", lambda one: one.p99 * 1e3, ".1f", "at most 3.00 x", lambda _, ratio: ratio <= 3),
    ("most memory, MB", lambda one: one.memory / 1e6, ".0f", "at most 120 MB", lambda value, _: value <= 120),
    ("first answer, s", lambda one: one.start, ".2f", "within 2 s", lambda value, _: value <= 2),
    ("server's CPU", lambda one: one.busy, ".0%", "", None),
)


def table(bot: Result, echo: Result) -> str:
    return "\n".join(_lines(bot, echo))


def _lines(bot: Result, echo: Result) -> Iterator[str]:
    yield f"{'':18}{'thidua':>10}{'echo':>10}{'ratio':>8}   goal"
    for name, of, shape, wanted, goal in _ROWS:
        value, ratio = of(bot), of(bot) / of(echo)
        verdict = "" if goal is None else f"{wanted}: {'reached' if goal(value, ratio) else 'MISSED'}"
        yield f"{name:18}{value:>10{shape}}{of(echo):>10{shape}}{ratio:>8.2f}   {verdict}".rstrip()
