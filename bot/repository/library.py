"""Learning resources and what people say about them."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol

from bot.domain.library import Mark, Marks, Resource, Wish


class Library(Protocol):
    """The resources of a community."""

    async def add(self, resource: Resource) -> Resource:
        """Store a new one; its `id` is given here."""

    async def save(self, resource: Resource) -> None:
        """Store a changed one, its topics too."""

    async def get(self, community: int, resource: int) -> Resource | None:
        """The resource of that number, in whatever state."""

    async def hold(self, community: int, resource: int) -> Resource | None:
        """The same, held against being changed by another until this unit ends."""

    async def of_print(self, community: int, print_: str) -> Resource | None:
        """The first one of that address that was not removed; held against a second one added at the same time."""

    async def page(self, community: int, wish: Wish, start: int, most: int) -> Sequence[Resource]:
        """Those that everybody sees and that fit, the newest first."""

    async def waiting(self, community: int, after: int, most: int) -> Sequence[Resource]:
        """Those that wait for a second person and those shown that somebody reported, the oldest first, after that
        number.
        """

    async def adaptations(self, community: int, resource: int) -> Sequence[Resource]:
        """Those shown that adapt this one, the oldest first."""

    async def bookmarked(self, community: int, person: int, start: int, most: int) -> Sequence[Resource]:
        """Those shown that this person keeps, what was kept last first."""

    async def tags(self, community: int) -> Sequence[str]:
        """The topics of what was shared last and everybody sees, most used first."""

    async def mark(self, community: int, resource: int, person: int, kind: Mark, at: datetime, note: str = "") -> bool:
        """Keep what that person says; False if they said it before."""

    async def unmark(self, community: int, resource: int, kind: Mark, person: int = 0) -> bool:
        """Take it back, everybody's if no person is named; False if nobody had said it."""

    async def marks(self, community: int, resources: Sequence[int]) -> Mapping[int, Marks]:
        """How often each of these was marked."""

    async def marked(self, community: int, resource: int, person: int) -> frozenset[Mark]:
        """What that person says about it."""

    async def notes(self, community: int, resource: int) -> Sequence[str]:
        """What those who reported it wrote, the oldest first."""
