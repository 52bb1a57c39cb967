"""Codes that link one more channel to a person: how they look and how long they last."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import date, timedelta

from bot.domain.person import Grant

VALID_FOR = timedelta(minutes=10)  # for the code to be sent, and then for the answer to whether it was them

#: Consonants alone, and no D: what a keyboard for Vietnamese leaves as it is. Neither a word nor a figure looks so.
LETTERS, DIGITS = "BCFGHJKMNPQRSTVXZ", "23456789"
HALF = 4

_WHOLE = re.compile(rf"[{LETTERS}]{{{HALF}}}[{DIGITS}]{{{HALF}}}")
_INSIDE = re.compile(rf"(?<![A-Z0-9])([{LETTERS}]{{{HALF}}})-([{DIGITS}]{{{HALF}}})(?![A-Z0-9])")


def new_code(choice: Callable[[str], str]) -> str:
    """`choice` picks one letter of a text at random."""
    return "".join(choice(letters) for letters in (LETTERS, DIGITS) for _ in range(HALF))


def shown(code: str) -> str:
    """
    >>> shown("KMTX4729")
    'KMTX-4729'
    """
    return f"{code[:HALF]}-{code[HALF:]}"


def typed(text: str) -> str | None:
    """The code that somebody typed, whatever its case, blanks and hyphens, or that stands in a sentence with its
    hyphen.

    >>> typed(" kmtx 4729 "), typed("Mã: KMTX-4729."), typed("2222 3333"), typed("xong 2345")
    ('KMTX4729', 'KMTX4729', None, None)
    """
    squeezed = re.sub(r"[\s\-–.]", "", text).upper()
    if _WHOLE.fullmatch(squeezed):
        return squeezed
    found = _INSIDE.search(text.upper())
    return found[1] + found[2] if found else None


def taken(grants: Iterable[Grant], on: date) -> bool:
    """Whether somebody with these roles has any that has not ended: their account is not given to another person."""
    return any(grant.valid_to is None or on <= grant.valid_to for grant in grants)
