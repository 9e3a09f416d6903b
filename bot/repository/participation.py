"""Counts over all that a group does."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Protocol

from bot.domain.participation import Active, Stretch


class Participations(Protocol):
    """How a group takes part. The persons that these give are for counting, save those who were thanked."""

    async def active(self, community: int, stretch: Stretch) -> Active:
        """Who took part in what within that time; private practice is nobody's business and not in it."""

    async def known(self, community: int, people: frozenset[int], until: datetime) -> frozenset[int]:
        """Those of them who took part in anything until then."""

    async def waits(self, community: int, stretch: Stretch) -> Sequence[timedelta | None]:
        """How long each question of that time waited for the first answer from somebody else, None without one.

        Questions without one that repeat another, were deleted, or were settled otherwise are left out.
        """

    async def quiz_days(self, community: int, first: date, last: date) -> Mapping[date, int]:
        """How many people answered the daily quiz of each of these days on which there was one."""

    async def members(self, community: int) -> int:
        """How many members the bot has met."""

    async def thanked(self, community: int, since: datetime) -> Sequence[int]:
        """Who was thanked from then on and still is, whoever was first thanked first."""
