"""Points: entries and their sums, badges, and people who finish their quizzes together."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from bot.domain.badge import Badge
from bot.domain.pair import Pair
from bot.domain.points import Entry, Reason, Standing


class Ledger(Protocol):
    """The append-only record of points, and the sums kept beside it."""

    async def record(self, entry: Entry) -> bool:
        """Add an entry; False if its cause was recorded before. Features give by `bot.features.points.reward`."""

    async def find(self, community: int, cause: str) -> Entry | None:
        """The entry of that cause."""

    async def about(self, community: int, person: int, reason: Reason, subject: int) -> Sequence[Entry]:
        """A person's entries of that kind about that subject, the oldest first."""

    async def given(self, community: int, reason: Reason, by: int, since: datetime) -> Sequence[Entry]:
        """The entries of that kind that a person caused since then, the oldest first, what they took back too."""

    async def received(self, community: int, reason: Reason, person: int, since: datetime) -> int:
        """What a person got of that kind since then, less what was taken back."""

    async def since(self, community: int, at: datetime) -> Sequence[Entry]:
        """All entries of the community since then, the oldest first."""

    async def sums(self, community: int, person: int, month: int) -> Mapping[Reason, int]:
        """A person's points by kind; month 0 means all time."""

    async def times(self, community: int, person: int, month: int) -> Mapping[Reason, int]:
        """How often a person contributed in each kind, less what was taken back; month 0 means all time."""

    async def entries(self, community: int, person: int, start: int, most: int) -> Sequence[Entry]:
        """A person's entries, newest first."""

    async def top(self, community: int, month: int, reason: Reason, most: int) -> Sequence[Standing]:
        """The leaders of a month (0: all time) in one kind, without those who do not wish to be ranked."""


class Badges(Protocol):
    """Badges that people were given."""

    async def of(self, community: int, person: int) -> Mapping[Badge, datetime]:
        """A person's badges with when each was given."""

    async def give(self, community: int, person: int, badges: Iterable[Badge], at: datetime) -> None:
        """Give badges; those that the person has stay as they were given."""


class Pairs(Protocol):
    """People who finish their daily quizzes together.

    Hold the memberships of both, the smaller number first, before anything but a streak is changed.
    """

    async def together(self, community: int, person: int) -> Pair | None:
        """The pair that the person is in, held until this unit ends; nobody is in two."""

    async def of(self, community: int, person: int) -> Sequence[Pair]:
        """All pairs of the person, whatever became of them, the oldest first."""

    async def put(self, pair: Pair) -> None:
        """Add a pair or store its changed state."""
