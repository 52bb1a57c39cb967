"""Telegram as a channel: long polling in, messages and buttons out, its errors told in our words."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from datetime import UTC, datetime
from itertools import count
from time import monotonic
from typing import Any, TypeVar

import structlog
from telegram import Bot, BotCommand, BotCommandScopeChat, InlineKeyboardMarkup, MenuButtonCommands
from telegram.error import BadRequest, TelegramError

from bot.channels.telegram.errors import brief, says, seconds_until_next, told
from bot.channels.telegram.message import CAPTION, LONGEST, bold, keyboard
from bot.channels.telegram.transport import AiohttpRequest
from bot.channels.telegram.update import kept, turn
from bot.chat import Attachment, Command, Outgoing, Raw, Store, Turn
from bot.cutting import pieces, units
from bot.errors import ChannelStopped, Later, Rejected

log = structlog.get_logger()

Json = dict[str, Any]
_Answer = TypeVar("_Answer")

POLL = 30  # seconds that Telegram may hold a getUpdates
PATIENCE = 20.0  # seconds to wait for any other answer
CHORES = 256
EVENTS = ("message", "edited_message", "callback_query", "my_chat_member")

_PICTURES = ("image/png", "image/jpeg")
_NO_CARD = ("message to edit not found", "can't be edited", "no text in the message", "message_id_invalid")
_NO_PICTURE = ("image_process_failed", "photo_invalid", "too big for a photo")


class Telegram:
    """One bot's wire. `api_url` without a token; `proxy` an http:// URL or None.

    `poll` and `patience` are seconds: to let Telegram hold a getUpdates, and to wait for any other answer."""

    name = "telegram"
    header = "X-Telegram-Bot-Api-Secret-Token"

    def __init__(
        self,
        token: str,
        api_url: str,
        *,
        proxy: str | None = None,
        poll: int = POLL,
        patience: float = PATIENCE,
        pause: Callable[[float], Awaitable[object]] = asyncio.sleep,
    ) -> None:
        base = api_url.rstrip("/")
        self._request = AiohttpRequest(patience, proxy)
        self._bot = _Bot(token, f"{base}/bot", f"{base}/file/bot", self._request, self._request)
        self._poll = poll
        self._pause = pause
        self._chores: set[asyncio.Task[None]] = set()
        self.username = ""  # known once receive() or introduce() has spoken with Telegram

    async def receive(self, store: Store) -> None:
        offset, faults = 0, 0
        while True:
            began = monotonic()
            try:
                updates = await self._fetch(offset)
            except TelegramError as error:
                await self._recover(error, faults)
                faults += 1
                continue
            faults = 0
            if updates:
                await self._keep(updates, store)
                offset = max(update["update_id"] for update in updates) + 1
            elif monotonic() - began < min(1, self._poll):
                await self._pause(0.5)  # an empty answer that should have been held back

    async def accept(self, body: Any, store: Store) -> None:
        """Store an update that a webhook has brought."""
        if isinstance(body, dict) and isinstance(body.get("update_id"), int):
            await self._keep([body], store)

    async def hook(self) -> str:
        return (await self._asked(self._bot.get_webhook_info())).url

    async def set_hook(self, url: str, secret: str) -> None:
        await self._asked(self._meet())
        await self._asked(self._bot.set_webhook(url, allowed_updates=EVENTS, secret_token=secret))

    async def drop_hook(self) -> None:
        await self._asked(self._bot.delete_webhook())

    async def _asked(self, asking: Awaitable[_Answer]) -> _Answer:
        try:
            return await asking
        except TelegramError as error:
            raise told(error) from None

    async def _fetch(self, offset: int) -> list[Json]:
        """The next updates as plain JSON, so that one that cannot be parsed holds up nobody."""
        if not self.username:
            await self._meet()
            log.info("telegram: receiving", bot=self.username)
        fields = {"offset": offset, "timeout": self._poll, "allowed_updates": EVENTS}
        updates = await self._call("getUpdates", fields, self._poll + self._request.read_timeout)
        if not isinstance(updates, list):
            raise TelegramError("getUpdates gave no list")
        return [update for update in updates if isinstance(update, dict) and isinstance(update.get("update_id"), int)]

    async def _meet(self) -> None:
        self.username = (await self._bot.get_me()).username or ""

    async def _keep(self, updates: Sequence[Json], store: Store) -> None:
        now = datetime.now(UTC)
        raws = [raw for update in updates if (raw := kept(update, now, self.username))]
        storing = asyncio.ensure_future(store(raws))
        try:
            await asyncio.shield(storing)
        except asyncio.CancelledError:
            await asyncio.wait([storing])  # what was fetched is kept before the loop ends
            raise
        for update in updates:
            query = update.get("callback_query")
            if isinstance(query, dict) and query.get("id"):
                self._behind(self._call("answerCallbackQuery", {"callback_query_id": query["id"]}))

    def _behind(self, work: Coroutine[Any, Any, object]) -> None:
        """Do it in the background, or not at all when too much is under way; its failure matters to nobody."""
        if len(self._chores) >= CHORES:
            work.close()
            return
        chore = asyncio.create_task(_tolerant(work))
        self._chores.add(chore)
        chore.add_done_callback(self._chores.discard)

    async def _recover(self, error: TelegramError, faults: int) -> None:
        """Wait before the next try. Raises ChannelStopped when there is no use."""
        if isinstance(ours := told(error), ChannelStopped):
            raise ours from None
        wait = seconds_until_next(error, faults)
        log.warning("telegram: no updates for now", why=brief(error), wait=round(wait, 1))
        await self._pause(wait)

    def read(self, raw: Raw) -> Turn | None:
        return turn(raw)

    async def send(self, outgoing: Outgoing) -> str:
        try:
            message = await self._deliver(outgoing)
        except TelegramError as error:
            raise told(error) from None
        if outgoing.reply.menu:
            await _tolerant(self._show_menu(outgoing.address.chat, outgoing.reply.menu))
        return message

    async def _deliver(self, outgoing: Outgoing) -> str:
        """All pieces of a reply in their order, the buttons under the last; the id of that last message."""
        chat, reply, file = outgoing.address.chat, outgoing.reply, outgoing.reply.attachment
        buttons = keyboard(reply.choices) if reply.choices else None
        texts = pieces(reply.text, LONGEST) if reply.text.strip() else []
        caption = texts.pop() if file and units(reply.text) <= CAPTION and texts else ""
        if not texts and not file:
            raise Rejected("nothing to say")
        card = outgoing.card if reply.in_place and not file else ""
        sent = ""
        for number, text in enumerate(texts, 1):
            last = number == len(texts) and not file
            sent = await self._put(chat, text, buttons if last else None, card)
            card = ""
        return await self._upload(chat, file, caption, buttons) if file else sent

    async def _put(self, chat: str, text: str, buttons: Json | None, card: str) -> str:
        fields: Json = {"chat_id": chat, "link_preview_options": {"is_disabled": True}}
        if buttons:
            fields["reply_markup"] = buttons
        try:
            return await self._write(fields | {"text": bold(text), "parse_mode": "HTML"}, card)
        except BadRequest as error:
            if not says(error, "can't parse entities"):
                raise
        return await self._write(fields | {"text": text.replace("**", "")}, card)

    async def _write(self, fields: Json, card: str) -> str:
        if card and await self._edit(fields | {"message_id": card}):
            return card
        return str((await self._call("sendMessage", fields))["message_id"])

    async def _edit(self, fields: Json) -> bool:
        """Whether the card now says this; False when it can no longer be edited."""
        try:
            await self._call("editMessageText", fields)
        except BadRequest as error:
            if says(error, *_NO_CARD):
                return False
            if not says(error, "message is not modified"):
                raise
        return True

    async def _upload(self, chat: str, file: Attachment, caption: str, buttons: Json | None) -> str:
        markup = InlineKeyboardMarkup.de_json(buttons, self._bot) if buttons else None
        given: Json = {"caption": bold(caption), "parse_mode": "HTML", "reply_markup": markup, "filename": file.name}
        if file.media_type in _PICTURES:
            try:
                return str((await self._bot.send_photo(chat, file.content, **given)).message_id)
            except BadRequest as error:
                if not says(error, *_NO_PICTURE):
                    raise
        return str((await self._bot.send_document(chat, file.content, **given)).message_id)

    async def _call(self, method: str, fields: Json, patience: float | None = None) -> Any:
        return await self._request.call(f"{self._bot.base_url}/{method}", fields, patience)

    async def _show_menu(self, chat: str, menu: Sequence[Command]) -> None:
        await self._bot.set_my_commands(_commands(menu), scope=BotCommandScopeChat(chat))
        await self._bot.set_chat_menu_button(int(chat), MenuButtonCommands())

    async def whoami(self) -> str:
        """The bot's own name. Raises ChannelStopped for a refused token, DeliveryError when nobody answers."""
        await self._asked(self._meet())
        return self.username

    def deep_link(self, payload: str) -> str:
        """A link that opens this bot with `/start payload`; empty while the bot's name is not known."""
        return f"https://t.me/{self.username}?start={payload}" if self.username else ""

    async def introduce(self, commands: Sequence[Command], about: str, short: str) -> None:
        """What strangers see: the commands, the text before /start (≤ 512 letters), the profile's line (≤ 120).

        Tells it as soon as Telegram listens."""
        await self._insist(self._meet)
        await self._insist(lambda: self._bot.set_my_commands(_commands(commands)))
        await self._insist(lambda: self._bot.set_my_description(about[:512]))
        await self._insist(lambda: self._bot.set_my_short_description(short[:120]))

    async def _insist(self, telling: Callable[[], Awaitable[object]]) -> None:
        """Again while it may still succeed; a refusal matters to nobody."""
        for faults in count():
            try:
                await telling()
            except TelegramError as error:
                if isinstance(told(error), Later):
                    await self._pause(seconds_until_next(error, faults))
                    continue
                log.info("telegram: a courtesy failed", why=brief(error))
            return

    async def close(self) -> None:
        for chore in self._chores:
            chore.cancel()
        await asyncio.gather(*self._chores, return_exceptions=True)
        await self._request.shutdown()


class _Bot(Bot):
    def __repr__(self) -> str:
        return "Bot[token=***]"


async def _tolerant(work: Awaitable[object]) -> None:
    try:
        await work
    except TelegramError as error:
        log.info("telegram: a courtesy failed", why=brief(error))


def _commands(menu: Sequence[Command]) -> list[BotCommand]:
    return [BotCommand(one.word, one.about[:256]) for one in menu]
