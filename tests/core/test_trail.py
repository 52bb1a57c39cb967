"""Whatever is filed, corrected and withdrawn, in whatever order: the chain holds, and told again it is the tables."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot import sample
from bot.chat import Address
from bot.dialogue import Heard
from bot.domain.entry import Line
from bot.domain.figures import Figures
from bot.domain.period import Period
from bot.domain.person import Grant, Place, Role
from bot.domain.report import standing
from bot.domain.sought import Sought
from bot.filing import Filed, look_up, store, withdraw
from bot.forms import load
from bot.ports import Desk
from db.engine import open_database

FORM = load("short")
OFFICES = ("quan-son", "ba-thuoc")
PERIODS = (Period(2021, 11), Period(2021, 12))

acts = st.sampled_from(("file", "file", "withdraw", "grant", "fail"))
steps = st.lists(st.tuples(acts, st.sampled_from(OFFICES), st.sampled_from(PERIODS), st.integers(0, 9)), max_size=14)


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A file with the sample's structure and one person, to be copied: a migration costs more than all the rest."""
    file = tmp_path_factory.mktemp("empty") / "empty.sqlite"

    async def make() -> None:
        database = await open_database(f"sqlite:///{file}")
        async with database.begin() as desk:
            await sample.seed(desk, sample.BEGINS, figures_too=False)
        await database.close()

    asyncio.run(make())
    yield file


class _Undone(Exception):
    pass


async def _do(desk: Desk, heard: Heard, act: str, office: str, period: Period, value: int) -> None:
    organisation = await desk.offices.organisation()
    if act == "grant":
        place = Place("thanh-hoa", "cum-3", office)
        await desk.people.grant(1, Grant(Role.CLERK, place, date(2021, 1, 1), date(2022, 1, 1 + value)), heard.now)
        return  # nobody has written an entry: it gets one of its own
    unit = organisation.office(office, period.end)
    assert unit is not None
    case = await look_up(desk, FORM, unit, period)
    if act == "withdraw":
        if case.existing:
            await withdraw(desk, heard, case, "nhầm")
        return
    figures = Figures(dict.fromkeys(FORM.cells, value))
    report = await store(desk, heard, FORM, case, Filed(figures, heard.sent_at, f"/nop {value}"))
    assert report.latest.number == case.number + 1
    if act == "fail":
        raise _Undone


@settings(max_examples=40, deadline=None)
@given(told=steps)
def test_any_sequence_leaves_a_chain_that_holds_and_tables_that_it_tells(
    empty: Path, told: list[tuple[str, str, Period, int]]
) -> None:
    with TemporaryDirectory() as folder:
        file = Path(shutil.copy(empty, folder))
        asyncio.run(_play(file, told))


async def _play(file: Path, told: list[tuple[str, str, Period, int]]) -> None:
    database = await open_database(f"sqlite:///{file}")
    begun = (await database.verify()).head.number
    done: set[tuple[str, Period]] = set()
    async with database.begin() as desk:
        person = await desk.people.get(1)
    for turn, (act, office, period, value) in enumerate(told):
        now = sample.BEGINS + timedelta(minutes=turn)
        heard = Heard(person, Address("web", "muong-lat"), "", now, now, turn)
        try:
            async with database.begin() as desk:
                await _do(desk, heard, act, office, period, value)
        except _Undone:
            continue
        if act == "file":
            done.add((office, period))
        elif act == "withdraw":
            done.discard((office, period))
    verdict = await database.verify()
    assert verdict.sound, verdict
    assert verdict.head.number - begun <= len(told)
    async with database.begin() as desk:
        for period in PERIODS:
            stands = await desk.reports.of_period(OFFICES, "short", period)
            assert set(stands) == {office for office, of in done if of == period}
            for office in OFFICES:
                history = await desk.reports.history(office, "short", period)
                assert (standing(history) is not None) == (office in stands)
                assert history is None or [one.number for one in history.revisions] == [
                    *range(1, len(history.revisions) + 1)
                ]
    await database.close()


async def test_the_trail_is_searched_by_unit_period_act_person_and_day(tmp_path: Path) -> None:
    database = await open_database(f"sqlite:///{tmp_path / 'searched.sqlite'}")
    async with database.begin() as desk:
        await sample.seed(desk, sample.BEGINS)
        last = Sought(units=("quan-son",), period=Period(2021, 12))
        assert _subjects(await desk.audit.find(last, 9)) == ["quan-son short 2021-12"]
        assert _subjects(await desk.audit.find(Sought(units=("quan",)), 9)) == []
        filed = await desk.audit.find(Sought(acts=("file",), people=(5,)), 20)
        assert len(filed) == 13 and {line.name for line in filed} == {"Chi cục trưởng Cẩm Thủy"}
        older = await desk.audit.find(Sought(acts=("file",), people=(5,), before=filed[3].number), 20)
        assert older == filed[4:]
        day = Sought(since=sample.BEGINS - timedelta(hours=8), until=sample.BEGINS)
        assert len(await desk.audit.find(day, 20)) == 5
        head = await desk.audit.head()
    assert (await database.verify(head.digest)).sought == head.number
    await database.close()


def _subjects(lines: object) -> list[str]:
    assert isinstance(lines, list)
    return [line.entry.subject for line in lines if isinstance(line, Line)]
