"""Files that a channel fetches by a link: each for ten minutes, as often as it likes."""

from __future__ import annotations

import hashlib
import hmac
from collections import OrderedDict
from collections.abc import Callable
from time import time
from urllib.parse import quote

from bot.chat import Attachment

LASTS = 600  # seconds
MOST = 64 * 1024 * 1024  # bytes in all; the oldest go first
PATH = "/file"


class Shelf:
    """In memory: a link outlives neither its time nor the program. The same file has one place.

    A link tells nothing of another: its key and its signature come from the secret."""

    def __init__(self, public_url: str, secret: str, now: Callable[[], float] = time) -> None:
        self._base = public_url.rstrip("/") + PATH
        self._secret = hashlib.sha256(f"files {secret}".encode()).digest()
        self._now = now
        self._files: OrderedDict[str, tuple[float, Attachment]] = OrderedDict()

    def put(self, file: Attachment) -> str:
        """The link to it."""
        name = file.name.encode(errors="replace")
        key = self._mark(file.media_type.encode() + b"\0" + name + b"\0" + file.content)
        until = int(self._now()) + LASTS
        self._files[key] = (until, file)
        self._files.move_to_end(key)
        self._clear()
        return f"{self._base}/{key}/{until}/{self._signature(key, str(until))}/{quote(name, safe='')}"

    def get(self, key: str, until: str, signature: str) -> Attachment | None:
        """The file of a link that we gave and that still holds."""
        self._clear()
        if not hmac.compare_digest(signature.encode(), self._signature(key, until).encode()):
            return None
        if not (until.isascii() and until.isdigit() and int(until) > self._now()):
            return None
        return self._files[key][1] if key in self._files else None

    def _clear(self) -> None:
        """The one that was put longest ago ends first."""
        size = sum(len(file.content) for _, file in self._files.values())
        while self._files:
            until, file = next(iter(self._files.values()))
            if until > self._now() and (size <= MOST or len(self._files) == 1):
                return
            self._files.popitem(last=False)
            size -= len(file.content)

    def _signature(self, key: str, until: str) -> str:
        return self._mark(f"{key}.{until}".encode())

    def _mark(self, content: bytes) -> str:
        return hmac.new(self._secret, content, hashlib.sha256).hexdigest()[:32]
