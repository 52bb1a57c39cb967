"""What the running program refuses, leaves alone, and shows in its menus."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from bot.domain.person import Role
from tests.program.people import CHIEFS, HEAD, STRANGER, ask, enrol, file, prepared, typed
from tests.program.process import Machine, opened
from tests.servers.telegram import BotApi

pytestmark = pytest.mark.asyncio(loop_scope="module")

REVISIONS = """
SELECT count(*) FROM revisions JOIN reports ON reports.id = revisions.report WHERE office = ?"""
GROUP = -100
REFUSED = """\
**Chưa nhận được.** Có 4 chỗ cần xem lại:
1. Việc thụ lý “402,5 việc” không phải số nguyên.
2. Tiền có điều kiện “-9 tỷ” là số âm.
3. Không đọc được: “blablabla”.
4. Việc xong 390 việc lớn hơn việc có điều kiện 350 việc.
Đồng chí gửi lại cả dòng, hoặc chỉ chỗ cần sửa, ví dụ: việc thụ lý 290"""


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def api() -> AsyncIterator[BotApi]:
    async with BotApi() as api:
        yield api


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def machine(api: BotApi, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Machine]:
    """All seven chiefs and the head are in, nothing has been filed; every test has an office of its own."""
    async with opened(tmp_path_factory.mktemp("town"), THIDUA_TELEGRAM_API_URL=api.url) as machine:
        made = await prepared(machine, *((Role.CHIEF, office) for office in CHIEFS), (Role.HEAD, ""))
        await machine.start()
        for user, code in zip((*CHIEFS.values(), HEAD), made, strict=True):
            await enrol(api, user, code)
        yield machine


def revisions(machine: Machine, office: str) -> int:
    [(count,)] = machine.query(REVISIONS, office)
    return int(count)


async def test_a_stranger_gets_one_polite_sentence_and_leaves_no_trace(machine: Machine, api: BotApi) -> None:
    user = 9001
    for text in (
        "/start",
        "xin chào",
        "/tong",
        "/trogiup",
        "/toi",
        typed("quan-son"),
        "Nộp",
        "/nop Quan Sơn 1 1 1 1 1 1",
    ):
        assert await ask(api, user, text) == STRANGER
    assert [answer.buttons for answer in api.answers(user)] == [()] * 8
    assert machine.query("SELECT count(*) FROM places WHERE chat = ?", str(user)) == [(0,)]
    assert api.commands_of(user) == []


async def test_a_chief_cannot_file_for_another_office(machine: Machine, api: BotApi) -> None:
    chief = CHIEFS["ba-thuoc"]
    refused = await ask(api, chief, "/nop Quan Hóa 210 6.912.400.000 185 4.690.150.000 158 1.701.300.000")
    assert "Đồng chí không có quyền nộp cho Chi cục THADS Quan Hóa." in refused
    await ask(api, chief, "Nộp")
    assert (revisions(machine, "quan-hoa"), revisions(machine, "ba-thuoc")) == (0, 0)


async def test_every_error_of_a_filing_is_named_at_once_and_nothing_is_stored(machine: Machine, api: BotApi) -> None:
    chief = CHIEFS["quan-hoa"]
    text = "/nop thụ lý 402,5 việc 13,2 tỷ; đk 350 việc -9 tỷ; xong 390 việc 3 tỷ 1; blablabla"
    refused = await ask(api, chief, text)
    assert refused == REFUSED
    assert api.answers(chief)[-1].buttons == ("Sửa", "Hủy")
    assert revisions(machine, "quan-hoa") == 0


async def test_an_edited_message_offers_the_change_and_never_files(machine: Machine, api: BotApi) -> None:
    chief = CHIEFS["cam-thuy"]
    await ask(api, chief, "/nop 560 21.540.917.000 489 14.418.635.000 411 4.915.313.000")
    answers = []
    for edited in (typed("cam-thuy"), "Nộp", "nộp", "nop"):
        before = len(api.answers(chief))
        api.edit(chief, edited)
        answers.append(await api.wait_for(chief, before + 1))
    assert "Xong: **412** việc" in answers[0].text
    assert answers[0].buttons == ("Nộp", "Sửa", "Hủy")
    assert revisions(machine, "cam-thuy") == 0


async def test_an_edited_message_is_no_reason(machine: Machine, api: BotApi) -> None:
    chief = CHIEFS["ngoc-lac"]
    await file(api, chief, "/nop 11 tháng năm 2021 622 23.703.661.000 505 15.051.699.000 390 4.663.156.000")
    await ask(api, chief, "/nop 12 tháng năm 2021 621 23.703.661.000 505 15.051.699.000 390 4.663.156.000")
    api.tap(chief, "Giữ nguyên, vì…")
    await api.wait_for(chief, "Lý do là gì?")
    before = len(api.answers(chief))
    api.edit(chief, "tính nhầm")
    await api.wait_for(chief, before + 1)
    assert revisions(machine, "ngoc-lac") == 1
    await ask(api, chief, "tính nhầm")
    assert revisions(machine, "ngoc-lac") == 1  # shown on the card, not stored yet
    api.tap(chief, "Nộp")
    await api.wait_for(chief, "Lý do: “tính nhầm”")
    await api.until(lambda: revisions(machine, "ngoc-lac") == 2)


async def test_a_group_gets_one_line_for_a_command_and_silence_otherwise(machine: Machine, api: BotApi) -> None:
    api.group(GROUP)
    chief = CHIEFS["muong-lat"]
    api.say(chief, "cụm mình nộp đi", chat=GROUP)
    api.say(chief, "/tong@thidua_bot", chat=GROUP)
    api.say(chief, "/nop@khac_bot 1 1 1 1 1 1", chat=GROUP)
    await ask(api, chief, "/toi")
    assert [answer.text for answer in api.answers(GROUP)] == [
        "Số liệu chỉ trao đổi riêng: đồng chí nhắn trực tiếp cho tôi."
    ]


async def test_a_confirmed_card_is_edited_in_place_and_every_press_is_answered(machine: Machine, api: BotApi) -> None:
    chief = CHIEFS["thuong-xuan"]
    before = len(api.answers(chief))
    card = await file(api, chief, typed("thuong-xuan"))
    assert card.text.startswith("**Đã ghi nhận**")
    assert len(api.answers(chief)) == before + 1
    await api.until(lambda: all(api.asked.values()))
    assert revisions(machine, "thuong-xuan") == 1


async def test_the_same_press_twice_files_once(machine: Machine, api: BotApi) -> None:
    chief = CHIEFS["quan-son"]
    await ask(api, chief, typed("quan-son"))
    api.tap(chief, "Nộp")
    api.tap(chief, "Nộp")
    await ask(api, chief, "/toi")
    assert revisions(machine, "quan-son") == 1


async def test_a_command_menu_fits_the_role_in_at_most_twelve_vietnamese_lines(machine: Machine, api: BotApi) -> None:
    chief, scopes = CHIEFS["quan-son"], ("default", *(str(user) for user in (*CHIEFS.values(), HEAD)))
    await api.until(lambda: set(scopes) <= api.account.commands.keys())
    menus = [api.account.commands[scope] for scope in scopes]
    assert [len(menu) <= 12 for menu in menus] == [True] * 9
    assert all(re.search(r"[^\x00-\x7f]", line["description"]) for menu in menus for line in menu)
    assert api.commands_of() == ["start", "trogiup"]
    assert {"nop", "tong", "chuanop"} <= set(api.commands_of(chief))
    assert {"nop", "moi"} & set(api.commands_of(HEAD)) == {"moi"}
    assert "moi" not in api.commands_of(chief)
    await api.until(lambda: api.account.menu_buttons.get(chief) == {"type": "commands"})
    assert api.account.short_description == "Số liệu hằng tháng của cụm thi đua"
