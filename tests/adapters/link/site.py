"""Web sites on loopback for the link checker, and the names under which they are found."""

import asyncio
import socket
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager

from aiohttp import web

from adapters.link.probe import CONTROL

HERE = "127.0.0.1"
URL = "http://school.example"


def only_here(address: str) -> bool:
    """The rule of the tests: it lets this machine in, which the real one never does, and nothing else."""
    return address == HERE


class Names:
    """A name server: of each name's answers one after another, the last one again and again.

    All are reached on the port of the site, because the real ports may not be opened by everybody.
    """

    def __init__(self, port: int) -> None:
        self.port = port
        self.answers: dict[str, list[Sequence[str]]] = {"school.example": [(HERE,)], CONTROL: [("10.0.0.1",)]}
        self.asked: list[tuple[str, int]] = []

    async def __call__(self, name: str, port: int) -> list[tuple[str, int]]:
        """The addresses; raises gaierror for a name that there is not."""
        self.asked.append((name, port))
        if name not in self.answers:
            raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
        left = self.answers[name]
        found = left.pop(0) if len(left) > 1 else left[0]
        return [(address, self.port) for address in found]


class Site:
    """A real web server that keeps every request. A path without an answer is not found."""

    def __init__(self) -> None:
        self.answers: dict[str, Callable[[web.Request], web.StreamResponse]] = {}
        self.requests: list[web.Request] = []
        self.port = 0

    @property
    def lines(self) -> list[str]:
        """What was asked for, by method and target."""
        return [f"{request.method} {request.raw_path}" for request in self.requests]

    def says(self, path: str, status: int, **headers: str) -> None:
        """Answer so whatever the method is."""
        self.answers[path] = lambda _: web.Response(status=status, headers=headers)

    async def handle(self, request: web.BaseRequest) -> web.StreamResponse:
        """One request."""
        assert isinstance(request, web.Request)
        self.requests.append(request)
        answer = self.answers.get(request.path)
        return answer(request) if answer else web.Response(status=404)


@asynccontextmanager
async def site(tls: ssl.SSLContext | None = None) -> AsyncIterator[Site]:
    """A site on a free port."""
    made, app = Site(), web.Application()
    app.router.add_route("*", "/{path:.*}", made.handle)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    try:
        await web.TCPSite(runner, HERE, 0, ssl_context=tls).start()
        made.port = runner.addresses[0][1]
        yield made
    finally:
        await runner.cleanup()


@asynccontextmanager
async def rude(serve: Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]) -> AsyncIterator[int]:
    """The port of a server that does what it likes with each connection."""

    async def meet(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await serve(reader, writer)
        except (ConnectionError, asyncio.CancelledError):
            pass
        finally:
            writer.transport.abort()

    listening = socket.socket()
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 16 * 1024)
    listening.bind((HERE, 0))
    server = await asyncio.start_server(meet, sock=listening)
    try:
        yield listening.getsockname()[1]
    finally:
        server.close()
