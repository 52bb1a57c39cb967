"""The documents as text: their headings, blocks, spans, links."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
READMES = (ROOT / "README.md", ROOT / "README.vi.md")
GUIDE = ROOT / "docs" / "huong-dan.md"

_BLOCK = re.compile(r"^ *```(\w*)\n(.*?)^ *```$", re.MULTILINE | re.DOTALL)


def documents() -> list[Path]:
    return sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])


def read(path: Path) -> str:
    return path.read_text("utf-8")


def blocks(text: str) -> list[str]:
    """What stands in fences."""
    return [found[2].rstrip("\n") for found in _BLOCK.finditer(text)]


def prose(text: str) -> str:
    """The text without its fences."""
    return _BLOCK.sub("", text)


def headings(text: str) -> list[tuple[int, str]]:
    """(level, words) of each."""
    return [(len(found[1]), found[2]) for found in re.finditer(r"^(#+) (.+)$", prose(text), re.MULTILINE)]


def spans(text: str) -> list[str]:
    """What stands between single backticks."""
    return re.findall(r"`([^`\n]+)`", prose(text))


def rows(text: str) -> list[list[str]]:
    """The rows of all tables, cell by cell, rules left out."""
    lines = re.findall(r"^\|(.+)\|$", prose(text), re.MULTILINE)
    cells = ([cell.strip() for cell in re.split(r"(?<!\\)\|", line)] for line in lines)
    return [row for row in cells if set("".join(row)) - {"-", ":"}]


def links(text: str) -> Iterator[str]:
    """Addresses of links and pictures."""
    yield from re.findall(r"\]\(([^)\s]+)\)", prose(text))
    yield from re.findall(r'src="([^"]+)"', prose(text))
