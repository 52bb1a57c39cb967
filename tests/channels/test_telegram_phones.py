"""The phones of the tests do what people's phones do."""

from __future__ import annotations

import pytest

from tests.servers.telegram import BotApi

CHIEF, CLUSTER = 7001, -4001


@pytest.fixture
def api() -> BotApi:
    return BotApi()


def test_in_a_group_the_bot_hears_only_what_is_meant_for_it(api: BotApi) -> None:
    api.group(CLUSTER)
    heard = [api.say(CHIEF, text, chat=CLUSTER) for text in ("ai chưa nộp", "/tong", "@thidua_bot ai chưa nộp")]
    assert [bool(update) for update in heard] == [False, True, True]


def test_a_button_that_is_not_there_cannot_be_pressed(api: BotApi) -> None:
    api.say(CHIEF, "/start")
    with pytest.raises(LookupError, match="Nộp"):
        api.tap(CHIEF, "Nộp")


async def test_waiting_for_what_does_not_come_shows_the_chat(api: BotApi) -> None:
    api.say(CHIEF, "/start")
    with pytest.raises(AssertionError, match="/start"):
        await api.wait_for(CHIEF, "Đã ghi nhận", timeout=0.01)
