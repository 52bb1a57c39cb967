"""What may have arrived is tried once more, part by part, and marked."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta

import pytest

from bot import delivery
from bot.chat import Choice, Outgoing, Reply, Turn
from bot.domain.calendar import TIMEZONE
from bot.errors import ChannelStopped, Later, Partly, Uncertain
from bot.numbered import meant_by_number
from bot.thrift import month_of
from tests.core.counted import CHIEF, NOW, Town


async def test_an_uncertain_message_is_marked_and_the_mark_outlives_a_restart(town: Town) -> None:
    town.zalo.faults = [Later(why="cut", uncertain=True), ChannelStopped("zalo", "401")]
    await town.post("một")
    await town.settle()
    town.zalo.faults = [Uncertain("cut")]
    await town.settle()
    await town.settle()
    assert town.zalo.tries == [0, 1, 1]
    async with town.database.begin() as desk:
        await desk.channels.allow("zalo", 10)
        [traffic] = await desk.channels.traffic("2021-10")
    assert (traffic.sent, traffic.quota, traffic.doubted) == (1, 10, 1)


async def test_doubts_are_counted_in_their_month_and_not_when_they_were_cleared_up(town: Town) -> None:
    async with town.database.begin() as desk:
        await desk.channels.allow("zalo", 10)
    town.zalo.faults = [Later(why="cut", uncertain=True)]  # it arrives at the second try
    await town.post("một")
    await town.settle()
    assert (town.zalo.tries, await doubted(town)) == ([0, 1], 0)
    town.zalo.faults = [Uncertain("cut", rest=True), Uncertain("cut")]
    await town.post("hai")
    await town.settle()
    assert await doubted(town) == 2
    town.clock.time = datetime(2021, 11, 1, 0, 0, tzinfo=TIMEZONE)
    assert await doubted(town) == 0


async def doubted(town: Town) -> int:
    async with town.database.begin() as desk:
        [traffic] = await desk.channels.traffic(month_of(town.clock.now()))
        return traffic.doubted


async def test_each_part_is_tried_twice_and_those_after_it_go_out(town: Town) -> None:
    cut = Later(why="cut", uncertain=True)
    town.zalo.faults = [cut, Uncertain("cut", rest=True), cut, Partly(), ChannelStopped("zalo", "401")]
    async with town.database.begin() as desk:
        await desk.outbox.post(CHIEF, Reply("một", (Choice("Nộp", "/nop"),)), NOW)
    await town.settle()
    await town.settle()  # after a restart: only the third part
    assert town.zalo.parts == [(0, 0), (0, 1), (1, 0), (1, 1), (2, 0), (2, 0)]
    async with town.database.begin() as desk:
        [shown] = await desk.outbox.shown(CHIEF, 9)
    assert shown.sent_at is None  # its first part may be missing: no number picks from its list


async def test_a_list_that_may_not_have_come_is_not_picked_from(town: Town) -> None:
    town.zalo.faults = [Later(why="cut", uncertain=True), Uncertain("cut")]
    async with town.database.begin() as desk:
        await desk.outbox.post(CHIEF, Reply("một", (Choice("Nộp", "/nop"),)), NOW)
    await town.settle()
    async with town.database.begin() as desk:
        turn = Turn(CHIEF, NOW + timedelta(hours=1), "1", numbered=True)
        said = await meant_by_number(desk, turn, turn.sent_at)
    assert isinstance(said, Reply)
    assert said.choices == (Choice("Nộp", "/nop"),)


async def test_what_was_on_its_way_when_the_program_stopped_is_marked(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(delivery, "LEAVE_WITHIN", 0.05)
    send, on_its_way = town.zalo.send, asyncio.Event()

    async def hang(outgoing: Outgoing) -> str:
        on_its_way.set()
        await asyncio.sleep(3600)
        return ""

    monkeypatch.setattr(town.zalo, "send", hang)
    await town.post("một")
    sending = town.delivery()
    running = asyncio.create_task(sending.run())
    await asyncio.wait_for(on_its_way.wait(), 5)
    sending.stop()
    await running
    monkeypatch.setattr(town.zalo, "send", send)
    await town.settle()
    assert (town.zalo.tries, town.zalo.sent) == ([1], [("z-chief", "một")])
