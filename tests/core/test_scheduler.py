"""The scheduler on the real database: two of them, restarts at random ticks, downtime; cheap when nothing is due."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random

import pytest
from sqlalchemy import event

from bot import sample
from bot.chat import Address
from bot.domain.calendar import TIMEZONE, DeadlineRule, deadline
from bot.domain.closing import Closing, Extension
from bot.domain.figures import Figures
from bot.domain.organisation import Office
from bot.domain.period import Period, next_period
from bot.domain.person import Grant, Place, Role
from bot.domain.reminder import LADDER, LISTS, Promise, timetable
from bot.domain.report import Revision, first, revised
from bot.ports import Desk
from bot.reminding import sketch, spare
from bot.scheduler import Scheduler
from db.engine import Database, open_database
from tests.dialogues.stage import Hands

SEPTEMBER = Period(2021, 12)
MANY = 3321


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2021, 10, day, hour, minute, tzinfo=TIMEZONE)


class Town:
    """The sample cluster, nothing filed; two programs, each with its own connection and scheduler."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.clock = Hands(at(1, 7))
        self.databases: list[Database] = []
        self.schedulers: list[Scheduler] = []
        self.seen = 0

    async def start(self) -> None:
        self.databases = [await open_database(self.url) for _ in range(2)]
        self.schedulers = [Scheduler(one, self.clock, lambda: None) for one in self.databases]

    async def stop(self) -> None:
        for database in self.databases:
            await database.close()

    async def restart(self) -> None:
        await self.stop()
        await self.start()

    async def tick(self, now: datetime) -> dict[str, list[str]]:
        """Both look at once; by chat, what was posted."""
        self.clock.time = now
        await asyncio.gather(*(one.tick() for one in self.schedulers))
        async with self.databases[0].begin() as desk:
            fresh = await desk.outbox.unsent(self.seen, 9999)
        self.seen = max((one.id for one in fresh), default=self.seen)
        posted: dict[str, list[str]] = {}
        for one in fresh:
            posted.setdefault(one.address.chat, []).append(one.reply.text)
        return posted

    async def file(self, office: str, period: Period, now: datetime) -> None:
        async with self.databases[0].begin() as desk:
            author = await desk.people.known([Address("web", office)])
            who = author[Address("web", office)].person
            revision = Revision(1, Figures({}), who.id, who.name, "web", now, now)
            await desk.reports.file(first(office, "short", period, now, revision))


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Town]:
    town = Town(f"sqlite+aiosqlite:///{tmp_path / 'town.sqlite'}")
    await town.start()
    async with town.databases[0].begin() as desk:
        await sample.seed(desk, town.clock.now(), figures_too=False)
    yield town
    await town.stop()


CHIEFS = {office.key for office in sample.structure()[0].offices}
FILERS = {*CHIEFS, "truong-cum", "pho-cum"}
LEADERS = {"truong-cum", "pho-cum", "lanh-dao"}


async def test_two_schedulers_send_each_rung_once(town: Town) -> None:
    posted = await town.tick(at(1, 8))
    assert {chat: len(texts) for chat, texts in posted.items()} == dict.fromkeys(FILERS, 1)
    assert await town.tick(at(1, 8)) == {}
    assert await town.tick(at(1, 8, 1)) == {}


async def test_a_restart_forgets_nothing_and_repeats_nothing(town: Town) -> None:
    await town.tick(at(4, 8))
    await town.restart()
    assert await town.tick(at(4, 8, 1)) == {}
    assert (await town.tick(at(4, 15))).keys() == FILERS | LEADERS


async def test_a_clock_set_back_an_hour_repeats_nothing(town: Town) -> None:
    await town.tick(at(4, 15))
    assert [await town.tick(at(4, 14)), await town.tick(at(4, 15))] == [{}, {}]
    assert (await town.tick(at(4, 17))).keys() == LEADERS


async def test_a_week_of_downtime_across_the_deadline_makes_one_message(town: Town) -> None:
    await town.tick(at(1, 8))
    posted = await town.tick(at(8, 9))
    assert {chat: len(texts) for chat, texts in posted.items()} == dict.fromkeys(FILERS | LEADERS, 1)
    assert "đã quá hạn" in posted["muong-lat"][0]
    assert await town.tick(at(11, 9)) == {}


