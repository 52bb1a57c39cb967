"""What goes out, once the transaction that decided it has committed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, case, insert, literal, null, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.chat import Address, Attachment, Choice, Command, Outgoing, Reply
from bot.ports import Shown
from db.tables import outbox, places
from db.types import AnyRow

_post = insert(outbox).returning(outbox.c.id, sort_by_parameter_order=True)
_unsent = (
    select(
        outbox.c.id,
        outbox.c.channel,
        outbox.c.chat,
        outbox.c.reply,
        outbox.c.attachment,
        outbox.c.card,
        outbox.c.tries,
        outbox.c.person,
        outbox.c.gone,
    )
    .where(outbox.c.state == "waiting", outbox.c.id > bindparam("after"))
    .order_by(outbox.c.id)
    .limit(bindparam("at_most"))
)
_sent = (
    update(outbox)
    .where(outbox.c.id == bindparam("at_id"))
    .values(
        state="sent",
        done_at=bindparam("now"),
        message=bindparam("new_message"),
        attachment=null(),
        reply=case((outbox.c.secret, literal({}, outbox.c.reply.type)), else_=outbox.c.reply),
    )
)
_dead = (
    update(outbox)
    .where(outbox.c.id == bindparam("at_id"))
    .values(
        state="dead",
        done_at=bindparam("now"),
        why=bindparam("new_why"),
        instead=bindparam("another"),
        reply=case((outbox.c.secret, literal({}, outbox.c.reply.type)), else_=outbox.c.reply),
    )
)
_doubted = (
    update(outbox).where(outbox.c.id == bindparam("at_id")).values(tries=outbox.c.tries + 1, why=bindparam("new_why"))
)
_settled = (
    update(outbox)
    .where(outbox.c.id == bindparam("at_id"))
    .values(gone=outbox.c.gone + 1, tries=0, unsure=outbox.c.unsure + bindparam("doubtful"))
)
_why = update(outbox).where(outbox.c.id == bindparam("at_id")).values(why=bindparam("new_why"))
_shown = (
    select(outbox.c.reply, case((outbox.c.unsure == 0, outbox.c.done_at)).label("done_at"))
    .where(
        outbox.c.channel == bindparam("at_channel"),
        outbox.c.chat == bindparam("at_chat"),
        outbox.c.state != "dead",
        # What somebody else was told there before is nobody's business.
        outbox.c.posted_at
        >= select(places.c.linked_at)
        .where(places.c.channel == bindparam("at_channel"), places.c.chat == bindparam("at_chat"))
        .scalar_subquery(),
    )
    .order_by(outbox.c.id.desc())
    .limit(bindparam("at_most"))
)
_renamed = update(outbox).where(outbox.c.channel == bindparam("at_channel")).values(channel=bindparam("new_channel"))
_moved = (
    update(outbox)
    .where(
        outbox.c.state == "waiting",
        outbox.c.channel == bindparam("at_channel"),
        outbox.c.chat == bindparam("at_chat"),
    )
    .values(chat=bindparam("new_chat"))
)


class Outbox:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection
        self._waiting: list[tuple[dict[str, Any], Reply]] = []
        self._posted: list[Outgoing] = []

    async def post(
        self,
        address: Address,
        reply: Reply,
        now: datetime,
        card: str = "",
        cause: int | None = None,
        person: int | None = None,
    ) -> None:
        row = {"channel": address.channel, "chat": address.chat, "card": card, "cause": cause, "person": person}
        content = reply.attachment.content if reply.attachment else None
        sending = {
            "state": "waiting",
            "tries": 0,
            "gone": 0,
            "unsure": 0,
            "instead": False,
            "posted_at": now,
            "secret": reply.secret,
            "message": "",
            "why": "",
        }
        self._waiting.append(({**row, "reply": reply_to_json(reply), "attachment": content, **sending}, reply))

    async def posted(self) -> Sequence[Outgoing]:
        await self.flush()
        return self._posted

    async def unsent(self, after: int, limit: int) -> Sequence[Outgoing]:
        await self.flush()
        rows = await self._connection.execute(_unsent, {"after": after, "at_most": limit})
        return [_outgoing(row) for row in rows]

    async def sent(self, ids: Mapping[int, str], now: datetime) -> None:
        if ids:
            rows = [{"at_id": id, "new_message": message, "now": now} for id, message in ids.items()]
            await self._connection.execute(_sent, rows)

    async def dead(self, id: int, why: str, now: datetime, instead: bool = False) -> None:
        await self._connection.execute(_dead, {"at_id": id, "now": now, "new_why": why, "another": instead})

    async def doubted(self, id: int, why: str) -> None:
        await self._connection.execute(_doubted, {"at_id": id, "new_why": why})

    async def settled(self, id: int, unsure: str = "") -> None:
        await self._connection.execute(_settled, {"at_id": id, "doubtful": int(bool(unsure))})
        if unsure:
            await self._connection.execute(_why, {"at_id": id, "new_why": unsure})

    async def shown(self, address: Address, limit: int) -> Sequence[Shown]:
        await self.flush()
        values = {"at_channel": address.channel, "at_chat": address.chat, "at_most": limit}
        rows = await self._connection.execute(_shown, values)
        return [Shown(reply_from_json(row.reply, None), row.done_at) for row in rows]

    async def rebind(self, channel: str, before: str, bot: str) -> None:
        await self.flush()
        for old, new in ((channel, f"{channel}:{before}"), (f"{channel}:{bot}", channel)):
            await self._connection.execute(_renamed, {"at_channel": old, "new_channel": new})

    async def moved(self, address: Address, chat: str) -> None:
        await self.flush()
        values = {"at_channel": address.channel, "at_chat": address.chat, "new_chat": chat}
        await self._connection.execute(_moved, values)

    async def flush(self) -> None:
        """Write what `post` has gathered, in one go."""
        if self._waiting:
            waiting, self._waiting = self._waiting, []
            rows = [row for row, _ in waiting]
            ids = (await self._connection.execute(_post, rows)).scalars()
            self._posted += [
                Outgoing(id, Address(row["channel"], row["chat"]), reply, row["card"], person=row["person"])
                for id, (row, reply) in zip(ids, waiting, strict=True)
            ]


def reply_to_json(reply: Reply) -> dict[str, Any]:
    """All of the reply but the bytes of its attachment; what is empty is left out."""
    parts: dict[str, Any] = {
        "text": reply.text,
        "choices": [[choice.label, choice.token] for choice in reply.choices],
        "attachment": reply.attachment and [reply.attachment.name, reply.attachment.media_type],
        "in_place": reply.in_place,
        "menu": [[command.word, command.about] for command in reply.menu],
        "wants_number": reply.wants_number,
        "in_words": reply.in_words,
        "spare": reply.spare,
    }
    return {name: part for name, part in parts.items() if part}


def reply_from_json(parts: Mapping[str, Any], content: bytes | None) -> Reply:
    name, media_type = parts.get("attachment", ("", ""))
    attachment = Attachment(name, media_type, content) if content is not None else None
    return Reply(
        text=parts.get("text", ""),
        choices=tuple(Choice(*choice) for choice in parts.get("choices", ())),
        attachment=attachment,
        in_place=parts.get("in_place", False),
        menu=tuple(Command(*command) for command in parts.get("menu", ())),
        wants_number=parts.get("wants_number", False),
        in_words=parts.get("in_words", False),
        spare=parts.get("spare", False),
    )


def _outgoing(row: AnyRow) -> Outgoing:
    reply = reply_from_json(row.reply, row.attachment)
    return Outgoing(row.id, Address(row.channel, row.chat), reply, row.card, row.tries, row.person, row.gone)
