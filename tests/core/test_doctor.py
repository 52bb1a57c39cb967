"""What doctor says of the channels and of what is pushed where."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from pydantic import HttpUrl, SecretStr

from bot.app import opened
from bot.config import Settings
from bot.doctor import Finding, _channels, _server, look
from bot.wiring import telegram_of, zalo_of
from tests.servers.telegram import TOKEN, BotApi
from tests.servers.zalo import TOKEN as ZALO_TOKEN
from tests.servers.zalo import ZaloApi

pytestmark = pytest.mark.filterwarnings("ignore::telegram.warnings.PTBDeprecationWarning")
PUBLIC = {"public_url": HttpUrl("https://thidua.example.org"), "webhook_secret": SecretStr("0123456789abcdef")}


@pytest.fixture
async def apis() -> AsyncIterator[tuple[BotApi, ZaloApi]]:
    async with BotApi() as telegram, ZaloApi() as zalo:
        yield telegram, zalo


async def found(apis: tuple[BotApi, ZaloApi], **more: object) -> list[Finding]:
    telegram, zalo = apis
    given = {"telegram_token": TOKEN, "zalo_token": ZALO_TOKEN} | more
    settings = Settings(telegram_api_url=HttpUrl(telegram.url), zalo_api_url=HttpUrl(zalo.url), **given)  # type: ignore[arg-type]
    return [*await _channels(settings, telegram_of(settings), zalo_of(settings)), *_server(settings)]


async def test_sound_channels(apis: tuple[BotApi, ZaloApi]) -> None:
    assert await found(apis) == [
        Finding(True, "Telegram: the token is that of @thidua_bot"),
        Finding(True, "Zalo: the token is that of bot.thidua"),
    ]
    assert await found(apis, telegram_token=None) == [Finding(True, "Zalo: the token is that of bot.thidua")]


async def test_refused_tokens_and_silence(apis: tuple[BotApi, ZaloApi]) -> None:
    await apis[0].down()
    telegram, zalo = await found(apis, zalo_token="123:wrong-token")
    assert telegram.line.startswith(f"Telegram: {apis[0].url}/ does not answer")
    assert zalo == Finding(False, "Zalo: the token is refused (the token is refused); get a new one from Zalo")


async def test_what_is_pushed_where(apis: tuple[BotApi, ZaloApi]) -> None:
    assert [one.line for one in await found(apis, **PUBLIC)][1::2] == [
        "Telegram: no webhook yet; `thidua run` sets it",
        "Zalo: no webhook yet; `thidua run` sets it",
    ]
    apis[0].account.webhook = "https://thidua.example.org/hook/telegram"
    apis[1].webhook = "https://else.example.org/hook?key=secret"
    told = (
        "Zalo: updates are pushed to else.example.org, which this program did not set; delete that webhook, then run "
        "again"
    )
    assert (await found(apis, **PUBLIC))[1::2] == [
        Finding(True, "Telegram: updates are pushed to thidua.example.org"),
        Finding(False, told),
    ]
    assert (await found(apis, **PUBLIC))[-1].line == (
        "server: `thidua run` listens at 127.0.0.1:8088 for https://thidua.example.org/"
    )


async def test_an_earlier_address_of_our_own_is_no_fault(apis: tuple[BotApi, ZaloApi], tmp_path: Path) -> None:
    url = f"sqlite+aiosqlite:///{tmp_path / 'd.sqlite'}"
    async with opened(url) as database, database.begin() as desk:
        await desk.channels.remember("zalo", ["https://old.example.org/hook/zalo"])
    apis[1].webhook = "https://old.example.org/hook/zalo"
    settings = Settings(zalo_api_url=HttpUrl(apis[1].url), zalo_token=ZALO_TOKEN, database_url=url)  # type: ignore[arg-type]
    told = "Zalo: updates are pushed to old.example.org, our own earlier address; `thidua run` changes it"
    assert Finding(True, told) in await look(settings, opened, None, zalo_of(settings))