async def test_a_clock_that_was_a_year_ahead_does_not_silence_what_follows(town: Town) -> None:
    await town.tick(at(4, 8).replace(year=2022))
    assert (await town.tick(at(4, 8))).keys() == FILERS


async def test_one_who_files_hears_no_more(town: Town) -> None:
    await town.tick(at(1, 8))
    await town.file("muong-lat", SEPTEMBER, at(2, 9))
    assert (await town.tick(at(4, 8))).keys() == FILERS - {"muong-lat"}


async def test_one_who_withdrew_has_not_filed(town: Town) -> None:
    for office in ("muong-lat", "ba-thuoc"):
        await town.file(office, SEPTEMBER, at(1, 7, 30))
    assert (await town.tick(at(1, 8))).keys() == FILERS - {"muong-lat", "ba-thuoc"}
    async with town.databases[0].begin() as desk:
        report = await desk.reports.get("muong-lat", "short", SEPTEMBER)
        assert report is not None
        gone = replace(report.latest, number=2, withdrawn=True, stored_at=at(2, 9), sent_at=at(2, 9))
        await desk.reports.file(revised(report, gone))
        again = await desk.reports.get("ba-thuoc", "short", SEPTEMBER)
        assert again is not None
        for number in (2, 3):
            again = revised(again, replace(again.latest, number=number))
            await desk.reports.file(again)
    assert (await town.tick(at(4, 8))).keys() == FILERS - {"ba-thuoc"}


async def test_nothing_leaves_at_night_or_on_a_day_off_and_the_morning_makes_up_for_it(town: Town) -> None:
    assert [await town.tick(at(2, 9)), await town.tick(at(4, 6, 59))] == [{}, {}]
    assert (await town.tick(at(4, 7))).keys() == FILERS


async def test_a_broken_promise_is_told_to_the_head_once(town: Town) -> None:
    await town.tick(at(4, 8))
    async with town.databases[0].begin() as desk:
        who = (await desk.people.known([Address("web", "muong-lat")]))[Address("web", "muong-lat")].person.id
        await desk.reminders.promise(Promise("muong-lat", "short", SEPTEMBER, who, at(4, 16)), at(4, 9))
    assert (await town.tick(at(4, 15))).keys() == (FILERS | LEADERS) - {"muong-lat"}
    posted = await town.tick(at(4, 16))
    assert posted["truong-cum"] == ["**Mường Lát** đã hẹn nộp lúc 16:00 thứ Hai 04/10/2021 nhưng chưa nộp."]
    assert posted.keys() == {"muong-lat", "truong-cum"}
    assert await town.tick(at(4, 16, 1)) == {}


async def test_who_was_just_told_of_a_new_deadline_is_not_reminded_of_it_in_the_same_minute(town: Town) -> None:
    async with town.databases[0].begin() as desk:
        organisation = await desk.offices.organisation()
        who = (await desk.people.known([Address("web", "muong-lat")]))[Address("web", "muong-lat")].person.id
        await spare(desk, await sketch(desk, organisation, SEPTEMBER, at(1, 8, 30)), {(who, "muong-lat")}, at(1, 8, 30))
    assert (await town.tick(at(1, 8, 31))).keys() == FILERS - {"muong-lat"}
    assert "muong-lat" in await town.tick(at(4, 8))


async def test_nobody_is_reminded_once_the_period_is_closed(town: Town) -> None:
    await town.tick(at(1, 8))
    async with town.databases[0].begin() as desk:
        await desk.periods.close(Closing("cum-3", "short", SEPTEMBER, {}, at(1, 9), 1, "n."))
    assert [await town.tick(at(4, 15)), await town.tick(at(4, 17)), await town.tick(at(5, 8))] == [{}, {}, {}]


async def test_without_a_structure_there_is_nothing_to_do(tmp_path: Path) -> None:
    database = await open_database(f"sqlite+aiosqlite:///{tmp_path / 'empty.sqlite'}")
    assert await Scheduler(database, Hands(), lambda: None).tick() == 0
    await database.close()


