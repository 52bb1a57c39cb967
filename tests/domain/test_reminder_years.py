"""Years of reminders, simulated by jumping from one interesting instant to the next.

Offices file when they like, promise and forget; two schedulers look at almost the same time and may see the same;
the program is down for hours or a week; the clock is set back an hour. What must hold is checked at every look."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from random import Random

import pytest

from bot.domain.agenda import Agenda, instants, wanted
from bot.domain.calendar import TIMEZONE, Calendar, DeadlineRule, deadline
from bot.domain.duty import Duty
from bot.domain.organisation import Cluster, Office
from bot.domain.period import Period, last_ended, next_period
from bot.domain.person import Grant, Place, Role
from bot.domain.reminder import LADDER, LISTS, Promise, Reminder, Rung, may_fall

CALENDAR = Calendar(frozenset({date(2026, 1, 2)}), frozenset({date(2026, 1, 10)}))
LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)
SECOND, HOUR, DAY = timedelta(seconds=1), timedelta(hours=1), timedelta(days=1)
ASIDE = (Rung.BROKEN, Rung.NUDGE)


@dataclass
class World:
    """What the database would hold, and what was sent when."""

    clusters: list[tuple[Cluster, list[Office]]]
    duties: list[Duty]
    sent: dict[Reminder, datetime] = field(default_factory=dict)
    through: dict[tuple[int, str], datetime] = field(default_factory=dict)

    def look(self, agenda: Agenda, now: datetime) -> list[Reminder]:
        """What one scheduler would send, without having claimed it yet."""
        return wanted(replace(agenda, through=self.through), now)

    def claim(self, reminders: list[Reminder], now: datetime, agenda: Agenda) -> None:
        """Insert or ignore: only what is new is sent, and only that is checked."""
        for one in reminders:
            if one not in self.sent:
                self.sent[one] = now
                check(one, now, agenda)
                before = self.through.get((one.person, one.unit))
                assert one.rung in ASIDE or before is None or before < one.at  # upwards only: each at most once
        for one in reminders:
            if one.rung not in ASIDE:
                key = (one.person, one.unit)
                self.through[key] = max(one.at, self.through.get(key, one.at))


def world(clusters: int, offices: int) -> World:
    made, duties, person = [], [], 0
    for number in range(clusters):
        cluster = Cluster(f"c{number}", f"cụm {number}", f"cụm {number}", "p", (), LONG_AGO.date())
        members = [
            Office(
                f"o{number}-{place}", f"{number}-{place}", "Chi cục", "Chi cục trưởng", cluster.key, (), LONG_AGO.date()
            )
            for place in range(offices)
        ]
        places = [(Role.CHIEF, office.key) for office in members] + [(Role.HEAD, ""), (Role.DEPUTY, "")]
        for role, office in places:
            person += 1
            grant = Grant(role, Place("p", cluster.key, office), LONG_AGO.date())
            duties.append(Duty(person, f"người {person}", grant, LONG_AGO))
        made.append((cluster, members))
    return World(made, duties)


def check(one: Reminder, now: datetime, agenda: Agenda) -> None:
    """No message to one who has filed, at night, on a day off, before its time, or while a promise is running."""
    local = now.astimezone(TIMEZONE)
    assert 7 <= local.hour < 21 and CALENDAR.is_working(local.date())
    assert one.at <= now
    assert one.unit not in agenda.filed
    promise = agenda.promises.get(one.unit)
    assert promise is None or promise.until <= now
    if "-" not in one.unit:
        assert any(agenda.missing(members) for cluster, members in agenda.clusters if cluster.key == one.unit)


def settled(world: World, agenda: Agenda, now: datetime) -> None:
    """After a look in office hours nobody who still owes has a rung before them that has come and was not sent."""
    local = now.astimezone(TIMEZONE)
    if not (7 <= local.hour < 21 and CALENDAR.is_working(local.date())):
        return
    latest = max((one.at for one in agenda.table(LADDER, agenda.deadline) if one.at <= now), default=None)
    listed = [one for one in agenda.table(LISTS, agenda.deadline) if one.at <= now]
    for duty in world.duties:
        office = duty.grant.place.office
        promise = agenda.promises.get(office)
        if office and office not in agenda.filed and latest and not (promise and promise.until > now):
            assert world.through[duty.person, office] >= max(latest, promise.until if promise else latest)
    heads = {one.grant.place.cluster: one.person for one in world.duties if one.grant.role is Role.HEAD}
    for cluster, members in agenda.clusters if listed else ():
        if agenda.missing(members):
            assert world.through[heads[cluster.key], cluster.key] >= listed[-1].at


def moments(random: Random, agenda: Agenda) -> list[datetime]:
    """Every instant of the ladder, a little before and after, and some at random; an hour is lived through twice."""
    rungs = sorted(set(instants(agenda)))
    around = [one + SECOND * random.choice((-30, 0, 20, 59)) for one in rungs for _ in range(2)]
    anywhen = [rungs[0] + (rungs[-1] + 2 * DAY - rungs[0]) * random.random() for _ in range(12)]
    ordered = sorted([*rungs, *around, *anywhen])
    back = random.randrange(len(ordered))
    again = [one - HOUR for one in ordered[back : back + 3]]
    return [*ordered[: back + 3], *again, *ordered[back + 3 :]]


def down(random: Random, agenda: Agenda) -> tuple[datetime, datetime]:
    """When the program does not run: seldom at all, some hours, or a week across the deadline."""
    start = agenda.deadline - DAY * 6 * random.random()
    return start, start + random.choice((timedelta(0), timedelta(0), 5 * HOUR, DAY * 7))


def filing(random: Random, agenda: Agenda) -> dict[str, datetime | None]:
    """When each office files; some never."""
    return {
        office.key: agenda.deadline + DAY * random.gauss(-0.5, 2) if random.random() < 0.9 else None
        for _, members in agenda.clusters
        for office in members
    }


def live(world: World, random: Random, period: Period) -> None:
    """One period, from its end to the last rung."""
    due_at = deadline(period.end, DeadlineRule(), CALENDAR)
    agenda = Agenda(period, "short", due_at, CALENDAR, world.clusters, duties=world.duties)
    files, (gone, back) = filing(random, agenda), down(random, agenda)
    promises: dict[str, Promise] = {}
    world.through = {}
    for now in moments(random, agenda):
        filed = frozenset(office for office, when in files.items() if when and when <= now)
        promises |= dict(promised(random, agenda, filed, now))
        agenda = replace(agenda, filed=filed, promises=dict(promises))
        if not gone <= now < back:
            look_twice(world, agenda, random, now)
            settled(world, agenda, now)
    for now in sorted(one.until for one in promises.values()):
        agenda = replace(agenda, filed=frozenset(office for office, when in files.items() if when and when <= now))
        look_twice(world, agenda, random, now)


def promised(random: Random, agenda: Agenda, filed: frozenset[str], now: datetime) -> Iterator[tuple[str, Promise]]:
    owing = [
        office.key for _, members in agenda.clusters for office in agenda.missing(members) if office.key not in filed
    ]
    for office in random.sample(owing, min(len(owing), random.choice((0, 0, 0, 1)))):
        until = now + HOUR * random.randint(1, 30)
        if may_fall(until, agenda.calendar):  # no other is taken
            yield office, Promise(office, "short", agenda.period, 1, until)


def look_twice(world: World, agenda: Agenda, random: Random, now: datetime) -> None:
    """Two schedulers: the second looks after the first has claimed, or saw the same as the first; order at random."""
    first = world.look(agenda, now)
    same = world.look(agenda, now) if random.random() < 0.5 else None
    world.claim(first, now, agenda)
    world.claim(world.look(agenda, now) if same is None else same, now, agenda)


def periods(first: Period, count: int) -> Iterator[Period]:
    for _ in range(count):
        yield first
        first = next_period(first)


@pytest.mark.parametrize("seed", range(3))
def test_ten_years_of_seven_offices(seed: int) -> None:
    random, lived = Random(seed), world(1, 7)
    for period in periods(last_ended(date(2021, 10, 1)), 120):
        live(lived, random, period)
    rungs = {one.rung for one in lived.sent}
    assert rungs == {*Rung} - {Rung.OPENED, Rung.NUDGE}  # with two working days the first morning is the eve


def test_a_year_of_3321_offices() -> None:
    random, lived = Random(3321), world(369, 9)
    for period in periods(Period(2022, 1), 12):
        live(lived, random, period)
    assert len({one.person for one in lived.sent}) == len(lived.duties)
