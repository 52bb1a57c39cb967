"""A small client of the Zalo Bot Platform: a method, its fields, its result."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import aiohttp

from bot.unpacking import unpacked

CONNECTIONS = 16
CONNECT = 10.0  # seconds
#: Pages by which a proxy says that it has passed nothing on; of any other page that is not known.
_NOT_PASSED_ON = (429, 502, 503)


class Refused(Exception):
    """An answer of Zalo's that is not ok, by its own code: HTTP's status tells nothing."""

    def __init__(self, code: int, description: str) -> None:
        super().__init__(f"{code} {description}"[:200])
        self.code, self.description = code, description


class Silent(Exception):
    """No answer of Zalo's; `uncertain` when the request may have been taken all the same."""

    def __init__(self, why: str, uncertain: bool) -> None:
        super().__init__(why)
        self.why, self.uncertain = why, uncertain


class Client:
    """Its errors and its `repr` never hold the URL, which holds the token."""

    def __init__(self, token: str, api_url: str, patience: float) -> None:
        self._url = f"{api_url.rstrip('/')}/bot{token}"
        self._patience = patience
        self._session: aiohttp.ClientSession | None = None

    async def call(self, method: str, fields: Mapping[str, Any] | None = None, patience: float | None = None) -> Any:
        """The result of that method. Raises Refused or Silent."""
        return result_of(*await self._post(method, fields or {}, patience or self._patience))

    async def _post(self, method: str, fields: Mapping[str, Any], patience: float) -> tuple[int, bytes]:
        timeout = aiohttp.ClientTimeout(total=None, connect=CONNECT, sock_read=patience)
        request = self._open().post(f"{self._url}/{method}", json=fields, timeout=timeout, allow_redirects=False)
        try:
            async with request as response:
                return response.status, await response.read()
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError) as error:
            raise Silent(type(error).__name__, uncertain=False) from None
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            raise Silent(type(error).__name__, uncertain=True) from None

    def _open(self) -> aiohttp.ClientSession:
        if self._session is None:
            self._session = aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=CONNECTIONS, ttl_dns_cache=300))
        return self._session

    async def close(self) -> None:
        if self._session:
            await self._session.close()
        self._session = None


def result_of(status: int, body: bytes) -> Any:
    """The result in an answer. Raises Refused for one that is not ok, Silent for what is no answer of Zalo's."""
    try:
        answer = unpacked(body)
    except ValueError:
        answer = None
    if not isinstance(answer, dict) or not isinstance(answer.get("ok"), bool):
        raise Silent(f"HTTP {status}, not an answer of Zalo's", uncertain=status not in _NOT_PASSED_ON)
    if answer["ok"]:
        return answer.get("result")
    raise Refused(_code(answer.get("error_code")), str(answer.get("description", "")))


def _code(given: object) -> int:
    """A refusal that names no code is one that passes."""
    text = str(given)
    return int(text) if text.isascii() and text.isdigit() else 500
