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


async def test_all_is_not_well_while_a_channel_has_stopped_or_its_month_is_used_up(played: Stage) -> None:
    await played.scheduler.tick()
    shown = []
    async with played.database.begin() as desk:
        await desk.channels.stopped("zalo", played.clock.now())
    shown.append((await played.say("quan-tri", "/suckhoe")).splitlines()[:2])
    async with played.database.begin() as desk:
        await desk.channels.started()
    shown.append((await played.say("quan-tri", "/suckhoe")).splitlines()[:1])
    async with played.database.begin() as desk:
        await desk.channels.allow("zalo", 3000)
        await desk.channels.exhausted("zalo", "2021-10", played.clock.now())
    lines = (await played.say("quan-tri", "/suckhoe")).splitlines()
    shown.append([lines[0], lines[-1]])
    assert shown == [
        [
            "**Có việc cần xem.**",
            "Kênh **Zalo** đã ngừng từ 08:00 ngày 01/10/2021: mã truy cập bị từ chối hoặc có chương trình khác "
            "đang dùng. Xem `thidua doctor`.",
        ],
        ["**Mọi thứ bình thường.**"],
        [
            "**Có việc cần xem.**",
            "Zalo: đã gửi 0/3.000 tin trong tháng. Đã hết số tin: 08:00 ngày 01/10/2021 không nhận thêm.",
        ],
    ]


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
