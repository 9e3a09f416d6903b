"""What moderators decide and do: sanctions, and the record that is only ever added to."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from bot.domain.moderation import Deed, Kind, Record, Sanction


class Sanctions(Protocol):
    """What was decided about people."""

    async def add(self, sanction: Sanction) -> Sanction:
        """Store a new one; its `id` is given here. The community is held until this unit ends."""

    async def save(self, sanction: Sanction) -> None:
        """Store a changed one; hold it first."""

    async def get(self, community: int, sanction: int) -> Sanction | None:
        """The one of that number."""

    async def hold(self, community: int, sanction: int) -> Sanction | None:
        """The same, held until this unit ends."""

    async def of(self, community: int, person: int, most: int) -> Sequence[Sanction]:
        """Those about that person, newest first."""

    async def active(self, community: int, person: int, kind: Kind, now: datetime) -> Sequence[Sanction]:
        """Those that hold now, newest first."""

    async def page(self, community: int, words: str, start: int, most: int) -> Sequence[Sanction]:
        """Those whose reason or evidence contains these words ("" for all), newest first."""

    async def appealed(self, community: int) -> Sequence[Sanction]:
        """Those of which an appeal is open, oldest first."""


class Records(Protocol):
    """The record of what was done: it is added to and read, nothing else."""

    async def add(self, record: Record) -> Record:
        """Add a line; its `id` is given here. The community is held until this unit ends."""

    async def page(self, community: int, person: int, start: int, most: int) -> Sequence[Record]:
        """Lines newest first; with a person those of what they did or what was done to them, 0 for all."""

    async def last(self, community: int, deed: Deed) -> datetime | None:
        """When that was done the last time, None if it never was."""
