"""The people of the sample cluster on their phones."""

from __future__ import annotations

from pathlib import Path

from bot import sample, setup
from bot.app import opened
from bot.domain.period import Period
from bot.domain.person import Role
from bot.domain.wording import grouped
from tests.program.process import Machine
from tests.servers.telegram import BotApi, Shown

STRANGER = "Đây là hệ thống nội bộ. Đồng chí có mã mời thì gửi mã vào đây; chưa có thì liên hệ quản trị của đơn vị."
LAST = Period(2021, 12)
OFFICES = {office.key: office.name for office in sample.structure()[0].offices}
CHIEFS = {key: 7001 + place for place, key in enumerate(OFFICES)}  # their accounts, which are their chats too
HEAD = 7100


def typed(office: str) -> str:
    """The office's six figures of the year in one message, in the order of the form."""
    return "/nop " + " ".join(grouped(value) for value in sample.figures()[LAST][office].values())


def word(number: int) -> str:
    """A word that is neither a name nor a number: an answer repeats it, which tells what it answers."""
    return "wz" + "".join("bcdfghjkmn"[int(digit)] for digit in f"{number:04}")


async def prepared(machine: Machine, *wanted: tuple[Role, str], structure: Path | None = None) -> list[str]:
    """As `thidua init` and `thidua invite` would, without a process each: the codes for those roles and offices."""
    now = sample.BEGINS
    async with opened(f"sqlite+aiosqlite:///{machine.database}") as database:
        await setup.init(database, structure, now)
        return [(await setup.invite(database, role, office, "", "", now))[-1] for role, office in wanted]


async def enrol(api: BotApi, user: int, code: str) -> Shown:
    """Open the deep link of a code."""
    api.say(user, f"/start {code}")
    return await api.wait_for(user, "Đồng chí được ghi nhận", 15)


async def ask(api: BotApi, user: int, text: str, timeout: float = 10) -> str:
    """What the bot answers to a message, as one text; the first answer that comes."""
    before = len(api.answers(user))
    api.say(user, text)
    return (await api.wait_for(user, before + 1, timeout)).text


async def file(api: BotApi, user: int, text: str) -> Shown:
    """One message and one tap; the card as it stands afterwards."""
    before = len(api.answers(user))
    api.say(user, text)
    card = await api.wait_for(user, before + 1, 10)
    api.tap(user, "Nộp", message=card.id)
    return await api.wait_for(user, lambda shown: shown.id == card.id and shown.edited, 10)
