"""What moderators pinned, and where they let nobody write."""

from collections.abc import Sequence
from typing import Protocol

from bot.chat.places import Place, Ref
from bot.domain.lock import Lock
from bot.domain.pin import Pin


class Pins(Protocol):
    """Pinned messages."""

    async def add(self, pin: Pin) -> Pin:
        """Store a new one; its `id` is given here. The community is held until this unit ends."""

    async def save(self, pin: Pin) -> None:
        """Store a changed one; hold it first."""

    async def hold(self, community: int, pin: int) -> Pin | None:
        """The one of that number, held until this unit ends."""

    async def of(self, community: int, message: Ref) -> Pin | None:
        """That of this message, unless it is gone; held until this unit ends."""

    async def page(self, community: int, place: Place | None, most: int) -> Sequence[Pin]:
        """Those that are not gone, oldest first; with a place those in it."""


class Locks(Protocol):
    """Locked places."""

    async def add(self, lock: Lock) -> Lock:
        """Store a new one; its `id` is given here. The community is held until this unit ends."""

    async def save(self, lock: Lock) -> None:
        """Store a changed one; hold it first."""

    async def hold(self, community: int, lock: int) -> Lock | None:
        """The one of that number, held until this unit ends."""

    async def at(self, community: int, place: Place, *, whole: bool) -> Lock | None:
        """That of this place, or with `whole` of its group, unless it is over; held until this unit ends."""

    async def whole(self, community: int) -> Sequence[Lock]:
        """Those of whole groups that are not over, held until this unit ends."""
