"""The content of files that people sent, from Discord's own servers only and never more than was asked for."""

from urllib.parse import urlsplit

import aiohttp

from bot.chat.errors import Ambiguous, Gone, Refused, Unreachable
from bot.chat.file import File

HOSTS = frozenset({"cdn.discordapp.com", "media.discordapp.net"})
"""Where Discord keeps attachments; nothing is fetched from anywhere else."""

PATIENCE = aiohttp.ClientTimeout(total=30, sock_connect=5, sock_read=15)
"""Seconds for a download, for a connection, and between two parts."""

PART = 64 * 1024


async def download(session: aiohttp.ClientSession, api: str, file: File, most: int) -> bytes:
    """The content of an attachment; raises Refused where it has more than `most` bytes, Gone where it may not be read.

    A server that stands in for Discord's interface (`api`) may hold files too. Discord itself measures a file's size.
    """
    if file.size > most:
        raise Refused("too large, says Discord")
    if not _is_allowed(file.id, api):
        raise Gone("not an address of Discord's")
    try:
        plain = {"Accept-Encoding": "identity"}
        async with session.get(file.id, headers=plain, timeout=PATIENCE, allow_redirects=False) as answer:
            if answer.status == 200:
                return await _read(answer, file.size, most)
            if answer.status < 500:
                raise Gone(f"status {answer.status}")
            raise Unreachable(f"status {answer.status}")
    except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError) as error:
        raise Unreachable(type(error).__name__) from None
    except (aiohttp.ClientError, OSError, TimeoutError) as error:
        raise Ambiguous(type(error).__name__) from None


def _is_allowed(address: str, api: str) -> bool:
    try:
        url, home = urlsplit(address), urlsplit(api)
    except ValueError:
        return False
    # The whole authority, so that neither a name before "@" nor another port passes.
    return (url.scheme == "https" and url.netloc in HOSTS) or (url.scheme, url.netloc) == (home.scheme, home.netloc)


async def _read(answer: aiohttp.ClientResponse, size: int, most: int) -> bytes:
    if (answer.content_length or 0) > most:
        raise Refused("too large, as it turned out")
    content = bytearray()
    async for part in answer.content.iter_chunked(PART):
        content += part
        if len(content) > most:
            raise Refused("too large, as it turned out")
    if len(content) < size:
        raise Ambiguous("cut short")
    return bytes(content)
