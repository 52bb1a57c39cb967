"""One chief on two apps: a stage that both speak to, and what is said when they are linked."""

from __future__ import annotations

from sqlalchemy import select

from bot.chat import Outgoing, Reply
from bot.errors import Unreachable
from bot.unasked.telling import tell
from tests.dialogues.stage import Stage
from tests.dialogues.wires import PaperWire

CHIEF, NAME = "muong-lat", "Chi cục trưởng Mường Lát"


PHONE = "z-1"  # the chief's account on Zalo


SIX = "/nop 155 2.848.519.000 125 1.930.856.000 84 547.724.000"


STRANGER = "Đây là hệ thống nội bộ. Đồng chí có mã mời thì gửi mã vào đây; chưa có thì liên hệ quản trị của đơn vị."


ARRIVED = "Đã nhận mã. Để nối xong, đồng chí mở Telegram và trả lời ở đó trong 10 phút."


ASKED = (
    "**Nối Zalo?** Tài khoản “Minh” ở đó vừa gửi mã của đồng chí. "
    "Nối rồi thì người giữ tài khoản ấy nộp và xem số liệu thay đồng chí.\n[Nối] [Không phải tôi]"
)


LINKED = (
    "**Đã nối Zalo.** Đồng chí nộp, sửa, hỏi ở nơi nào cũng được; việc làm dở ở nơi này thì làm tiếp được ở nơi kia. "
    "Thông báo gửi đến nơi dùng gần nhất; xem và đổi bằng /kenh."
)


WELCOME = (
    f"Chào đồng chí **{NAME}**. Tài khoản này đã được nối: đồng chí nộp, sửa, hỏi ở đây như trên Telegram.\n[Cách dùng]"
)


EXPIRED = "Mã này đã hết hạn. Đồng chí gửi /kenh ở ứng dụng đầu để lấy mã mới."


USED = "Mã này đã được dùng. Đồng chí gửi /kenh ở ứng dụng đầu để lấy mã mới."


class Blocked(PaperWire):
    """A paper wire that people can leave."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.left: set[str] = set()
        self.paper.send = self._send  # type: ignore[method-assign]

    async def _send(self, outgoing: Outgoing) -> str:
        if outgoing.address.chat in self.left:
            raise Unreachable("user has blocked the bot")
        return await type(self.paper).send(self.paper, outgoing)


class Two:
    """A stage with both apps; whoever speaks on Zalo has no buttons."""

    def __init__(self, played: Stage, telegram: Blocked, zalo: Blocked) -> None:
        self.played, self.telegram, self.zalo = played, telegram, zalo

    async def on_telegram(self, text: str, who: str = CHIEF) -> str:
        return await self._said(self.telegram, who, text)

    async def on_zalo(self, text: str, who: str = PHONE) -> str:
        return await self._said(self.zalo, who, text, numbered=True, name="Minh")

    async def _said(self, wire: Blocked, who: str, text: str, **fields: object) -> str:
        known = {(one.id, one.text) for one in await wire.seen(who)}
        await wire.say(who, text, self.played.clock.time, **fields)
        await self.played.work()
        fresh = [one for one in await wire.seen(who) if (one.id, one.text) not in known]
        return "\n---\n".join(one.shown() for one in fresh)

    async def last(self, wire: Blocked, who: str) -> str:
        return (await wire.seen(who))[-1].shown()

    async def code(self, who: str = CHIEF) -> str:
        return (await self.on_telegram("/kenh", who)).partition("gửi mã: **")[2].partition("**")[0]

    async def link(self) -> None:
        assert await self.on_zalo(await self.code()) == ARRIVED
        assert await self.on_telegram("[Nối]") == LINKED
        assert await self.last(self.zalo, PHONE) == WELCOME

    async def tell(self, text: str = "Tin báo") -> None:
        async with self.played.database.begin() as desk:
            ids = {name: id for id, name in (await desk.people.names()).items()}
            await tell(desk, [ids[NAME]], lambda: Reply(text), self.played.clock.now())
        await self.played.work()

    async def rows(self, table: object) -> list[dict[str, object]]:
        async with self.played.database._engine.connect() as connection:
            return [dict(row) for row in (await connection.execute(select(table))).mappings()]  # type: ignore[call-overload]
