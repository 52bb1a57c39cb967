"""Buttons whose tokens nobody of ours made: every one is refused, nothing happens, no turn crashes."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.domain.period import Period
from tests.core.test_roles import STALE, press, token
from tests.dialogues.stage import Stage, stage
from tests.dialogues.wires import PaperWire

HEAD, CHIEF, ASKED = "truong-cum", "quan-son", "ba-thuoc"
STAYS = "Đã chuyển trả lời của đồng chí; {} của Bá Thước giữ nguyên."
ANSWERED = "Câu hỏi này đã được trả lời lúc 08:00 ngày 01/10/2021."
NUMBERS = ("", "x", "-1", "0", "99", "٠", "1.5", "9" * 20, "9" * 5000)


@pytest.fixture
def wire() -> PaperWire:
    return PaperWire()


@pytest.fixture
async def played(tmp_path: Path, wire: PaperWire) -> AsyncIterator[Stage]:
    async with stage(tmp_path, wire) as one:
        yield one


async def stands(played: Stage, office: str = CHIEF) -> bool:
    async with played.database.begin() as desk:
        return await desk.reports.get(office, "short", Period(2021, 12)) is not None


async def test_a_reason_that_was_not_offered_withdraws_nothing(played: Stage, wire: PaperWire) -> None:
    await played.say(CHIEF, "/rut")
    await played.say(CHIEF, "[Rút]")
    number = token(wire, CHIEF, "Nộp nhầm").rpartition(":")[2].partition(".")[0]
    forged = ["", number, f"{number}.", *(f"{number}.{one}" for one in NUMBERS if one != "0")]
    for argument in forged:
        assert await press(played, wire, CHIEF, f"withdraw:because:{argument}") == STALE, argument
    assert await stands(played)


async def test_a_request_that_nobody_made_is_not_granted(played: Stage, wire: PaperWire) -> None:
    for argument in NUMBERS:
        for answer in ("grant", "refuse"):
            assert await press(played, wire, HEAD, f"unlock:{answer}:{argument}") == STALE, argument


async def test_a_question_that_nobody_asked_is_not_answered(played: Stage, wire: PaperWire) -> None:
    dates = [f"{CHIEF}.{year}.{month}.{cell}" for year in NUMBERS for month in ("12", *NUMBERS) for cell in NUMBERS]
    dates += [f"{CHIEF}.2021.12.{cell}" for cell in NUMBERS]
    await played.say(CHIEF, "/rut Quan Sơn tháng 8")
    await played.say(CHIEF, "[Rút]")
    await played.say(CHIEF, "[Nộp nhầm]")
    async with played.database.begin() as desk:
        last = (await desk.audit.head()).number  # an entry that is no question
    for argument in (*NUMBERS, str(last), *dates[::7], f"{CHIEF}.0.12.1", f"{CHIEF}.1.1.1", f"{CHIEF}.99999.1.1"):
        for answer in ("answer", "keep"):
            assert await press(played, wire, CHIEF, f"send_back:{answer}:{argument}") == STALE, argument


async def ask(played: Stage, wire: PaperWire, cell: str) -> tuple[str, str]:
    """The tokens of what the chief is asked: another figure, or that it stays."""
    assert (await played.say(HEAD, f"/tralai Bá Thước {cell}: vì sao?")).startswith("Đã hỏi lại")
    return token(wire, ASKED, "Gửi số đúng"), token(wire, ASKED, "Giữ nguyên")


async def told(played: Stage, wire: PaperWire) -> int:
    return sum("giữ nguyên" in one.text for one in await wire.seen(HEAD))


async def test_that_it_stays_is_said_once(played: Stage, wire: PaperWire) -> None:
    other, stays = await ask(played, wire, "tiền xong")
    not_theirs = "Chi cục THADS Bá Thước đã nộp; chỉ thủ trưởng đơn vị được sửa."
    assert await press(played, wire, "quan-hoa", stays) == not_theirs
    assert await told(played, wire) == 0
    assert await press(played, wire, ASKED, stays) == STAYS.format("tiền xong")
    played.wait(minutes=5)
    for doubled in (stays, other):
        assert await press(played, wire, ASKED, doubled) == ANSWERED
    assert await told(played, wire) == 1
    again, _ = await ask(played, wire, "tiền xong")  # the same question may be put again once it was answered
    assert again != other


async def test_another_figure_answers_the_question_about_it_and_no_other(played: Stage, wire: PaperWire) -> None:
    other, stays = await ask(played, wire, "tiền xong")
    _, cases = await ask(played, wire, "việc xong")
    await press(played, wire, ASKED, other)
    for said in ("3.400.000.000", "[Nộp]"):
        await played.say(ASKED, said)
    played.wait(minutes=5)
    for late in (other, stays):
        assert await press(played, wire, ASKED, late) == ANSWERED
    assert await press(played, wire, ASKED, cases) == STAYS.format("việc xong")


async def test_what_was_withdrawn_is_asked_about_no_longer(played: Stage, wire: PaperWire) -> None:
    other, stays = await ask(played, wire, "tiền xong")
    for said in ("/rut", "[Rút]", "[Nộp nhầm]"):
        await played.say(ASKED, said)
    for late in (other, stays):
        assert await press(played, wire, ASKED, late) == STALE


async def test_a_question_that_nobody_answers_may_be_put_again_the_next_day(played: Stage, wire: PaperWire) -> None:
    other, _ = await ask(played, wire, "tiền xong")
    waiting = "Trưởng cụm đã hỏi Bá Thước về tiền xong lúc 08:00 ngày 01/10/2021, đang chờ trả lời:\n“vì sao?”"
    for again in ("/tralai Bá Thước tiền xong", "/tralai Bá Thước tiền xong: có thu hồi không?"):
        assert await played.say(HEAD, again) == waiting
    played.wait(hours=24, minutes=1)
    assert (await ask(played, wire, "tiền xong"))[0] != other


async def test_a_request_that_nobody_answers_may_be_made_again_the_next_day(played: Stage, wire: PaperWire) -> None:
    for said in ("/chot tháng 8", "[Chốt]"):
        await played.say(HEAD, said)
    sent = (
        "Đã gửi đến Trưởng cụm đề nghị mở lại 11 tháng năm 2021 của Bá Thước.\n"
        "Lý do: “nhập nhầm”.\nCó trả lời tôi sẽ báo đồng chí."
    )
    card = "**Xin mở lại** 11 tháng năm 2021 của Bá Thước?\nLý do: “nhập nhầm”.\n[Gửi đề nghị] [Hủy]"
    waiting = "Đề nghị trước đang chờ: mở lại 11 tháng năm 2021 của Bá Thước, gửi lúc 08:00 ngày 01/10/2021."
    asking = "/xinmo tháng 8: nhập nhầm"
    await played.talk(ASKED, (asking, card), ("[Gửi đề nghị]", sent), (asking, waiting))
    played.wait(hours=24, minutes=1)
    await played.talk(ASKED, (asking, card), ("[Gửi đề nghị]", sent))


async def twice(played: Stage, wire: PaperWire, who: str, label: str) -> str:
    """What a button says that is pressed once more five minutes later, after other work."""
    pressed = token(wire, who, label)
    await played.say(who, f"[{label}]")
    played.wait(minutes=5)
    assert await press(played, wire, "quan-hoa", pressed) == STALE  # it was not theirs
    return await press(played, wire, who, pressed)


async def test_a_second_press_is_told_what_the_first_did(played: Stage, wire: PaperWire) -> None:
    await played.say(ASKED, "/sua việc xong 339")
    filed = "Phiếu này xong rồi: 12 tháng năm 2021 của Chi cục THADS Bá Thước đã ghi nhận lúc 08:00 ngày 01/10/2021."
    assert await twice(played, wire, ASKED, "Nộp") == filed
    for said in ("/rut", "[Rút]"):
        await played.say(ASKED, said)
    withdrawn = "Phiếu này xong rồi: 12 tháng năm 2021 của Chi cục THADS Bá Thước đã rút lúc 08:05 ngày 01/10/2021."
    assert await twice(played, wire, ASKED, "Nộp nhầm") == withdrawn
    for said in ("/tralai Cẩm Thủy tiền xong", "vì sao giảm?"):
        await played.say(HEAD, said)
    assert await twice(played, wire, HEAD, "Gửi") == "Phiếu này xong rồi, lúc 08:10 ngày 01/10/2021."
    for said in ("/chot", "[Vẫn chốt, vì…]", "mất điện"):
        await played.say(HEAD, said)
    assert await twice(played, wire, HEAD, "Chốt") == "Phiếu này xong rồi, lúc 08:15 ngày 01/10/2021."
    for said in ("/xinmo", "nhập nhầm"):
        await played.say(ASKED, said)
    assert await twice(played, wire, ASKED, "Gửi đề nghị") == "Phiếu này xong rồi, lúc 08:20 ngày 01/10/2021."


async def test_to_file_said_once_more_is_a_second_press_only_for_a_while(played: Stage, wire: PaperWire) -> None:
    for said in ("/sua việc xong 339", "nộp"):
        await played.say(ASKED, said)
    played.wait(minutes=59)
    filed = "Phiếu này xong rồi: 12 tháng năm 2021 của Chi cục THADS Bá Thước đã ghi nhận lúc 08:00 ngày 01/10/2021."
    assert await played.say(ASKED, "nộp") == filed
    played.wait(days=31)
    assert "1 tháng năm 2022" in await played.say(ASKED, "nộp")


async def test_a_card_that_was_cancelled_is_not_done(played: Stage, wire: PaperWire) -> None:
    await played.say(ASKED, "/sua việc xong 339")
    file = token(wire, ASKED, "Nộp")
    await played.say(ASKED, "[Hủy]")
    assert await press(played, wire, ASKED, file) == STALE


async def test_a_figure_that_no_card_offered_is_not_taken(played: Stage, wire: PaperWire) -> None:
    await played.say(CHIEF, "/nop lai")
    number = token(wire, CHIEF, "Hủy").rpartition(":")[2]
    for argument in (one for one in NUMBERS if one not in ("0", "1.5")):
        for rest in (f"cell:{number}.{argument}", f"set:{number}.{argument}.1"):
            assert await press(played, wire, CHIEF, f"submit:{rest}") == STALE, rest
    assert await press(played, wire, CHIEF, f"submit:set:{number}.0.{'9' * 5000}") == STALE
