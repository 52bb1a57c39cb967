"""JSON as other people's servers send it."""

from __future__ import annotations

import json
from typing import Any

_LONGEST = 20  # digits of a number: 64 bits have no more


def unpacked(body: bytes) -> Any:
    """What the body says; a whole number that no id or date can have is kept as its digits. Raises ValueError.

    >>> unpacked(b'{"id": 12, "date": 123456789012345678901}')
    {'id': 12, 'date': '123456789012345678901'}
    """
    try:
        return json.loads(body, parse_int=_whole)
    except RecursionError:
        raise ValueError("nested too deeply") from None


def _whole(digits: str) -> int | str:
    return int(digits) if len(digits) <= _LONGEST else digits
