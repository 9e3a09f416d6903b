"""Turns with the duties of a group."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Protocol

from bot.domain.rota import Reply, Turn


class Rotas(Protocol):
    """Who helps, who had which turn, who was asked to take one over. A week is named by its Monday."""

    async def join(self, community: int, person: int, week: date) -> None:
        """Let that person have small duties, from that week on; one who has them already keeps their place."""

    async def leave(self, community: int, person: int) -> None:
        """End that."""

    async def helpers(self, community: int) -> Mapping[int, date]:
        """Who has small duties, and since when."""

    async def put(self, turn: Turn) -> None:
        """Store a turn; hold the community first, so that nobody else changes it."""

    async def get(self, community: int, week: date, duty: int) -> Turn | None:
        """The turn with that duty in that week."""

    async def week(self, community: int, week: date) -> Sequence[Turn]:
        """All turns of that week, by duty."""

    async def past(self, community: int, since: date) -> Sequence[Turn]:
        """The turns that somebody had, from that week on."""

    async def note(self, turn: Turn, person: int, reply: Reply) -> None:
        """Keep what that person was asked about this turn, or said to it."""

    async def replies(self, turn: Turn) -> Mapping[int, Reply]:
        """Who was asked about this turn or gave it back."""
