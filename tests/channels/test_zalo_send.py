"""What a reply becomes on a phone with Zalo, and what Zalo's refusals become here."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from socket import socket

import pytest

from bot.channels.zalo import Words, Zalo
from bot.chat import Address, Attachment, Choice, Outgoing, Reply
from bot.cutting import units
from bot.errors import (
    ChannelStopped,
    DeliveryError,
    Later,
    Partly,
    Rejected,
    Spent,
    ThiduaError,
    Uncertain,
    Unreachable,
)
from bot.server import files, listen
from bot.shelf import Shelf
from tests.servers.zalo import TOKEN, Fault, Manner, ZaloApi

CHIEF = "chief-6ede9afa66b88fe6d6a9"
YES = (Choice("Nộp", "submit:file"), Choice("Sửa", "submit:change"), Choice("Hủy", "submit:drop"))
FILE = Attachment("Biểu 3.xlsx", "application/vnd.ms-excel", b"PK")


@pytest.fixture(params=[Manner(http=False), Manner(http=True)], ids=["body", "http"])
async def api(request: pytest.FixtureRequest) -> AsyncIterator[ZaloApi]:
    async with ZaloApi(request.param) as api:
        api.meet(CHIEF)
        yield api


@pytest.fixture
async def zalo(api: ZaloApi) -> AsyncIterator[Zalo]:
    words = Words("Hoặc gõ:", "Tải {name}: {url}", "Xin lấy {name} trên Telegram.")
    zalo = Zalo(TOKEN, api.url, patience=0.2, words=words)
    yield zalo
    await zalo.close()


def to(reply: Reply, chat: str = CHIEF, tries: int = 0) -> Outgoing:
    return Outgoing(1, Address("zalo", chat), reply, tries=tries)


async def put(zalo: Zalo, outgoing: Outgoing) -> str:
    """All its parts."""
    while True:
        try:
            return await zalo.send(outgoing)
        except Partly:
            outgoing = replace(outgoing, gone=outgoing.gone + 1)


async def refusal(zalo: Zalo, outgoing: Outgoing) -> ThiduaError:
    with pytest.raises((DeliveryError, ChannelStopped)) as raised:
        await zalo.send(outgoing)
    assert raised.value.__suppress_context__ or raised.value.__context__ is None
    return raised.value


async def test_choices_are_numbered_and_emphasis_has_no_marks(api: ZaloApi, zalo: Zalo) -> None:
    long = (Choice("Như tháng trước: 2.848.519.000", "a"), Choice("Quay lại", "b"), Choice("Hủy", "c"))
    await zalo.send(to(Reply("**Nộp** chưa?", YES)))
    await zalo.send(to(Reply("Sửa gì?", long)))
    await zalo.send(to(Reply("Bao nhiêu?", long, wants_number=True)))
    assert api.texts(CHIEF) == [
        "Nộp chưa?\n\n1. Nộp  2. Sửa  3. Hủy",
        "Sửa gì?\n\n1. Như tháng trước: 2.848.519.000\n2. Quay lại\n3. Hủy",
        "Bao nhiêu?\n\nHoặc gõ: Như tháng trước: 2.848.519.000 · Quay lại · Hủy",
    ]


async def test_a_long_text_is_cut_between_lines_and_numbered(api: ZaloApi, zalo: Zalo) -> None:
    lines = [f"{number}. Chi cục THADS số {number} 👍" for number in range(150)]
    outgoing = to(Reply("\n".join(lines), YES))
    await put(zalo, outgoing)
    said = api.texts(CHIEF)
    assert [text.rpartition("\n")[2] for text in said] == ["(1/3)", "(2/3)", "(3/3)"]
    assert all(units(text) <= 1900 for text in said)
    assert "\n".join(text.rpartition("\n")[0] for text in said) == "\n".join([*lines, "", "1. Nộp  2. Sửa  3. Hủy"])
    assert zalo.cost(outgoing) == api.spent == 3


async def test_without_a_public_url_a_file_is_said_to_be_had_elsewhere(api: ZaloApi, zalo: Zalo) -> None:
    await zalo.send(to(Reply("Biểu đây", attachment=FILE)))
    assert api.texts(CHIEF) == ["Biểu đây\n\nXin lấy Biểu 3.xlsx trên Telegram."]


async def test_a_part_is_sent_by_its_number_and_says_whether_there_are_more(api: ZaloApi, zalo: Zalo) -> None:
    long = to(Reply("\n".join("một dòng dài" for _ in range(200))))
    assert await refusal(zalo, long) == Partly()
    again = replace(long, gone=1, tries=1)
    assert await zalo.send(again)
    assert await zalo.send(replace(long, gone=2)) == ""  # all was settled before the program stopped
    assert [text.rpartition("\n")[2] for text in api.texts(CHIEF)] == ["(1/2)", "(2/2)"]
    api.faults += [Fault("cut", "sendMessage"), Fault("cut", "sendMessage"), Fault("cut", "sendMessage")]
    assert await refusal(zalo, replace(long, tries=1)) == Uncertain("ServerDisconnectedError", rest=True)
    assert await refusal(zalo, again) == Uncertain("ServerDisconnectedError", rest=False)
    assert await refusal(zalo, replace(long, gone=1)) == Later(0.0, "ServerDisconnectedError", uncertain=True)


async def test_refusals_become_ours(api: ZaloApi, zalo: Zalo) -> None:
    api.meet("blocker")
    api.block("blocker")
    assert [
        await refusal(zalo, to(Reply("x"), "nobody")),
        await refusal(zalo, to(Reply("x"), "blocker")),
        await refusal(zalo, to(Reply(" "))),
    ] == [
        Unreachable("400 Bad Request: chat not found"),
        Unreachable("400 Bad Request: user has blocked the bot"),
        Rejected("nothing to say"),
    ]
    api.quota = api.spent
    assert await refusal(zalo, to(Reply("x"))) == Spent(600.0, "429 Quota exceeded: messages of this month")
    api.token = "2459232241454765289:given-anew"
    assert await refusal(zalo, to(Reply("x"))) == ChannelStopped("zalo", "the token is refused")


@pytest.mark.parametrize(
    ("kind", "uncertain"),
    [("403", False), ("500", False), ("429", False), ("502", False), ("504", True), ("hang", True), ("cut", True)],
)
async def test_a_fault_tells_whether_the_message_may_have_gone_out(
    api: ZaloApi, zalo: Zalo, kind: str, uncertain: bool
) -> None:
    api.faults += [Fault(kind, "sendMessage")]
    error = await refusal(zalo, to(Reply("Nhắc")))
    assert isinstance(error, Later)
    assert (error.after, error.uncertain) == (0.0, uncertain)


async def test_no_connection_is_certainly_no_message(api: ZaloApi, zalo: Zalo) -> None:
    await api.down()
    assert await refusal(zalo, to(Reply("Nhắc"))) == Later(0.0, "ClientConnectorError", uncertain=False)


async def test_an_uncertain_message_is_tried_again_once_and_only_when_zalo_answers(api: ZaloApi, zalo: Zalo) -> None:
    again = to(Reply("Nhắc"), tries=1)
    api.faults += [Fault("cut", "getMe"), Fault("hang", "getMe")]
    for _ in range(2):
        error = await refusal(zalo, again)
        assert isinstance(error, Later)
        assert not error.uncertain
    assert api.counts["sendMessage"] == 0
    api.faults += [Fault("cut_after", "sendMessage")]
    assert await refusal(zalo, again) == Uncertain("ServerDisconnectedError")
    await zalo.send(replace(again, id=2))
    assert api.texts(CHIEF) == ["Nhắc", "Nhắc"]


async def test_who_it_is(api: ZaloApi, zalo: Zalo) -> None:
    assert await zalo.whoami() == "bot.thidua"


async def test_a_picture_is_fetched_from_our_own_server_and_a_file_is_a_link(api: ZaloApi) -> None:
    with socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    shelf = Shelf(f"http://127.0.0.1:{port}", "0123456789abcdef")
    site = await listen(files(shelf), "127.0.0.1", port)
    zalo = Zalo(TOKEN, api.url, publish=shelf.put, words=Words("Hoặc gõ:", "Tải {name}: {url}", "-"))
    picture = to(Reply("**Tiền xong**", YES, Attachment("a.png", "image/png", b"\x89PNG")))
    await zalo.send(picture)
    await zalo.send(to(Reply("Biểu đây", attachment=FILE)))
    await zalo.send(to(Reply("Ảnh", attachment=Attachment("a.svg", "image/svg+xml", b"<svg/>"))))
    await zalo.close()
    await site.close()
    shown, link, refused = api.answers(CHIEF)
    assert (shown.text, shown.picture) == ("Tiền xong\n\n1. Nộp  2. Sửa  3. Hủy", b"\x89PNG")
    assert link.text.startswith(f"Biểu đây\n\nTải Biểu 3.xlsx: http://127.0.0.1:{port}/file/")
    assert refused.text.startswith(f"Ảnh\n\nhttp://127.0.0.1:{port}/file/")
    assert zalo.cost(picture) == 1
