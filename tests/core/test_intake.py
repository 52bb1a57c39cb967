"""Intake: in order, once, together; a message that cannot be handled is set aside and stops nobody."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot import intake
from bot.chat import Raw, Turn
from db.engine import Database
from tests.dialogues.stage import Stage, stage
from tests.dialogues.wires import Paper, PaperWire

SORRY = "Tin vừa rồi của đồng chí gặp trục trặc; tin đã được giữ lại và báo quản trị."


class Poisonous(Paper):
    """Paper on which the word "poison" cannot be read."""

    def read(self, raw: Raw) -> Turn | None:
        turn = super().read(raw)
        if turn and turn.text == "poison":
            raise ValueError("poison")
        return turn


class PoisonousWire(PaperWire):
    def __init__(self) -> None:
        super().__init__()
        self.channel = self.paper = Poisonous()


@pytest.fixture
async def poisonous(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Stage]:
    monkeypatch.setattr(intake, "PAUSE", 0.0)
    async with stage(tmp_path, PoisonousWire()) as played:
        yield played


@pytest.fixture
async def played(tmp_path: Path) -> AsyncIterator[Stage]:
    async with stage(tmp_path) as played:
        yield played


async def texts(played: Stage, who: str) -> list[str]:
    return [one.text for one in await played.wire.seen(who)]


async def states(database: Database) -> dict[str, int]:
    async with database.begin() as desk:
        return {state: count for state, count in (await desk.inbox.count()).items() if count}


async def test_a_message_that_cannot_be_handled_is_set_aside_after_three_tries(poisonous: Stage) -> None:
    for who, text in (("quan-son", "poison"), ("quan-son", "/toi"), ("muong-lat", "/huy")):
        await poisonous.wire.say(who, text, poisonous.clock.time)
    await poisonous.work()
    assert await states(poisonous.database) == {"done": 2, "quarantined": 1}
    assert await texts(poisonous, "muong-lat") == ["Không có gì để hủy."]
    assert (await texts(poisonous, "quan-son"))[0] == SORRY
    assert (await texts(poisonous, "quan-son"))[1].startswith("**Chi cục trưởng Quan Sơn**")
    assert await texts(poisonous, "quan-tri") == ["Tin số 1 không xử lý được, đã để riêng ra."]


async def test_a_message_is_answered_in_the_commit_that_keeps_it(played: Stage) -> None:
    await played.wire.say("quan-son", "/huy", played.clock.time)
    assert await states(played.database) == {"done": 1}
    assert await texts(played, "quan-son") == ["Không có gì để hủy."]


async def test_many_at_once_wait_and_who_comes_later_is_answered_after_them(played: Stage) -> None:
    sent = played.clock.time.isoformat()
    says = [*["/nop", "155", "2 tỷ 9", "/huy"], *["/huy"] * (intake.FEW - 3)]
    many = [
        Raw("paper", f"m{n}", "muong-lat", json.dumps({"text": one, "sent_at": sent})) for n, one in enumerate(says)
    ]
    await played.intake.store(many)
    assert await states(played.database) == {"waiting": len(many)}
    await played.wire.say("muong-lat", "/toi", played.clock.time)
    assert await states(played.database) == {"done": len(many) + 1}
    assert [text.splitlines()[-1] for text in await texts(played, "muong-lat")][3:] == [
        "Đã hủy, chưa có gì được lưu.",
        *["Không có gì để hủy."] * (intake.FEW - 3),
        "Còn 3 ngày 9 giờ đến hạn.",
    ]


async def test_a_message_that_cannot_be_answered_at_once_is_kept(poisonous: Stage) -> None:
    await poisonous.wire.say("quan-son", "poison", poisonous.clock.time)
    assert await states(poisonous.database) == {"waiting": 1}


async def test_who_sent_it_and_the_administrator_hear_of_it_before_anybody_writes_again(poisonous: Stage) -> None:
    running = [asyncio.create_task(poisonous.intake.run()), asyncio.create_task(poisonous.delivery.run())]
    await poisonous.wire.say("quan-son", "poison", poisonous.clock.time)
    async with asyncio.timeout(10):
        while not (await texts(poisonous, "quan-son") and await texts(poisonous, "quan-tri")):
            await asyncio.sleep(0.01)
    poisonous.intake.stop()
    poisonous.delivery.stop()
    await asyncio.gather(*running)
    assert await texts(poisonous, "quan-son") == [SORRY]


async def test_what_is_pushed_together_with_a_poisoned_message_keeps_its_place(poisonous: Stage) -> None:
    sent = poisonous.clock.time.isoformat()
    raws = [
        Raw("paper", f"p{number}", who, json.dumps({"text": text, "sent_at": sent}))
        for number, (who, text) in enumerate([("quan-son", "poison"), ("muong-lat", "/nop"), ("muong-lat", "155")])
    ]
    await asyncio.gather(poisonous.intake.store(raws[:2]), poisonous.intake.store(raws[2:]))
    await poisonous.work()
    assert [text.splitlines()[-1] for text in await texts(poisonous, "muong-lat")] == [
        "Tháng trước là 145 việc.",
        "Tháng trước là 2.848.519.000 đồng.",
    ]


async def test_an_update_delivered_twice_is_answered_once(played: Stage) -> None:
    raw = Raw("paper", "77", "quan-son", json.dumps({"text": "/huy", "sent_at": played.clock.time.isoformat()}))
    await played.intake.store([raw, raw])
    await played.work()
    await played.intake.store([raw])
    await played.work()
    assert await texts(played, "quan-son") == ["Không có gì để hủy."]


async def test_the_messages_of_one_person_are_answered_in_their_order(played: Stage) -> None:
    for text in ("/nop", "155", "2 tỷ 9", "/huy", "/huy"):
        await played.wire.say("muong-lat", text, played.clock.time)
    await played.work()
    assert [text.splitlines()[-1] for text in await texts(played, "muong-lat")] == [
        "Tháng trước là 145 việc.",
        "Tháng trước là 2.848.519.000 đồng.",
        "Tháng trước là 115 việc.",
        "Đã hủy, chưa có gì được lưu.",
        "Không có gì để hủy.",
    ]


async def test_in_a_group_only_a_command_is_answered_and_only_with_one_line(played: Stage) -> None:
    wire = played.wire
    assert isinstance(wire, PaperWire)
    for text in ("chào cả nhà", "/tong"):
        fields: dict[str, object] = {"text": text, "private": False, "sent_at": played.clock.time.isoformat()}
        await wire.hand_in("group", fields)
    await played.work()
    assert await texts(played, "group") == ["Số liệu chỉ trao đổi riêng: đồng chí nhắn trực tiếp cho tôi."]


async def test_a_picture_is_answered_with_how_to_write(played: Stage) -> None:
    wire = played.wire
    assert isinstance(wire, PaperWire)
    await wire.hand_in("quan-son", {"unsupported": True, "sent_at": played.clock.time.isoformat()})
    await played.work()
    assert await texts(played, "quan-son") == [
        "Tôi chỉ đọc được chữ. Đồng chí gõ số liệu, hoặc gửi /mau để lấy mẫu điền."
    ]


async def test_an_edited_message_offers_a_card_and_never_files_by_itself(played: Stage) -> None:
    wire = played.wire
    assert isinstance(wire, PaperWire)
    line = "/nop 155 2848519000 125 1930856000 84 547724000"
    for edited in (False, True):
        await wire.hand_in("muong-lat", {"text": line, "edited": edited, "sent_at": played.clock.time.isoformat()})
    await played.work()
    assert [one.buttons for one in await wire.seen("muong-lat")] == [("Nộp", "Sửa", "Hủy")] * 2
    assert "5/7" in await played.say("muong-lat", "/chuanop")


async def test_lateness_is_judged_by_when_the_message_was_sent(played: Stage) -> None:
    sent = played.clock.time.replace(day=4, hour=16, minute=59)
    await played.wire.say("muong-lat", "/nop 155 2848519000 125 1930856000 84 547724000", sent)
    played.clock.time = sent.replace(hour=23)  # the bot was down over the deadline
    await played.work()
    stored = await played.say("muong-lat", "[Nộp]")
    assert stored.splitlines()[0] == "**Đã ghi nhận** lúc 16:59 ngày 04/10/2021, đúng hạn."


async def test_a_card_confirmed_days_later_counts_from_its_confirmation(played: Stage) -> None:
    await played.say("muong-lat", "/nop 155 2848519000 125 1930856000 84 547724000")
    played.wait(days=4, hours=10)
    stored = await played.say("muong-lat", "[Nộp]")
    assert stored.splitlines()[0] == (
        "**Đã ghi nhận** lúc 18:00 ngày 05/10/2021, quá hạn (hạn 17:00 thứ Hai 04/10/2021)."
    )


async def test_a_draft_survives_a_restart(tmp_path: Path) -> None:
    async with stage(tmp_path) as before:
        await before.say("muong-lat", "/nop 155 2848519000 125 1930856000 84 547724000")
        after = Stage(before.database, before.clock, before.wire)
        assert (await after.say("muong-lat", "nộp")).startswith("**Đã ghi nhận** lúc 08:00 ngày 01/10/2021, đúng hạn.")


@pytest.mark.parametrize(
    "token",
    [
        "submit:file:abc",
        "submit:set:{no}.9.1",
        "submit:set:{no}.0.x",
        "submit:cell:{no}.",
        "submit:because:{no}.9",
        "submit:office:{no}.ba-thuoc",
        "invite:role:1.king",
        "nil:file:",
        "set_target:set:1",
        "none",
        "submit:none:1",
    ],
)
async def test_a_forged_button_changes_nothing_and_stops_nobody(played: Stage, token: str) -> None:
    wire = played.wire
    assert isinstance(wire, PaperWire)
    await played.say("muong-lat", "/nop 155 2848519000 125 1930856000 84 547724000")
    sent = played.clock.time.isoformat()
    await wire.hand_in("muong-lat", {"choice": token.format(no=1), "text": "", "sent_at": sent})
    await played.work()
    assert await states(played.database) == {"done": 2}
    assert "5/7" in await played.say("truong-cum", "/chuanop")


async def test_a_number_in_an_edited_message_is_no_answer_to_the_question_asked_now(played: Stage) -> None:
    wire = played.wire
    assert isinstance(wire, PaperWire)
    await played.say("muong-lat", "/nop")
    sent = played.clock.time.isoformat()
    await wire.hand_in("muong-lat", {"text": "155", "edited": True, "sent_at": sent})
    await played.work()
    assert (await played.say("muong-lat", "156")).splitlines()[2] == "**Tiền thụ lý** (2/6): bao nhiêu?"


async def test_what_was_not_read_is_told_back_but_never_at_length(played: Stage) -> None:
    assert len(await played.say("muong-lat", "/nop " + "bla " * 900)) < 600
    assert len(await played.say("muong-lat", "/donvi " + "xyz " * 900)) < 600
