"""Delivers updates by POST as Telegram does: in order within a queue, and again until a 2xx or their expiry."""

from __future__ import annotations

import asyncio

import aiohttp
import msgspec

from tests.wire.telegram.errors import bad_request
from tests.wire.telegram.updates import Queued, Updates
from tests.wire.truth import TruthLog

FIRST_RETRY = 0.05  # seconds; doubled with each failure (Telegram begins slower)
LONGEST_RETRY = 2.0


class Webhook:
    """The sender; it works while an address is set."""

    def __init__(self, updates: Updates, truth: TruthLog) -> None:
        self.url = ""
        self.last_error = ""
        self._secret: str | None = None
        self._updates = updates
        self._truth = truth
        self._pump: asyncio.Task[None] | None = None
        self._busy: dict[str, asyncio.Task[None]] = {}

    def set(self, url: str, secret: str | None) -> None:
        """Point the webhook at an address; an empty one switches it off."""
        if url and not url.startswith(("https://", "http://127.0.0.1:")):  # Telegram itself takes https only
            raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
        self.url, self._secret = url, secret
        if url and (self._pump is None or self._pump.done()):
            self._pump = asyncio.get_running_loop().create_task(self._run())

    async def stop(self) -> None:
        """End all deliveries."""
        tasks = [task for task in (self._pump, *self._busy.values()) if task]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _run(self) -> None:
        async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=10)) as session:
            while self.url:
                self._updates.arrived.clear()
                self._updates.forget_old()
                for queued in list(self._updates.waiting):
                    if queued.key not in self._busy:
                        task = asyncio.get_running_loop().create_task(self._deliver(session, queued))
                        self._busy[queued.key] = task
                await self._updates.arrived.wait()

    async def _deliver(self, session: aiohttp.ClientSession, queued: Queued) -> None:
        pause = FIRST_RETRY
        try:
            while self.url and queued in self._updates.waiting:
                wait = await self._post(session, queued, pause)
                if wait is None:
                    break
                await asyncio.sleep(wait)
                pause = min(pause * 2, LONGEST_RETRY)
        finally:
            self._busy.pop(queued.key, None)
            self._updates.arrived.set()

    async def _post(self, session: aiohttp.ClientSession, queued: Queued, pause: float) -> float | None:
        headers = {"Content-Type": "application/json"}
        if self._secret:
            headers["X-Telegram-Bot-Api-Secret-Token"] = self._secret
        self._truth.record("delivered", f"update:{queued.kind}", queued.key, update_id=queued.number)
        try:
            async with session.post(self.url, data=msgspec.json.encode(queued.update), headers=headers) as answer:
                await answer.read()
                if 200 <= answer.status < 300:
                    self._done(queued)
                    return None
                self.last_error = f"Wrong response from the webhook: {answer.status} {answer.reason}"
                return float(answer.headers.get("Retry-After", pause))
        except (aiohttp.ClientError, TimeoutError) as error:
            self.last_error = type(error).__name__
            return pause

    def _done(self, queued: Queued) -> None:
        if queued.returns > 0:
            queued.returns -= 1
            return
        self._truth.record("acknowledged", f"update:{queued.kind}", queued.key, update_id=queued.number)
        self._updates.waiting = [each for each in self._updates.waiting if each is not queued]
