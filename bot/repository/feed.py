"""Addresses of calendars."""

from datetime import datetime
from typing import Protocol

from bot.domain.feed import Feed


class Feeds(Protocol):
    """One address for each group and for each person at most."""

    async def put(self, feed: Feed) -> None:
        """Store a new address; the one before is void."""

    async def drop(self, community: int, person: int) -> bool:
        """Make the address of that group (with person 0) or person (with community 0) void; whether there was one."""

    async def made(self, community: int, person: int) -> datetime | None:
        """When its address was made, None where it has none."""

    async def find(self, digest: str) -> Feed | None:
        """Whose calendar it is."""
