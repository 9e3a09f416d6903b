"""The fake Discord as one object: starts the web server, and is the test's hand on everything."""

from __future__ import annotations

import asyncio
from typing import Any, Self

from aiohttp import web

from tests.wire.discord.answers import Answers
from tests.wire.discord.events import Events
from tests.wire.discord.files import ROUTE, Shelf
from tests.wire.discord.gateway import Gateway
from tests.wire.discord.handlers import Handlers
from tests.wire.discord.interactions import Interactions
from tests.wire.discord.limits import Limits
from tests.wire.discord.messages import Messages
from tests.wire.discord.moderation import Moderation
from tests.wire.discord.people import People
from tests.wire.discord.rest import PREFIX, Rest
from tests.wire.discord.state import State
from tests.wire.discord.threads import Threads
from tests.wire.faults import Faults
from tests.wire.truth import TruthLog

TOKEN = "MTIz.Canary.token-of-the-fake-discord"


class FakeDiscord:
    """Discord on a loopback port; use it as an async context manager."""

    def __init__(self, *, token: str = TOKEN, port: int = 0, validate: bool = True, limits: bool = False) -> None:
        self.token = token
        self.port = port
        self.state = State()
        self.truth = TruthLog((token,))
        self.faults = Faults()
        self.limits = Limits(self.state.clock.now, enforce=limits)
        self.gateway = Gateway(self.state, self.truth, self.faults, token)
        self.interactions = Interactions(self.state)
        self.people = People(self.state, self.gateway, self.interactions, self.truth)
        self.handlers = Handlers(self.state, self.gateway, self.truth)
        self.messages = Messages(self.state, self.interactions, self.truth, self._later)
        answers = Answers(self.state, self.interactions, self.truth)
        self.threads = Threads(self.messages)
        moderation = Moderation(self.handlers, self.messages, self.truth, self._later)
        table = self.handlers.table() | self.messages.table() | self.threads.table() | answers.table()
        self.events = Events(self.handlers, self.gateway, self.truth, self._later)
        table |= moderation.table() | self.events.table()
        self.rest = Rest(self.truth, self.faults, self.limits, token, table, validate)
        self.app = web.Application(client_max_size=30 * 2**20)
        self.app.router.add_get("/gateway", self.gateway.handle)
        self.app.router.add_get("/gateway/", self.gateway.handle)
        self.app.router.add_get(ROUTE, Shelf(self.state.files, self.faults, self.truth).handle)
        self.app.router.add_routes(self.rest.routes())
        self._events: set[asyncio.Task[int]] = set()
        self._runner: web.AppRunner | None = None

    @property
    def api(self) -> str:
        """What `discord.http.Route.BASE` must be."""
        return f"http://127.0.0.1:{self.port}{PREFIX}"

    @property
    def gateway_url(self) -> str:
        """What `discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY` must be."""
        return f"ws://127.0.0.1:{self.port}/gateway"

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.stop()

    async def start(self) -> None:
        """Listen; after this `port` is known."""
        self._runner = web.AppRunner(self.app, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", self.port, backlog=1024)
        await site.start()
        self.port = self._runner.addresses[0][1]
        self.handlers.host = self.state.files.host = f"127.0.0.1:{self.port}"

    async def stop(self) -> None:
        """Close every connection and the port."""
        await self.gateway.close()
        for task in self._events:
            task.cancel()
        if self._runner is not None:
            await self._runner.cleanup()

    async def client_arrived(self, seconds: float = 10.0) -> None:
        """Wait for the next client that identifies or resumes (or one that is connected already)."""
        if not self.gateway.connected:
            self.gateway.arrived.clear()
            await asyncio.wait_for(self.gateway.arrived.wait(), seconds)

    def assert_clean(self) -> None:
        """Raise AssertionError when the client broke a rule, or the fake answered against the specification."""
        self.truth.assert_clean()
        if self.rest.own_mistakes:
            raise AssertionError("the fake's own answers are wrong:\n" + "\n".join(self.rest.own_mistakes))

    def _later(self, event: str, data: dict[str, Any], guild_id: int | None) -> None:
        """Gateway events come after the answer to the call that caused them, as a task."""
        task = asyncio.ensure_future(self.gateway.emit(event, data, guild_id))
        self._events.add(task)
        task.add_done_callback(self._events.discard)
