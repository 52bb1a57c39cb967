"""Reports: one an office, form and period, every revision and every đồng kept."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy.exc import IntegrityError

from bot.chat import Address
from bot.domain.figures import Figures
from bot.domain.form import Cell, Measure
from bot.domain.period import Period
from bot.domain.person import Person
from bot.domain.report import Report, first, revised
from db.engine import Database
from tests.db.conftest import MINUTE, NOW, SEPTEMBER, revision

DEADLINE = NOW + 5 * MINUTE


def report(author: Person, office: str = "quan-son", period: Period = SEPTEMBER, money: int = 6_912_400_000) -> Report:
    return first(office, "short", period, DEADLINE, revision(author, money=money))


async def file(database: Database, *reports: Report) -> None:
    for one in reports:
        async with database.begin() as desk:
            await desk.reports.file(one)


async def test_a_report_comes_back_with_every_revision(database: Database, chief: Person) -> None:
    filed = report(chief)
    corrected = revised(filed, revision(chief, 2, 211))
    await file(database, filed, corrected)
    async with database.begin() as desk:
        assert await desk.reports.get("quan-son", "short", SEPTEMBER) == corrected
        assert await desk.reports.get("quan-son", "full", SEPTEMBER) is None
        assert await desk.reports.get("quan-son", "short", Period(2021, 11)) is None


async def test_of_period_brings_the_latest_revision_of_those_that_filed(database: Database, chief: Person) -> None:
    filed, other = report(chief), report(chief, "ba-thuoc")
    corrected = revised(filed, revision(chief, 2, 211))
    await file(
        database, filed, other, corrected, report(chief, "ba-thuoc", Period(2021, 11)), report(chief, "cam-thuy")
    )
    async with database.begin() as desk:
        found = await desk.reports.of_period(["quan-son", "ba-thuoc", "muong-lat"], "short", SEPTEMBER)
        assert found == {"quan-son": replace(corrected, revisions=corrected.revisions[-1:]), "ba-thuoc": other}
        assert await desk.reports.of_period([], "short", SEPTEMBER) == {}


async def test_a_report_read_with_its_latest_revision_only_can_be_revised(database: Database, chief: Person) -> None:
    await file(database, report(chief))
    async with database.begin() as desk:
        short = (await desk.reports.of_period(["quan-son"], "short", SEPTEMBER))["quan-son"]
        await desk.reports.file(revised(short, revision(chief, 2, 211)))
        found = await desk.reports.get("quan-son", "short", SEPTEMBER)
    assert found is not None and [one.number for one in found.revisions] == [1, 2]


async def test_a_report_is_unique_by_office_form_and_period(database: Database, chief: Person) -> None:
    await file(database, report(chief))
    with pytest.raises(IntegrityError):
        await file(database, report(chief))


async def test_a_revision_is_unique_by_its_number_and_needs_a_report(database: Database, chief: Person) -> None:
    corrected = revised(report(chief), revision(chief, 2, 211))
    with pytest.raises(IntegrityError):
        await file(database, corrected)
    await file(database, report(chief), corrected)
    with pytest.raises(IntegrityError):
        await file(database, corrected)


async def test_money_is_exact_to_the_last_dong(database: Database, chief: Person) -> None:
    filed = report(chief, money=2**63 - 1)
    await file(database, filed)
    async with database.begin() as desk:
        assert await desk.reports.get("quan-son", "short", SEPTEMBER) == filed


async def test_figures_are_never_negative(database: Database, chief: Person) -> None:
    with pytest.raises(IntegrityError):
        await file(database, report(chief, money=-1))


async def test_an_explicit_nil_without_figures_is_a_report(database: Database, chief: Person) -> None:
    nil = replace(revision(chief), figures=Figures(), nil=True)
    filed = first("quan-son", "short", SEPTEMBER, DEADLINE - 9 * MINUTE, nil)
    await file(database, filed)
    async with database.begin() as desk:
        assert await desk.reports.get("quan-son", "short", SEPTEMBER) == filed
    assert filed.on_time is False


async def test_a_report_is_found_by_the_card_that_its_author_confirmed(database: Database, chief: Person) -> None:
    async with database.begin() as desk:
        clerk = await desk.people.admit("B", Address("zalo", "b"), NOW)
        assert await desk.reports.by_card(chief.id, 7) is None
    filed = report(chief)
    corrected = revised(filed, replace(revision(chief, 2, 211), card=7))
    await file(database, filed, report(chief, "ba-thuoc"), corrected)
    async with database.begin() as desk:
        assert await desk.reports.by_card(chief.id, 7) == corrected
        assert await desk.reports.by_card(chief.id, 8) is None
        assert await desk.reports.by_card(clerk.id, 7) is None


async def test_a_whole_province_is_read_at_once(database: Database, chief: Person) -> None:
    offices = [f"office-{number:03}" for number in range(355)]
    async with database.begin() as desk:
        for office in offices:
            await desk.reports.file(report(chief, office))
    async with database.begin() as desk:
        found = await desk.reports.of_period(offices, "short", SEPTEMBER)
    assert sum(one.figures[Cell("received", Measure.MONEY)] for one in found.values()) == 355 * 6_912_400_000


async def test_a_year_holds_the_latest_revision_of_every_period(database: Database, chief: Person) -> None:
    filed = report(chief)
    corrected = revised(filed, revision(chief, 2, 211))
    august = report(chief, period=Period(2021, 11))
    await file(database, filed, corrected, august, report(chief, period=Period(2020, 12)))
    async with database.begin() as desk:
        found = await desk.reports.of_year(["quan-son", "ba-thuoc"], "short", 2021)
    assert {period.month: one.latest.number for (_, period), one in found.items()} == {11: 1, 12: 2}
