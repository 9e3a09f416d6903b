"""From a raw update to the core and back: settling, setting aside what is broken, and what an answer needs to know."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

import msgspec
import structlog

from adapters.telegram.answer import Answer
from adapters.telegram.inbound import read
from adapters.telegram.known import Known
from adapters.telegram.received import NAME, Received
from adapters.telegram.render import Sign
from adapters.telegram.sender import Sender
from adapters.telegram.wire import read_update
from bot.app import App
from bot.chat.errors import PlatformError, Refusal, Unavailable
from bot.chat.events import Invoked, Pressed
from bot.chat.places import Account
from bot.order import Turns

FIRST_PAUSE, LONGEST_PAUSE = 0.2, 10.0
"""Seconds between two tries to hand an update to a store that cannot take it."""

log = structlog.get_logger()


@dataclass(slots=True)
class Count:
    """What happened to updates since the start."""

    settled: int = 0
    set_aside: int = 0
    put_off: int = 0


class Reception:
    """Takes updates in. `username` and `ephemeral` are found out at the start; `heard_at` is in monotonic seconds."""

    def __init__(self, app: App, sender: Sender) -> None:
        self._app = app
        self._later: dict[asyncio.Task[None], Callable[[], Awaitable[None]]] = {}
        self._stopping = False
        self.sender = sender
        self.known = Known()
        self.turns = Turns()
        self.username = ""
        self.ephemeral = False
        self.count = Count()
        self.heard_at = 0.0

    async def settle(self, raw: Any) -> bool:
        """Settle an update, however long the store needs to take it; False if we must stop before."""
        pause = FIRST_PAUSE
        while not await self.take(raw):
            if self._stopping:
                return False
            await asyncio.sleep(pause)
            pause = min(pause * 2, LONGEST_PAUSE)
        return True

    async def take(self, raw: Any) -> bool:
        """Settle one raw update; False if the store cannot take it now. A broken one is set aside."""
        self.heard_at = time.monotonic()
        try:
            update = read_update(raw)
            received = read(update, self.username, self._app.clock())
            if update.message:
                self.known.hear(update.message)
            for each in received:
                await self._handle(self.known.complete(each))
            if update.callback_query and not received:
                await self._acknowledge(update.callback_query.id)
        except Unavailable:
            self.count.put_off += 1
            return False
        except msgspec.ValidationError as error:
            self._set_aside(raw, str(error))
        except Exception:
            log.exception("update_failed")
            self._set_aside(raw, "our own fault")
        else:
            self.count.settled += 1
        return True

    def stop(self) -> None:
        """Try no longer what the store cannot take."""
        self._stopping = True

    async def clear(self) -> None:
        """Do at once what was to be done later."""
        waiting, self._later = self._later, {}
        for task in waiting:
            task.cancel()
        await asyncio.gather(*(what() for what in waiting.values()), return_exceptions=True)

    # What an answer needs.

    def sign(self) -> Sign:
        """How buttons are signed."""
        return self._app.sign

    async def can_write(self, user: int) -> bool:
        """Whether the person opened private messages."""
        try:
            async with self._app.store.read() as unit:
                return await unit.people.can_write(Account(NAME, str(user)))
        except Unavailable:
            return False

    async def closed(self, user: int) -> None:
        """Remember that the person cannot be written to."""
        try:
            async with self._app.store.begin() as unit:
                await unit.people.open_private(Account(NAME, str(user)), False)
        except Unavailable as error:
            log.info("not_remembered", error=str(error))  # the next private message finds out again

    async def ticket(self, received: Received) -> str:
        """A deep-link payload that gives this answer in private."""
        if not isinstance(received.event, Invoked | Pressed):
            return ""
        try:
            return await self._app.ticket(received.event)
        except (Refusal, PlatformError, Unavailable) as error:
            log.info("no_ticket", error=repr(error))
            return ""

    def later(self, seconds: float, what: Callable[[], Awaitable[None]]) -> None:
        """Do something after that time, or when the adapter stops."""

        async def wait() -> None:
            await asyncio.sleep(seconds)
            self._later.pop(task, None)
            await what()

        task = asyncio.create_task(wait())
        self._later[task] = what

    async def _handle(self, received: Received) -> None:
        answer = Answer(self, received)
        await self._app.handle(received.event, answer)
        if received.source.press and not answer.given:
            await self._acknowledge(received.source.press)

    async def _acknowledge(self, press: str) -> None:
        try:
            await self.sender.acknowledge(press)
        except PlatformError as error:
            log.info("press_not_acknowledged", error=repr(error))

    def _set_aside(self, raw: Any, why: str) -> None:
        self.count.set_aside += 1
        kinds = sorted(str(key) for key in raw if key != "update_id") if isinstance(raw, dict) else []
        log.error("update_set_aside", kinds=kinds[:5], why=why, so_far=self.count.set_aside)
