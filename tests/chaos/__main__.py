"""Two minutes of bad weather at the program's own pace, for each way that updates come in; exit code 1 when it failed.

.venv/bin/python -m tests.chaos [seconds]"""

from __future__ import annotations

import asyncio
import sys
import tempfile
from contextlib import redirect_stderr, redirect_stdout
from io import StringIO
from pathlib import Path

from tests.chaos.storm import WHO, Log, Weather
from tests.chaos.town import weather_it
from tests.servers.telegram import TOKEN
from tests.servers.zalo import TOKEN as ZALO_TOKEN

MOST_A_SECOND = 150  # requests of one channel, polls and vain ones among them; an outage's backlog comes at once


def faults(log: Log, told: str) -> list[str]:
    found = {
        f"lost: {log.lost}": bool(log.lost),
        f"torn: {log.torn}": bool(log.torn),
        f"revisions of each office: {log.revisions}": log.revisions != [1] * len(WHO),
        f"came twice: {log.extra}, of which only {log.doubted} are marked": log.extra > log.doubted,
        f"{log.busiest} requests a second": log.busiest > MOST_A_SECOND,
        "a token is in the log": any(secret.split(":")[1] in told for secret in (TOKEN, ZALO_TOKEN)),
    }
    return [what for what, wrong in found.items() if wrong]


async def one(seconds: float, seed: int, *, pushed: bool) -> bool:
    said = StringIO()
    with tempfile.TemporaryDirectory() as folder, redirect_stdout(said), redirect_stderr(said):
        log = await weather_it(Path(folder), Weather(seconds, seed=seed), pushed=pushed, within=120)
    found = faults(log, said.getvalue())
    print(
        f"{'pushed' if pushed else 'polled'}: {len(log.asked)} questions, {len(WHO)} filings,",
        f"{log.by_digit} by digit, {len(log.long)} long messages,",
        f"{log.failed} requests went wrong, at most {log.busiest} were made in a second; {log.doubted} uncertain:",
        f"{log.extra} came twice, {log.given_up} were given up after two tries; recovered in {log.recovered:.1f} s",
    )
    for line in found:
        print(f"  WRONG {line}")
    return not found


async def both(seconds: float, seed: int) -> bool:
    return all([await one(seconds, seed, pushed=pushed) for pushed in (False, True)])


if __name__ == "__main__":
    length = float(sys.argv[1]) if len(sys.argv) > 1 else 120.0
    sys.exit(not asyncio.run(both(length, seed=int(sys.argv[2]) if len(sys.argv) > 2 else 0)))
