"""The seal of the audit trail: an entry's digest covers all of it and the digest before, so none can be bent alone."""

from __future__ import annotations

import json
from collections.abc import Mapping
from hashlib import sha256
from typing import Any

#: What the first entry is chained to.
START = ""
_SHOWN, _GROUP = 12, 4


def digest(before: str, entry: Mapping[str, Any]) -> str:
    """SHA-256, in hex, of the digest before and every field of an entry; fields are what JSON can hold."""
    text = json.dumps([before, entry], ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def fingerprint(digest: str) -> str:
    """The beginning of a digest, as people read it to each other; empty for none.

    >>> fingerprint("0123456789abcdef")
    '0123-4567-89ab'
    """
    shown = digest[:_SHOWN]
    return "-".join(shown[at : at + _GROUP] for at in range(0, len(shown), _GROUP))


def is_written(fingerprint: str) -> bool:
    """Whether a text as typed is a fingerprint at all.

    >>> is_written("0123-4567-89AB"), is_written("zzz")
    (True, False)
    """
    typed = _typed(fingerprint)
    return len(typed) >= _SHOWN and set(typed) <= set("0123456789abcdef")


def is_of(fingerprint: str, digest: str) -> bool:
    """Whether a fingerprint as typed, in capitals or without its hyphens, is that of a digest."""
    return is_written(fingerprint) and digest.startswith(_typed(fingerprint))


def _typed(fingerprint: str) -> str:
    return "".join(fingerprint.lower().replace("-", " ").split())
