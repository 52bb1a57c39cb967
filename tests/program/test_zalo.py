"""The real program on both apps: a month's figures by text alone, pushed or fetched, and one app that goes away."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from socket import socket
from time import monotonic

import pytest
from aiohttp import ClientSession

from bot.domain.person import Role
from tests.program.people import HEAD, ask, enrol, prepared, typed
from tests.program.process import Machine, eventually, opened
from tests.servers.telegram import BotApi
from tests.servers.zalo import TOKEN as ZALO_TOKEN
from tests.servers.zalo import ZaloApi

CHIEF = "z-quan-son"
SECRET = "only-the-two-apps-know-it"


@pytest.fixture
async def zalo() -> AsyncIterator[ZaloApi]:
    async with ZaloApi() as zalo:
        yield zalo


@pytest.fixture
async def machine(api: BotApi, zalo: ZaloApi, tmp_path: Path) -> AsyncIterator[Machine]:
    settings = {"THIDUA_TELEGRAM_API_URL": api.url, "THIDUA_ZALO_API_URL": zalo.url, "THIDUA_ZALO_TOKEN": ZALO_TOKEN}
    async with opened(tmp_path, **settings) as machine:
        yield machine
        secrets = [one.encode() for one in (ZALO_TOKEN.split(":")[1], SECRET)]
        files = [path for path in tmp_path.rglob("*") if path.is_file()]
        assert [path.name for path in files for secret in secrets if secret in path.read_bytes()] == []


def public() -> dict[str, str]:
    with socket() as probe:
        probe.bind(("127.0.0.1", 0))
        place = f"127.0.0.1:{probe.getsockname()[1]}"
    return {"THIDUA_PUBLIC_URL": f"http://{place}", "THIDUA_LISTEN": place, "THIDUA_WEBHOOK_SECRET": SECRET}


async def answered(zalo: ZaloApi, text: str) -> str:
    """The first that the chief is answered, once it is known here to have gone out."""
    before = len(zalo.texts(CHIEF))
    zalo.say(CHIEF, text)
    await zalo.until(lambda: len(zalo.texts(CHIEF)) > before, 15)
    return zalo.texts(CHIEF)[before]


async def files(machine: Machine, zalo: ZaloApi, code: str) -> None:
    """From the code to the stored figures."""
    assert (await answered(zalo, f"Mã của tôi: {code}")).startswith("Chào đồng chí.")
    assert (await answered(zalo, typed("quan-son"))).endswith("\n\n1. Nộp  2. Sửa  3. Hủy")
    await eventually(machine.idle)
    assert (await answered(zalo, "1")).startswith("Đã ghi nhận lúc 08:0")


async def test_figures_are_filed_over_zalo_beside_telegram(machine: Machine, api: BotApi, zalo: ZaloApi) -> None:
    chief, admin = await prepared(machine, (Role.CHIEF, "quan-son"), (Role.ADMIN, ""))
    running = await machine.start()
    await files(machine, zalo, chief)
    await enrol(api, HEAD, admin)
    await eventually(machine.idle)
    assert (await ask(api, HEAD, "/suckhoe")).splitlines()[-1] == "Zalo: đã gửi 3/3.000 tin trong tháng."
    began = monotonic()
    assert await running.stop(within=10) == 0
    assert monotonic() - began < 10


async def test_updates_are_pushed_and_polled_again_when_the_address_goes(
    machine: Machine, api: BotApi, zalo: ZaloApi
) -> None:
    settings = public()
    chief, admin = await prepared(machine, (Role.CHIEF, "quan-son"), (Role.ADMIN, ""))
    running = await machine.start(**settings)
    await files(machine, zalo, chief)
    await enrol(api, HEAD, admin)
    async with ClientSession(settings["THIDUA_PUBLIC_URL"]) as http:
        for path in ("/healthz", "/readyz"):
            async with http.get(path) as response:
                assert response.status == 200
        async with http.post("/hook/zalo", json={}, headers={"X-Bot-Api-Secret-Token": "guessed"}) as response:
            assert response.status == 403
    assert (api.counts["getUpdates"], zalo.counts["getUpdates"]) == (0, 0)
    assert await running.stop(within=5) == 0
    await machine.start()
    assert (await answered(zalo, "/toi")).splitlines()[-3] == "Đồng chí đang nhắn từ Zalo."
    assert (await ask(api, HEAD, "/toi")).splitlines()[-3] == "Đồng chí đang nhắn từ Telegram."
    assert (api.account.webhook, zalo.webhook) == ("", "")


async def test_a_refused_token_stops_zalo_alone_and_the_administrator_hears_of_it(
    machine: Machine, api: BotApi, zalo: ZaloApi
) -> None:
    [admin] = await prepared(machine, (Role.ADMIN, ""))
    running = await machine.start()
    await enrol(api, HEAD, admin)
    zalo.token = "2459232241454765289:given-anew-to-somebody"
    zalo.say(CHIEF, "xin chào")
    await api.wait_for(HEAD, "Kênh **Zalo** đã ngừng", 15)
    assert (await ask(api, HEAD, "/toi")).splitlines()[-3] == "Đồng chí đang nhắn từ Telegram."
    assert running.alive


async def test_zalo_alone_is_enough(machine: Machine, zalo: ZaloApi) -> None:
    [chief] = await prepared(machine, (Role.CHIEF, "quan-son"))
    await machine.start(THIDUA_TELEGRAM_TOKEN="")
    await files(machine, zalo, chief)
