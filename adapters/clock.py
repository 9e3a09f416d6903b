"""Time as a platform: a scheduler in memory that wakes the outbox; the database alone knows what is due."""

import asyncio
from datetime import UTC, datetime

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.app import App
from bot.chat.errors import Unavailable
from bot.clear import clear_old

EVERY = 1
"""Seconds between two looks at what is due."""

log = structlog.get_logger()


def now() -> datetime:
    """The present of this machine, in UTC."""
    return datetime.now(UTC)


class Clock:
    """Ticks from `start` to `stop`. A tick that takes longer than a second is not overtaken by the next."""

    def __init__(self, app: App) -> None:
        self._app = app
        self._scheduler = AsyncIOScheduler(timezone="UTC")
        self._ticking = asyncio.Lock()
        self._over = False
        self._alarm: asyncio.TimerHandle | None = None
        app.outbox.alarm = self._set_alarm

    def start(self) -> None:
        """Begin to tick, at once."""
        usual = {"max_instances": 1, "coalesce": True, "misfire_grace_time": None}
        self._scheduler.add_job(self._tick, "interval", seconds=EVERY, **usual)
        self._scheduler.add_job(self.clear, "interval", hours=1, **usual)
        self._scheduler.start()

    async def stop(self) -> None:
        """Tick no more; a tick that runs is let finish."""
        if self._alarm:
            self._alarm.cancel()
        self._over = True  # the scheduler ends only in the loop's next round, in which one more tick could begin
        if self._scheduler.running:
            self._scheduler.pause()
            async with self._ticking:
                self._scheduler.shutdown(wait=False)

    async def _tick(self) -> None:
        async with self._ticking:
            if not self._over:
                await self._app.outbox.tick()

    def _set_alarm(self, due: datetime) -> None:
        """Wake the outbox at that moment, if it comes before the next tick."""
        wait = (due - self._app.clock()).total_seconds()
        if self._over or wait > EVERY:
            return
        if self._alarm:
            self._alarm.cancel()
        self._alarm = asyncio.get_running_loop().call_later(max(wait, 0), self._app.outbox.wake)

    async def clear(self) -> None:
        """Forget what can no longer matter; once an hour."""
        async with self._ticking:
            try:
                async with self._app.store.begin() as unit:
                    sweeps = await clear_old(unit, self._app.clock)
                if sweeps:
                    await self._app.store.sweep()
            except Unavailable as error:
                log.warning("store_unavailable", error=str(error))
