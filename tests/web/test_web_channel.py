"""The web channel over its own wire, with a tiny bot behind it."""

from __future__ import annotations

import asyncio
import json
from datetime import UTC, datetime

import pytest
from aiohttp import ClientSession

from bot.chat import Address, Choice, Outgoing, Raw, Reply, Turn
from bot.errors import Unreachable
from bot.server import listen
from tests.web.echo import DOT, REAL, Echo
from tests.web.page import ONE, TWO, Page


async def test_what_is_said_is_stored_before_it_is_accepted_and_then_answered(page: Page) -> None:
    status, body = await page.say("chào")
    assert (status, body["message"]["text"], body["message"]["key"]) == (202, "chào", ONE)
    [turn] = page.echo.turns()
    assert turn == Turn(
        Address("web", "quan-son"), REAL, text="chào", message=body["message"]["id"], name="Lò Văn Thắng"
    )
    await page.answered()
    assert await page.texts() == ["chào", "**Nghe:** chào"]


async def test_the_same_key_is_one_message_however_often_it_is_posted(page: Page) -> None:
    first = await page.say("chào")
    again = await page.say("chào")
    await page.answered()
    assert first == again
    assert list(page.echo.kept) == [f"quan-son:{ONE}"]
    assert await page.texts() == ["chào", "**Nghe:** chào"]


async def test_the_same_key_posted_at_once_twice_is_one_message(page: Page) -> None:
    first, second = await asyncio.gather(page.say("chào"), page.say("chào"))
    await page.answered()
    assert first == second
    assert await page.texts() == ["chào", "**Nghe:** chào"]


async def test_a_message_that_could_not_be_stored_is_not_accepted_and_can_be_sent_again(page: Page) -> None:
    page.echo.broken = True
    assert (await page.say("chào"))[0] == 500
    assert await page.texts() == []
    page.echo.broken = False
    assert (await page.say("chào"))[0] == 202
    await page.answered()
    assert await page.texts() == ["chào", "**Nghe:** chào"]


async def test_nothing_is_accepted_before_the_channel_receives() -> None:
    echo = Echo()
    site = await listen(echo.web.routes(), "127.0.0.1", 0)
    async with ClientSession() as session:
        assert await Page(echo, site, session).say("chào") == (503, {"error": "not receiving"})
    await site.close()


async def test_an_answer_that_overtakes_the_storing_still_stands_below_the_question() -> None:
    echo = Echo()

    async def hasty(raws: object) -> None:
        await echo.store(raws)  # type: ignore[arg-type]
        await asyncio.gather(*echo.tasks)

    receiving = asyncio.create_task(echo.web.receive(hasty))
    site = await listen(echo.web.routes(), "127.0.0.1", 0)
    async with ClientSession() as session:
        page = Page(echo, site, session)
        await page.say("chào")
        assert await page.texts() == ["chào", "**Nghe:** chào"]
    receiving.cancel()
    await site.close()


async def test_a_pressed_button_is_a_turn_and_shows_as_what_it_said(page: Page) -> None:
    card = await page.echo.say("quan-son", Reply("Chọn", (Choice("Im lặng", "im"),)))
    status, body = await page.tap(card, "im")
    assert (status, body["message"]["text"], body["message"]["tap"]) == (202, "Im lặng", True)
    assert page.echo.turns() == [
        Turn(
            Address("web", "quan-son"),
            REAL,
            choice="im",
            card=card,
            message=body["message"]["id"],
            name="Lò Văn Thắng",
        )
    ]


async def test_a_card_waits_for_its_answer_with_its_buttons_held(page: Page) -> None:
    card = await page.echo.say("quan-son", Reply("Chọn", (Choice("Im lặng", "im"), Choice("Khác", "new"))))
    await page.tap(card, "im")
    assert (await page.messages())[0]["chosen"] == "im"
    assert await page.tap(card, "new", ONE) == (409, {"error": "button gone"})
    await page.echo.say("quan-son", Reply("Đây"))
    shown = (await page.messages())[0]
    assert (shown["chosen"], shown["choices"]) == ("", [])


async def test_a_button_that_asks_a_question_may_ask_it_again(page: Page) -> None:
    card = await page.echo.say("quan-son", Reply("Chọn", (Choice("Tổng số", "/tong"), Choice("Khác", "new"))))
    for key in (ONE, TWO):
        assert (await page.tap(card, "/tong", key))[0] == 202
        await page.echo.say("quan-son", Reply("Đây"))
    assert [choice["token"] for choice in (await page.messages())[0]["choices"]] == ["/tong"]


async def test_a_press_that_could_not_be_stored_gives_the_buttons_back(page: Page) -> None:
    card = await page.echo.say("quan-son", Reply("Chọn", (Choice("Im lặng", "im"),)))
    page.echo.broken = True
    assert (await page.tap(card, "im"))[0] == 500
    assert (await page.messages())[0]["chosen"] == ""
    page.echo.broken = False
    assert (await page.tap(card, "im"))[0] == 202


