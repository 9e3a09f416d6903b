"""What members suggest to their group, and the votes about it."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol

from bot.domain.suggestion import Ballot, Suggestion, Wish


class Suggestions(Protocol):
    """The suggestions of a community. Whose an anonymous one is comes out by `is_owner` and `owner` alone."""

    async def add(self, suggestion: Suggestion, owner: int) -> Suggestion:
        """Store a new one; its `id` is given here. `owner` made it, also where its author is not named."""

    async def save(self, suggestion: Suggestion) -> None:
        """Store a changed one."""

    async def get(self, community: int, suggestion: int) -> Suggestion | None:
        """The suggestion of that number, a removed one too."""

    async def hold(self, community: int, suggestion: int) -> Suggestion | None:
        """The same, held against being changed by another until this unit ends."""

    async def is_owner(self, community: int, suggestion: int, person: int) -> bool:
        """Whether that person made it: for rights."""

    async def owner(self, community: int, suggestion: int) -> int:
        """Who made it: only to tell that person something; 0 if there is no such suggestion."""

    async def made_since(self, community: int, person: int, since: datetime) -> int:
        """How many suggestions that person made from then on."""

    async def page(self, community: int, wish: Wish, start: int, most: int) -> Sequence[Suggestion]:
        """Those that fit, the newest first."""

    async def some(self, community: int, suggestions: Sequence[int]) -> Sequence[Suggestion]:
        """Those of these numbers that were not removed, in the order of their numbers."""

    async def waiting(self, community: int, most: int) -> Sequence[Suggestion]:
        """Those about which nothing was said yet, the oldest first."""

    async def votable(self, community: int) -> Sequence[int]:
        """The numbers of those about which the group may be asked and was not asked yet."""

    async def vote(self, community: int, suggestion: int, person: int, at: datetime) -> bool:
        """That person supports it; False if they did before."""

    async def unvote(self, community: int, suggestion: int, person: int) -> bool:
        """Take it back; False if they did not support it."""

    async def votes(self, community: int, suggestions: Sequence[int]) -> Mapping[int, int]:
        """How many people support each of these."""

    async def voted(self, community: int, suggestions: Sequence[int], person: int) -> frozenset[int]:
        """Which of these that person supports."""

    async def voters(self, community: int, suggestions: Sequence[int]) -> int:
        """How many people support at least one of these."""

    async def put_ballot(self, ballot: Ballot) -> None:
        """Store the vote of its month, or what became of it."""

    async def ballot(self, community: int, month: int) -> Ballot | None:
        """The vote of that month."""
