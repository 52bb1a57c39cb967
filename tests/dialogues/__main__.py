"""Write into every dialogue file (that matches a pattern) what is answered now; git shows what must then be read."""

from __future__ import annotations

import asyncio
import sys
import tempfile
from pathlib import Path

from tests.dialogues.script import page, perform, raised


async def record(wanted: str) -> None:
    for file in sorted(Path(__file__).parent.glob(wanted)):
        with tempfile.TemporaryDirectory() as folder:
            async with raised(file, Path(folder)) as played:
                file.write_text(await perform(played, file), "utf-8")


asyncio.run(record(sys.argv[1] if sys.argv[1:] else "*.txt"))
FOLDER = Path(__file__).parent
(FOLDER.parents[1] / "docs" / "replies.md").write_text(page(sorted(FOLDER.glob("*.txt"))), "utf-8")
