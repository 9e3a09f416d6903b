"""What members can search for: entries that features put in, and the hits of a query."""

from collections.abc import Sequence
from typing import Protocol

from bot.domain.search import Entry, Found, Query


class Searches(Protocol):
    """The index of a community's texts; what is not a community's own is never found there."""

    async def put(self, entry: Entry) -> None:
        """Make it found; an entry of the same community, kind and subject is replaced."""

    async def drop(self, community: int, kind: str, subject: int) -> None:
        """Let it be found no more; nothing happens where there is none."""

    async def find(self, community: int, query: Query, kinds: Sequence[str]) -> Found:
        """The best hits among these kinds, best first and at most `MOST_FOUND`; the same on every database."""

    async def remember(self, community: int, person: int, words: str) -> int:
        """Keep what somebody searches for in place of their last search; returns the number of this one."""

    async def recall(self, community: int, person: int, number: int) -> str | None:
        """The words of that search, None if it is not the person's last one."""
