"""A cluster's month, three chiefs on Telegram and four on Zalo; one begins on the first app and ends on the other."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.domain.person import Role
from tests.program.people import CHIEFS, HEAD, OFFICES, ask, enrol, file, prepared, typed
from tests.program.process import Machine, eventually, opened
from tests.program.test_cluster_month import PUBLISHED, SEVEN, SIX, SUMS
from tests.servers.telegram import BotApi
from tests.servers.zalo import TOKEN as ZALO_TOKEN
from tests.servers.zalo import ZaloApi

LOSES = "thuong-xuan"
ON_TELEGRAM = ("ba-thuoc", "quan-hoa", LOSES)
ON_ZALO = tuple(office for office in OFFICES if office not in ON_TELEGRAM)
PLACES = """
SELECT channel FROM places WHERE person = (SELECT person FROM grants WHERE office = 'thuong-xuan') ORDER BY id"""


@pytest.fixture
async def zalo() -> AsyncIterator[ZaloApi]:
    async with ZaloApi() as zalo:
        yield zalo


@pytest.fixture
async def machine(api: BotApi, zalo: ZaloApi, tmp_path: Path) -> AsyncIterator[Machine]:
    settings = {"THIDUA_TELEGRAM_API_URL": api.url, "THIDUA_ZALO_API_URL": zalo.url, "THIDUA_ZALO_TOKEN": ZALO_TOKEN}
    async with opened(tmp_path, **settings) as machine:
        yield machine


class Office:
    """A chief's phone with Zalo on it."""

    def __init__(self, zalo: ZaloApi, machine: Machine, office: str) -> None:
        self.zalo, self.machine, self.user = zalo, machine, f"z-{office}"

    async def says(self, text: str) -> str:
        """The first answer, once it is known to have gone out: a number picks only from what has."""
        before = len(self.zalo.texts(self.user))
        self.zalo.say(self.user, text, name="Máy ở cơ quan")
        await self.zalo.until(lambda: len(self.zalo.texts(self.user)) > before, 15)
        await eventually(self.machine.idle)
        return self.zalo.texts(self.user)[before]

    async def hears(self, words: str) -> None:
        await self.zalo.until(lambda: any(words in text for text in self.zalo.texts(self.user)), 15)


async def links(api: BotApi, there: Office) -> None:
    """The chief who will lose Telegram has Zalo linked before."""
    code = re.search(r"[A-Z]{4}-\d{4}", await ask(api, CHIEFS[LOSES], "/kenh"))
    assert code
    arrived = "Đã nhận mã. Để nối xong, đồng chí mở Telegram và trả lời ở đó trong 10 phút."
    assert await there.says(code[0]) == arrived
    card = await api.wait_for(CHIEFS[LOSES], "Nối Zalo?", 10)
    assert card.text.startswith("**Nối Zalo?** Tài khoản “Máy ở cơ quan” ở đó vừa gửi mã của đồng chí.")
    api.tap(CHIEFS[LOSES], "Nối", message=card.id)
    await there.hears("Tài khoản này đã được nối")


async def test_a_cluster_files_and_closes_a_month_on_both_apps(machine: Machine, api: BotApi, zalo: ZaloApi) -> None:
    codes = await prepared(machine, *((Role.CHIEF, office) for office in OFFICES), (Role.HEAD, ""))
    code = dict(zip((*OFFICES, "head"), codes, strict=True))
    running = await machine.start()
    await enrol(api, HEAD, code["head"])
    for office in ON_TELEGRAM:
        await enrol(api, CHIEFS[office], code[office])
    for office in ON_TELEGRAM[:2]:
        await file(api, CHIEFS[office], typed(office))
    for office in ON_ZALO:
        chief = Office(zalo, machine, office)
        assert (await chief.says(code[office])).startswith("Chào đồng chí. Đồng chí được ghi nhận là")
        assert (await chief.says(typed(office))).endswith("\n\n1. Nộp  2. Sửa  3. Hủy")
        assert (await chief.says("1")).startswith("Đã ghi nhận lúc 08:0")
    assert (await ask(api, HEAD, "/tong")).startswith(SIX)

    there = Office(zalo, machine, LOSES)
    await links(api, there)
    card = await ask(api, CHIEFS[LOSES], typed(LOSES))
    assert card.startswith("**Chi cục THADS Thường Xuân · 12 tháng năm 2021**")
    api.deactivate(CHIEFS[LOSES])  # from here on Telegram answers 403
    assert (await ask(api, HEAD, "/nhacngay Thường Xuân")).startswith("Đã nhắc **Thường Xuân**: ")
    await there.hears(" nhắc đồng chí:\n")
    assert "Telegram, từ 01/10/2021: không liên lạc được từ 08:0" in await there.says("/kenh")
    assert (await there.says("nộp")).removesuffix("\n\n1. Nộp  2. Sửa  3. Hủy") == card.replace("**", "")
    assert (await there.says("1")).startswith("Đã ghi nhận lúc 08:0")

    await api.wait_for(HEAD, "đã đủ 7/7 đơn vị", 10)
    assert (await ask(api, HEAD, "/tong")).startswith(SEVEN)
    closing = await ask(api, HEAD, "/chot")
    assert closing.splitlines()[1] == "**Cụm 3 · 12 tháng năm 2021** — 7/7 đơn vị"
    api.tap(HEAD, "Chốt")
    await api.wait_for(HEAD, "**Đã chốt** 12 tháng năm 2021", 10)
    refused = await there.says("sửa tiền xong 3.670.026.001")
    assert "12 tháng năm 2021 đã chốt lúc 08:0" in refused
    assert [value for _, _, value in machine.query(SUMS)] == PUBLISHED
    assert machine.query(PLACES) == [("telegram",), ("zalo",)]
    assert machine.query("SELECT count(*) FROM people") == [(8,)]
    assert (await machine.command("verify")).code == 0
    assert await running.stop() == 0
    assert "error" not in running.log
