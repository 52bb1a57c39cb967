"""An indicator more is a few lines in the form's file: it is filed, shown, stored, added up and asked for by then."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot import forms
from tests.dialogues.stage import stage

SUSPENDED = """
[[indicator]]
key = "suspended"
name = "đình chỉ thi hành án"
short = "đình chỉ"
en = "suspended"
aliases = ["ĐC"]
"""


@pytest.fixture(autouse=True)
def longer_form(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The short form with one indicator more, as an operator would write it."""
    text = (forms.FOLDER / "short.toml").read_text("utf-8")
    (tmp_path / "forms").mkdir()
    (tmp_path / "forms" / "short.toml").write_text(text + SUSPENDED, "utf-8")
    monkeypatch.setattr(forms, "FOLDER", tmp_path / "forms")
    forms.load.cache_clear()
    yield
    forms.load.cache_clear()


async def test_it_goes_all_the_way(tmp_path: Path) -> None:
    async with stage(tmp_path, figures=False) as played:
        card = await played.say(
            "quan-son",
            "/nop thụ lý 402 việc 13,2 tỷ; đk 350 việc 9,1 tỷ; xong 290 việc 3,1 tỷ; dinh chi 5 việc 200 triệu",
        )
        assert "Đình chỉ: **5** việc · **200.000.000** đồng" in card.splitlines()
        stored = await played.say("quan-son", "[Nộp]")
        assert "Đình chỉ: **5** việc · **200.000.000** đồng" in stored.splitlines()
        totals = await played.say("quan-hoa", "tổng cụm 3")
        assert "Đình chỉ: **5** việc · **200.000.000** đồng" in totals.splitlines()
        ranked = await played.say("quan-hoa", "ai đình chỉ nhiều tiền nhất")
        assert ranked.splitlines()[2] == "1. Quan Sơn **200.000.000 đồng**"
        supposed = await played.say("quan-son", "sửa việc đình chỉ thành 6")
        assert "Việc đình chỉ: 5 → **6**" in supposed.splitlines()
