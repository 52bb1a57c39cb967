"""Invitation codes: how they look, how they are kept, who may give which role."""

from __future__ import annotations

import hashlib
import re
from datetime import datetime, timedelta

from bot.domain.person import Role

LETTERS = "ABCDEFGHJKMNPQRSTVWXYZ23456789"  # none that is mistaken for another when read aloud
LENGTH = 12  # 58 bits: enough that a hash of it cannot be searched through
VALID_FOR = timedelta(days=7)
TRIES, TRIES_WITHIN = 5, timedelta(hours=1)

#: The roles that each role may give; what is not here may not be given.
GIVES: dict[Role, tuple[Role, ...]] = {
    Role.ADMIN: tuple(Role),
    Role.SUPERVISOR: (Role.CHIEF, Role.CLERK, Role.VIEWER),
    Role.HEAD: (Role.CHIEF, Role.CLERK, Role.VIEWER),
    Role.DEPUTY: (Role.CHIEF, Role.CLERK, Role.VIEWER),
}

_INSIDE = re.compile(rf"(?<![A-Z0-9])[{LETTERS}]{{4}}-[{LETTERS}]{{4}}-[{LETTERS}]{{4}}(?![A-Z0-9])")
_CODE = re.compile(rf"^[{LETTERS}]{{{LENGTH}}}$")


def shown(code: str) -> str:
    """A code in groups of four, easy to read out and to type.

    >>> shown("ABCDEFGHJKMN")
    'ABCD-EFGH-JKMN'
    """
    return "-".join(code[place : place + 4] for place in range(0, len(code), 4))


def typed(text: str) -> str | None:
    """The code that somebody typed, whatever its case, blanks and hyphens, or that stands in a sentence with its
    hyphens; None when there is none.

    >>> typed(" abcd-efgh jkmn "), typed("Mã mời: ABCD-EFGH-JKMN."), typed("chào đồng chí")
    ('ABCDEFGHJKMN', 'ABCDEFGHJKMN', None)
    """
    squeezed = re.sub(r"[\s\-–.]", "", text).upper()
    if _CODE.match(squeezed):
        return squeezed
    found = _INSIDE.search(text.upper())
    return found[0].replace("-", "") if found else None


def hashed(code: str) -> str:
    """What is stored of a code: SHA-256, hexadecimal."""
    return hashlib.sha256(code.encode()).hexdigest()


def locked_until(failures: list[datetime]) -> datetime | None:
    """Until when an account may try no more codes, given its wrong ones of the last hour."""
    return min(failures[-TRIES:]) + TRIES_WITHIN if len(failures) >= TRIES else None
