"""The bot behind a page by hand, and behind one in a browser that is started once."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from aiohttp import ClientSession
from playwright.async_api import Browser, async_playwright

from tests.web.browser import CHROMIUM, PHONE, QUIET, Opened, opened
from tests.web.echo import Echo, serving
from tests.web.page import Page


@pytest.fixture
async def page() -> AsyncIterator[Page]:
    echo = Echo()
    async with serving(echo) as site, ClientSession() as session:
        yield Page(echo, site, session)


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser() -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield browser
        await browser.close()


@pytest_asyncio.fixture(loop_scope="session")
async def open_page(browser: Browser) -> AsyncIterator[Opened]:
    async with opened(browser) as (echo, page, faults):
        yield echo, page
        assert faults == []


@pytest_asyncio.fixture(loop_scope="session")
async def open_phone(browser: Browser) -> AsyncIterator[Opened]:
    async with opened(browser, viewport=PHONE, is_mobile=True, has_touch=True) as (echo, page, faults):
        yield echo, page
        assert faults == []
