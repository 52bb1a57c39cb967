"""Telegram's formatted text: the HTML mode in, entities, and bold rendered back as **bold**."""

from __future__ import annotations

import re
from html import unescape
from itertools import pairwise
from typing import Any

Json = dict[str, Any]

TAGS = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
    "a": "text_link",
    "tg-spoiler": "spoiler",
}

_TAG = re.compile(r"<(/?)([^\s>]*)([^>]*)(>?)")
_COMMAND = re.compile(r"(?<!\S)/[A-Za-z0-9_]{1,32}(@\w+)?")


class Refused(Exception):
    """An answer of Telegram's that is not ok, in its own words."""

    def __init__(self, code: int, description: str, **parameters: int) -> None:
        super().__init__(description)
        self.code, self.description, self.parameters = code, description, parameters


def units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def parse_html(html: str) -> tuple[str, list[Json]]:
    """Plain text and its entities, offsets in UTF-16 units. Raises Refused as tdlib does."""
    text, at, entities = "", 0, list[Json]()
    opened: list[tuple[str, str, int]] = []
    for tag in _TAG.finditer(html):
        text += unescape(html[at : tag.start()])
        at, byte, name = tag.end(), len(html[: tag.start()].encode()), tag[2].lower()
        if not tag[1]:
            opened.append(_open(name, tag[3], tag[4], byte, units(text)))
        elif not opened:
            raise _unparsable(f"Unexpected end tag at byte offset {byte}")
        elif opened[-1][0] != name:
            raise _unparsable(
                f'Unmatched end tag at byte offset {byte}, expected "</{opened[-1][0]}>", found "</{name}>"'
            )
        else:
            entities += _closed(*opened.pop(), units(text))
    if opened:
        raise _unparsable(f'Can\'t find end tag corresponding to start tag "{opened[-1][0]}"')
    return text + unescape(html[at:]), sorted(entities, key=lambda one: (one["offset"], -one["length"]))


def _open(name: str, attributes: str, end: str, byte: int, offset: int) -> tuple[str, str, int]:
    if not end:
        raise _unparsable(f"Unclosed start tag at byte offset {byte}")
    if name not in TAGS:
        raise _unparsable(f'Unsupported start tag "{name}" at byte offset {byte}')
    link = re.search(r'href="([^"]*)"', attributes)
    return name, link[1] if link else "", offset


def _closed(name: str, link: str, start: int, end: int) -> list[Json]:
    if end == start or (name == "a" and not link):
        return []
    entity: Json = {"type": TAGS[name], "offset": start, "length": end - start}
    return [entity | {"url": unescape(link)} if link else entity]


def _unparsable(why: str) -> Refused:
    return Refused(400, f"Bad Request: can't parse entities: {why}")


def commands(text: str) -> list[Json]:
    """The entities that Telegram finds by itself in what a person types."""
    return [
        {"type": "bot_command", "offset": units(text[: one.start()]), "length": units(one[0])}
        for one in _COMMAND.finditer(text)
    ]


def starred(text: str, entities: list[Json]) -> str:
    """The text with its bold parts between ** and **."""
    marks = [at for one in entities if one["type"] == "bold" for at in (one["offset"], one["offset"] + one["length"])]
    if not marks:
        return text
    wide, cuts = text.encode("utf-16-le"), [0, *sorted(marks), units(text)]
    return "**".join(wide[2 * a : 2 * b].decode("utf-16-le") for a, b in pairwise(cuts))