async def test_a_card_replaced_in_place_keeps_its_id_and_stands_below_the_press(page: Page) -> None:
    card = await page.echo.say("quan-son", Reply("Chọn", (Choice("Thay thẻ", "place"),)))
    await page.tap(card, "place")
    await page.answered()
    pressed, replaced = await page.messages()
    assert (pressed["text"], pressed["tap"]) == ("Thay thẻ", True)
    assert (replaced["id"], replaced["text"]) == (card, "Thẻ đã thay")
    assert replaced["choices"] == [{"label": "Xong", "token": "done"}]


async def test_a_card_replaced_unasked_stays_where_it_is(page: Page) -> None:
    card = await page.echo.say("quan-son", Reply("Xin mở lại", (Choice("Đồng ý", "new"),)))
    await page.echo.say("quan-son", Reply("Tin khác"))
    assert await page.echo.say("quan-son", Reply("Đã có người đồng ý", in_place=True), card) == card
    assert await page.texts() == ["Đã có người đồng ý", "Tin khác"]


async def test_a_card_of_an_earlier_run_is_answered_by_a_new_message(page: Page) -> None:
    message = await page.echo.say("quan-son", Reply("Đã xong", in_place=True), "00000000-7")
    assert message != "00000000-7"
    assert await page.texts() == ["Đã xong"]


async def test_a_button_that_is_not_there_cannot_be_pressed(page: Page) -> None:
    card = await page.echo.say("quan-son", Reply("Chọn", (Choice("Im lặng", "im"),)))
    assert await page.tap(card, "forged") == (409, {"error": "button gone"})
    assert await page.tap("nowhere", "im") == (409, {"error": "button gone"})
    assert page.echo.turns() == []


async def test_nobody_is_told_what_has_no_thread(page: Page) -> None:
    with pytest.raises(Unreachable):
        await page.echo.web.send(Outgoing(1, Address("web", "nobody"), Reply("?")))


async def test_the_cast_shows_the_last_line_and_what_is_unread(page: Page) -> None:
    await page.echo.say("muong-lat", Reply("**Nhắc**: hạn\nhôm nay"))
    message = await page.echo.say("muong-lat", Reply("**Nhắc** lần hai\nhôm nay"))
    row = (await page.get("/api/cast"))["cast"][1]
    assert row == {
        "key": "muong-lat",
        "name": "Hà Thị Mai",
        "about": "Nộp số liệu của Mường Lát.",
        "examples": ["/nop", "/han"],
        "role_hint": "Chi cục trưởng Mường Lát",
        "unread": 2,
        "last": {"text": "Nhắc lần hai", "mine": False, "at": "2021-10-01T01:00:00+00:00"},
    }
    assert await page.post("/api/read", {"persona": "muong-lat", "message": message}) == (200, {})
    assert (await page.get("/api/cast"))["cast"][1]["unread"] == 0


async def test_a_menu_is_kept_with_the_thread(page: Page) -> None:
    await page.say("thực đơn")
    await page.answered()
    menu = (await page.get("/api/thread/quan-son"))["menu"]
    assert menu == [{"word": "nop", "about": "Nộp số liệu"}, {"word": "han", "about": "Hạn của tôi"}]


async def test_a_picture_is_shown_and_any_other_file_is_downloaded(page: Page) -> None:
    await page.say("ảnh")
    await page.say("tệp", TWO)
    await page.answered()
    picture, file = [message["file"] for message in await page.messages() if message["file"]]
    assert (picture["picture"], file["picture"], file["name"]) == (True, False, "Biểu mẫu <1>.csv")
    async with page.session.get(page.url(picture["url"])) as response:
        assert (response.content_type, await response.read()) == ("image/png", DOT)
        assert response.headers["Content-Disposition"].startswith("inline; ")
    async with page.session.get(page.url(file["url"])) as response:
        assert (response.content_type, await response.read()) == ("text/csv", b"a;b\n")
        assert response.headers["Content-Disposition"] == (
            "attachment; filename*=UTF-8''Bi%E1%BB%83u%20m%E1%BA%ABu%20%3C1%3E.csv"
        )
        assert response.headers["Content-Security-Policy"].endswith("sandbox")


async def test_the_clock_moves_by_a_named_step_alone(page: Page) -> None:
    assert await page.get("/api/clock") == {"now": "2021-10-01T01:00:00+00:00"}
    assert await page.post("/api/clock", {"step": "hour"}) == (200, {"now": "2021-10-01T02:00:00+00:00"})
    assert await page.post("/api/clock", {"step": "year"}) == (400, {"error": "step"})
    assert page.echo.now == datetime(2021, 10, 1, 2, tzinfo=UTC)


async def test_the_server_says_that_it_is_well(page: Page) -> None:
    assert await page.get("/healthz") == {"ok": True}


def test_a_stored_update_is_read_without_the_channel_having_seen_it() -> None:
    payload = {"persona": "quan-tri", "at": REAL.isoformat(), "message": "x-1", "text": "chào"}
    turn = Echo().web.read(Raw("web", "k", "quan-tri", json.dumps(payload)))
    assert turn == Turn(Address("web", "quan-tri"), REAL, text="chào", message="x-1", name="Đỗ Minh Hoàng")
