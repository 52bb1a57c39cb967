"""What a reply becomes on a phone, and what Telegram's refusals become here."""

from __future__ import annotations

import struct
from collections.abc import AsyncIterator

import pytest

from bot.channels.telegram import Telegram
from bot.channels.telegram.message import LONGEST, rows
from bot.chat import Address, Attachment, Choice, Command, Outgoing, Reply
from bot.cutting import pieces, units
from bot.errors import ChannelStopped, DeliveryError, Later, Moved, Rejected, ThiduaError, Unreachable
from tests.servers.telegram import TOKEN, BotApi, Fault, File, Shown

CHIEF, CLUSTER = 7001, -4001
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + struct.pack(">II", 800, 600) + b"\x08\x02\x00\x00\x00"
YES = (Choice("Nộp", "submit:file"), Choice("Sửa", "submit:change"), Choice("Hủy", "submit:drop"))
pytestmark = pytest.mark.filterwarnings("ignore::telegram.warnings.PTBDeprecationWarning")


@pytest.fixture
async def api() -> AsyncIterator[BotApi]:
    async with BotApi() as api:
        api.say(CHIEF, "/start")
        yield api


@pytest.fixture
async def telegram(api: BotApi) -> AsyncIterator[Telegram]:
    telegram = Telegram(TOKEN, api.url, patience=0.3)
    yield telegram
    await telegram.close()


def to(reply: Reply, *, card: str = "", chat: int = CHIEF) -> Outgoing:
    return Outgoing(1, Address("telegram", str(chat)), reply, card)


async def test_bold_is_bold_and_everything_else_is_literal(api: BotApi, telegram: Telegram) -> None:
    text = "**Xong 2.008** việc < 2.407 & <b>không</b> phải HTML; 2 * 3 ** 4"
    message = await telegram.send(to(Reply(text)))
    assert api.answers(CHIEF) == [Shown(int(message), text)]
    assert [entity["type"] for entity in api.messages[CHIEF][int(message)].entities] == ["bold"]


async def test_choices_are_buttons_that_bring_their_token_back(api: BotApi, telegram: Telegram) -> None:
    await telegram.send(to(Reply("Nộp?", YES)))
    [shown] = api.answers(CHIEF)
    assert shown.rows == (("Nộp", "Sửa", "Hủy"),)
    assert api.tap(CHIEF, "Sửa")["callback_query"]["data"] == "submit:change"


def test_a_row_holds_only_labels_that_can_be_read_side_by_side() -> None:
    labels = ("Theo đơn vị", "So cùng kỳ", "Biểu đồ", "Nguồn", "1.304.000.000.000 đồng", "1.304.000.000 đồng")
    found = [[one.label for one in row] for row in rows([Choice(label, "x") for label in labels])]
    assert found == [
        ["Theo đơn vị", "So cùng kỳ"],
        ["Biểu đồ", "Nguồn"],
        ["1.304.000.000.000 đồng"],
        ["1.304.000.000 đồng"],
    ]


async def test_an_answer_to_a_press_takes_the_place_of_the_card(api: BotApi, telegram: Telegram) -> None:
    card = await telegram.send(to(Reply("Nộp?", YES)))
    assert await telegram.send(to(Reply("**Đã ghi nhận**", in_place=True), card=card)) == card
    assert api.answers(CHIEF) == [Shown(int(card), "**Đã ghi nhận**", edited=True)]


async def test_an_edit_that_changes_nothing_is_no_fault(api: BotApi, telegram: Telegram) -> None:
    reply = Reply("Nộp?", YES, in_place=True)
    card = await telegram.send(to(reply))
    assert await telegram.send(to(reply, card=card)) == card
    assert [shown.edited for shown in api.answers(CHIEF)] == [False]


@pytest.mark.parametrize("card", ["999999", "1001"], ids=["deleted", "the person's own"])
async def test_a_card_that_cannot_be_edited_is_replaced_by_a_new_message(
    api: BotApi, telegram: Telegram, card: str
) -> None:
    message = await telegram.send(to(Reply("Đã ghi nhận", in_place=True), card=card))
    assert api.answers(CHIEF) == [Shown(int(message), "Đã ghi nhận")]


