"""Long texts in pieces that a channel takes, cut between lines."""

from __future__ import annotations


def units(text: str) -> int:
    """Length as Telegram and Zalo count it, in UTF-16 units.

    >>> units("đúng 👍")
    7
    """
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def pieces(text: str, limit: int) -> list[str]:
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
