"""`python -m tests.fuzz [COUNT [SEED]]`: a million random strings on every core; exit status 1 when one is misread."""

from __future__ import annotations

import gc
import os
import sys
from concurrent.futures import ProcessPoolExecutor
from itertools import repeat
from time import perf_counter, thread_time

from bot.domain.form import Measure
from bot.domain.message import read_message
from bot.domain.reading import read_amount
from bot.forms import load
from tests.fuzz.findings import Findings, run
from tests.fuzz.strings import LONG

CHUNK = 10_000


def main(count: int = 1_000_000, seed: int = 1) -> int:
    chunks = max(1, count // CHUNK)
    findings, start = Findings(), perf_counter()
    with ProcessPoolExecutor(os.cpu_count()) as pool:
        for found in pool.map(run, range(seed, seed + chunks), repeat(min(count, CHUNK))):
            findings.add(found)
    _report(findings, perf_counter() - start)
    worst = max(_growth(piece) for piece in LONG)
    _say(f"ten times the length takes {worst:.1f} times as long at worst")
    return 1 if findings.wrong or findings.quantile(0.99) > 1000 or worst > 25 else 0


def _report(findings: Findings, seconds: float) -> None:
    kinds = ", ".join(f"{count:,} {kind}" for kind, count in findings.kinds.most_common())
    _say(f"{findings.spent.total():,} strings in {seconds:.0f} s: {kinds}")
    quantiles = ", ".join(f"p{part * 100:g} {findings.quantile(part)} µs" for part in (0.5, 0.99, 0.999))
    _say(f"a phrase: {quantiles}, longest {max(findings.spent)} µs")
    _say(f"misread: {len(findings.wrong)}")
    for text, fault in findings.wrong[:20]:
        _say(f"  {text!a}: {fault}")


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")


def _growth(piece: str) -> float:
    """How many times longer ten times the text takes: about 10 when linear."""
    return _seconds(piece * 4000) / _seconds(piece * 400)


def _seconds(text: str) -> float:
    spent = []
    gc.disable()  # its passes grow with all that is alive, not with the text
    for _ in range(3):
        start = thread_time()
        read_amount(text, Measure.MONEY)
        read_message(text, load("short"))
        spent.append(thread_time() - start)
    gc.enable()
    return min(spent)


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
