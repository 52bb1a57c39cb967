"""Databases to test with; every kind that is supported is one parameter."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pytest

from bot.chat import Address
from bot.domain.calendar import Calendar, DeadlineRule
from bot.domain.figures import Figures
from bot.domain.form import Cell, Measure
from bot.domain.organisation import Cluster, Office, Organisation, Province
from bot.domain.period import Period
from bot.domain.person import Grant, Person, Place, Role
from bot.domain.report import Revision
from db.engine import Database, open_database

NOW = datetime(2021, 10, 1, 1, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
PHONE = Address("telegram", "100")
SEPTEMBER = Period(2021, 12)
QUAN_SON = Place("thanh-hoa", "cum-3", "quan-son")
CHIEF = Grant(Role.CHIEF, QUAN_SON, date(2021, 1, 1))

BEGINNING = date(2000, 1, 1)
STRUCTURE = Organisation(
    provinces=(Province("thanh-hoa", "Thanh Hóa", ("TH",)),),
    clusters=(Cluster("cum-3", "cụm thi đua số 3", "cụm 3", "thanh-hoa", ("cum ba",), BEGINNING),),
    offices=(
        Office("quan-son", "Quan Sơn", "Chi cục THADS", "Chi cục trưởng", "cum-3", (), BEGINNING),
        Office(
            "ba-thuoc", "Bá Thước", "Chi cục THADS", "Chi cục trưởng", "cum-3", ("BT",), BEGINNING, date(2025, 6, 30)
        ),
        Office("ba-thuoc", "Khu vực 9", "Phòng THADS", "Trưởng phòng", "cum-3", (), date(2025, 7, 1), None, "quan-son"),
    ),
    reporting_from=Period(2021, 1),
    form="short",
    deadline=DeadlineRule(3, time(16, 30)),
)
CALENDAR = Calendar(frozenset({date(2026, 1, 2)}), frozenset({date(2026, 1, 10)}))


def figures(cases: int, money: int) -> Figures:
    return Figures({Cell("received", Measure.CASES): cases, Cell("received", Measure.MONEY): money})


def revision(author: Person, number: int = 1, cases: int = 210, money: int = 6_912_400_000) -> Revision:
    return Revision(
        number=number,
        figures=figures(cases, money),
        author=author.id,
        author_name=author.name,
        channel="telegram",
        sent_at=NOW + number * MINUTE,
        stored_at=NOW + number * MINUTE + timedelta(seconds=1, microseconds=5),
        text=f"/nop {cases} {money}",
        reason="" if number == 1 else "nhập nhầm",
    )


@pytest.fixture(params=["sqlite"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    return {"sqlite": f"sqlite:///{tmp_path}/kept/thidua.sqlite"}[request.param]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Where `url` keeps a SQLite database."""
    return tmp_path / "kept" / "thidua.sqlite"


@pytest.fixture
async def database(url: str) -> AsyncIterator[Database]:
    opened = await open_database(url)
    yield opened
    await opened.close()


@pytest.fixture
async def chief(database: Database) -> Person:
    async with database.begin() as desk:
        return await desk.people.admit("Lò Văn A", PHONE, NOW)
