"""The parameters of one call of the Bot API, however they came: query, form, multipart or JSON."""

from __future__ import annotations

import json
from typing import Any

from tests.servers.telegram_text import Json, Refused, parse_html


class Call(dict[str, Any]):
    """The parameters of one call, however they came."""

    def number(self, name: str, default: int = 0) -> int:
        try:
            return int(self.get(name, default))
        except (TypeError, ValueError):
            return default

    def text(self, name: str) -> str:
        value = self.get(name, "")
        return value if isinstance(value, str) else str(value)

    def json(self, name: str) -> Any:
        value = self.get(name)
        if not isinstance(value, str) or not value:
            return value
        try:
            return json.loads(value)
        except ValueError:
            raise Refused(400, f"Bad Request: can't parse {name.replace('_', ' ')} JSON object") from None

    def chat(self) -> int:
        if not self.text("chat_id"):
            raise Refused(400, "Bad Request: chat_id is empty")
        return self.number("chat_id")

    def formatted(self, name: str) -> tuple[str, list[Json]]:
        text, mode = self.text(name).strip(), self.text("parse_mode").lower()
        if mode not in ("", "html"):
            raise Refused(400, "Bad Request: unsupported parse_mode")
        return parse_html(text) if mode else (text, [])

    def words(self) -> tuple[str, list[Json]]:
        text, entities = self.formatted("text")
        if not text.strip():
            raise Refused(400, "Bad Request: message text is empty")
        return text, entities

    def markup(self) -> Json | None:
        markup: Json | None = self.json("reply_markup")
        keys = [key for row in (markup or {}).get("inline_keyboard", []) for key in row]
        if any(not 1 <= len(key.get("callback_data", "x").encode()) <= 64 for key in keys):
            raise Refused(400, "Bad Request: BUTTON_DATA_INVALID")
        if len(keys) > 100:
            raise Refused(400, "Bad Request: reply markup is too long")
        return markup if keys else None
