"""An update as Telegram gave it, kept as text; and the turn that it holds."""

from __future__ import annotations

import json
import re
from datetime import datetime
from typing import Any

from telegram import Bot, CallbackQuery, Chat, ChatMemberUpdated, Message, Update, User

from bot.chat import Address, Raw, Turn

_ADDRESSED = re.compile(r"(/[^\s@/]+)@(\w+)")


def kept(update: dict[str, Any], at: datetime, me: str) -> Raw:
    """What is stored of an update: itself, when it was fetched (Telegram dates no press), and the bot's own name."""
    payload = json.dumps({"at": at.isoformat(), "me": me, "update": update}, ensure_ascii=False)
    return Raw("telegram", str(update["update_id"]), _account(update), payload)


def _account(update: dict[str, Any]) -> str:
    bodies = [body for body in update.values() if isinstance(body, dict)]
    body = bodies[0] if bodies else {}
    owner = body.get("from") or body.get("chat") or {}
    return str(owner.get("id", "")) if isinstance(owner, dict) else ""


def turn(raw: Raw, bot: Bot) -> Turn | None:
    """The turn in a stored update, None when it holds nothing for the bot."""
    kept = json.loads(raw.payload)
    update = Update.de_json(kept["update"], bot)
    sender = update.effective_user
    if sender is None or sender.is_bot:
        return None
    if update.callback_query:
        return _pressed(update.callback_query, datetime.fromisoformat(kept["at"]))
    if update.my_chat_member:
        return _left(update.my_chat_member)
    if update.edited_message:
        return _wrote(update.edited_message, sender, kept.get("me", ""), edited=True)
    return _wrote(update.message, sender, kept.get("me", "")) if update.message else None


def _pressed(query: CallbackQuery, at: datetime) -> Turn | None:
    card = query.message
    if card is None or not query.data:
        return None
    return Turn(
        _address(card.chat),
        at,
        choice=query.data,
        card=str(card.message_id),
        private=card.chat.type == Chat.PRIVATE,
        name=query.from_user.full_name,
    )


def _left(change: ChatMemberUpdated) -> Turn | None:
    out = change.new_chat_member.status in ("kicked", "left")
    if not out or change.chat.type != Chat.PRIVATE:
        return None
    return Turn(_address(change.chat), change.date, gone=True, name=change.from_user.full_name)


def _wrote(message: Message, sender: User, me: str, edited: bool = False) -> Turn | None:
    text = _for_us(message.text or message.caption or "", me)
    if text is None or not (message.text or message.effective_attachment):
        return None
    return Turn(
        _address(message.chat),
        message.edit_date if edited and message.edit_date else message.date,
        text=text,
        message=str(message.message_id),
        edited=edited,
        private=message.chat.type == Chat.PRIVATE,
        unsupported=message.text is None,
        name=sender.full_name,
    )


def _for_us(text: str, me: str) -> str | None:
    """The text with "/cmd@us" made "/cmd"; None for a command that is another bot's."""
    found = _ADDRESSED.match(text)
    if not found:
        return text
    if me and found[2].lower() != me.lower():
        return None
    return found[1] + text[found.end() :]


def _address(chat: Chat) -> Address:
    return Address("telegram", str(chat.id))
