"""A channel that counts: the month is counted, told, and kept for what matters."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bot.chat import Address, Outgoing, Reply
from bot.domain.calendar import TIMEZONE
from bot.errors import ChannelStopped, Later, Spent
from tests.core.counted import CHIEF, NOW, Town
from tests.dialogues.stage import stage


async def test_every_part_of_a_message_counts_and_the_next_month_begins_at_nothing(town: Town) -> None:
    await town.post("một", "hai/ba")
    await town.settle()
    assert await town.spent() == 3
    town.clock.time = datetime(2021, 11, 1, 0, 0, tzinfo=TIMEZONE)
    assert await town.spent() == 0
    await town.post("bốn")
    await town.settle()
    assert await town.spent() == 1


async def test_the_administrator_is_told_once_that_the_month_is_nearly_spent(town: Town) -> None:
    await town.post(*"1234567")
    await town.settle()
    assert [chat for chat, _ in town.zalo.sent if chat == "z-admin"] == []
    await town.post("8", "9")
    await town.settle()
    told = "**Zalo** đã gửi 9/10 tin của tháng này. Từ 95% trở đi, các tin nhắc sớm sẽ được giữ lại."
    assert [text for chat, text in town.zalo.sent if chat == "z-admin"] == [told]
    await town.post("x")
    await town.settle()
    assert [text for chat, text in town.zalo.sent if chat == "z-admin"] == [told]


async def test_what_can_be_spared_is_held_back_or_goes_over_another_channel(town: Town) -> None:
    async with town.database.begin() as desk:
        await desk.channels.spend("zalo", "2021-10", 10)
        await desk.channels.warn("zalo", "2021-10", NOW)
    await town.post("nhắc sớm", spare=True)
    await town.post("hạn chót")
    await town.settle()
    assert (town.zalo.sent, town.telegram.sent) == ([("z-chief", "hạn chót")], [("t-chief", "nhắc sớm")])
    async with town.database.begin() as desk:
        await desk.places.unreachable(Address("telegram", "t-chief"), "blocked", NOW)
    await town.post("nhắc sớm", spare=True)
    await town.settle()
    assert (len(town.zalo.sent), len(town.telegram.sent)) == (1, 1)


async def test_when_the_month_is_used_up_notices_go_over_another_channel(town: Town) -> None:
    async with town.database.begin() as desk:
        await desk.channels.allow("zalo", 10)
        await desk.outbox.post(CHIEF, Reply("một câu trả lời"), NOW)  # waits for the next month
    town.zalo.faults = [Spent(60.0, "quota") for _ in range(9)]
    sending = town.delivery()
    running = asyncio.create_task(sending.run())
    await town.post("nhắc")
    sending.wake()
    await town.until(lambda: len(town.telegram.sent) == 2)
    await town.post("nhắc sau", "nhắc sớm")
    sending.wake()
    await town.until(lambda: len(town.telegram.sent) == 4)
    sending.stop()
    await running
    told = (
        "**Zalo** không nhận thêm tin trong tháng này: đã dùng hết số tin được gửi. Tin cần đến người nhận sẽ đi qua "
        "kênh khác của người đó; các tin còn lại chờ gửi."
    )
    assert sorted(town.telegram.sent) == [
        ("t-admin", told),
        ("t-chief", "nhắc"),
        ("t-chief", "nhắc sau"),
        ("t-chief", "nhắc sớm"),
    ]
    assert (town.zalo.sent, await left(town)) == ([], ["một câu trả lời"])
    async with town.database.begin() as desk:
        assert (await desk.health.condition(NOW.date())).outbox["dead"] == 0
        assert [one.channel for one in await desk.places.addresses(town.chief)] == ["zalo", "telegram"]  # not lost
        assert (await desk.channels.traffic("2021-10"))[0].spent_at == NOW


async def left(town: Town) -> list[str]:
    async with town.database.begin() as desk:
        return [one.reply.text for one in await desk.outbox.unsent(0, 99)]


async def test_once_it_takes_messages_again_it_is_not_said_to_be_used_up(town: Town) -> None:
    async with town.database.begin() as desk:
        await desk.channels.allow("zalo", 10)
        await desk.channels.exhausted("zalo", "2021-10", NOW)
    town.clock.time = NOW + timedelta(days=1)
    await town.post("một")
    await town.settle()
    async with town.database.begin() as desk:
        assert (await desk.channels.traffic("2021-10"))[0].spent_at is None
        assert not await desk.channels.exhausted("zalo", "2021-10", NOW)  # told once a month


async def test_a_spare_reminder_is_held_back_when_the_month_is_used_up_and_there_is_no_other_way(town: Town) -> None:
    async with town.database.begin() as desk:
        await desk.places.unreachable(Address("telegram", "t-chief"), "blocked", NOW)
    town.zalo.faults = [Spent(60.0, "quota")]
    await town.post("nhắc sớm", spare=True)
    await town.settle()
    assert ([text for chat, text in town.telegram.sent if chat == "t-chief"], await left(town)) == ([], [])


async def test_a_long_outage_sends_notices_over_another_channel_once(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    town.zalo.faults = [Later(why="down")] * 3
    await town.post("nhắc")
    await town.settle()
    assert (town.zalo.sent, town.telegram.sent) == ([("z-chief", "nhắc")], [])
    town.zalo.sent.clear()
    town.zalo.faults = [Later(why="down")] * 3
    tries, now = list[int](), town.clock.time

    async def send(outgoing: Outgoing) -> str:
        tries.append(outgoing.tries)
        town.clock.time = now + timedelta(minutes=4 * len(tries))
        raise Later(why="down", uncertain=outgoing.reply.text == "nhắc dở")

    whole = town.zalo.send
    monkeypatch.setattr(town.zalo, "send", send)
    async with town.database.begin() as desk:
        await desk.outbox.post(Address("zalo", "z-admin"), Reply("một câu trả lời"), NOW)
    await town.post("nhắc dở", "nhắc nữa")
    sending = town.delivery()
    running = asyncio.create_task(sending.run())
    await town.until(lambda: len(town.telegram.sent) == 1)
    monkeypatch.setattr(town.zalo, "send", whole)
    town.zalo.faults = []
    await town.until(lambda: len(town.zalo.sent) == 2)
    sending.stop()
    await running
    assert town.telegram.sent == [("t-chief", "nhắc nữa")]
    assert sorted(town.zalo.sent) == [("z-admin", "một câu trả lời"), ("z-chief", "nhắc dở")]
    assert await left(town) == []


async def test_an_administrator_hears_of_a_stopped_channel_on_another_one(town: Town) -> None:
    town.zalo.faults = [ChannelStopped("zalo", "the token is refused")] * 2
    await town.post("một", "hai")
    await town.settle()
    assert [(chat, text[:22]) for chat, text in town.telegram.sent] == [
        ("t-admin", "Kênh **Zalo** đã ngừng"),
        ("t-chief", "một"),  # what was for a person, not for an address
        ("t-chief", "hai"),
    ]


async def test_when_every_channel_has_stopped_messages_wait(town: Town) -> None:
    for wire in (town.zalo, town.telegram):
        wire.faults = [ChannelStopped(wire.name, "401") for _ in range(9)]
    await town.post("một", "hai")
    await town.settle()
    async with town.database.begin() as desk:
        waiting = [one.reply.text[:22] for one in await desk.outbox.unsent(0, 99)]
    assert (waiting.count("một"), waiting.count("hai")) == (1, 1)


async def test_how_the_program_is_shows_the_month(tmp_path: Path) -> None:
    async with stage(tmp_path) as played:
        async with played.database.begin() as desk:
            await desk.channels.allow("zalo", 3000)
            await desk.channels.spend("zalo", "2021-10", 2849)
        first, *_, line = (await played.say("quan-tri", "/suckhoe")).splitlines()
        assert (first, line) == ("**Mọi thứ bình thường.**", "Zalo: đã gửi 2.849/3.000 tin trong tháng.")
        async with played.database.begin() as desk:
            await desk.channels.spend("zalo", "2021-10", 1)
        first, *_, line = (await played.say("quan-tri", "/suckhoe")).splitlines()
        assert first == "**Có việc cần xem.**"
        assert line == "Zalo: đã gửi 2.850/3.000 tin trong tháng. Tin nhắc sớm đang được giữ lại."


async def test_reminders_that_another_follows_can_be_spared(tmp_path: Path) -> None:
    async with stage(tmp_path) as played:
        spared = []
        for hour in (8, 15, 17):
            played.clock.time = datetime(2021, 10, 4, hour, 1, tzinfo=TIMEZONE)
            await played.scheduler.tick()
            async with played.database.begin() as desk:
                spared.append({one.reply.spare for one in await desk.outbox.unsent(0, 100)})
            await played.delivery.settle()
    assert spared[0] == {True}
    assert spared[1] == {True, False}  # the list of who is missing comes again at the deadline
    assert spared[2] == {False}
