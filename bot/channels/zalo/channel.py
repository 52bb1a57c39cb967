"""Zalo as a channel: long polling in, texts out, its errors told in our words."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, datetime
from time import monotonic
from typing import Any

import structlog

from bot.channels.zalo.client import Client, Refused, Silent
from bot.channels.zalo.errors import NO_WEBHOOK, NOT_NOW, NOTHING_NEW, seconds_until_next, told
from bot.channels.zalo.message import Part, Publish, Words, parts
from bot.channels.zalo.update import kept, turn, updates_in
from bot.chat import Outgoing, Raw, Store, Turn
from bot.errors import ChannelStopped, DeliveryError, Later, Partly, Rejected, Uncertain

log = structlog.get_logger()

POLL = 5  # seconds that Zalo may hold a getUpdates: a stop waits for it
PATIENCE = 20.0  # seconds to wait for any other answer
PHOTO = 150.0  # Zalo fetches the picture before it answers
AGAIN = 1.0  # seconds before the next poll after an update that has been seen
SEEN = 1000


class Zalo:
    """One bot's wire. `api_url` without a token; `publish` gives a file a URL, None where nobody could fetch it.

    `poll` and `patience` are seconds: to let Zalo hold a getUpdates, and to wait for any other answer."""

    name = "zalo"
    header = "X-Bot-Api-Secret-Token"

    def __init__(
        self,
        token: str,
        api_url: str,
        *,
        publish: Publish = None,
        words: Words | None = None,
        poll: float = POLL,
        patience: float = PATIENCE,
        pause: Callable[[float], Awaitable[object]] = asyncio.sleep,
    ) -> None:
        self._client = Client(token, api_url, patience)
        self.bot = bot_of(token)
        self._publish = publish
        self._words = words or Words()
        self._poll = poll
        self._patience = patience
        self._pause = pause
        self._seen: deque[str] = deque(maxlen=SEEN)

    async def receive(self, store: Store) -> None:
        faults = 0
        while True:
            began = monotonic()
            turn = asyncio.ensure_future(self._once(store))
            try:
                fresh = await asyncio.shield(turn)
            except asyncio.CancelledError:
                await asyncio.gather(turn, return_exceptions=True)  # it may bring what Zalo gives only once
                raise
            except (Refused, Silent) as error:
                await self._recover(error, faults)
                faults += 1
                continue
            faults = 0
            if fresh is False:
                await self._pause(AGAIN)
            elif fresh is None and monotonic() - began < min(1, self._poll):
                await self._pause(0.5)  # an empty answer that should have been held back

    async def _once(self, store: Store) -> bool | None:
        """Poll and store: whether the update was a new one, None when there was none."""
        try:
            result = await self._client.call("getUpdates", {"timeout": self._poll}, self._poll + self._patience)
        except Refused as error:
            if error.code == NOTHING_NEW:
                return None
            raise
        return await self.accept(result, store)

    async def accept(self, body: object, store: Store) -> bool | None:
        """Store what a poll or a webhook has brought: whether any of it was new, None when it held nothing."""
        now = datetime.now(UTC)
        try:
            raws = [kept(update, now) for update in updates_in(body)]
        except RecursionError:  # nobody writes like that
            log.warning("zalo: an update is nested too deeply, and left out")
            return None
        if not raws:
            return None
        await self._keep(raws, store)
        fresh = [raw.key for raw in raws if raw.key not in self._seen]
        self._seen.extend(fresh)
        return bool(fresh)

    async def _keep(self, raws: Sequence[Raw], store: Store) -> None:
        """What has been fetched does not come again: a database that is busy is tried several times."""
        for wait in (0.2, 1.0, 5.0):
            try:
                return await store(raws)
            except Exception:
                log.exception("zalo: not stored yet")
                await self._pause(wait)
        return await store(raws)

    async def _recover(self, error: Refused | Silent, faults: int) -> None:
        """Wait before the next try. Raises ChannelStopped when there is no use."""
        if isinstance(ours := told(error), ChannelStopped):
            raise ours from None
        if isinstance(error, Refused) and error.code == NOT_NOW and await self._pushes():
            raise ChannelStopped(self.name, "a webhook is set for this bot, so that it cannot be polled") from None
        wait = seconds_until_next(faults)
        log.warning("zalo: no updates for now", why=str(error), wait=round(wait, 1))
        await self._pause(wait)

    def read(self, raw: Raw) -> Turn | None:
        return turn(raw)

    def cost(self, outgoing: Outgoing) -> int:
        """How many of the month's messages it takes."""
        return len(parts(outgoing.reply, self._publish and _unpublished, self._words))

    async def send(self, outgoing: Outgoing) -> str:
        """The next part; the id of the last. Raises Partly when there are more."""
        wanted = parts(outgoing.reply, self._publish, self._words)
        if not wanted:
            raise Rejected("nothing to say")
        if outgoing.gone >= len(wanted):
            return ""  # all was settled when the program stopped
        if outgoing.tries:
            await self._ask("getMe")  # what may have arrived is sent again once at most, so not into an outage
        rest = outgoing.gone + 1 < len(wanted)
        try:
            message = await self._put(outgoing.address.chat, wanted[outgoing.gone])
        except Later as error:
            if outgoing.tries and error.uncertain:
                raise Uncertain(error.why, rest) from None
            raise
        if rest:
            raise Partly
        return message

    async def _put(self, chat: str, part: Part) -> str:
        if not part.photo:
            return await self._write(chat, part.text)
        caption = {"caption": part.text} if part.text else {}
        try:
            return _id(await self._ask("sendPhoto", {"chat_id": chat, "photo": part.photo, **caption}, PHOTO))
        except Rejected as error:
            log.warning("zalo: a picture was not taken", why=error.why)
        return await self._write(chat, "\n\n".join(one for one in (part.text, part.photo) if one))

    async def _write(self, chat: str, text: str) -> str:
        return _id(await self._ask("sendMessage", {"chat_id": chat, "text": text}))

    async def _ask(self, method: str, fields: dict[str, str] | None = None, patience: float | None = None) -> Any:
        try:
            return await self._client.call(method, fields, patience)
        except (Refused, Silent) as error:
            raise _settled(error, method) from None

    async def hook(self) -> str:
        try:
            found = await self._client.call("getWebhookInfo")
        except (Refused, Silent) as error:
            if isinstance(error, Refused) and error.code in NO_WEBHOOK:
                return ""
            raise _settled(error, "getWebhookInfo") from None
        return str(found.get("url") or "") if isinstance(found, dict) else ""

    async def _pushes(self) -> bool:
        """Whether a webhook is known to be set."""
        try:
            return bool(await self.hook())
        except DeliveryError:
            return False

    async def set_hook(self, url: str, secret: str) -> None:
        await self._ask("setWebhook", {"url": url, "secret_token": secret})

    async def drop_hook(self) -> None:
        await self._ask("deleteWebhook")

    async def whoami(self) -> str:
        """The bot's own name. Raises ChannelStopped for a refused token, DeliveryError when nobody answers."""
        me = await self._ask("getMe")
        me = me if isinstance(me, dict) else {}
        return str(me.get("display_name") or me.get("account_name") or me.get("id") or "")

    async def close(self) -> None:
        await self._client.close()


def bot_of(token: str) -> str:
    """Which bot a token is for: its id before the colon, which stays when the secret after it is made anew.

    >>> bot_of("245923:abc")
    '245923'
    """
    return token.partition(":")[0]


def _settled(error: Refused | Silent, method: str) -> Exception:
    """In our words; a question that changes nothing may be asked again, whatever became of it."""
    ours = told(error)
    return Later(ours.after, ours.why) if isinstance(ours, Later) and not method.startswith("send") else ours


def _id(sent: object) -> str:
    return str(sent.get("message_id", "")) if isinstance(sent, dict) else ""


def _unpublished(_: object) -> str:
    return ""
