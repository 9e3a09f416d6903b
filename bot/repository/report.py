"""What members report, what two moderators decide together, and the rules of a group."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from bot.domain.proposal import Proposal
from bot.domain.report import Report, State, Voice
from bot.domain.rules import Edition


class Reports(Protocol):
    """Reported messages and who reported them."""

    async def open(self, report: Report) -> Report:
        """The report about that message, held until this unit ends; stored with a number where there was none.

        The community is held until this unit ends as well.
        """

    async def save(self, report: Report) -> None:
        """Store a changed one; hold it first."""

    async def get(self, community: int, report: int) -> Report | None:
        """The one of that number."""

    async def hold(self, community: int, report: int) -> Report | None:
        """The same, held until this unit ends."""

    async def speak(self, community: int, voice: Voice) -> bool:
        """Add somebody's report; False if they reported that message before."""

    async def voices(self, community: int, report: int) -> Sequence[Voice]:
        """Everybody's reports about that message, oldest first."""

    async def times(self, community: int, person: int, since: datetime) -> Sequence[datetime]:
        """When that person reported something since then, newest first."""

    async def verdicts(self, community: int, person: int, most: int) -> Sequence[State]:
        """What was decided about what that person reported, newest decision first."""


class Proposals(Protocol):
    """What two moderators must agree on."""

    async def add(self, proposal: Proposal) -> Proposal:
        """Store a new one; its `id` is given here. The community is held until this unit ends."""

    async def save(self, proposal: Proposal) -> None:
        """Store a changed one; hold it first."""

    async def get(self, community: int, proposal: int) -> Proposal | None:
        """The one of that number."""

    async def hold(self, community: int, proposal: int) -> Proposal | None:
        """The same, held until this unit ends."""

    async def open(self, community: int) -> Sequence[Proposal]:
        """Those about which nobody has decided, newest first; also those that have lapsed."""


class Rules(Protocol):
    """A group's rules and who has read them."""

    async def add(self, edition: Edition) -> Edition:
        """Store a new version; its number is given here. The community is held until this unit ends."""

    async def version(self, community: int) -> int:
        """The number of the version that holds, 0 where there are no rules yet."""

    async def get(self, community: int, version: int) -> Edition | None:
        """That version."""

    async def read(self, community: int, version: int, person: int, at: datetime) -> None:
        """Somebody says that they have read that version; said again it changes nothing."""

    async def has_read(self, community: int, version: int, person: int) -> bool:
        """Whether somebody said so."""

    async def readers(self, community: int, version: int) -> int:
        """How many people said so."""
