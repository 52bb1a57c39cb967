"""What a stored update says."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from bot.channels.telegram import Telegram
from bot.channels.telegram.update import kept
from bot.chat import Address, Raw, Turn
from tests.servers.telegram import TOKEN, BotApi

SENT = datetime(2021, 10, 4, 9, 59, 58, tzinfo=UTC)
FETCHED = datetime(2021, 10, 4, 10, 20, tzinfo=UTC)
CHIEF, CLUSTER = 7001, -4001
HERE = Address("telegram", "7001")

CONTENT: dict[str, Any] = {
    "photo": [{"file_id": "a", "file_unique_id": "a", "width": 10, "height": 10}],
    "voice": {"file_id": "a", "file_unique_id": "a", "duration": 3},
    "sticker": {
        "file_id": "a",
        "file_unique_id": "a",
        "width": 10,
        "height": 10,
        "is_animated": False,
        "is_video": False,
        "type": "regular",
    },
    "document": {"file_id": "a", "file_unique_id": "a", "file_name": "Biểu 06.xlsx"},
    "location": {"longitude": 105.77, "latitude": 19.8},
    "contact": {"phone_number": "+84900000000", "first_name": "Hà"},
}


@pytest.fixture
def api() -> BotApi:
    return BotApi(privacy=False)


def stored(update: dict[str, Any], me: str = "") -> Raw:
    raw = kept(update, FETCHED, me)
    assert raw
    return raw


def read(update: dict[str, Any]) -> Turn | None:
    return Telegram(TOKEN, "http://127.0.0.1:9").read(stored(update, "thidua_bot"))


def test_a_text_is_a_turn_at_the_time_it_was_sent(api: BotApi) -> None:
    update = api.say(CHIEF, "thụ lý 402", first_name="Nguyễn Văn", last_name="Hà", date=SENT)
    assert read(update) == Turn(HERE, SENT, "thụ lý 402", message="1001", name="Nguyễn Văn Hà")


def test_an_edited_message_is_marked_and_dated_by_its_edit(api: BotApi) -> None:
    api.say(CHIEF, "/nop 402", date=SENT)
    update = api.edit(CHIEF, "/nop 403", date=FETCHED)
    assert read(update) == Turn(HERE, FETCHED, "/nop 403", message="1001", edited=True, name="Người 7001")


def test_a_pressed_button_is_its_token_the_card_it_hangs_on_and_the_time_it_was_fetched(api: BotApi) -> None:
    api.say(CHIEF, "/nop")
    markup = {"inline_keyboard": [[{"text": "Nộp", "callback_data": "submit:file"}]]}
    card = api.from_bot(CHIEF, text="Nộp?", markup=markup)
    update = api.tap(CHIEF, "Nộp")
    assert read(update) == Turn(HERE, FETCHED, choice="submit:file", card=str(card.id), name="Người 7001")


def test_a_button_of_a_card_too_old_to_be_seen_still_counts(api: BotApi) -> None:
    api.say(CHIEF, "/nop")
    api.from_bot(CHIEF, text="Nộp?", markup={"inline_keyboard": [[{"text": "Nộp", "callback_data": "submit:file"}]]})
    update = api.tap(CHIEF, "Nộp")
    message = update["callback_query"]["message"]
    update["callback_query"]["message"] = {"chat": message["chat"], "message_id": message["message_id"], "date": 0}
    assert read(update) == Turn(HERE, FETCHED, choice="submit:file", card="1002", name="Người 7001")


@pytest.mark.parametrize("said", ["/tong@thidua_bot cụm 3", "/tong@ThiDua_Bot cụm 3", "/tong cụm 3"])
def test_a_command_is_the_same_with_and_without_the_bots_name(api: BotApi, said: str) -> None:
    turn = read(api.say(CHIEF, said))
    assert turn
    assert turn.text == "/tong cụm 3"


def test_a_command_for_another_bot_is_none_of_ours(api: BotApi) -> None:
    api.group(CLUSTER)
    assert read(api.say(CHIEF, "/tong@other_bot", chat=CLUSTER)) is None


def test_a_message_in_a_group_is_not_private_and_is_answered_in_the_group(api: BotApi) -> None:
    api.group(CLUSTER)
    update = api.say(CHIEF, "ai chưa nộp", chat=CLUSTER, date=SENT)
    group = Address("telegram", "-4001")
    assert read(update) == Turn(group, SENT, "ai chưa nộp", message="1001", private=False, name="Người 7001")


def test_updates_of_one_person_share_an_account_wherever_they_write(api: BotApi) -> None:
    api.group(CLUSTER)
    updates = [api.say(CHIEF, "ở đây"), api.say(CHIEF, "ở kia", chat=CLUSTER), api.block(CHIEF)]
    assert [stored(update).account for update in updates] == ["7001", "7001", "7001"]


@pytest.mark.parametrize("kind", CONTENT)
def test_what_cannot_be_read_is_marked_and_its_caption_kept(api: BotApi, kind: str) -> None:
    turn = read(api.show(CHIEF, kind, CONTENT[kind], caption="số liệu đây"))
    assert turn
    assert (turn.text, turn.unsupported, turn.name) == ("số liệu đây", True, "Người 7001")


def test_a_person_who_blocks_the_bot_is_gone(api: BotApi) -> None:
    api.say(CHIEF, "/start")
    turn = read(api.block(CHIEF))
    assert turn
    assert (turn.address, turn.gone, turn.text) == (HERE, True, "")
    assert read(api.unblock(CHIEF)) is None


def test_bots_and_service_messages_are_not_heard(api: BotApi) -> None:
    api.group(CLUSTER)
    joined = api.show(
        CHIEF, "new_chat_members", [api.users.get(CHIEF) or {"id": 1, "is_bot": False, "first_name": "A"}]
    )
    robot = api.say(CHIEF, "tôi là máy")
    robot["message"]["from"] = {"id": 9, "is_bot": True, "first_name": "Máy"}
    assert [read(joined), read(robot), read({"update_id": 1}), read({"update_id": 2, "poll_of_tomorrow": {}})] == [
        None
    ] * 4


HA = {"id": 7001, "is_bot": False, "first_name": "Hà"}
CHAT = {"id": 7001, "type": "private"}
WROTE = {"message_id": 1, "from": HA, "chat": CHAT, "date": 1633341598, "text": "/toi"}
STRANGE: list[Any] = [
    {"message": 7},
    {"message": [WROTE]},
    {"message": {"from": 7}},
    {"message": WROTE | {"from": {"id": 7001}}},
    {"message": WROTE | {"chat": 7001}},
    {"message": WROTE | {"chat": {"type": "private"}}},
    {"message": WROTE | {"chat": {"id": [1], "type": "private"}}},
    {"message": WROTE | {"text": 7}},
    {"message": WROTE | {"text": ["/toi"]}},
    {"message": WROTE | {"date": "yesterday"}},
    {"message": WROTE | {"date": 10**19}},
    {"message": WROTE | {"date": float("inf")}},
    {"message": {**WROTE, "from": HA | {"first_name": 7}}},
    {"callback_query": 7},
    {"callback_query": {"from": HA, "message": 7, "data": "a"}},
    {"callback_query": {"from": HA, "message": WROTE, "data": 7}},
    {"my_chat_member": {"from": HA, "chat": CHAT, "new_chat_member": 7}},
]


@pytest.mark.parametrize("update", STRANGE, ids=str)
def test_what_nobody_has_described_holds_nothing_and_crashes_nothing(update: dict[str, Any]) -> None:
    assert read({"update_id": 5} | update) is None


def test_what_nests_too_deeply_is_left_out() -> None:
    deep = dict[str, Any]()
    for _ in range(100_000):
        deep = {"message": deep}
    assert kept({"update_id": 5, "message": deep}, FETCHED, "") is None
