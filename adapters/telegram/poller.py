"""Fetching updates by long polling: the offset moves only behind what was settled, and a broken update stops nobody."""

import asyncio
import time
from collections.abc import Callable, Coroutine
from typing import Any
from urllib.parse import urlencode

import msgspec
import structlog
from telegram import Bot
from telegram.error import Conflict, InvalidToken, TelegramError, TimedOut

from adapters.telegram.request import AiohttpRequest, Limited
from adapters.telegram.wire import ALLOWED_UPDATES
from bot.chat.errors import TokenRefused

LONG_POLL = 25
"""Seconds that Telegram holds an empty answer back (it allows 50)."""

HANG = 3.0 * LONG_POLL
"""Seconds after which a poll that neither answers nor fails is given up."""

GRACE = 0.5
"""Seconds that a batch may take before more is fetched beside its stragglers."""

FIRST_PAUSE, LONGEST_PAUSE = 0.5, 30.0
BATCH = 100

_ALLOWED = msgspec.json.encode(ALLOWED_UPDATES).decode()

log = structlog.get_logger()

Settle = Callable[[Any], Coroutine[Any, Any, bool]]
"""Settles one raw update; True says that it may be acknowledged. It never raises."""


class Poller:
    """The fetch loop. `heard_at` is when Telegram last answered (monotonic seconds, 0 for never)."""

    def __init__(self, bot: Bot, request: AiohttpRequest, settle: Settle) -> None:
        self._url = f"{bot.base_url}/getUpdates"
        self._request = request
        self._settle = settle
        self._offset = 0
        self._flying: dict[int, asyncio.Task[bool]] = {}
        self._pause = FIRST_PAUSE
        self._rival = False
        self._over = False
        self._fetching: asyncio.Future[list[Any]] | None = None
        self.heard_at = 0.0

    async def run(self) -> None:
        """Fetch until stopped or cancelled; raises TokenRefused."""
        while not self._over:
            try:
                async with asyncio.timeout(HANG):
                    self._fetching = asyncio.ensure_future(self._fetch())
                    batch = await self._fetching
            except asyncio.CancelledError:
                if not self._over:
                    raise
            except InvalidToken:
                raise TokenRefused from None
            except TimeoutError:
                log.warning("poll_hangs")
                await self._request.renew()
            except TelegramError as error:
                await self._wait(error)
            else:
                self.heard_at, self._pause, self._rival = time.monotonic(), FIRST_PAUSE, False
                await self._take(batch)

    async def stop(self) -> None:
        """Take nothing more, let what is being settled finish, and tell Telegram how far we came."""
        self._over = True
        if self._fetching:
            self._fetching.cancel()  # a second request beside it would look like another program
        await asyncio.gather(*self._flying.values(), return_exceptions=True)
        self._land()
        if self._offset:
            try:
                await self._get(next(iter(self._flying), self._offset), limit=1, hold=0)
            except TelegramError as error:
                log.info("not_confirmed", error=type(error).__name__)  # those updates come again and are known

    async def _fetch(self) -> list[Any]:
        lowest = next(iter(self._flying), self._offset)
        # Telegram slows down a poller that repeats an offset without being ready to wait for three seconds.
        return await self._get(lowest, limit=BATCH, hold=3 if self._flying else LONG_POLL)

    async def _get(self, offset: int, limit: int, hold: int) -> list[Any]:
        fields = {"offset": offset, "limit": limit, "timeout": hold, "allowed_updates": _ALLOWED}
        found = await self._request.post(f"{self._url}?{urlencode(fields)}", read_timeout=hold + 10)
        return found if isinstance(found, list) else []

    async def _take(self, batch: list[Any]) -> None:
        for raw in batch:
            number = _number(raw)
            if number is None:
                await self._skip_unnumbered()
            elif number not in self._flying:
                self._flying[number] = asyncio.create_task(self._settle(raw))
                self._offset = number + 1  # the last one received, not the highest: after a quiet week ids begin anew
        if self._flying:
            await asyncio.wait(self._flying.values(), timeout=GRACE)
            self._land()

    def _land(self) -> None:
        """Forget what was settled, up to the first that was not: Telegram gives out everything behind that again."""
        for number, task in list(self._flying.items()):
            if not task.done() or not task.result():
                return
            del self._flying[number]

    async def _skip_unnumbered(self) -> None:
        log.error("update_without_number")
        self._offset += 1
        await asyncio.sleep(FIRST_PAUSE)

    async def _wait(self, error: TelegramError) -> None:
        if isinstance(error, Limited):
            await asyncio.sleep(error.after or LONGEST_PAUSE)
            return
        if isinstance(error, Conflict) and not self._rival:
            self._rival = True
            log.error("token_in_use", hint="another program polls with the same token; stop one of the two")
        elif isinstance(error, TimedOut):
            await self._request.renew()
        elif not isinstance(error, Conflict):
            log.warning("poll_failed", error=type(error).__name__, again_in=self._pause)
        await asyncio.sleep(self._pause)
        self._pause = min(self._pause * 2, LONGEST_PAUSE)


def _number(raw: Any) -> int | None:
    number = raw.get("update_id") if isinstance(raw, dict) else None
    if isinstance(number, str) and number.isdecimal() and len(number) < 16:
        return int(number)
    return number if isinstance(number, int) else None
