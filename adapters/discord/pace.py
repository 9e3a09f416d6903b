"""A pace of calls that sits just below Discord's global limit and never runs into it."""

import asyncio
from collections import deque

MOST = 49
"""Discord allows a bot 50 requests a second over all routes but those of interactions."""

SPAN = 1.02
"""Our second is that much longer, because the network squeezes what we spread."""


class Pace:
    """Gives out turns in the order of asking, at most so many within a span of seconds."""

    def __init__(self, most: int = MOST, span: float = SPAN) -> None:
        self._span = span
        self._taken: deque[float] = deque(maxlen=most)
        self._lock = asyncio.Lock()

    async def turn(self) -> None:
        """Wait for a turn."""
        loop = asyncio.get_running_loop()
        async with self._lock:
            # A timer may fire late but never early, so the time is taken again after the wait.
            if len(self._taken) == self._taken.maxlen:
                await asyncio.sleep(max(0.0, self._taken[0] + self._span - loop.time()))
            self._taken.append(loop.time())
