"""The webhook as a route of the bot's web server: authenticated, small, and answered only after the commit."""

import hmac
import re
from collections.abc import Awaitable, Callable
from typing import Any

import msgspec
import structlog
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route

LARGEST = 1_000_000
"""Bytes that an update may have."""

RETRY_AFTER = 5
"""Seconds after which Telegram shall try again what the store could not take."""

SHORTEST_SECRET = 32
HEADER = "X-Telegram-Bot-Api-Secret-Token"
_SECRET = re.compile(rf"[A-Za-z0-9_-]{{{SHORTEST_SECRET},256}}\Z")

log = structlog.get_logger()

Take = Callable[[Any], Awaitable[bool]]
"""Settles one raw update; False says that it must be delivered again."""


def check_secret(secret: str) -> None:
    """Raise ValueError unless the secret is 32 to 256 of `A-Za-z0-9_-` (the characters that Telegram takes)."""
    if not _SECRET.match(secret):
        raise ValueError(f"the webhook secret must be {SHORTEST_SECRET} to 256 characters of A-Z a-z 0-9 _ -")


def webhook_route(path: str, secret: str, take: Take) -> Route:
    """A route for Telegram's POSTs; `path` holds no secret. Raises ValueError for a weak secret."""
    check_secret(secret)

    async def receive(request: Request) -> Response:
        if not hmac.compare_digest(request.headers.get(HEADER, "").encode(), secret.encode()):
            return Response(status_code=401)
        if request.headers.get("content-type", "").partition(";")[0].strip().lower() != "application/json":
            return Response(status_code=415)
        if request.headers.get("content-encoding", "identity") != "identity":
            return Response(status_code=415)
        body = await _read(request)
        if body is None:
            return Response(status_code=413)
        try:
            raw = msgspec.json.decode(body)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            return Response(status_code=400)
        if await take(raw):
            return Response(status_code=200)
        return Response(status_code=503, headers={"Retry-After": str(RETRY_AFTER)})

    return Route(path, receive, methods=["POST"])


async def _read(request: Request) -> bytes | None:
    """The body, None as soon as it turns out too large."""
    announced = request.headers.get("content-length", "")
    if announced.isdecimal() and int(announced) > LARGEST:
        return None
    body = bytearray()
    try:
        async for part in request.stream():
            body += part
            if len(body) > LARGEST:
                return None
    except ClientDisconnect:
        return None
    return bytes(body)
