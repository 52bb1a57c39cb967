"""Linking a second account to a person, and taking it away again."""

from __future__ import annotations

import pytest

from bot.domain.sought import Sought
from db.tables import inbox, links, outbox, places
from tests.core.two import (
    ARRIVED,
    ASKED,
    CHIEF,
    EXPIRED,
    LINKED,
    NAME,
    PHONE,
    SIX,
    STRANGER,
    USED,
    WELCOME,
    Two,
)


async def test_nothing_is_linked_before_the_first_channel_has_answered(two: Two) -> None:
    assert await two.on_zalo(await two.code()) == ARRIVED
    assert await two.on_zalo("/toi") == STRANGER
    assert await two.last(two.telegram, CHIEF) == ASKED
    assert await two.on_telegram("[Nối]") == LINKED
    assert await two.last(two.zalo, PHONE) == WELCOME
    assert (await two.on_zalo("/toi")).splitlines()[0] == f"**{NAME}**"


async def test_a_card_says_that_it_is_done_and_expires(two: Two) -> None:
    await two.on_zalo(await two.code())
    token = f"channels:join:{(await two.rows(links))[-1]['id']}"

    async def press(who: str) -> str:
        fields: dict[str, object] = {"choice": token, "sent_at": two.played.clock.time.isoformat()}
        await two.telegram.hand_in(who, fields)
        await two.played.work()
        return (await two.last(two.telegram, who)).splitlines()[0]

    stale = "Phiếu này không còn dùng nữa. Đồng chí gửi lại lệnh, ví dụ /nop."
    assert await press("quan-son") == stale  # somebody else's
    two.played.wait(minutes=11)
    assert await press(CHIEF) == EXPIRED
    two.played.wait(minutes=-11)
    assert await press(CHIEF) == LINKED
    assert await press(CHIEF) == "Phiếu này xong rồi, lúc 08:00 ngày 01/10/2021."


@pytest.mark.parametrize("amid", ["/toi", "ai chưa nộp", "/nop", SIX])
async def test_no_digit_links_whatever_one_is_in_the_middle_of(two: Two, amid: str) -> None:
    await two.link()
    await two.on_zalo("/kenh")
    code = (await two.on_zalo("Nối thêm kênh")).partition("gửi mã: **")[2].partition("**")[0]
    await two.on_zalo(amid)
    await two.on_telegram(code, "over-the-shoulder")
    assert (await two.last(two.zalo, PHONE)).startswith("**Nối Telegram?**")
    for digit in ("1", "2"):
        await two.on_zalo(digit)
    assert await two.on_telegram("/toi", "over-the-shoulder") == STRANGER
    assert (await two.on_zalo("noi")).startswith("**Đã nối Telegram.**")


async def test_who_says_it_was_not_them_links_nothing(two: Two) -> None:
    code = await two.code()
    await two.on_zalo(code)
    told = "Không nối; tài khoản đó vẫn là người lạ. Mã đã gửi không dùng được nữa."
    assert await two.on_telegram("[Không phải tôi]") == told
    assert await two.last(two.zalo, PHONE) == "Người giữ mã đã từ chối; tài khoản này không được nối."
    assert await two.on_zalo(code) == USED
    assert await two.on_zalo("/toi") == STRANGER


async def test_a_code_that_is_used_expired_replaced_forged_or_one_s_own_is_told_so(two: Two) -> None:
    first, second = await two.code(), await two.code()
    assert await two.on_zalo(first) == EXPIRED
    assert await two.on_zalo("KMTX-4729") == "Mã này không đúng. Đồng chí xem lại và gửi lần nữa."
    assert await two.on_telegram(second) == "Tài khoản này đã là của đồng chí. Đồng chí gửi mã từ ứng dụng kia."
    two.played.wait(minutes=10)
    assert await two.on_zalo(second) == EXPIRED
    third = await two.code()
    assert await two.on_zalo(third.lower().replace("-", "")) == ARRIVED
    assert await two.on_zalo(third, "z-2") == USED


async def test_a_code_ends_with_the_channel_that_it_was_given_on(two: Two) -> None:
    await two.link()
    await two.on_zalo("/kenh")
    code = (await two.on_zalo("Nối thêm kênh")).partition("gửi mã: **")[2].partition("**")[0]
    await two.on_telegram("/kenh")
    await two.on_telegram("[Bỏ nối Zalo]")
    await two.on_telegram("[Bỏ nối]")
    assert await two.on_zalo(code, "z-2") == EXPIRED


