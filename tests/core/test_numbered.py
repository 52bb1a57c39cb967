"""Where there are no buttons a bare number picks one of the list that waits, and never takes a figure's place."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.chat import Address, Reply
from tests.dialogues.stage import Stage, stage
from tests.dialogues.wires import ZaloWire

SIX = "/nop 155 2.900.000.000 125 1.930.856.000 84 547.724.000"
MENU = "\n\n1. Nộp  2. Sửa  3. Hủy"


@pytest.fixture
async def played(tmp_path: Path) -> AsyncIterator[Stage]:
    async with stage(tmp_path, await ZaloWire().start()) as played:
        yield played


async def said(played: Stage, text: str, **span: float) -> str:
    """What Mường Lát is answered to exactly this, `span` ago."""
    wire = played.wire
    assert isinstance(wire, ZaloWire)
    before = len(wire.phone("muong-lat"))
    await wire.type("muong-lat", text, played.clock.time - timedelta(**span))
    await played.work()
    return "\n---\n".join(wire.phone("muong-lat")[before:])


@pytest.mark.parametrize("answer", ["1", " 1. ", "Nộp", "nop", "NỘP", "nộp!"])
async def test_a_choice_is_picked_by_its_number_its_label_or_the_label_without_accents(
    played: Stage, answer: str
) -> None:
    assert (await said(played, SIX)).endswith(MENU)
    assert (await said(played, answer)).startswith("Đã ghi nhận lúc")


async def test_a_number_that_the_list_does_not_have_gets_the_list_again(played: Stage) -> None:
    await said(played, SIX)
    assert [await said(played, text) for text in ("4", "0", "99")] == [
        f"Xin chọn một số từ 1 đến 3:{MENU}",
        f"Xin chọn một số từ 1 đến 3:{MENU}",
        f"Xin chọn một số từ 1 đến 3:{MENU}",
    ]
    assert (await said(played, "3")) == "Đã hủy, chưa có gì được lưu."


async def test_a_number_written_before_the_list_was_shown_belongs_to_an_older_one(played: Stage) -> None:
    await said(played, "tổng cụm 3")
    played.wait(minutes=5)
    await said(played, SIX)
    assert await said(played, "1", minutes=2) == f"Số đó là của danh sách cũ. Bây giờ có thể chọn:{MENU}"
    assert (await said(played, "1")).startswith("Đã ghi nhận lúc")


@pytest.mark.parametrize("skew", [20, -20])
async def test_two_clocks_that_differ_refuse_no_digit(played: Stage, skew: int) -> None:
    for text in ("/toi", "tổng cụm 3", SIX):
        await said(played, text, seconds=skew)
        played.wait(minutes=1)
    assert await said(played, "1", minutes=2, seconds=skew) == f"Số đó là của danh sách cũ. Bây giờ có thể chọn:{MENU}"
    played.wait(seconds=3)
    assert (await said(played, "1", seconds=skew)).startswith("Đã ghi nhận lúc")


async def test_a_list_that_is_shown_again_counts_from_when_it_was_shown_first(played: Stage) -> None:
    await said(played, SIX)
    played.wait(seconds=5)
    assert await said(played, "1", seconds=20) == f"Số đó là của danh sách cũ. Bây giờ có thể chọn:{MENU}"
    played.wait(seconds=15)
    assert await said(played, "4") == f"Xin chọn một số từ 1 đến 3:{MENU}"
    played.wait(seconds=5)
    assert (await said(played, "1", seconds=20)).startswith("Đã ghi nhận lúc")


async def test_where_a_number_is_asked_for_it_is_the_figure(played: Stage) -> None:
    assert (await said(played, "/nop")).endswith("\n\nHoặc gõ: Như tháng trước: 145 · Hủy")
    assert "Tiền thụ lý (2/6): bao nhiêu?" in await said(played, "2")
    assert (await said(played, "quay lai")).endswith("Hoặc gõ: Như tháng trước: 145 · Hủy")
    assert "Tiền thụ lý (2/6): bao nhiêu?" in await said(played, "nhu thang truoc")


async def test_a_figure_is_still_expected_after_a_question_in_between(played: Stage) -> None:
    await said(played, "/nop")
    assert (await said(played, "ai chưa nộp")).endswith("\n\nHoặc gõ: Tổng số")
    assert "Tiền thụ lý (2/6): bao nhiêu?" in await said(played, "1")
    assert (await said(played, "cham han ha")).endswith("Hoặc gõ: Nộp số liệu · Cách dùng")


async def nudged(played: Stage) -> str:
    """What Mường Lát is told when the head of the cluster reminds it."""
    wire = played.wire
    assert isinstance(wire, ZaloWire)
    before = len(wire.phone("muong-lat"))
    await wire.say("truong-cum", "/nhacngay Mường Lát", played.clock.time)
    await played.work()
    return "\n---\n".join(wire.phone("muong-lat")[before:])


@pytest.mark.parametrize("figure", ["1", "2", "3", "16", "99"])
async def test_a_notice_in_between_never_takes_a_figure(played: Stage, figure: str) -> None:
    await said(played, "/nop")
    played.wait(hours=2)
    assert (await nudged(played)).endswith("\n\nHoặc gõ: Nộp ngay · 16:00 tôi nộp · Không phát sinh")
    assert "Tiền thụ lý (2/6): bao nhiêu?" in await said(played, figure)
    assert "16:00" in await said(played, "16:00 toi nop")


async def test_a_notice_has_numbers_for_who_is_in_the_middle_of_nothing(played: Stage) -> None:
    assert (await nudged(played)).endswith("\n\n1. Nộp ngay\n2. 16:00 tôi nộp\n3. Không phát sinh")
    assert "16:00" in await said(played, "2")


async def test_a_number_after_a_notice_in_the_midst_of_a_card_is_asked_back(played: Stage) -> None:
    await said(played, SIX)
    await nudged(played)
    words = "Nộp ngay · 16:00 tôi nộp · Không phát sinh"
    which = f"Tin vừa rồi trả lời bằng chữ: {words}. Còn số thì chọn trong danh sách này:{MENU}"
    assert await said(played, "2") == which
    assert (await said(played, "1")).startswith("Đã ghi nhận lúc")


async def test_where_nothing_has_numbers_words_are_asked_for(played: Stage) -> None:
    await said(played, "/nop")
    await said(played, "ai chưa nộp")
    await said(played, "/huy")
    assert await said(played, "1") == "Việc này xin trả lời bằng chữ:\n\nHoặc gõ: Tổng số"


async def test_longer_numbers_and_figures_are_never_choices(played: Stage) -> None:
    await said(played, SIX)
    assert "155" not in await said(played, "/nop 1 2.900.000.000 1 1.930.856.000 1 547.724.000")
    assert (await said(played, "100")) != (await said(played, "1"))


async def test_the_number_of_a_card_that_has_been_used_says_so(played: Stage) -> None:
    await said(played, SIX)
    await said(played, "3")
    assert await said(played, "1") == "Phiếu này không còn dùng nữa. Đồng chí gửi lại lệnh, ví dụ /nop."


async def test_a_notice_without_choices_leaves_the_list_in_force(played: Stage) -> None:
    await said(played, SIX)
    async with played.database.begin() as desk:
        address = Address("zalo", played.wire.chat("muong-lat"))
        await desk.outbox.post(address, Reply("Cụm 3 đã đủ."), played.clock.now())
    assert (await said(played, "1")).startswith("Cụm 3 đã đủ.\n---\nĐã ghi nhận lúc")


async def test_a_card_that_has_not_gone_out_cannot_be_confirmed_unseen(played: Stage) -> None:
    await said(played, SIX)
    wire = played.wire
    await wire.say("muong-lat", SIX.replace("155", "156"), played.clock.time)
    await wire.say("muong-lat", "1", played.clock.time)
    while await played.intake.work():  # both in one go, before anything is sent
        pass
    await played.delivery.settle()
    assert isinstance(wire, ZaloWire)
    assert wire.phone("muong-lat")[-1] == f"Số đó là của danh sách cũ. Bây giờ có thể chọn:{MENU}"
    assert "Đã ghi nhận" not in "".join(wire.phone("muong-lat"))


async def test_what_cannot_be_read_is_answered_in_a_sentence(played: Stage) -> None:
    wire = played.wire
    assert isinstance(wire, ZaloWire)
    for kind in ("image", "sticker", "voice", "unsupported"):
        wire.api.show(wire.chat("muong-lat"), kind)
    await wire.kept.more_than(3)
    await played.work()
    assert set(wire.phone("muong-lat")) == {"Tôi chỉ đọc được chữ. Đồng chí gõ số liệu, hoặc gửi /mau để lấy mẫu điền."}


async def test_in_a_group_one_is_asked_to_write_directly(played: Stage) -> None:
    wire = played.wire
    assert isinstance(wire, ZaloWire)
    wire.api.say(wire.chat("muong-lat"), "@Thi Đua tổng cụm 3", group="cum-3")
    await wire.kept.more_than(0)
    await played.work()
    assert wire.api.texts("cum-3") == ["Số liệu chỉ trao đổi riêng: đồng chí nhắn trực tiếp cho tôi."]


async def test_a_closed_period_is_never_opened_by_a_digit(played: Stage) -> None:
    wire = played.wire
    assert isinstance(wire, ZaloWire)
    head = "truong-cum"
    played.clock.time = played.clock.time.replace(day=4, hour=17, minute=29)
    for who, text in ((head, "/chot tháng 8"), (head, "[Chốt]"), (head, "ai chưa nộp")):
        await played.say(who, text)
    for text in ("/xinmo tháng 8: nhập nhầm", "[Gửi đề nghị]"):
        await played.say("muong-lat", text)
    assert wire.phone(head)[-1].endswith("\n\nHoặc gõ: Đồng ý 24 giờ · Từ chối")
    words = "Tin vừa rồi trả lời bằng chữ: Đồng ý 24 giờ · Từ chối. Còn số thì chọn trong danh sách này:"
    assert (await played.say(head, "1")).startswith(words)
    assert (await played.say(head, "Đồng ý 24 giờ")).startswith("Đã mở")


@pytest.mark.parametrize(
    "typed",
    [
        "1. Nộp",
        "1 nộp",
        "1: nop",
        "1) NỘP.",
        "số 1",
        "so 1",
        "chọn 1",
        "Chọn số 1",
        "(1)",
        "1,",
        "1/",
        "#1",
        "mục 1",
        "1 .",
    ],
)
async def test_a_line_as_it_stands_on_the_screen_picks_its_choice(played: Stage, typed: str) -> None:
    await said(played, SIX)
    assert (await said(played, typed)).startswith("Đã ghi nhận lúc")


async def test_a_number_and_a_label_that_do_not_agree_are_asked_back(played: Stage) -> None:
    await said(played, SIX)
    for typed in ("2. Nộp", "1. Hủy", "7 nộp"):
        assert await said(played, typed) == f"Số và chữ không khớp nhau. Xin chọn:{MENU}"
    assert (await said(played, "3. Hủy")) == "Đã hủy, chưa có gì được lưu."


async def test_a_number_before_other_words_is_no_choice(played: Stage) -> None:
    await said(played, SIX)
    assert (await said(played, "2 sửa")).endswith("\n7. Quay lại")
    assert "Xong: 3 việc" in await said(played, "3 việc xong")


async def test_a_line_of_an_older_list_is_what_it_says(played: Stage) -> None:
    await said(played, "ai chưa nộp")
    totals = await said(played, "1. Tổng số")
    await said(played, SIX)
    assert await said(played, "1. Tổng số") == totals
    await said(played, "1. Nộp")
    assert (await said(played, "1. nop")).startswith(
        "Phiếu này xong rồi: 12 tháng năm 2021 của Chi cục THADS Mường Lát"
    )


async def test_a_line_written_before_a_new_card_was_shown_does_not_file_it(played: Stage) -> None:
    await said(played, SIX)
    played.wait(minutes=5)
    await said(played, SIX.replace("155", "156"))
    assert await said(played, "1. Nộp", minutes=2) == "Phiếu này không còn dùng nữa. Đồng chí gửi lại lệnh, ví dụ /nop."
