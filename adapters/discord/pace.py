"""An even pace of calls, so that the bot sits at Discord's global limit and never runs into it."""

import asyncio

PER_SECOND = 49.0
"""Discord allows a bot 50 requests a second over all routes but those of interactions."""


class Pace:
    """Gives out turns, at most so many a second."""

    def __init__(self, per_second: float = PER_SECOND) -> None:
        self._step = 1 / per_second
        self._next = 0.0

    async def turn(self) -> None:
        """Wait for a turn."""
        loop = asyncio.get_running_loop()
        now = loop.time()
        mine = self._next = max(now, self._next + self._step)
        if mine > now:
            await asyncio.sleep(mine - now)
