"""A made-up province of many offices, enough people to make a crowd."""

from __future__ import annotations

from pathlib import Path

HEAD = """\
form = "short"
reporting_from = { year = 2021, month = 1 }

[[province]]
key = "tinh"
name = "THADS tỉnh thử"
"""
CLUSTER = """
[[cluster]]
key = "cum-{number}"
name = "Cụm thi đua số {number}"
short = "cụm {number}"
province = "tinh"
valid_from = 2020-01-01
"""
OFFICE = """
[[office]]
key = "don-vi-{number}"
name = "Huyện {name}"
kind = "Chi cục THADS"
title = "Chi cục trưởng"
cluster = "cum-{cluster}"
valid_from = 2020-01-01
"""
LETTERS = "BCDGHKLMNP"


def write_province(file: Path, offices: int) -> list[str]:
    """A structure file with so many offices in clusters of ten; their keys."""
    clusters = range(1, 1 + -(-offices // 10))
    parts = [HEAD, *(CLUSTER.format(number=number) for number in clusters)]
    parts += [OFFICE.format(number=number, name=_name(number), cluster=1 + number // 10) for number in range(offices)]
    file.write_text("".join(parts), "utf-8")
    return [f"don-vi-{number}" for number in range(offices)]


def _name(number: int) -> str:
    """Names that no reader takes for one another."""
    return f"{LETTERS[number // 10]}a{LETTERS[number % 10].lower()}o{LETTERS[number % 10].lower()}u"
