"""Who was there on dates of sessions."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Protocol

from bot.domain.presence import Presence


class Presences(Protocol):
    """One for each person on each date. A day is the one that the rule has."""

    async def come(self, presence: Presence) -> bool:
        """Note that somebody is there by a tap or the code word; False if that was noted before.

        Who was known by voice alone keeps that time.
        """

    async def enter(self, community: int, series: int, day: date, person: int, at: datetime) -> None:
        """Somebody came into the voice channel; who is in it already goes on as they are."""

    async def leave(self, community: int, series: int, day: date, person: int, at: datetime) -> None:
        """Somebody left it, or the session ended; the time since they came in is added up."""

    async def inside(self, community: int, series: int, day: date) -> Sequence[Presence]:
        """Those who are in the voice channel."""

    async def part(self, community: int, series: int, day: date, person: int, words: str) -> bool:
        """Keep what somebody takes along; False for somebody who was not there."""

    async def of_date(self, community: int, series: int, day: date) -> Sequence[Presence]:
        """All of that date, also those with too few minutes."""

    async def since(self, community: int, day: date) -> Sequence[Presence]:
        """All of the dates from that day on, by day, series and person."""
