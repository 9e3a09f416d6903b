"""The round of the link checker: once a day it plans, and it tries what falls due, one address at a time."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import date
from random import Random
from urllib.parse import urlsplit

import structlog

from bot.chat.errors import Unavailable
from bot.command import Feature
from bot.context import Context
from bot.delivery import NOWHERE
from bot.features.library import check
from bot.features.library.check import Link, Reach
from bot.ports import Clock, Store

PACE = 1.0
"""Seconds between two addresses."""

log = structlog.get_logger()


class Checker:
    """Tries what the outbox hands over, between two units of work: none of them waits for the network."""

    def __init__(self, store: Store, clock: Clock, rng: Random, probe: Callable[[str], Awaitable[Reach]]) -> None:
        self._store = store
        self._clock = clock
        self._rng = rng
        self._probe = probe
        self._waiting: dict[Link, None] = {}
        self._planned: date | None = None

    @property
    def feature(self) -> Feature:
        """The jobs through which it hears of what is due."""
        return check.feature(self._want)

    async def run(self) -> None:
        """Go on until cancelled; what fails is left to the row that asks again."""
        while True:
            try:
                await self.turn()
            except Unavailable as error:
                log.warning("store_unavailable", error=str(error))
            except Exception:
                log.exception("link_check_failed")
            await asyncio.sleep(PACE)

    async def turn(self) -> bool:
        """Plan a day that has begun, try one address; False if none waits."""
        today = self._clock().date()
        if today != self._planned:
            await self._plan(today)
            self._planned = today
        if not self._waiting:
            return False
        link = next(iter(self._waiting))
        del self._waiting[link]
        reach = await self._probe(link.url)
        log.debug("link_checked", host=urlsplit(link.url).hostname, reach=reach)
        await self._note(link, reach)
        return True

    def _want(self, link: Link) -> None:
        self._waiting[link] = None

    async def _plan(self, day: date) -> None:
        async with self._store.read() as unit:
            groups = await unit.communities.all()
        for group in groups:
            async with self._store.read() as unit:
                numbers = await check.of_day(unit, group.id, day)
            if numbers:
                async with self._store.begin() as unit:
                    await check.plan(unit, group.id, numbers, self._clock(), self._rng)

    async def _note(self, link: Link, reach: Reach) -> None:
        async with self._store.begin() as unit:
            group = await unit.communities.get(link.community)
            if group:
                await check.hear(Context(unit, self._clock(), self._rng, NOWHERE, found=group), link, reach)
