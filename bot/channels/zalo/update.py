"""An update as Zalo gave it, kept as text; and the turn that it holds."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, datetime
from typing import Any

from bot.chat import Address, Raw, Turn

Json = dict[str, Any]

_DATED = 14  # digits of a date: there are more of them only in the year 5138
_CONTENTS = frozenset({"photo", "photo_url", "sticker", "sticker_url", "voice", "voice_url", "url"})


def updates_in(body: object) -> list[Json]:
    """The updates in a body: flat, wrapped in {ok, result}, or a list of either; whatever else it is holds none."""
    if isinstance(body, list):
        return [update for one in body for update in updates_in(one)]
    if not isinstance(body, dict) or not body:
        return []
    if "result" in body and "event_name" not in body and "message" not in body:
        return updates_in(body["result"])
    return [body] if body.keys() & {"event_name", "message"} else []


def kept(update: Json, at: datetime) -> Raw:
    """What is stored of an update: itself, and when it came."""
    message = _dict(update.get("message"))
    written = json.dumps(update, ensure_ascii=False, sort_keys=True)
    key = _text(message.get("message_id")) or hashlib.sha256(written.encode(errors="replace")).hexdigest()
    account = _text(_dict(message.get("from")).get("id")) or _text(_dict(message.get("chat")).get("id"))
    return Raw("zalo", key, account, json.dumps({"at": at.isoformat(), "update": update}, ensure_ascii=False))


def turn(raw: Raw) -> Turn | None:
    """The turn in a stored update, None when it holds nothing for the bot."""
    kept = json.loads(raw.payload)
    message, event = _dict(kept["update"].get("message")), _text(kept["update"].get("event_name"))
    sender, chat = _dict(message.get("from")), _dict(message.get("chat"))
    place = _text(chat.get("id")) or _text(sender.get("id"))
    text = message.get("text") or message.get("caption") or ""
    text = text if isinstance(text, str) else ""
    if not place or sender.get("is_bot") is True or not (text or _holds_something(message, event)):
        return None
    private = _text(chat.get("chat_type")).upper() in ("", "PRIVATE")
    return Turn(
        Address("zalo", place),
        _time(message.get("date"), kept["at"]),
        text=text,
        message=_text(message.get("message_id")),
        private=private,
        called=not private,  # in a group Zalo passes on only what mentions the bot
        unsupported=not message.get("text"),
        numbered=True,
        name=_text(sender.get("display_name")),
    )


def _holds_something(message: Json, event: str) -> bool:
    return bool(message.keys() & _CONTENTS) or (event.startswith("message.") and event.endswith(".received"))


def _time(stamp: object, fallback: str) -> datetime:
    """Zalo dates in milliseconds."""
    written = str(stamp) if isinstance(stamp, int | str) and not isinstance(stamp, bool) else ""
    if written.isascii() and written.isdigit() and len(written) <= _DATED and int(written):
        return datetime.fromtimestamp(int(written) / 1000, UTC)
    return datetime.fromisoformat(fallback)


def _dict(value: object) -> Json:
    return value if isinstance(value, dict) else {}


def _text(value: object) -> str:
    """Ids are strings; a number is taken as one all the same."""
    return str(value) if isinstance(value, str | int) and not isinstance(value, bool) else ""
