"""What the administrator is shown of how the program is."""

from __future__ import annotations

from dataclasses import replace

from bot import sample
from bot.domain.person import Grant, Role
from tests.core.test_unasked import LONG_AGO, YESTERDAY, block, give, played
from tests.dialogues.stage import Stage

__all__ = ["played"]


async def test_the_administrator_is_shown_who_is_lost_but_not_who_has_no_role_any_more(played: Stage) -> None:
    await block(played, "muong-lat")
    await played.scheduler.tick()
    assert "Mường Lát" in await played.say("quan-tri", "/suckhoe")
    await give(played, "muong-lat", Grant(Role.CHIEF, replace(sample.CLUSTER, office="muong-lat"), LONG_AGO, YESTERDAY))
    shown = await played.say("quan-tri", "/suckhoe")
    assert (shown.splitlines()[0], "Mường Lát" in shown) == ("**Mọi thứ bình thường.**", False)


async def test_all_is_not_well_when_nobody_has_looked_for_five_minutes(played: Stage) -> None:
    await played.scheduler.tick()
    shown = []
    for _ in range(2):
        played.wait(minutes=4)
        lines = (await played.say("quan-tri", "/suckhoe")).splitlines()
        shown.append((lines[0], lines[4]))
    assert shown == [
        ("**Mọi thứ bình thường.**", "Lần kiểm tra nhắc hạn gần nhất: 08:00 ngày 01/10/2021."),
        ("**Có việc cần xem.**", "Việc nhắc hạn đã ngừng từ 08:00 ngày 01/10/2021: hiện không đơn vị nào được nhắc."),
    ]
