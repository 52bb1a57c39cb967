"""One person on two apps: linked by a code and an answer on the first, never before; told where they were last."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.chat import Outgoing, Reply
from bot.domain.sought import Sought
from bot.errors import Unreachable
from bot.unasked.telling import tell
from db.tables import inbox, links, outbox, places
from tests.dialogues.stage import Stage, stage
from tests.dialogues.wires import PaperWire

CHIEF, NAME = "muong-lat", "Chi cục trưởng Mường Lát"
PHONE = "z-1"  # the chief's account on Zalo
SIX = "/nop 155 2.848.519.000 125 1.930.856.000 84 547.724.000"
STRANGER = "Đây là hệ thống nội bộ. Đồng chí có mã mời thì gửi mã vào đây; chưa có thì liên hệ quản trị của đơn vị."
ARRIVED = "Đã nhận mã. Để nối xong, đồng chí mở Telegram và trả lời ở đó trong 10 phút."
ASKED = (
    "**Nối Zalo?** Tài khoản “Minh” ở đó vừa gửi mã của đồng chí. "
    "Nối rồi thì người giữ tài khoản ấy nộp và xem số liệu thay đồng chí.\n[Nối] [Không phải tôi]"
)
LINKED = (
    "**Đã nối Zalo.** Đồng chí nộp, sửa, hỏi ở nơi nào cũng được; việc làm dở ở nơi này thì làm tiếp được ở nơi kia. "
    "Thông báo gửi đến nơi dùng gần nhất; xem và đổi bằng /kenh."
)
WELCOME = (
    f"Chào đồng chí **{NAME}**. Tài khoản này đã được nối: đồng chí nộp, sửa, hỏi ở đây như trên Telegram.\n[Cách dùng]"
)
EXPIRED = "Mã này đã hết hạn. Đồng chí gửi /kenh ở ứng dụng đầu để lấy mã mới."
USED = "Mã này đã được dùng. Đồng chí gửi /kenh ở ứng dụng đầu để lấy mã mới."


class Blocked(PaperWire):
    """A paper wire that people can leave."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.left: set[str] = set()
        self.paper.send = self._send  # type: ignore[method-assign]

    async def _send(self, outgoing: Outgoing) -> str:
        if outgoing.address.chat in self.left:
            raise Unreachable("user has blocked the bot")
        return await type(self.paper).send(self.paper, outgoing)


class Two:
    """A stage with both apps; whoever speaks on Zalo has no buttons."""

    def __init__(self, played: Stage, telegram: Blocked, zalo: Blocked) -> None:
        self.played, self.telegram, self.zalo = played, telegram, zalo

    async def on_telegram(self, text: str, who: str = CHIEF) -> str:
        return await self._said(self.telegram, who, text)

    async def on_zalo(self, text: str, who: str = PHONE) -> str:
        return await self._said(self.zalo, who, text, numbered=True, name="Minh")

    async def _said(self, wire: Blocked, who: str, text: str, **fields: object) -> str:
        known = {(one.id, one.text) for one in await wire.seen(who)}
        await wire.say(who, text, self.played.clock.time, **fields)
        await self.played.work()
        fresh = [one for one in await wire.seen(who) if (one.id, one.text) not in known]
        return "\n---\n".join(one.shown() for one in fresh)

    async def last(self, wire: Blocked, who: str) -> str:
        return (await wire.seen(who))[-1].shown()

    async def code(self, who: str = CHIEF) -> str:
        return (await self.on_telegram("/kenh", who)).partition("gửi mã: **")[2].partition("**")[0]

    async def link(self) -> None:
        assert await self.on_zalo(await self.code()) == ARRIVED
        assert await self.on_telegram("[Nối]") == LINKED
        assert await self.last(self.zalo, PHONE) == WELCOME

    async def tell(self, text: str = "Tin báo") -> None:
        async with self.played.database.begin() as desk:
            ids = {name: id for id, name in (await desk.people.names()).items()}
            await tell(desk, [ids[NAME]], lambda: Reply(text), self.played.clock.now())
        await self.played.work()

    async def rows(self, table: object) -> list[dict[str, object]]:
        async with self.played.database._engine.connect() as connection:
            return [dict(row) for row in (await connection.execute(select(table))).mappings()]  # type: ignore[call-overload]


@pytest.fixture
async def two(tmp_path: Path) -> AsyncIterator[Two]:
    telegram, zalo = Blocked("telegram"), Blocked("zalo")
    async with stage(tmp_path, telegram, zalo) as played, zalo.open(played.intake.store):
        yield Two(played, telegram, zalo)


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