async def test_a_picture_as_card_is_followed_by_a_new_message(api: BotApi, telegram: Telegram) -> None:
    card = await telegram.send(to(Reply("Biểu đồ", attachment=Attachment("bieu-do.png", "image/png", PNG))))
    message = await telegram.send(to(Reply("Nguồn", in_place=True), card=card))
    assert [shown.text for shown in api.answers(CHIEF)] == ["Biểu đồ", "Nguồn"]
    assert message != card


async def test_a_long_text_is_cut_between_lines_and_its_buttons_stand_under_the_last(
    api: BotApi, telegram: Telegram
) -> None:
    text = "\n".join(f"{number}. đơn vị 👍 {'x' * 80}" for number in range(120))
    last = await telegram.send(to(Reply(text, YES)))
    shown = api.answers(CHIEF)
    assert "\n".join(one.text for one in shown) == text
    assert [one.buttons for one in shown[:-1]] == [()] * (len(shown) - 1)
    assert (shown[-1].id, shown[-1].buttons) == (int(last), ("Nộp", "Sửa", "Hủy"))


def test_a_line_too_long_for_a_message_is_cut_within() -> None:
    line = "👍" * 5000
    found = pieces(line, LONGEST)
    assert "".join(found) == line
    assert all(units(piece) <= 4096 for piece in found)


async def test_a_text_that_telegram_cannot_parse_goes_out_plain(api: BotApi, telegram: Telegram) -> None:
    api.faults += [Fault("unparsable", "sendMessage")]
    await telegram.send(to(Reply("**Xong** < 5", YES)))
    assert [(shown.text, len(shown.buttons)) for shown in api.answers(CHIEF)] == [("Xong < 5", 3)]


async def test_a_picture_is_a_photo_with_its_caption_and_buttons(api: BotApi, telegram: Telegram) -> None:
    picture = Attachment("biểu đồ.png", "image/png", PNG)
    await telegram.send(to(Reply("**Xong** 6 tháng", (Choice("Nguồn", "source"),), picture)))
    [shown] = api.answers(CHIEF)
    assert (shown.text, shown.buttons, shown.file) == (
        "**Xong** 6 tháng",
        ("Nguồn",),
        File("biểu đồ.png", "image/png", PNG),
    )
    assert api.counts["sendPhoto"] == 1


async def test_a_document_keeps_its_vietnamese_name(api: BotApi, telegram: Telegram) -> None:
    name = 'Báo cáo "cụm 3" tháng 9.xlsx'
    media_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    await telegram.send(to(Reply("Số liệu đây", attachment=Attachment(name, media_type, b"PK\x03\x04"))))
    assert [shown.file for shown in api.answers(CHIEF)] == [File(name, media_type, b"PK\x03\x04")]


async def test_a_text_too_long_for_a_caption_goes_before_the_file(api: BotApi, telegram: Telegram) -> None:
    text = "Cụm thi đua số 3. " * 60
    await telegram.send(to(Reply(text, YES, Attachment("a.csv", "text/csv", b"1"))))
    assert [(shown.text, shown.buttons, shown.file is not None) for shown in api.answers(CHIEF)] == [
        (text.strip(), (), False),
        ("", ("Nộp", "Sửa", "Hủy"), True),
    ]


@pytest.mark.parametrize("content", [b"GIF89a", PNG[:16] + struct.pack(">II", 9000, 9000)])
async def test_a_picture_that_is_no_photo_goes_out_as_a_file(api: BotApi, telegram: Telegram, content: bytes) -> None:
    await telegram.send(to(Reply("Biểu đồ", attachment=Attachment("a.png", "image/png", content))))
    assert "document" in api.json(list(api.messages[CHIEF].values())[-1])


async def test_a_menu_is_shown_to_that_person_alone(api: BotApi, telegram: Telegram) -> None:
    await telegram.send(to(Reply("Chào đồng chí", menu=(Command("nop", "Nộp số liệu"), Command("tong", "Tổng")))))
    assert (api.commands_of(CHIEF), api.commands_of()) == (["nop", "tong"], [])
    assert api.account.menu_buttons == {CHIEF: {"type": "commands"}}


