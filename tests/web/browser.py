"""A real browser on the page, and what a hand does in it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from playwright.async_api import Browser, Page, expect

from tests.web.echo import Echo, serving

CHROMIUM = next((path for path in ("/usr/bin/chromium", "/usr/bin/chromium-browser") if Path(path).exists()), "")
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
WIDE = {"width": 1280, "height": 800}
PHONE = {"width": 390, "height": 844}


expect.set_options(timeout=10_000)

Opened = tuple[Echo, Page]


@asynccontextmanager
async def opened(browser: Browser, **look: Any) -> AsyncIterator[tuple[Echo, Page, list[str]]]:
    """The bot, a page on it, and the list of what goes wrong in the page."""
    echo, faults = Echo(), list[str]()
    context = await browser.new_context(**({"viewport": WIDE, "reduced_motion": "reduce"} | look))
    context.set_default_timeout(5000)
    page = await context.new_page()
    page.on("pageerror", lambda fault: faults.append(str(fault)))
    page.on("dialog", lambda dialog: faults.append(dialog.message))
    page.on("console", lambda said: faults.append(said.text) if "Content Security" in said.text else None)
    async with serving(echo) as site:
        await page.goto(f"http://127.0.0.1:{site.port}/")
        await expect(page.locator("#people button")).to_have_count(3)
        yield echo, page, faults
        await context.close()


async def texts(page: Page, *lines: str) -> None:
    """The thread ends up showing exactly these messages."""
    await expect(page.locator("#log .message .text")).to_have_text(list(lines))


async def say(page: Page, text: str) -> None:
    await page.fill("#draft", text)
    await page.keyboard.press("Enter")
