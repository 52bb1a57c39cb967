"""How a reply looks on Telegram: bold, cut to length, buttons in rows."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape
from typing import Any

from bot.chat import Choice

LONGEST = 4096  # UTF-16 units of a message
CAPTION = 1024
ROW = 32  # letters that fit side by side on a phone; buttons of a row are equally wide

_STRONG = re.compile(r"\*\*(.+?)\*\*")


def units(text: str) -> int:
    """Length as Telegram counts it, in UTF-16 units.

    >>> units("đúng 👍")
    7
    """
    return len(text.encode("utf-16-le")) // 2


def bold(text: str) -> str:
    """The text in Telegram's HTML.

    >>> bold("**Xong < 5** & hết")
    '<b>Xong &lt; 5</b> &amp; hết'
    """
    return _STRONG.sub(r"<b>\1</b>", escape(text, quote=False))


def pieces(text: str, limit: int = LONGEST) -> list[str]:
    """The text in messages of at most `limit` units, cut between lines, within a line only when it alone is too long.

    >>> pieces("một\\nhai\\nba", 7)
    ['một\\nhai', 'ba']
    """
    if units(text) <= limit:
        return [text]
    found = [""]
    for line in text.split("\n"):
        for part in _cut(line, limit):
            joined = f"{found[-1]}\n{part}" if found[-1] else part
            if units(joined) <= limit:
                found[-1] = joined
            else:
                found.append(part)
    return [piece for piece in found if piece.strip()]


def _cut(line: str, limit: int) -> list[str]:
    width = limit if len(line) == units(line) else limit // 2
    return [line[start : start + width] for start in range(0, len(line), width)] or [""]


def keyboard(choices: Sequence[Choice]) -> dict[str, Any]:
    """The choices as Telegram's inline keyboard, in JSON."""
    return {
        "inline_keyboard": [[{"text": one.label, "callback_data": one.token} for one in row] for row in rows(choices)]
    }


def rows(choices: Sequence[Choice]) -> list[list[Choice]]:
    """Short labels side by side, up to three; a long one has its row to itself.

    >>> [[one.label for one in row] for row in rows([Choice(x, x) for x in ("Nộp", "Sửa", "Hủy", "Không phát sinh")])]
    [['Nộp', 'Sửa', 'Hủy'], ['Không phát sinh']]
    """
    found: list[list[Choice]] = []
    for choice in choices:
        row = [*found[-1], choice] if found else []
        if row and len(row) <= 3 and len(row) * max(len(one.label) for one in row) <= ROW:
            found[-1] = row
        else:
            found.append([choice])
    return found
