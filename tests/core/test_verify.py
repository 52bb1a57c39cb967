"""A fingerprint is confirmed only when the stored figures and the trail both say so."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import AsyncIterator, Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from bot import sample
from bot.domain.person import Grant, Role
from tests.dialogues.stage import Stage, stage

HEAD, READER = "truong-cum", "ngoc-lac"
NONE = "Trong các kỳ đồng chí được xem, không có kỳ nào chốt với mã {typed}."


@pytest.fixture
async def played(tmp_path: Path) -> AsyncIterator[Stage]:
    async with stage(tmp_path) as played:
        yield played


@pytest.fixture
async def typed(played: Stage) -> str:
    """The fingerprint of August."""
    await played.say(HEAD, "/chot tháng 8")
    found = re.search(r"[0-9A-F]{4}-[0-9A-F]{4}", await played.say(HEAD, "[Chốt]"))
    assert found
    return found[0]


@contextmanager
def bent(folder: Path, table: str, column: str, old: str, new: str) -> Iterator[None]:
    """Somebody has changed a stored text by hand; put right again at the end."""
    with closing(sqlite3.connect(folder / "stage.sqlite")) as connection:
        for kind in ("update", "delete"):
            connection.execute(f"DROP TRIGGER IF EXISTS audit_no_{kind}")
        for was, now in ((old, new), (new, old)):
            change = f"UPDATE {table} SET {column} = replace({column}, ?, ?) WHERE {column} LIKE ?"
            assert connection.execute(change, (was, now, f"%{was}%")).rowcount == 1
            connection.commit()
            if now == new:
                yield


async def test_as_it_was_closed_it_matches_however_it_is_typed(played: Stage, typed: str) -> None:
    for words in (typed, typed.lower(), typed.replace("-", ""), f"mã {typed} của 11 tháng năm 2021"):
        told = await played.say(READER, f"/kiemchung {words}")
        assert told.startswith(f"**Khớp.** Mã chốt **{typed}** là của:\n**Cụm 3 · 11 tháng năm 2021**")
        assert "Từ đó chưa có thay đổi nào." in told


async def test_a_digit_changed_in_the_closed_figures_is_found(played: Stage, typed: str, tmp_path: Path) -> None:
    with bent(tmp_path, "closings", "figures", "2819408000", "2819408001"):
        told = await played.say(READER, f"/kiemchung {typed}")
    assert told == (
        f"⚠ **Không xác nhận được.** Nhật ký ghi đã chốt với mã {typed} lúc 08:00 ngày 01/10/2021, "
        "người chốt: Trưởng cụm; số đang lưu bây giờ không còn cho mã ấy.\n"
        "Đề nghị đồng chí báo ngay quản trị: phải kiểm tra cơ sở dữ liệu."
    )


@pytest.mark.parametrize("column", ["after", "digest"])
async def test_a_trail_that_says_something_else_is_found(
    played: Stage, typed: str, tmp_path: Path, column: str
) -> None:
    with closing(sqlite3.connect(tmp_path / "stage.sqlite")) as connection:
        (head,) = connection.execute("SELECT trail FROM closings").fetchone()
    old, new = (typed, "0000-0000") if column == "after" else (head, "f" * len(head))
    with bent(tmp_path, "audit", column, old, new):
        told = await played.say(READER, f"/kiemchung {typed}")
    assert told == (
        f"⚠ **Không xác nhận được.** Số đang lưu của cụm 3, 11 tháng năm 2021 cho mã {typed}, "
        "nhưng nhật ký không ghi như vậy.\n"
        "Đề nghị đồng chí báo ngay quản trị: phải kiểm tra cơ sở dữ liệu."
    )


async def test_who_may_not_read_the_cluster_learns_nothing(played: Stage, typed: str) -> None:
    async with played.database.begin() as desk:
        ids = {name: number for number, name in (await desk.people.names()).items()}
        who, place = ids["Chi cục trưởng Ngọc Lặc"], replace(sample.CLUSTER, office=READER)
        await desk.people.grant(who, Grant(Role.CHIEF, place, date(2020, 1, 1), date(2021, 9, 30)), played.clock.now())
        await desk.people.grant(who, Grant(Role.CLERK, place, date(2021, 10, 1)), played.clock.now())
    assert await played.say(READER, f"/kiemchung {typed}") == NONE.format(typed=typed)


async def test_a_fingerprint_of_nothing_is_none(played: Stage, typed: str) -> None:
    assert await played.say(READER, "/kiemchung 0000-0000") == NONE.format(typed="0000-0000")
