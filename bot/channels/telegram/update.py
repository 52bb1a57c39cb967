"""An update as Telegram gave it, kept as text; and the turn that it holds."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from typing import Any

import structlog

from bot.chat import Address, Raw, Turn

log = structlog.get_logger()

Json = dict[str, Any]

#: What a message may hold instead of text; all else tells of the chat itself (who has joined, a new title).
_CONTENTS = frozenset(
    """
    animation audio contact dice document game invoice location paid_media passport_data photo poll sticker story
    successful_payment venue video video_note voice
    """.split()  # noqa: SIM905
)
_ADDRESSED = re.compile(r"(/[^\s@/]+)@(\w+)")


def kept(update: Json, at: datetime, me: str) -> Raw | None:
    """What is stored of an update: itself, when it was fetched (Telegram dates no press), and the bot's own name.

    None for one that is nested too deeply to be written down: nobody writes like that."""
    try:
        payload = json.dumps({"at": at.isoformat(), "me": me, "update": update}, ensure_ascii=False)
    except RecursionError:
        log.warning("telegram: an update is nested too deeply, and left out", key=update["update_id"])
        return None
    return Raw("telegram", str(update["update_id"]), _account(update), payload)


def _account(update: Json) -> str:
    bodies = [body for body in update.values() if isinstance(body, dict)]
    body = bodies[0] if bodies else {}
    owner = body.get("from") or body.get("chat") or {}
    return str(owner.get("id", "")) if isinstance(owner, dict) else ""


def turn(raw: Raw) -> Turn | None:
    """The turn in a stored update, None when it holds nothing for the bot or has a shape that nobody has described."""
    kept = json.loads(raw.payload)
    update: Json = kept["update"]
    kind = next((kind for kind in _READERS if update.get(kind)), "")
    try:
        return _read(kind, update.get(kind, {}), kept)
    except (AttributeError, KeyError, TypeError, ValueError, OverflowError, OSError) as odd:
        log.warning("telegram: an update of an unknown shape, and left out", key=raw.key, why=repr(odd))
        return None


def _read(kind: str, body: Json, kept: Json) -> Turn | None:
    sender = body.get("from")
    return None if not sender or sender["is_bot"] else _READERS[kind](body, kept)


def _pressed(query: Json, kept: Json) -> Turn | None:
    card = query.get("message")
    if not card or not query.get("data"):
        return None
    return Turn(
        _address(card),
        datetime.fromisoformat(kept["at"]),
        choice=_words(query["data"]),
        card=str(card["message_id"]),
        private=_private(card),
        name=_name(query["from"]),
    )


def _left(change: Json, _: Json) -> Turn | None:
    out = change["new_chat_member"]["status"] in ("kicked", "left")
    if not out or not _private(change):
        return None
    return Turn(_address(change), _time(change["date"]), gone=True, name=_name(change["from"]))


def _wrote(message: Json, kept: Json, edited: bool = False) -> Turn | None:
    text = _for_us(_words(message.get("text") or message.get("caption") or ""), kept.get("me", ""))
    if text is None or not (message.get("text") or message.keys() & _CONTENTS):
        return None
    return Turn(
        _address(message),
        _time(message["edit_date" if edited and "edit_date" in message else "date"]),
        text=text,
        message=str(message["message_id"]),
        edited=edited,
        private=_private(message),
        unsupported="text" not in message,
        name=_name(message["from"]),
    )


_READERS: dict[str, Callable[[Json, Json], Turn | None]] = {
    "callback_query": _pressed,
    "my_chat_member": _left,
    "edited_message": partial(_wrote, edited=True),
    "message": _wrote,
}


def _for_us(text: str, me: str) -> str | None:
    """The text with "/cmd@us" made "/cmd"; None for a command that is another bot's."""
    found = _ADDRESSED.match(text)
    if not found:
        return text
    if me and found[2].lower() != me.lower():
        return None
    return found[1] + text[found.end() :]


def _address(body: Json) -> Address:
    chat = body["chat"]["id"]
    if not isinstance(chat, int):
        raise TypeError("a chat without a number")
    return Address("telegram", str(chat))


def _words(said: object) -> str:
    if not isinstance(said, str):
        raise TypeError("words that are none")
    return said


def _private(body: Json) -> bool:
    return bool(body["chat"]["type"] == "private")


def _name(person: Json) -> str:
    return " ".join(person[part] for part in ("first_name", "last_name") if person.get(part))


def _time(stamp: int) -> datetime:
    return datetime.fromtimestamp(stamp, UTC)