async def test_a_menu_that_fails_does_not_fail_the_message(api: BotApi, telegram: Telegram) -> None:
    api.faults += [Fault("500", "setMyCommands")]
    await telegram.send(to(Reply("Chào đồng chí", menu=(Command("nop", "Nộp số liệu"),))))
    assert [shown.text for shown in api.answers(CHIEF)] == ["Chào đồng chí"]


async def test_strangers_see_who_the_bot_is(api: BotApi, telegram: Telegram) -> None:
    await telegram.introduce([Command("start", "Bắt đầu")], "Bot của cụm thi đua", "Thi đua")
    assert (api.commands_of(), api.account.description, api.account.short_description) == (
        ["start"],
        "Bot của cụm thi đua",
        "Thi đua",
    )
    assert telegram.username == "thidua_bot"


async def test_an_introduction_is_told_as_soon_as_telegram_listens(api: BotApi, telegram: Telegram) -> None:
    api.faults += [Fault("500")]
    await telegram.introduce([Command("start", "Bắt đầu")], "Bot của cụm thi đua", "Thi đua")
    assert (telegram.username, api.commands_of()) == ("thidua_bot", ["start"])


async def refusal(telegram: Telegram, outgoing: Outgoing) -> ThiduaError:
    with pytest.raises((DeliveryError, ChannelStopped)) as raised:
        await telegram.send(outgoing)
    assert raised.value.__suppress_context__ or raised.value.__context__ is None
    return raised.value


async def test_who_blocked_or_left_or_never_wrote_is_unreachable(api: BotApi, telegram: Telegram) -> None:
    for user in (1, 2):
        api.say(user, "/start")
    api.block(1)
    api.deactivate(2)
    api.group(CLUSTER)
    api.say(3, "/start", chat=CLUSTER)
    assert [await refusal(telegram, to(Reply("Nhắc"), chat=user)) for user in (1, 2, 3, 4)] == [
        Unreachable("Forbidden: Forbidden: bot was blocked by the user"),
        Unreachable("Forbidden: Forbidden: user is deactivated"),
        Unreachable("Forbidden: Forbidden: bot can't initiate conversation with a user"),
        Unreachable("BadRequest: Chat not found"),
    ]


async def test_a_group_that_became_a_supergroup_has_moved(api: BotApi, telegram: Telegram) -> None:
    api.group(CLUSTER)
    api.migrate(CLUSTER, -1004001)
    assert await refusal(telegram, to(Reply("Đủ 7/7"), chat=CLUSTER)) == Moved("-1004001")


async def test_too_fast_is_later_by_as_much_as_telegram_says(api: BotApi, telegram: Telegram) -> None:
    api.faults += [Fault("429", retry_after=23)]
    assert await refusal(telegram, to(Reply("Nhắc"))) == Later(23.0, "asked to slow down")


@pytest.mark.parametrize("kind", ["500", "502", "404", "hang", "cut", "cut_after"])
async def test_a_fault_on_the_way_leaves_it_open_whether_the_message_went_out(
    api: BotApi, telegram: Telegram, kind: str
) -> None:
    api.faults += [Fault(kind, "sendMessage")]
    error = await refusal(telegram, to(Reply("Nhắc")))
    assert isinstance(error, Later)
    assert (error.after, error.uncertain) == (0.0, True)
    assert len(api.answers(CHIEF)) == (kind == "cut_after")


async def test_a_message_that_found_no_connection_certainly_did_not_go_out(api: BotApi, telegram: Telegram) -> None:
    await api.down()
    assert await refusal(telegram, to(Reply("Nhắc"))) == Later(0.0, "NotSent: ClientConnectorError", uncertain=False)


async def test_a_message_that_telegram_will_never_take_is_rejected(api: BotApi, telegram: Telegram) -> None:
    too_wide = Reply("Nộp?", (Choice("Nộp", "x" * 65),))
    assert await refusal(telegram, to(too_wide)) == Rejected("BadRequest: Button_data_invalid")
    assert await refusal(telegram, to(Reply("  "))) == Rejected("nothing to say")


async def test_a_token_refused_while_sending_stops_the_channel(api: BotApi, telegram: Telegram) -> None:
    api.token = "123456:revoked-and-given-anew-0123456789"
    assert await refusal(telegram, to(Reply("Nhắc"))) == ChannelStopped("telegram", "the token is refused")
