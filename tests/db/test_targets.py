"""Targets: kept exactly, replaced for the same day, and only changes are told."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

from bot.domain.form import Measure
from bot.domain.target import Target
from db.engine import Database
from tests.db.conftest import NOW

CASES = Target("thanh-hoa", 2021, "resolved", Measure.CASES, Fraction(815, 1000), date(2020, 10, 1))
MONEY = replace(CASES, measure=Measure.MONEY, value=Fraction(1, 3))


async def test_targets_are_kept_as_exact_fractions_and_only_changes_are_told(database: Database) -> None:
    async with database.begin() as desk:
        assert await desk.targets.put([CASES, MONEY], NOW) == [CASES, MONEY]
    raised = replace(CASES, value=Fraction(82, 100))
    async with database.begin() as desk:
        assert await desk.targets.put([raised, MONEY], NOW) == [raised]
        assert set(await desk.targets.of_year(2021)) == {raised, MONEY}
        assert await desk.targets.of_year(2022) == []
