"""What members need and offer, and who is introduced to whom."""

from collections.abc import Mapping, Sequence
from typing import Protocol

from bot.domain.board import Meeting, Side, Slip


class Board(Protocol):
    """The board of a community: its slips, and the meetings that come of them."""

    async def add(self, slip: Slip) -> Slip:
        """Store a new one; its `id` is given here."""

    async def save(self, slip: Slip) -> None:
        """Store a changed one."""

    async def get(self, community: int, slip: int) -> Slip | None:
        """The slip of that number, in whatever state."""

    async def hold(self, community: int, slip: int) -> Slip | None:
        """The same, held against being changed by another until this unit ends."""

    async def page(self, community: int, side: Side | None, start: int, most: int) -> Sequence[Slip]:
        """Open ones of that side, of both for None, the newest first."""

    async def of_person(self, community: int, person: int, start: int, most: int) -> Sequence[Slip]:
        """Those of one person that were not removed, the newest first."""

    async def some(self, community: int, slips: Sequence[int]) -> Sequence[Slip]:
        """Open ones of these numbers, in the order of their numbers."""

    async def open_of(self, community: int, person: int, side: Side) -> int:
        """How many of that side this person has open; nobody adds another before this unit ends."""

    async def counts(self, community: int) -> Mapping[Side, int]:
        """How many of each side are open."""

    async def add_meeting(self, meeting: Meeting) -> Meeting | None:
        """Store a new one, with its `id`; None where these two meet already about one of these slips."""

    async def save_meeting(self, meeting: Meeting) -> None:
        """Store what both now want."""

    async def meeting(self, community: int, meeting: int) -> Meeting | None:
        """The meeting of that number, held until this unit ends."""

    async def meeting_of(self, community: int, slip: int, person: int) -> Meeting | None:
        """The meeting of that person with whoever wrote this slip, held until this unit ends."""

    async def meetings(self, community: int, slip: int) -> Sequence[Meeting]:
        """All meetings about a slip, the oldest first."""
