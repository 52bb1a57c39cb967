"""Every dialogue file is told on every wire, and every answer is what the file says, to the letter."""

from __future__ import annotations

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


def test_the_page_of_replies_shows_every_dialogue_but_the_year() -> None:
    assert (Path(__file__).parents[2] / "docs" / "replies.md").read_text("utf-8") == page(FILES)
