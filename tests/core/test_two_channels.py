"""One person on two channels: filing, numbers and notices go on from one to the other."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from tests.core.two import (
    CHIEF,
    NAME,
    PHONE,
    SIX,
    STRANGER,
    Two,
)


async def test_a_filing_begun_on_one_channel_ends_on_the_other(two: Two) -> None:
    await two.link()
    card = await two.on_telegram(SIX)
    assert await two.on_zalo("nộp") == card  # shown there first: only a button of a card that was read stores it
    assert (await two.on_zalo("1")).startswith("**Đã ghi nhận** lúc 08:00")
    assert (await two.on_telegram("[Nộp]")).startswith(
        "Phiếu này xong rồi: 12 tháng năm 2021 của Chi cục THADS Mường Lát"
    )


async def test_a_number_picks_from_the_list_of_its_own_channel(two: Two) -> None:
    await two.link()
    assert await two.on_zalo("1") == "Việc này xin trả lời bằng chữ:\n[Cách dùng]"  # the welcome came unasked
    await two.on_zalo("ai chưa nộp")
    await two.on_telegram(SIX)
    assert await two.on_zalo("2") == "Xin chọn một số từ 1 đến 1:\n[Tổng số]"
    assert await two.on_zalo("1") == await two.on_zalo("tổng cụm 3")


async def test_a_number_shows_an_unlinked_account_nothing_of_what_it_saw(two: Two) -> None:
    await two.link()
    await two.on_zalo("tổng cụm 3")
    await two.on_zalo("ai chưa nộp")
    assert (await two.on_zalo("99")).endswith("\n[Tổng số]")
    await two.on_telegram("/kenh")
    await two.on_telegram("[Bỏ nối Zalo]")
    await two.on_telegram("[Bỏ nối]")
    assert [await two.on_zalo(text) for text in ("99", "1", "1. Tổng số")] == [STRANGER] * 3
    two.played.clock.time += timedelta(minutes=1)
    other = await two.code("quan-son")
    await two.on_zalo(other)
    await two.on_telegram("[Nối]", "quan-son")
    assert "Tổng số" not in await two.on_zalo("99")  # what somebody else was shown there


async def test_a_number_shows_nothing_to_somebody_whose_role_has_ended(two: Two) -> None:
    await two.link()
    await two.on_zalo("ai chưa nộp")
    async with two.played.database.begin() as desk:
        ids = {name: id for id, name in (await desk.people.names()).items()}
        person = await desk.people.get(ids[NAME])
        yesterday = two.played.clock.time.date() - timedelta(days=1)
        for grant in person.grants:
            await desk.people.grant(person.id, replace(grant, valid_to=yesterday), two.played.clock.now())
    assert [await two.on_zalo(text) for text in ("99", "1", "1. Tổng số")] == [STRANGER] * 3


async def test_step_by_step_crosses_over(two: Two) -> None:
    await two.link()
    assert (await two.on_zalo("ai chưa nộp")).endswith("\n[Tổng số]")
    await two.on_telegram("/nop")
    assert "**Tiền thụ lý** (2/6): bao nhiêu?" in await two.on_zalo("1")
    assert "**Việc có điều kiện** (3/6): bao nhiêu?" in await two.on_telegram("2.848.519.000")


async def test_notices_go_where_one_wrote_last_or_chose(two: Two) -> None:
    await two.link()
    two.played.wait(minutes=1)
    await two.on_zalo("/toi")
    await two.tell("một")
    assert await two.last(two.zalo, PHONE) == "một"
    await two.on_zalo("/kenh")
    assert (await two.on_zalo("Nhận thông báo ở Telegram")).splitlines()[3] == (
        "Thông báo gửi đến **Telegram**, như đồng chí đã chọn."
    )
    await two.tell("hai")
    assert await two.last(two.telegram, CHIEF) == "hai"
    await two.on_zalo("Nhận thông báo ở nơi dùng gần nhất")
    await two.tell("ba")
    assert await two.last(two.zalo, PHONE) == "ba"


async def test_a_notice_that_fails_goes_to_the_other_channel_though_another_was_chosen(two: Two) -> None:
    await two.link()
    await two.on_telegram("/kenh")
    await two.on_telegram("[Nhận thông báo ở Telegram]")
    two.telegram.left.add(CHIEF)
    await two.tell("bốn")
    assert await two.last(two.zalo, PHONE) == "bốn"
    assert (await two.on_zalo("/kenh")).splitlines() == [
        "**Kênh liên lạc của đồng chí**",
        "- Telegram, từ 01/10/2021: không liên lạc được từ 08:00 ngày 01/10/2021",
        "- Zalo, từ 01/10/2021: đang dùng",
        "Thông báo gửi đến nơi dùng gần nhất, hiện là **Zalo**.",
        "[Bỏ nối Telegram] [Bỏ nối Zalo] [Nối thêm kênh]",
    ]
    assert await two.on_zalo("Bỏ nối Zalo") == (
        "Đây là kênh cuối cùng còn liên lạc được với đồng chí nên không bỏ nối được."
    )
    await two.on_zalo("Bỏ nối Telegram")
    assert await two.on_zalo("Bỏ nối") == "**Đã bỏ nối Telegram.** Từ nay tài khoản đó là người lạ."
