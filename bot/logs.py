"""What the operator reads: one line an event on stderr, with every token blacked out."""

from __future__ import annotations

import logging
import re
import sys
from collections.abc import MutableMapping
from typing import Any

import structlog

_TOKEN = re.compile(r"(?<!\d)\d{3,}:[A-Za-z0-9_-]{20,}")
_secrets: set[str] = set()
_NOISY = ("httpx", "httpcore", "telegram", "aiohttp", "aiosqlite", "sqlalchemy", "alembic", "asyncio")


def redact(text: str) -> str:
    """The text without anything that looks like a bot token.

    >>> redact("POST /bot123456:AAAAAAAAAAAAAAAAAAAAAAAAA/getMe")
    'POST /bot***/getMe'
    """
    for secret in _secrets:
        text = text.replace(secret, "***")
    return _TOKEN.sub("***", text)


def conceal(*secrets: str) -> None:
    """From now on these are blacked out too, whatever they look like."""
    _secrets.update(secret for secret in secrets if secret)


def _redacted(_: Any, __: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    return {key: redact(value) if isinstance(value, str) else value for key, value in event.items()}


class _Plain(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        return redact(super().format(record))


def set_up(level: str) -> None:
    """Log to stderr from that level on; libraries speak from WARNING on (httpx would log URLs that hold the token)."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_Plain("%(asctime)s [%(levelname)s] %(name)s %(message)s"))
    logging.basicConfig(handlers=[handler], level=level, force=True)
    for name in _NOISY:
        logging.getLogger(name).setLevel(max(logging.WARNING, logging.getLevelName(level)))
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            _redacted,
            structlog.dev.ConsoleRenderer(
                colors=sys.stderr.isatty(), exception_formatter=structlog.dev.plain_traceback
            ),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelName(level)),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=True,
    )
