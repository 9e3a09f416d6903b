"""Trying whether an address that somebody shared still opens, without letting it say what this machine connects to.

It speaks HTTP on a socket of its own. A client would have to be talked out of cookies, proxies, logins and pools, and
reads interim answers for as long as a server sends them: aiohttp took 1.6 GB in three seconds.
"""

import asyncio
import re
import socket
import ssl
from asyncio import StreamReader, StreamWriter
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from http.client import HTTPException, parse_headers
from io import BytesIO
from string import punctuation
from urllib.parse import SplitResult, quote, urljoin, urlsplit

from adapters.link.rule import is_public
from bot.chat.errors import Refusal
from bot.domain.address import read_address
from bot.features.library.check import Reach

PATIENCE = 10.0
"""Seconds for everything together: names, connections, redirects."""

PATIENCE_TO_CONNECT = 3.0
"""Seconds for one of a name's addresses, so that one without an answer leaves time for the next."""

MOST_REDIRECTS = 3
MOST_ADDRESSES = 3
MOST_HEADS = 4
"""Heads of one answer: all but the last are interim ones (RFC 9110, 15.2)."""

MOST_BYTES = 16 * 1024
"""Of one head, and what the kernel is asked to take before we read it: no body is read, so little of one arrives."""

CONTROL = "example.com"
"""A name that is kept for ever (RFC 2606): where it is not found either, names are walled off here, not gone."""

AGENT = "Bareng (link checker of a study group)"

_PORTS = {"http": 80, "https": 443}
_STATUS = re.compile(rb"HTTP/1\.[01] ([1-5]\d\d)(?: |$)")
_HEAD_ALONE = frozenset((400, 403, 404, 405, 410, 500, 501))
"""What some servers answer to HEAD although the page opens: GET decides."""

_GONE = (404, 410)

Host = tuple[str, int]
"""An IP address and a port."""

Resolve = Callable[[str, int], Awaitable[Sequence[Host]]]


class NoSuchName(Exception):
    """A name is not known anywhere."""


async def resolve(name: str, port: int) -> Sequence[Host]:
    """The addresses of that name, as this machine finds them; raises gaierror."""
    found = await asyncio.get_running_loop().getaddrinfo(name, port, type=socket.SOCK_STREAM)
    return [(str(where[0]), port) for *_, where in found]


class Probe:
    """Tries addresses. `allows` says whether an IP address may be connected to."""

    def __init__(self, resolve: Resolve = resolve, allows: Callable[[str], bool] = is_public) -> None:
        self._resolve = resolve
        self._allows = allows
        self._tls = ssl.create_default_context()

    async def __call__(self, url: str) -> Reach:
        """What came of it; whatever goes wrong on the way is UNKNOWN."""
        try:
            async with asyncio.timeout(PATIENCE):
                return await self._follow(url)
        except NoSuchName:
            return Reach.DEAD
        except (OSError, EOFError, ValueError, asyncio.LimitOverrunError, HTTPException, Refusal):
            return Reach.UNKNOWN

    async def _follow(self, url: str) -> Reach:
        """Each address on the way is judged from the start, as if a member had shared it."""
        for _ in range(MOST_REDIRECTS + 1):
            url = read_address(url).url
            status, location = await self._ask(urlsplit(url))
            if not (300 <= status < 400 and location):
                return _meaning(status)
            url = urljoin(url, location)
        return Reach.UNKNOWN

    async def _ask(self, parts: SplitResult) -> tuple[int, str]:
        """The status, and where it leads from there. The name is resolved once, and what was judged is what is used."""
        if parts.port is not None:
            raise ValueError("not the port of its scheme")
        found = await self._find(parts.hostname or "", _PORTS[parts.scheme])
        if not all(self._allows(ip) for ip, _ in found):
            raise PermissionError("not public")
        answer = await self._head("HEAD", parts, found)
        return await self._head("GET", parts, found) if answer[0] in _HEAD_ALONE else answer

    async def _find(self, name: str, port: int) -> Sequence[Host]:
        try:
            return await self._resolve(name, port)
        except socket.gaierror as error:
            if error.errno != socket.EAI_NONAME:
                raise
        await self._resolve(CONTROL, port)
        raise NoSuchName(name)

    async def _head(self, method: str, parts: SplitResult, found: Sequence[Host]) -> tuple[int, str]:
        reader, writer = await self._connect(parts, found)
        try:
            writer.write(_request(method, parts))
            for _ in range(MOST_HEADS):
                status, location = _read(await reader.readuntil(b"\r\n\r\n"))
                if status >= 200:
                    return status, location
            raise ValueError("no end of interim answers")
        finally:
            writer.transport.abort()

    async def _connect(self, parts: SplitResult, found: Sequence[Host]) -> tuple[StreamReader, StreamWriter]:
        for host in found[:MOST_ADDRESSES]:
            with suppress(OSError):
                async with asyncio.timeout(PATIENCE_TO_CONNECT):
                    return await self._open(parts, host)
        raise ConnectionError("no address answers")

    async def _open(self, parts: SplitResult, host: Host) -> tuple[StreamReader, StreamWriter]:
        """A connection to that very address; the certificate must be the name's."""
        sock = socket.socket(socket.AF_INET6 if ":" in host[0] else socket.AF_INET, socket.SOCK_STREAM)
        try:
            sock.setblocking(False)
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, MOST_BYTES)
            await asyncio.get_running_loop().sock_connect(sock, host)
            if parts.scheme == "http":
                return await asyncio.open_connection(sock=sock, limit=MOST_BYTES)
            return await asyncio.open_connection(
                sock=sock, limit=MOST_BYTES, ssl=self._tls, server_hostname=parts.hostname
            )
        except BaseException:
            sock.close()
            raise


def _request(method: str, parts: SplitResult) -> bytes:
    target = quote(f"{parts.path or '/'}?{parts.query}" if parts.query else parts.path or "/", safe=punctuation)
    lines = (
        f"{method} {target} HTTP/1.1",
        f"Host: {parts.hostname}",
        f"User-Agent: {AGENT}",
        "Accept: */*",
        "Connection: close",
        *(("Range: bytes=0-0",) if method == "GET" else ()),
    )
    return "\r\n".join((*lines, "", "")).encode("ascii")


def _read(head: bytes) -> tuple[int, str]:
    line, _, rest = head.partition(b"\r\n")
    status = _STATUS.match(line)
    if status is None:
        raise ValueError("not HTTP")
    location = parse_headers(BytesIO(rest)).get("Location", "")
    # Read as Latin-1, but browsers take it as UTF-8.
    return int(status[1]), location.encode("iso-8859-1").decode()


def _meaning(status: int) -> Reach:
    if 200 <= status < 300:
        return Reach.ALIVE
    return Reach.DEAD if status in _GONE else Reach.UNKNOWN
