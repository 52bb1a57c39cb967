"""Buttons whose tokens nobody of ours made: every one is refused, nothing happens, no turn crashes."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.domain.period import Period
from tests.core.test_roles import STALE, press, token
from tests.dialogues.stage import Stage, stage
from tests.dialogues.wires import PaperWire

HEAD, CHIEF = "truong-cum", "quan-son"
NUMBERS = ("", "x", "-1", "0", "99", "٠", "1.5", "9" * 20, "9" * 5000)


@pytest.fixture
def wire() -> PaperWire:
    return PaperWire()


@pytest.fixture
async def played(tmp_path: Path, wire: PaperWire) -> AsyncIterator[Stage]:
    async with stage(tmp_path, wire) as one:
        yield one


async def stands(played: Stage, office: str = CHIEF) -> bool:
    async with played.database.begin() as desk:
        return await desk.reports.get(office, "short", Period(2021, 12)) is not None


async def test_a_reason_that_was_not_offered_withdraws_nothing(played: Stage, wire: PaperWire) -> None:
    await played.say(CHIEF, "/rut")
    await played.say(CHIEF, "[Rút]")
    number = token(wire, CHIEF, "Nộp nhầm").rpartition(":")[2].partition(".")[0]
    forged = ["", number, f"{number}.", *(f"{number}.{one}" for one in NUMBERS if one != "0")]
    for argument in forged:
        assert await press(played, wire, CHIEF, f"withdraw:because:{argument}") == STALE, argument
    assert await stands(played)


async def test_a_request_that_nobody_made_is_not_granted(played: Stage, wire: PaperWire) -> None:
    for argument in NUMBERS:
        for answer in ("grant", "refuse"):
            assert await press(played, wire, HEAD, f"unlock:{answer}:{argument}") == STALE, argument


async def test_a_question_that_nobody_asked_is_not_answered(played: Stage, wire: PaperWire) -> None:
    dates = [f"{CHIEF}.{year}.{month}.{cell}" for year in NUMBERS for month in ("12", *NUMBERS) for cell in NUMBERS]
    dates += [f"{CHIEF}.2021.12.{cell}" for cell in NUMBERS]
    for argument in (*NUMBERS, *dates[::7], f"{CHIEF}.0.12.1", f"{CHIEF}.1.1.1", f"{CHIEF}.99999.1.1"):
        for answer in ("answer", "keep"):
            assert await press(played, wire, CHIEF, f"send_back:{answer}:{argument}") == STALE, argument


async def test_a_figure_that_no_card_offered_is_not_taken(played: Stage, wire: PaperWire) -> None:
    await played.say(CHIEF, "/nop")
    number = token(wire, CHIEF, "Hủy").rpartition(":")[2]
    for argument in (one for one in NUMBERS if one not in ("0", "1.5")):
        for rest in (f"cell:{number}.{argument}", f"set:{number}.{argument}.1"):
            assert await press(played, wire, CHIEF, f"submit:{rest}") == STALE, rest
    assert await press(played, wire, CHIEF, f"submit:set:{number}.0.{'9' * 5000}") == STALE
