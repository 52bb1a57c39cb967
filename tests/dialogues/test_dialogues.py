"""Every dialogue file is told on every wire, and every answer is what the file says, to the letter."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.dialogues.script import page, perform
from tests.dialogues.stage import stage
from tests.dialogues.wires import PaperWire, TelegramWire, WebWire, Wire

FILES = sorted(Path(__file__).parent.glob("*.txt"))


@pytest.fixture(params=["paper", "telegram", "web"])
async def wire(request: pytest.FixtureRequest) -> Wire:
    match request.param:
        case "telegram":
            return await TelegramWire().start()
        case "web":
            return WebWire()
    return PaperWire()


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
async def test_dialogue(file: Path, wire: Wire, tmp_path: Path) -> None:
    async with stage(tmp_path, wire, figures=not file.stem.startswith("new-")) as played:
        assert await perform(played, file) == file.read_text("utf-8")


def test_the_page_of_replies_shows_every_dialogue() -> None:
    assert (Path(__file__).parents[2] / "docs" / "replies.md").read_text("utf-8") == page(FILES)
