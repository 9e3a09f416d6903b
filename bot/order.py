"""Turns: what happens in one place is done one after the other, first in, first out."""

import asyncio
from collections.abc import AsyncIterator, Hashable
from contextlib import asynccontextmanager, suppress


class Turns:
    """A lock for each key, kept only while somebody holds it or waits for it."""

    def __init__(self) -> None:
        self._locks: dict[Hashable, tuple[asyncio.Lock, int]] = {}

    @asynccontextmanager
    async def of(self, key: Hashable, patience: float | None = None) -> AsyncIterator[None]:
        """Wait for the turn, or go ahead without it after `patience` seconds; asyncio's locks wake in order."""
        lock, waiting = self._locks.get(key, (asyncio.Lock(), 0))
        self._locks[key] = (lock, waiting + 1)
        held = False
        try:
            with suppress(TimeoutError):
                async with asyncio.timeout(patience):
                    held = await lock.acquire()
            yield
        finally:
            if held:
                lock.release()
            lock, waiting = self._locks.pop(key)
            if waiting > 1:
                self._locks[key] = (lock, waiting - 1)
