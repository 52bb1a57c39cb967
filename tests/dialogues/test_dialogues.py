"""Every dialogue file is told on every wire, and every answer is what the file says, to the letter."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.dialogues.script import page, perform, raised
from tests.dialogues.wires import PaperWire, TelegramWire, WebWire, Wire, ZaloWire

FILES = sorted(Path(__file__).parent.glob("*.txt"))


@pytest.fixture(params=["paper", "telegram", "web", "zalo"])
async def wire(request: pytest.FixtureRequest) -> Wire:
    match request.param:
        case "telegram":
            return await TelegramWire().start()
        case "web":
            return WebWire()
        case "zalo":
            return await ZaloWire().start()
    return PaperWire()


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
async def test_dialogue(file: Path, wire: Wire, tmp_path: Path) -> None:
    async with raised(file, tmp_path, wire) as played:
        told, written = await perform(played, file), file.read_text("utf-8")
    if isinstance(wire, ZaloWire):
        written = written.replace("**", "")  # the one thing that is lost where there is no markup
    assert told == written


def test_the_heads_whole_month_takes_fewer_than_ten_taps() -> None:
    months = [month for file in FILES if file.stem.startswith("year-") for month in _months(file.read_text("utf-8"))]
    assert [month.partition("\n")[0] for month in months if _taps(month) >= 10] == []
    assert len(months) == 13


def _months(text: str) -> list[str]:
    return re.split(r"^# Kỳ (?=\d)", text, flags=re.MULTILINE)[1:]


def _taps(month: str) -> int:
    """What the head types and presses; filing for his own office, when it is not told, is a message and a press."""
    said = [row.partition(": ") for row in month.splitlines() if not row.startswith((">", "#", "@"))]
    return sum(
        1 if who == "Trưởng cụm" else 2 if text.startswith("(") and "Quan Sơn" in who else 0 for who, _, text in said
    )


def test_the_page_of_replies_shows_every_dialogue_but_the_year() -> None:
    assert (Path(__file__).parents[2] / "docs" / "replies.md").read_text("utf-8") == page(FILES)
