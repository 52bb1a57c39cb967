"""`python -m bench`: the bot and a stock echo bot, each alone under the same load; nothing is kept."""

from __future__ import annotations

import argparse
import asyncio
import os
import platform
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from time import process_time

from bench import population
from bench.contestant import Contestant, Running, log, running
from bench.crowd import RECORDED, Crowd
from bench.load import Load, Silent
from bench.table import Result, table
from bot.domain.period import Period
from db.engine import open_database
from tests.servers.telegram import TOKEN, BotApi

RATE = 50  # updates a second, for the latency
ORGANISATION, CALENDAR = population.structure()
PEOPLE = population.residents(ORGANISATION)


@dataclass(frozen=True, slots=True)
class Plan:
    """How much of everything; `seconds` of the steady load."""

    updates: int
    seconds: float
    starts: int


FULL, QUICK = Plan(5000, 20, 5), Plan(1500, 4, 1)


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="a look in some twenty seconds")
    plan = QUICK if parser.parse_args().quick else FULL
    with tempfile.TemporaryDirectory(prefix="thidua-bench-") as folder:
        return asyncio.run(_compare(plan, Path(folder)))


async def _compare(plan: Plan, folder: Path) -> int:
    print(f"{platform.machine()}, {os.cpu_count()} CPUs, Python {platform.python_version()}; {plan}")
    url = f"sqlite:///{folder / 'bench.sqlite'}"
    await _settle(url)
    bot, load = await _measure(_thidua(url), plan, folder)
    faults = [*load.wrong, *await _unkept(url, load)]
    echo, _ = await _measure(Contestant("echo", ("bench.echo",)), plan, folder)
    print(table(bot, echo))
    recorded = load.heard[RECORDED]
    print(f"{load.heard.total()} updates answered and stored, {recorded} of them filed figures, {len(faults)} faults")
    print("\n".join(faults[:5]))
    return 1 if faults else 0


def _thidua(database: str) -> Contestant:
    settings = {"THIDUA_DATABASE_URL": database, "THIDUA_CLOCK": population.MORNING.isoformat()}
    return Contestant("thidua", ("bot", "run"), settings, buttons=True)


async def _settle(url: str) -> None:
    database = await open_database(url)
    async with database.begin() as desk:
        await population.settle(desk, PEOPLE, ORGANISATION, CALENDAR)
    await database.close()


async def _measure(bot: Contestant, plan: Plan, folder: Path) -> tuple[Result, Load]:
    async with BotApi() as api:
        bot = bot.at(api.url, TOKEN)
        load = Load(api, Crowd(PEOPLE), bot.buttons)
        starts = []
        try:
            for _ in range(plan.starts - 1):
                async with running(bot, folder) as started:
                    starts.append(await load.first(PEOPLE[0].id) - started.began)
            async with running(bot, folder) as started:
                starts.append(await load.first(PEOPLE[0].id) - started.began)
                return await _under_load(started, load, plan, median(starts)), load
        except Silent as error:
            sys.exit(f"{bot.name}: {error}\n{log(bot, folder).read_text()[-2000:]}")


async def _under_load(bot: Running, load: Load, plan: Plan, start: float) -> Result:
    cpu, own = bot.cpu(), process_time()
    took = await load.flood(plan.updates)
    cpu, own = bot.cpu() - cpu, process_time() - own
    latencies = await load.pace(RATE, plan.seconds)
    return Result(
        start=start,
        throughput=plan.updates / took,
        cpu=cpu / plan.updates,
        p50=latencies[len(latencies) // 2],
        p99=latencies[len(latencies) * 99 // 100],
        memory=bot.most,
        busy=own / took,
    )


async def _unkept(url: str, load: Load) -> list[str]:
    """What was acknowledged and is not stored."""
    database = await open_database(url)
    async with database.begin() as desk:
        offices = [office.key for office in ORGANISATION.offices]
        reports = await desk.reports.of_period(offices, ORGANISATION.form, Period(2021, population.MONTHS + 1))
        inbox = await desk.inbox.count()
    await database.close()
    found = {"done": inbox["done"], "filed": sum(report.latest.number for report in reports.values())}
    wanted = {"done": load.heard.total(), "filed": load.heard[RECORDED]}
    return [f"acknowledged {wanted}, stored {found}"] if found != wanted else []


if __name__ == "__main__":
    sys.exit(main())
