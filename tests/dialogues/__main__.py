"""Write into every dialogue file what is answered now; the change shows in git and is read before it is committed."""

from __future__ import annotations

import asyncio
import tempfile
from pathlib import Path

from tests.dialogues.script import page, perform
from tests.dialogues.stage import stage


async def record() -> None:
    for file in sorted(Path(__file__).parent.glob("*.txt")):
        with tempfile.TemporaryDirectory() as folder:
            async with stage(Path(folder), figures=not file.stem.startswith("new-")) as played:
                file.write_text(await perform(played, file), "utf-8")


asyncio.run(record())
FOLDER = Path(__file__).parent
(FOLDER.parents[1] / "docs" / "replies.md").write_text(page(sorted(FOLDER.glob("*.txt"))), "utf-8")