def moments(random: Random, period: Period) -> Iterator[tuple[datetime, str]]:
    """A period's rungs, with offices that file in between ("" is a look alone)."""
    organisation, calendar = sample.structure()
    last = deadline(period.end, organisation.deadline, calendar)
    rungs = [one.at for one in timetable((*LADDER, *LISTS), period.end, last, calendar)]
    filed = [(last + timedelta(days=random.gauss(-0.5, 2)), key) for key in sorted(CHIEFS) if random.random() < 0.8]
    start = datetime.combine(period.end + timedelta(days=1), datetime.min.time(), TIMEZONE)
    yield from sorted([*((one, "") for one in rungs), *((max(when, start), key) for when, key in filed)])


async def test_a_year_with_restarts_downtime_and_two_schedulers(town: Town) -> None:
    random, period, told = Random(7), SEPTEMBER, Counter[str]()
    for _ in range(12):
        filed: set[str] = set()
        down = random.random() < 0.3
        for now, office in moments(random, period):
            if office:
                await town.file(office, period, now)
                filed.add(office)
            if random.random() < 0.1:
                await town.restart()
            posted = (
                {} if down and random.random() < 0.5 else await town.tick(now + timedelta(seconds=random.randrange(50)))
            )
            local = town.clock.time.astimezone(TIMEZONE)
            assert not posted or 7 <= local.hour < 21
            assert not filed & posted.keys()
            assert all(len(texts) == 1 for texts in posted.values())
            told.update(posted.keys())
        period = next_period(period)
    assert told.keys() == FILERS | LEADERS


def many() -> list[Office]:
    since = date(2020, 1, 1)
    return [Office(f"o-{n}", f"Số {n}", "Phòng THADS", "Trưởng phòng", "cum-3", (), since) for n in range(MANY)]


async def settle(desk: Desk, now: datetime) -> None:
    organisation, calendar = sample.structure()
    cluster = replace(organisation.clusters[0], valid_to=None)
    offices = tuple(many())
    await desk.offices.save(
        replace(organisation, clusters=(cluster,), offices=offices, deadline=DeadlineRule()), calendar
    )
    for office in offices:
        person = await desk.people.admit(f"Trưởng phòng {office.name}", Address("web", office.key), now)
        await desk.people.grant(
            person.id, Grant(Role.CHIEF, Place("thanh-hoa", "cum-3", office.key), date(2020, 1, 1)), now
        )


async def test_3321_offices_are_reminded_with_few_queries_and_an_idle_look_costs_next_to_none(tmp_path: Path) -> None:
    database = await open_database(f"sqlite+aiosqlite:///{tmp_path / 'many.sqlite'}")
    clock, statements = Hands(at(1, 7)), list[str]()
    async with database.begin() as desk:
        await settle(desk, clock.now())
    event.listen(database._engine.sync_engine, "before_cursor_execute", lambda *call: statements.append(call[2]))
    scheduler = Scheduler(database, clock, lambda: None)
    counts = []
    for now in (at(1, 7, 30), at(1, 8), at(1, 8, 1), at(1, 23)):
        clock.time = now
        statements.clear()
        counts.append((await scheduler.tick(), sum(one.startswith("SELECT") for one in statements), len(statements)))
    await database.close()
    posted = [one for one, _, _ in counts]
    assert posted == [0, MANY, 0, 0]
    assert max(reads for _, reads, _ in counts[1:]) <= 16  # the first look reads the structure
    assert max(total for _, _, total in counts[2:]) <= 12


async def test_an_office_with_more_time_is_reminded_by_its_own_deadline(town: Town) -> None:
    async with town.databases[0].begin() as desk:
        await desk.periods.extend(Extension("cum-3", "muong-lat", "short", SEPTEMBER, at(6, 17), "mất điện"))
    assert (await town.tick(at(4, 8))).keys() == FILERS
    assert (await town.tick(at(4, 15))).keys() == (FILERS | LEADERS) - {"muong-lat"}
    assert "muong-lat" in await town.tick(at(5, 8))  # its own eve
    assert (await town.tick(at(6, 15)))["muong-lat"][0].startswith("Còn 2 giờ để nộp")
