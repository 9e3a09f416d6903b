"""The web server: the routes of the platforms behind one door, inside our event loop."""

import asyncio
import contextlib
import hmac
import socket
from base64 import b64decode
from binascii import Error as BadBase64
from collections.abc import Awaitable, Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

import uvicorn
from starlette.applications import Starlette
from starlette.datastructures import Headers
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse
from starlette.routing import BaseRoute, Mount, Route
from starlette.types import ASGIApp, Receive, Scope, Send

GRACE = 3
"""Seconds that open requests have for their end when the server stops."""

EVERYWHERE = ("0.0.0.0", "::")  # noqa: S104
"""Hosts that mean every address of this machine; they are no names."""

Health = Callable[[], Awaitable[Mapping[str, Any]]]
"""Says how we are; the entry `ok` is true where all is well."""


class PortTaken(Exception):
    """The address cannot be listened on; the message says why."""


class Web:
    """The server: `start` takes the port, `run` serves until `stop`, which gives open requests a few seconds."""

    def __init__(self, app: ASGIApp, host: str, port: int) -> None:
        self._host = host
        self._port = port
        self._socket: socket.socket | None = None
        self._serving: asyncio.Future[None] | None = None
        self._server = _Server(
            uvicorn.Config(
                app,
                lifespan="off",
                ws="none",
                log_config=None,
                access_log=False,
                server_header=False,
                proxy_headers=False,
                timeout_graceful_shutdown=GRACE,
            )
        )

    @property
    def address(self) -> str:
        """Where a browser on this machine finds the server, with the port that it got."""
        host = "localhost" if self._host in EVERYWHERE else self._host
        port = self._socket.getsockname()[1] if self._socket else self._port
        return f"http://{_bracketed(host)}:{port}/"

    def start(self) -> None:
        """Take the port; raises PortTaken. Whoever calls now waits until `run`."""
        family = socket.AF_INET6 if ":" in self._host else socket.AF_INET
        try:
            self._socket = socket.create_server((self._host, self._port), family=family, backlog=1024)
        except OSError as error:
            raise PortTaken(error.strerror or str(error)) from error

    async def run(self) -> None:
        """Serve on the port that was taken, until `stop`."""
        if self._socket:
            with self._socket:
                self._serving = asyncio.ensure_future(self._server.serve(sockets=[self._socket]))
                await self._serving

    async def stop(self) -> None:
        """Take no more requests and let open ones end."""
        self._server.should_exit = True
        if self._serving:
            await asyncio.wait({self._serving})


class _Server(uvicorn.Server):
    """A server that leaves signals to whoever runs it."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Capture none."""
        yield


def build(
    health: Health, routes: Sequence[BaseRoute], page: ASGIApp | None, *, hosts: Iterable[str] = (), password: str = ""
) -> ASGIApp:
    """The application: `/health`, routes with a guard of their own, and a page, behind the password if there is one.

    It answers only to the names of this machine and to `hosts`.
    """

    async def answer_health(_: Request) -> JSONResponse:
        state = await health()
        return JSONResponse(dict(state), status_code=200 if state.get("ok") else 503)

    rest = [Mount("/", Password(page, password) if password else page)] if page else []
    door = Middleware(TrustedHostMiddleware, allowed_hosts=names(hosts), www_redirect=False)
    return Starlette(routes=[Route("/health", answer_health), *routes, *rest], middleware=[door])


def names(hosts: Iterable[str]) -> list[str]:
    """The names under which the server may be called: these, and this machine's."""
    return ["localhost", "127.0.0.1", "[::1]", *(_bracketed(host) for host in hosts if host not in EVERYWHERE)]


class Password:
    """Asks for a password by HTTP Basic authentication; the user name does not matter."""

    def __init__(self, app: ASGIApp, password: str) -> None:
        self._app = app
        self._password = password.encode()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or answer 401."""
        if scope["type"] == "http" and not self._opens(Headers(scope=scope).get("authorization", "")):
            challenge = {"WWW-Authenticate": 'Basic realm="Bareng", charset="UTF-8"'}
            await PlainTextResponse("A password is needed.", 401, challenge)(scope, receive, send)
            return
        await self._app(scope, receive, send)

    def _opens(self, header: str) -> bool:
        kind, _, encoded = header.partition(" ")
        try:
            _, _, password = b64decode(encoded, validate=True).partition(b":")
        except (BadBase64, ValueError):
            return False
        return kind.lower() == "basic" and hmac.compare_digest(password, self._password)


def _bracketed(host: str) -> str:
    return f"[{host}]" if ":" in host else host
