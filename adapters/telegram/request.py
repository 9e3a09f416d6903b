"""Requests of python-telegram-bot over aiohttp: its own client falls to a tenth with many requests in flight."""

from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus
from typing import Any

import aiohttp
import msgspec
from telegram.error import NetworkError, TelegramError, TimedOut
from telegram.request import BaseRequest, RequestData

CONNECT = 5.0
READ = 15.0
UPLOAD, DOWNLOAD = 90.0, 30.0
"""Seconds for a request that carries a file, and for fetching one: nobody waits longer."""

PART = 64 * 1024
"""Bytes of a download that are read at a time."""

MOST = 256
"""Connections at once; more wait for a free one."""


class NotSent(NetworkError):
    """The request surely never left: no connection, no name, no free slot."""


class Limited(NetworkError):
    """429. `after` is in seconds, None where the answer does not say."""

    def __init__(self, after: float | None) -> None:
        super().__init__(f"limited, after {after}")
        self.after = after


class AiohttpRequest(BaseRequest):
    """The library's extension point `BaseRequest`; times are seconds."""

    def __init__(self, *, read: float = READ, connect: float = CONNECT, most: int = MOST) -> None:
        self._read = read
        self._connect = connect
        self._most = most
        self._session: aiohttp.ClientSession | None = None

    @property
    def read_timeout(self) -> float | None:
        """How long an answer may take."""
        return self._read

    async def initialize(self) -> None:
        """Open the session."""
        if self._session is None or self._session.closed:
            # Telegram closes idle connections after about a minute; ours must go first.
            connector = aiohttp.TCPConnector(limit=self._most, keepalive_timeout=30)
            self._session = aiohttp.ClientSession(connector=connector, cookie_jar=aiohttp.DummyCookieJar())

    async def shutdown(self) -> None:
        """Close it."""
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def renew(self) -> None:
        """Begin again with fresh connections: the old ones may hang without telling."""
        await self.shutdown()
        await self.initialize()

    @staticmethod
    def parse_json_payload(payload: bytes) -> Any:
        """Decode an answer; the library's own writes the whole payload to the log when it fails."""
        try:
            answer = msgspec.json.decode(payload)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            raise TelegramError("Invalid server response") from None
        if not isinstance(answer, dict) or ("result" not in answer and answer.get("ok", True)):
            raise TelegramError("Invalid server response")
        return answer

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
        """Send it; raises NotSent, Limited, TimedOut or NetworkError. None names the address: it holds the token."""
        if self._session is None:
            raise NotSent("the request object is closed")
        read = self._read if read_timeout is BaseRequest.DEFAULT_NONE else read_timeout
        wait = self._connect if connect_timeout is BaseRequest.DEFAULT_NONE else connect_timeout
        whole = UPLOAD if request_data and request_data.contains_files else None
        timeout = aiohttp.ClientTimeout(total=whole, connect=wait, sock_connect=wait, sock_read=read)
        data, headers = _body(request_data)
        with _nameless():
            async with self._session.request(method, url, data=data, headers=headers, timeout=timeout) as answer:
                body = await answer.read()
        if answer.status == HTTPStatus.TOO_MANY_REQUESTS:
            raise Limited(_retry_after(body))
        return answer.status, body

    async def download(self, url: str, most: int) -> bytes | None:
        """What stands there, None as soon as it turns out to have more than `most` bytes; raises like `do_request`."""
        if self._session is None:
            raise NotSent("the request object is closed")
        timeout = aiohttp.ClientTimeout(total=DOWNLOAD, sock_connect=self._connect, sock_read=self._read)
        plain = {"Accept-Encoding": "identity"}
        with _nameless():
            async with self._session.get(url, headers=plain, timeout=timeout, allow_redirects=False) as answer:
                if answer.status == HTTPStatus.OK:
                    return await _up_to(answer, most)
        if answer.status == HTTPStatus.TOO_MANY_REQUESTS:
            raise Limited(None)
        raise NetworkError(f"status {answer.status}")


@contextmanager
def _nameless() -> Iterator[None]:
    """What goes wrong, as the library's errors and without the address."""
    try:
        yield
    except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError) as error:
        raise NotSent(type(error).__name__) from None
    except TimeoutError:
        raise TimedOut from None
    except (aiohttp.ClientError, OSError) as error:
        raise NetworkError(type(error).__name__) from None


async def _up_to(answer: aiohttp.ClientResponse, most: int) -> bytes | None:
    if (answer.content_length or 0) > most:
        return None
    content = bytearray()
    async for part in answer.content.iter_chunked(PART):
        content += part
        if len(content) > most:
            return None
    return bytes(content)


def _retry_after(body: bytes) -> float | None:
    try:
        return float(msgspec.json.decode(body)["parameters"]["retry_after"])
    except (msgspec.DecodeError, KeyError, TypeError, ValueError):
        return None


def _body(request_data: RequestData | None) -> tuple[Any, dict[str, str]]:
    if request_data is None:
        return None, {}
    if not request_data.contains_files:
        form = {"Content-Type": "application/x-www-form-urlencoded"}
        return request_data.url_encoded_parameters().encode("utf-8", "replace"), form
    parts = aiohttp.FormData(quote_fields=False)  # else a file is called "my%20list.csv"
    for name, text in request_data.json_parameters.items():
        parts.add_field(name, text)
    for name, (filename, content, kind) in (request_data.multipart_data or {}).items():
        parts.add_field(name, content, filename=filename, content_type=kind)
    return parts, {}
