"""python-telegram-bot's requests over one aiohttp session: its own transport is ten times slower."""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, cast

import aiohttp
from telegram.error import NetworkError, TelegramError, TimedOut
from telegram.request import BaseRequest, RequestData

from bot.unpacking import unpacked

CONNECTIONS = 256
CONNECT = 10.0  # seconds


class NotSent(NetworkError):
    """The connection never came to be: the request cannot have reached Telegram."""


@dataclass(frozen=True, slots=True)
class Fields:
    """A call's parameters as plain JSON, which goes where RequestData does.

    Building and parsing the library's objects would take two thirds of the time of a send."""

    fields: Mapping[str, Any]
    contains_files = False

    @property
    def json_payload(self) -> bytes:
        return json.dumps(self.fields).encode()


class AiohttpRequest(BaseRequest):
    """Its errors name what went wrong and never the URL, which holds the token."""

    def __init__(self, read_timeout: float, proxy: str | None = None) -> None:
        self._read_timeout = read_timeout
        self._proxy = proxy
        self._session: aiohttp.ClientSession | None = None

    @property
    def read_timeout(self) -> float:
        return self._read_timeout

    async def initialize(self) -> None:
        self._open()

    async def shutdown(self) -> None:
        if self._session:
            await self._session.close()
        self._session = None

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """The answer. Raises TelegramError when it is none (a proxy's page), without logging the page."""
        try:
            answer = unpacked(payload)
        except ValueError:
            answer = None
        if not isinstance(answer, dict) or not answer.keys() & {"result", "description"}:
            raise TelegramError("not an answer of the Bot API")
        return answer

    async def call(self, url: str, fields: Mapping[str, Any], patience: float | None = None) -> Any:
        """The plain result of the method at `url`. Raises TelegramError."""
        return await self.post(url, cast(RequestData, Fields(fields)), read_timeout=patience or self._read_timeout)

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: Any = BaseRequest.DEFAULT_NONE,
        write_timeout: Any = BaseRequest.DEFAULT_NONE,
        connect_timeout: Any = BaseRequest.DEFAULT_NONE,
        pool_timeout: Any = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        wait = self._read_timeout if read_timeout is BaseRequest.DEFAULT_NONE else read_timeout
        timeout = aiohttp.ClientTimeout(total=None, connect=CONNECT, sock_read=wait)
        request = {"timeout": timeout, "allow_redirects": False, **_body(request_data)}
        try:
            async with self._open().request(method, url, **request) as response:
                return response.status, await response.read()
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError) as error:
            raise NotSent(type(error).__name__) from None
        except TimeoutError:
            raise TimedOut from None
        except (aiohttp.ClientError, OSError) as error:
            raise NetworkError(type(error).__name__) from None

    def _open(self) -> aiohttp.ClientSession:
        if self._session is None:
            connector = aiohttp.TCPConnector(limit=CONNECTIONS, ttl_dns_cache=300)
            self._session = aiohttp.ClientSession(connector=connector, proxy=self._proxy)
        return self._session


def _body(data: RequestData | None) -> dict[str, Any]:
    if data is None:
        return {}
    if not data.contains_files:
        return {"data": data.json_payload, "headers": {"Content-Type": "application/json"}}
    form = aiohttp.FormData(data.json_parameters, quote_fields=False)  # Telegram reads Vietnamese file names raw alone
    for name, (filename, content, media_type) in data.multipart_data.items():
        form.add_field(name, content, filename=filename, content_type=media_type)
    return {"data": form}


def _keeps_the_token(record: logging.LogRecord) -> bool:
    return not str(record.msg).startswith("Set Bot API")


#: At DEBUG the library tells its URL, and so the token.
logging.getLogger("telegram.Bot").addFilter(_keeps_the_token)