async def test_wrong_codes_of_both_kinds_are_counted_together(two: Two) -> None:
    code = await two.code()
    for wrong in ("KMTX-4729", "AAAA-AAAA-AAAA", "KMTX-4728", "KMTX-4727", "KMTX-4726"):
        await two.on_zalo(wrong)
    locked = "Đồng chí gửi sai mã nhiều lần. Xin thử lại sau 09:00 ngày 01/10/2021."
    assert await two.on_zalo(code) == locked
    assert await two.on_zalo(code, "z-2") == ARRIVED


async def test_a_code_is_kept_nowhere(two: Two) -> None:
    code = await two.code()
    await two.on_zalo(code)
    kept = [str(row) for table in (links, outbox, inbox) for row in await two.rows(table)]
    assert [row for row in kept if code in row or code.replace("-", "") in row] == []


async def test_an_account_of_somebody_with_a_role_is_never_given_to_another(two: Two) -> None:
    code = await two.code()
    refused = (
        "Tài khoản này đã được ghi nhận là của **Chi cục trưởng Quan Sơn** nên không nối được. Nếu cả hai đều là đồng "
        "chí, đề nghị liên hệ quản trị (Quản trị) để thu hồi vai trò thừa ở tài khoản này."
    )
    assert await two.on_telegram(code, "quan-son") == refused
    assert await two.on_zalo(code) == ARRIVED  # it was not used up
    assert (await two.on_telegram("/toi", "quan-son")).splitlines()[0] == "**Chi cục trưởng Quan Sơn**"


async def test_who_comes_in_by_an_invitation_meanwhile_is_not_made_the_same_person(two: Two) -> None:
    await two.on_zalo(await two.code())
    await two.on_telegram("/moi người xem", "quan-tri")
    made = await two.on_telegram("[Bỏ qua họ tên]", "quan-tri")
    await two.on_zalo(made.partition("Mã: **")[2].partition("**")[0])
    assert (await two.on_telegram("[Nối]")).startswith("Tài khoản này đã được ghi nhận là của **Minh**")
    assert (await two.on_zalo("/toi")).splitlines()[0] == "**Minh**"


async def test_an_unlinked_account_is_a_stranger_and_both_are_told(two: Two) -> None:
    await two.link()
    await two.on_telegram("/kenh")
    await two.on_telegram("[Bỏ nối Zalo]")
    assert await two.on_telegram("[Bỏ nối]") == "**Đã bỏ nối Zalo.** Từ nay tài khoản đó là người lạ."
    assert await two.last(two.zalo, PHONE) == f"Tài khoản này không còn nối với **{NAME}** nữa."
    assert await two.on_zalo("/tong") == STRANGER
    assert [row["chat"] for row in await two.rows(places) if row["channel"] == "zalo"] == []


async def test_an_account_may_unlink_itself(two: Two) -> None:
    await two.link()
    await two.on_zalo("/kenh")
    await two.on_zalo("Bỏ nối Zalo")
    gone = "**Đã bỏ nối Zalo.** Từ nay tài khoản đó là người lạ."
    assert await two.on_zalo("Bỏ nối") == gone
    assert await two.last(two.telegram, CHIEF) == gone
    assert await two.on_zalo("/toi") == STRANGER


async def test_linking_and_unlinking_are_in_the_trail(two: Two) -> None:
    await two.link()
    await two.on_telegram("/kenh")
    await two.on_telegram("[Bỏ nối Zalo]")
    await two.on_telegram("[Bỏ nối]")
    async with two.played.database.begin() as desk:
        lines = await desk.audit.find(Sought(), 2)
    assert [(line.name, line.entry.act, line.entry.channel, line.entry.before, line.entry.after) for line in lines] == [
        (NAME, "unlink", "telegram", {"channel": "Zalo"}, None),
        (NAME, "link", "telegram", None, {"channel": "Zalo", "name": "Minh"}),
    ]
    assert (await two.on_telegram("/nhatky", "quan-tri")).splitlines()[2:6] == [
        f"08:00 01/10/2021 · {NAME}, qua Telegram",
        "**Bỏ nối kênh**; Zalo",
        "",
        f"08:00 01/10/2021 · {NAME}, qua Telegram",
    ]


async def test_a_code_asked_for_on_zalo_opens_telegram_by_a_link(two: Two) -> None:
    await two.link()
    await two.on_zalo("/kenh")
    told = await two.on_zalo("Nối thêm kênh")
    code = told.partition("gửi mã: **")[2].partition("**")[0]
    assert told.splitlines()[1] == f"Nối Telegram thì mở: https://t.me/thidua_bot?start={code.replace('-', '')}"
    arrived = "Đã nhận mã. Để nối xong, đồng chí mở Zalo và trả lời ở đó trong 10 phút."
    assert await two.on_telegram(f"/start {code.replace('-', '')}", "nguoi-la") == arrived
    assert (await two.last(two.zalo, PHONE)).startswith("**Nối Telegram?**")
