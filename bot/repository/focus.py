"""Focus timers and who takes part in them."""

from collections.abc import Sequence
from typing import Protocol

from bot.chat.places import Place
from bot.domain.focus import Focus, Focuser


class Focuses(Protocol):
    """Timers of a community. Hold one before you change it or who takes part."""

    async def add(self, focus: Focus) -> Focus | None:
        """Store a new one, with its `id`; None where one runs in that place."""

    async def save(self, focus: Focus) -> None:
        """Store a changed one."""

    async def hold(self, community: int, focus: int) -> Focus | None:
        """The timer of that number; nobody else changes it until this unit ends."""

    async def running(self, community: int, place: Place) -> Focus | None:
        """The one that runs there."""

    async def put(self, member: Focuser) -> None:
        """Store that somebody takes part, or did."""

    async def members(self, community: int, focus: int) -> Sequence[Focuser]:
        """Everybody who takes part or did, by person."""
