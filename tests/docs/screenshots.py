"""`make screenshots`: the pictures of the guide, taken from the running demo at the width of a phone."""

from __future__ import annotations

import asyncio
import re
import sys
from asyncio.subprocess import PIPE
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from playwright.async_api import Page, async_playwright, expect

from tests.docs.picture import smaller
from tests.web.browser import CHROMIUM, QUIET, say

IMAGES = Path(__file__).parents[2] / "docs" / "images"
THIDUA = (sys.executable, "-m", "bot")
CODE = re.compile(r"[A-Z2-9]{4}(?:-[A-Z2-9]{4}){2}")
COLOURS = 64
READ = 400  # milliseconds: what comes next has been drawn by then


@asynccontextmanager
async def demo() -> AsyncIterator[str]:
    """The address of a demo of our own, on a port that is free."""
    process = await asyncio.create_subprocess_exec(*THIDUA, "demo", "--port", "0", stdout=PIPE)
    assert process.stdout is not None
    try:
        line = (await asyncio.wait_for(process.stdout.readline(), 30)).decode()
        yield re.findall(r"http://\S+", line)[0]
    finally:
        process.terminate()
        await process.wait()


async def become(page: Page, persona: str) -> None:
    await page.evaluate("persona => { location.hash = persona }", persona)
    await expect(page.locator("body")).to_have_attribute("data-view", "thread")


async def answered(page: Page, text: str) -> str:
    """Say it; the bot's answer."""
    before = await page.locator("#log .message.bot").count()
    await say(page, text)
    await expect(page.locator("#log .message.bot")).to_have_count(before + 1)
    return await page.locator("#log .message.bot .text").last.inner_text()


async def press(page: Page, label: str, shows: str) -> None:
    """Press the newest button of that label; the thread then shows what is expected."""
    await page.locator("#log .choices button", has_text=re.compile(f"^{re.escape(label)}$")).last.tap()
    await expect(page.locator("#log .message.bot .text").last).to_contain_text(shows)


async def picture(page: Page, name: str) -> None:
    await page.evaluate("document.activeElement.blur(); document.getElementById('scroll').scrollTop = 1e6")
    await page.wait_for_timeout(READ)
    await page.screenshot(path=IMAGES / f"{name}.png")


async def come_in(page: Page) -> None:
    """The administrator invites; the one who was invited sends the code."""
    await become(page, "quan-tri")
    await answered(page, "/moi")
    await press(page, "Thủ trưởng đơn vị", "Ở đơn vị nào?")
    await press(page, "Mường Lát", "họ tên người được mời?")
    await answered(page, "Hà Văn Minh")
    await press(page, "Tạo mã", "Mã:")
    invitation = await page.locator("#log .message.bot .text").last.inner_text()
    await become(page, "nguoi-la")
    await answered(page, "xin chào")
    await answered(page, CODE.findall(invitation)[0])
    await picture(page, "vao")


async def file(page: Page) -> None:
    """Three zeros are missing in the last figure; then the right line, its card, one tap."""
    await become(page, "thuong-xuan")
    await answered(page, "/nop 485 16.092.062.000 419 10.893.330.000 366 3.769.858")
    await picture(page, "canh-bao")
    await answered(page, "/nop 485 16.092.062.000 419 10.893.330.000 366 3.769.858.000")
    await picture(page, "phieu")
    await press(page, "Nộp", "Đã ghi nhận")
    await picture(page, "ghi-nhan")


async def step_by_step(page: Page) -> None:
    """One figure after the other; then one that can be read in three ways."""
    await become(page, "muong-lat")
    await answered(page, "/nop")
    await answered(page, "155")
    await picture(page, "tung-buoc")
    await answered(page, "/nop 155 3.012.330.000 125 1.930.856.000 98 601.724")
    await picture(page, "hoi-lai")


async def ask(page: Page) -> None:
    await become(page, "truong-cum")
    await answered(page, "ai chưa nộp")
    await answered(page, "tổng cụm 3")
    await picture(page, "hoi")


async def take() -> None:
    async with demo() as url, async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=[*QUIET, "--disable-lcd-text"])
        page = await browser.new_page(
            viewport={"width": 390, "height": 844},
            device_scale_factor=2,
            is_mobile=True,
            has_touch=True,
            color_scheme="light",
            reduced_motion="reduce",
        )
        await page.goto(url)
        for scene in (come_in, file, step_by_step, ask):
            await scene(page)
        await page.goto("about:blank")
        for image in sorted(IMAGES.glob("*.png")):
            image.write_bytes(await smaller(page, image.read_bytes(), COLOURS))
        await browser.close()


if __name__ == "__main__":
    asyncio.run(take())
