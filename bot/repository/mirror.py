"""Events in the lists of platforms that show the next dates of series."""

from typing import Protocol

from bot.domain.mirror import Mirror


class Mirrors(Protocol):
    """One for each series in each chat at most. Hold the series before you change one."""

    async def put(self, mirror: Mirror) -> None:
        """Store it as it is now."""

    async def drop(self, mirror: Mirror) -> None:
        """Nothing is shown there any more."""

    async def get(self, community: int, series: int, platform: str, chat: str) -> Mirror | None:
        """What is shown of that series there."""

    async def of_event(self, community: int, platform: str, chat: str, event: str) -> Mirror | None:
        """What that event shows."""
