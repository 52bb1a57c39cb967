"""The page in a real browser, with a tiny bot behind it."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.async_api import Browser, expect

from bot.chat import Choice, Reply
from bot.server import listen
from tests.web.browser import CHROMIUM, PHONE, WIDE, Opened, opened, say, texts

pytestmark = [
    pytest.mark.skipif(not CHROMIUM, reason="Chromium is not installed"),
    pytest.mark.asyncio(loop_scope="session"),
    pytest.mark.xdist_group("browser"),
]


async def test_enter_sends_and_shift_enter_starts_a_new_line(open_page: Opened) -> None:
    echo, page = open_page
    await page.locator("#draft").press_sequentially("một")
    await page.keyboard.press("Shift+Enter")
    await page.locator("#draft").press_sequentially("hai")
    await page.keyboard.press("Enter")
    await texts(page, "một\nhai", "Nghe: một\nhai")
    await expect(page.locator("#draft")).to_have_value("")
    assert [turn.text for turn in echo.turns()] == ["một\nhai"]
    await expect(page.locator("#log strong")).to_have_text("Nghe:")


async def test_enter_that_ends_a_composed_word_sends_nothing(open_page: Opened) -> None:
    echo, page = open_page
    await page.fill("#draft", "thuỵ")
    await page.eval_on_selector(
        "#draft",
        "box => box.dispatchEvent(new KeyboardEvent('keydown', {key: 'Enter', isComposing: true, bubbles: true}))",
    )
    await expect(page.locator("#draft")).to_have_value("thuỵ")
    assert echo.turns() == []


async def test_every_persona_has_a_thread_and_a_draft_of_its_own(open_page: Opened) -> None:
    _, page = open_page
    await say(page, "chào")
    await texts(page, "chào", "Nghe: chào")
    await page.fill("#draft", "còn dở")
    await page.click("[data-persona=muong-lat]")
    await expect(page.locator("#name")).to_have_text("Hà Thị Mai")
    await expect(page.locator("#draft")).to_have_value("")
    await texts(page)
    await page.click("[data-persona=quan-son]")
    await texts(page, "chào", "Nghe: chào")
    await expect(page.locator("#draft")).to_have_value("còn dở")


async def test_a_tapped_button_shows_as_said_and_its_card_is_replaced_below_it(open_page: Opened) -> None:
    echo, page = open_page
    await say(page, "nút")
    await page.get_by_role("button", name="Thay thẻ").click()
    await texts(page, "nút", "Thay thẻ", "Thẻ đã thay")
    await expect(page.locator(".choices button")).to_have_text(["Xong"])
    await page.get_by_role("button", name="Xong").click()
    await texts(page, "nút", "Thay thẻ", "Xong", "Đã xong")
    assert [turn.choice for turn in echo.turns()] == ["", "place", "done"]


async def test_an_answered_card_loses_its_buttons(open_page: Opened) -> None:
    _, page = open_page
    await say(page, "nút")
    await page.get_by_role("button", name="Tin mới").click()
    await texts(page, "nút", "Chọn một nút", "Tin mới", "Một tin mới")
    await expect(page.locator(".choices")).to_have_count(0)


async def test_a_card_that_waits_for_its_answer_cannot_be_pressed_twice(open_page: Opened) -> None:
    echo, page = open_page
    await echo.say("quan-son", Reply("Chọn", (Choice("Im lặng", "im"),)))
    await page.locator(".choices button").click()
    await texts(page, "Chọn", "Im lặng")
    await expect(page.locator(".choices button")).to_be_disabled()


async def test_the_clock_moves_and_what_it_brings_counts_as_unread(open_page: Opened) -> None:
    _, page = open_page
    await expect(page.locator("#now")).to_have_text("08:00 thứ Sáu 01/10/2021")
    await page.get_by_role("button", name="+1 giờ", exact=True).click()
    await expect(page.locator("#now")).to_have_text("09:00 thứ Sáu 01/10/2021")
    await page.get_by_role("button", name="Đến hạn", exact=True).click()
    await expect(page.locator("#now")).to_have_text("18:00 thứ Hai 04/10/2021")
    badge = page.locator("[data-persona=muong-lat] .badge")
    await expect(badge).to_have_text("22 tin chưa đọc")
    assert await page.title() == "(2) Thi Đua Bot"
    await page.click("[data-persona=muong-lat]")
    await texts(page, "Nhắc: sắp đến hạn", "Nhắc: sắp đến hạn")
    await expect(badge).to_have_count(0)
    await expect(page).to_have_title("Thi Đua Bot")
    await expect(page.locator(".day")).to_have_text(["thứ Sáu 01/10/2021", "thứ Hai 04/10/2021"])


async def test_an_example_is_sent_unless_it_is_there_to_be_completed(open_page: Opened) -> None:
    echo, page = open_page
    await page.get_by_role("button", name="/nop tháng 9: …").click()
    await expect(page.locator("#draft")).to_have_value("/nop tháng 9: ")
    await expect(page.locator("#draft")).to_be_focused()
    assert echo.turns() == []
    await page.get_by_role("button", name="ai chưa nộp").click()
    await texts(page, "ai chưa nộp", "Nghe: ai chưa nộp")
    await expect(page.locator("#welcome")).to_be_hidden()


async def test_the_hints_hold_the_examples_and_the_persons_commands(open_page: Opened) -> None:
    _, page = open_page
    await say(page, "thực đơn")
    await texts(page, "thực đơn", "Có lệnh mới")
    await page.get_by_role("button", name="Gợi ý").click()
    await page.get_by_role("button", name="/han").click()
    await texts(page, "thực đơn", "Có lệnh mới", "/han", "Nghe: /han")
    await expect(page.locator("#more")).to_be_hidden()


async def test_markup_is_only_ever_text(open_page: Opened) -> None:
    echo, page = open_page
    attack = '<img src=x onerror=alert(1)><script>alert(2)</script>**"><b onclick=alert(3)>**'
    await say(page, attack)
    await echo.say("quan-son", Reply(attack, (Choice(attack, "new"),)))
    await expect(page.locator("#log .message")).to_have_count(3)
    await expect(page.locator("#log :is(img, script, b)")).to_have_count(0)
    await expect(page.locator("#log .mine .text")).to_have_text(attack)
    await expect(page.locator(".choices button")).to_have_text(attack)


async def test_a_picture_is_seen_and_a_file_can_be_downloaded(open_page: Opened) -> None:
    _, page = open_page
    await say(page, "ảnh")
    await expect(page.get_by_role("img", name="biểu đồ.png")).to_be_visible()
    await page.wait_for_function("document.querySelector('#log img').naturalWidth === 1")
    await say(page, "tệp")
    async with page.expect_download() as download:
        await page.get_by_role("link", name="Biểu mẫu <1>.csv").click()
    assert Path(await (await download.value).path()).read_bytes() == b"a;b\n"


async def test_a_message_that_was_not_stored_can_be_sent_again_once(open_page: Opened) -> None:
    echo, page = open_page
    echo.broken = True
    await say(page, "quan trọng")
    again = page.get_by_role("button", name="Gửi lại")
    await expect(again).to_be_visible()
    echo.broken = False
    await again.click()
    await texts(page, "quan trọng", "Nghe: quan trọng")
    assert [turn.text for turn in echo.turns()] == ["quan trọng"]


async def test_what_was_written_during_an_outage_goes_out_when_the_server_is_back(browser: Browser) -> None:
    async with opened(browser) as (echo, page, faults):
        port = int(page.url.rstrip("/").rpartition(":")[2])
        await say(page, "trước")
        await texts(page, "trước", "Nghe: trước")
        await echo.outage()
        await say(page, "trong lúc mất mạng")
        await expect(page.get_by_role("button", name="Gửi lại")).to_be_visible()
        await expect(page.locator("#offline")).to_be_visible()
        site = await listen(echo.web.routes(), "127.0.0.1", port)
        await texts(page, "trước", "Nghe: trước", "trong lúc mất mạng", "Nghe: trong lúc mất mạng")
        await expect(page.locator("#offline")).to_be_hidden()
        assert [turn.text for turn in echo.turns()] == ["trước", "trong lúc mất mạng"]
        assert faults == []
        await page.close()
        await site.close()


async def test_a_long_reply_is_read_from_its_top(open_page: Opened) -> None:
    _, page = open_page
    await say(page, "dài")
    reply = page.locator("#log .bot")
    await expect(reply).to_be_in_viewport()
    above, top = await page.locator(".who").bounding_box(), await reply.bounding_box()
    assert above is not None
    assert top is not None
    assert top["y"] >= above["y"] + above["height"]
    assert await page.evaluate("document.documentElement.scrollWidth") == WIDE["width"]


async def test_somebody_is_typing_until_the_answer_comes(open_page: Opened) -> None:
    echo, page = open_page
    await say(page, "im")
    await expect(page.locator("#typing")).to_be_visible()
    await echo.say("quan-son", Reply("Đây"))
    await expect(page.locator("#typing")).to_be_hidden()


async def test_the_page_follows_the_systems_dark_look(browser: Browser) -> None:
    async with opened(browser, color_scheme="dark") as (_, page, _faults):
        background = await page.evaluate("getComputedStyle(document.body).backgroundColor")
        ink = await page.evaluate("getComputedStyle(document.body).color")
        assert (background, ink) == ("rgb(20, 18, 16)", "rgb(241, 235, 228)")


async def test_a_phone_shows_the_people_or_the_thread(open_phone: Opened) -> None:
    _, page = open_phone
    await expect(page.locator(".phone")).to_be_hidden()
    await page.tap("[data-persona=muong-lat]")
    await expect(page.locator(".people")).to_be_hidden()
    await page.get_by_role("button", name="/han").tap()
    await texts(page, "/han", "Nghe: /han")
    await page.get_by_role("button", name="Về danh sách người").tap()
    await expect(page.locator(".phone")).to_be_hidden()
    await expect(page.locator("[data-persona=muong-lat] .last")).to_have_text("Nghe: /han")
    await page.go_back()
    await expect(page.locator("#name")).to_have_text("Hà Thị Mai")
    await page.keyboard.press("Escape")
    await expect(page.locator(".people")).to_be_visible()


async def test_everything_on_a_phone_is_big_enough_to_touch_and_fits(open_phone: Opened) -> None:
    _, page = open_phone
    heights = "[...document.querySelectorAll('button')].filter(b => b.offsetParent).map(b => b.offsetHeight)"
    assert min(await page.evaluate(heights)) >= 44
    await page.tap("[data-persona=quan-son]")
    await say(page, "nút")
    await texts(page, "nút", "Chọn một nút")
    assert min(await page.evaluate(heights)) >= 44
    assert await page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
