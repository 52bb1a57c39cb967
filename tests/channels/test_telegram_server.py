"""The Bot API server of the tests behaves as Telegram's does."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any

import aiohttp
import pytest
from telegram import Message, Update, WebhookInfo

from tests.servers.telegram import TOKEN, BotApi, Fault

CHIEF, CLUSTER = 7001, -4001
KEYS = {"inline_keyboard": [[{"text": "Nộp", "callback_data": "submit:file"}]]}


class Client:
    """Plain HTTP, as any library would send it."""

    def __init__(self, api: BotApi, session: aiohttp.ClientSession) -> None:
        self.api, self.session = api, session

    async def post(self, method: str, token: str = TOKEN, **fields: Any) -> dict[str, Any]:
        async with self.session.post(f"{self.api.url}/bot{token}/{method}", json=fields) as response:
            answer: dict[str, Any] = await response.json()
        assert answer["ok"] or answer["error_code"] == response.status
        return answer

    async def result(self, method: str, **fields: Any) -> Any:
        return (await self.post(method, **fields))["result"]

    async def why(self, method: str, token: str = TOKEN, **fields: Any) -> str:
        answer = await self.post(method, token, **fields)
        return f"{answer['error_code']} {answer['description']}"


@pytest.fixture
async def api() -> AsyncIterator[BotApi]:
    async with BotApi() as api:
        yield api


@pytest.fixture
async def client(api: BotApi) -> AsyncIterator[Client]:
    async with aiohttp.ClientSession() as session:
        yield Client(api, session)


def seen(parsed: Any, given: Any) -> Any:
    """What the library saw of what it was given; it adds defaults of its own."""
    if isinstance(given, dict):
        return {key: seen(parsed[key], value) for key, value in given.items() if key in parsed}
    return [seen(*pair) for pair in zip(parsed, given, strict=True)] if isinstance(given, list) else parsed


def ids(updates: list[dict[str, Any]]) -> list[int]:
    return [update["update_id"] for update in updates]


async def test_updates_come_again_until_an_offset_above_them_confirms_them(api: BotApi, client: Client) -> None:
    first, second, third = (api.say(CHIEF, text)["update_id"] for text in ("một", "hai", "ba"))
    assert ids(await client.result("getUpdates")) == [first, second, third]
    assert ids(await client.result("getUpdates", limit=2)) == [first, second]
    assert ids(await client.result("getUpdates", offset=second)) == [second, third]
    assert ids(await client.result("getUpdates", offset=0)) == [second, third]
    assert ids(await client.result("getUpdates", offset=-1)) == [third]
    assert ids(await client.result("getUpdates", offset=third + 1)) == []


async def test_a_poll_is_held_until_something_happens(api: BotApi, client: Client) -> None:
    poll = asyncio.create_task(client.result("getUpdates", timeout=5))
    await api.until(lambda: api.counts["getUpdates"] == 1)
    update = api.say(CHIEF, "một")
    assert await poll == [update]


async def test_a_second_poll_ends_the_first(api: BotApi, client: Client) -> None:
    poll = asyncio.create_task(client.why("getUpdates", timeout=5))
    await api.until(lambda: api.counts["getUpdates"] == 1)
    assert await client.result("getUpdates") == []
    assert await poll == (
        "409 Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
    )


async def test_a_webhook_excludes_polling_until_it_is_deleted(api: BotApi, client: Client) -> None:
    await client.result("setWebhook", url="https://example.org/hook")
    info = WebhookInfo.de_json(await client.result("getWebhookInfo"))
    assert info.url == "https://example.org/hook"
    assert await client.why("getUpdates") == (
        "409 Conflict: can't use getUpdates method while webhook is active; "
        "use deleteWebhook to delete the webhook first"
    )
    await client.result("deleteWebhook")
    assert await client.result("getUpdates") == []


async def test_only_allowed_updates_are_queued(api: BotApi, client: Client) -> None:
    await client.result("getUpdates", allowed_updates=["callback_query"])
    api.say(CHIEF, "một")
    assert await client.result("getUpdates") == []


async def test_parameters_may_come_in_every_form(api: BotApi, client: Client) -> None:
    api.say(CHIEF, "/start")
    url, fields = f"{api.url}/bot{TOKEN}/sendMessage", {"chat_id": str(CHIEF), "text": "Đã ghi nhận"}
    multipart = aiohttp.FormData(fields, default_to_multipart=True)
    post = client.session.post
    for call in (
        client.session.get(url, params=fields),
        post(url, json=fields),
        post(url, data=fields),
        post(url, data=multipart),
    ):
        async with call as response:
            assert (await response.json())["ok"]
    assert [shown.text for shown in api.answers(CHIEF)] == ["Đã ghi nhận"] * 4


async def test_refusals_have_telegrams_words(api: BotApi, client: Client) -> None:
    api.say(CHIEF, "/start")
    for user, change in ((2, api.block), (3, api.deactivate)):
        api.say(user, "/start")
        change(user)
    api.group(CLUSTER)
    api.say(4, "/start", chat=CLUSTER)

    async def send(chat: int = CHIEF, text: str = "x", **more: Any) -> str:
        return await client.why("sendMessage", chat_id=chat, text=text, **more)

    long_data = {"inline_keyboard": [[{"text": "x", "callback_data": "đ" * 33}]]}
    assert [
        await send(99),
        await send(2),
        await send(3),
        await send(4),
        await send(text="  "),
        await send(text="👍" * 2049),
        await send(reply_markup=long_data),
        await client.why("sendPizza"),
        await client.why("getMe", "123456:another-abcdefghijklmnopqrstuvwxyz"),
        await client.why("getMe", "nonsense"),
        await client.why("answerCallbackQuery", callback_query_id="1"),
        await client.why("sendDocument", chat_id=CHIEF),
    ] == [
        "400 Bad Request: chat not found",
        "403 Forbidden: bot was blocked by the user",
        "403 Forbidden: user is deactivated",
        "403 Forbidden: bot can't initiate conversation with a user",
        "400 Bad Request: message text is empty",
        "400 Bad Request: message is too long",
        "400 Bad Request: BUTTON_DATA_INVALID",
        "404 Not Found",
        "401 Unauthorized",
        "404 Not Found",
        "400 Bad Request: query is too old and response timeout expired or query ID is invalid",
        "400 Bad Request: there is no document in the request",
    ]


@pytest.mark.parametrize(
    ("html", "why"),
    [
        ("đ <b>x", 'Can\'t find end tag corresponding to start tag "b"'),
        ("đ <b>x</i>", 'Unmatched end tag at byte offset 7, expected "</b>", found "</i>"'),
        ("đ x</b>", "Unexpected end tag at byte offset 4"),
        ("đ <int>", 'Unsupported start tag "int" at byte offset 3'),
        ("đ <b", "Unclosed start tag at byte offset 3"),
    ],
)
async def test_html_that_does_not_parse_is_refused(api: BotApi, client: Client, html: str, why: str) -> None:
    api.say(CHIEF, "/start")
    told = await client.why("sendMessage", chat_id=CHIEF, text=html, parse_mode="HTML")
    assert told == f"400 Bad Request: can't parse entities: {why}"


async def test_a_message_can_be_edited_only_to_something_else(api: BotApi, client: Client) -> None:
    own = api.say(CHIEF, "/start")["message"]["message_id"]
    sent = await client.result("sendMessage", chat_id=CHIEF, text="<b>Nộp</b>?", parse_mode="HTML", reply_markup=KEYS)
    where = {"chat_id": CHIEF, "message_id": sent["message_id"]}
    same = "Bad Request: message is not modified: specified new message content and reply markup are exactly the same "
    assert [
        await client.why("editMessageText", **where, text="<b>Nộp</b>?", parse_mode="HTML", reply_markup=KEYS),
        await client.why("editMessageText", chat_id=CHIEF, message_id=5, text="x"),
        await client.why("editMessageText", chat_id=CHIEF, message_id=own, text="x"),
    ] == [
        f"400 {same}as a current content and reply markup of the message",
        "400 Bad Request: message to edit not found",
        "400 Bad Request: message can't be edited",
    ]
    edited = await client.result("editMessageText", **where, text="Đã ghi nhận")
    assert (edited["text"], "edit_date" in edited, "reply_markup" in edited) == ("Đã ghi nhận", True, False)


async def test_what_is_emitted_has_telegrams_shape(api: BotApi, client: Client) -> None:
    api.group(CLUSTER)
    sent = datetime(2021, 10, 4, tzinfo=UTC)
    emitted = [api.say(CHIEF, "/nop 402", date=sent), api.edit(CHIEF, "/nop 403")]
    emitted += [api.say(CHIEF, "/tong", chat=CLUSTER), api.block(CHIEF), api.unblock(CHIEF)]
    card = await client.result(
        "sendMessage", chat_id=CHIEF, text="<b>Nộp</b> 👍 <b>?</b>", parse_mode="HTML", reply_markup=KEYS
    )
    emitted.append(api.tap(CHIEF, "Nộp"))
    assert [seen(Update.de_json(one).to_dict(), one) for one in emitted] == emitted
    message = Message.de_json(card)
    assert seen(message.to_dict(), card) == card
    assert list(message.parse_entities().values()) == ["Nộp", "?"]


async def test_a_file_sent_can_be_fetched(api: BotApi, client: Client) -> None:
    api.say(CHIEF, "/start")
    form = aiohttp.FormData({"chat_id": str(CHIEF)}, quote_fields=False)
    form.add_field("document", b"PK\x03\x04", filename="Biểu.xlsx")
    async with client.session.post(f"{api.url}/bot{TOKEN}/sendDocument", data=form) as response:
        sent = (await response.json())["result"]
    assert seen(Message.de_json(sent).to_dict(), sent) == sent
    path = (await client.result("getFile", file_id=sent["document"]["file_id"]))["file_path"]
    async with client.session.get(f"{api.url}/file/bot{TOKEN}/{path}") as response:
        assert (sent["document"]["file_name"], await response.read()) == ("Biểu.xlsx", b"PK\x03\x04")


async def test_a_cut_after_processing_leaves_its_effect_and_one_before_does_not(api: BotApi, client: Client) -> None:
    api.say(CHIEF, "/start")
    for kind in ("cut", "cut_after"):
        api.faults.append(Fault(kind, "sendMessage"))
        with pytest.raises(aiohttp.ClientError):
            await client.result("sendMessage", chat_id=CHIEF, text=kind)
    assert [shown.text for shown in api.answers(CHIEF)] == ["cut_after"]


async def test_it_goes_down_and_comes_back_on_the_same_port_with_all_it_knew(api: BotApi, client: Client) -> None:
    api.say(CHIEF, "/start")
    url = api.url
    await api.down()
    with pytest.raises(aiohttp.ClientConnectorError):
        await client.result("getMe")
    await api.up()
    assert (api.url, len(await client.result("getUpdates"))) == (url, 1)
