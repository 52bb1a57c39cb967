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


def bold(text: str) -> str:
    """The text in Telegram's HTML.

    >>> bold("**Xong < 5** & hết")
    '<b>Xong &lt; 5</b> &amp; hết'
    """
    return _STRONG.sub(r"<b>\1</b>", escape(text, quote=False))


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
