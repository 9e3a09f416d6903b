"""Persons who become one."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from bot.domain.union import Share, Union


class Unions(Protocol):
    """Persons who become one, and the way back."""

    async def add(self, union: Union) -> Union:
        """Store a new one; its `id` is given here."""

    async def save(self, union: Union) -> None:
        """Store a changed one."""

    async def hold(self, union: int) -> Union | None:
        """The one of that number, held until this unit ends."""

    async def last(self, person: int) -> Union | None:
        """The one that is done and not settled, else the newest, in which that person is either of the two."""

    async def current(self, person: int) -> int:
        """Who that person is now: themselves, or whom they have become."""

    async def shares(self, person: int, now: datetime) -> Sequence[Share]:
        """What the person has in each of their groups."""

    async def join(self, union: Union, now: datetime) -> None:
        """Let everything of the one be the other's; rows as they were are kept for the way back."""

    async def part(self, union: Union, now: datetime) -> None:
        """Give back what was theirs; what came since stays."""

    async def left(self, union: Union) -> Sequence[str]:
        """The names of groups in which everything stays with the person when the two are parted.

        A group in which both were has become a part of it since; until those are parted it has nothing of theirs.
        """

    async def settle(self, before: datetime) -> None:
        """Forget how to undo what was joined before that."""
