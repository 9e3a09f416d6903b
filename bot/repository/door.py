"""Held messages, who asks to be let in, and who came."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from bot.chat.places import Place
from bot.domain.door import Knock, Newcomer
from bot.domain.held import Held


class Holds(Protocol):
    """Messages that wait for a moderator."""

    async def add(self, held: Held) -> Held:
        """Store a new one; its `id` is given here. The community is held until this unit ends."""

    async def save(self, held: Held) -> None:
        """Store a changed one; hold it first."""

    async def get(self, community: int, held: int) -> Held | None:
        """The one of that number."""

    async def hold(self, community: int, held: int) -> Held | None:
        """The same, held until this unit ends."""

    async def waiting(self, community: int, most: int) -> Sequence[Held]:
        """Those about which nobody has decided, oldest first."""

    async def count(self, community: int) -> int:
        """How many those are."""

    async def of(self, community: int, person: int, since: datetime) -> Sequence[Held]:
        """Those of that person since then, newest first, whatever became of them."""

    async def newcomers(self, community: int, since: datetime) -> int:
        """How many people were new when a message of theirs was held since then."""


class Knocks(Protocol):
    """Who asks to be let in."""

    async def add(self, knock: Knock) -> Knock:
        """Store a new one; its `id` is given here. The community is held until this unit ends."""

    async def save(self, knock: Knock) -> None:
        """Store a changed one; hold it first."""

    async def get(self, community: int, knock: int) -> Knock | None:
        """The one of that number."""

    async def hold(self, community: int, knock: int) -> Knock | None:
        """The same, held until this unit ends."""

    async def of(self, community: int, person: int, place: Place) -> Knock | None:
        """That of this person there about which nothing was decided; held until this unit ends."""

    async def waiting(self, community: int, most: int) -> Sequence[Knock]:
        """Those about which nothing was decided, oldest first; also whom the group's question is still open for."""

    async def count(self, community: int, since: datetime) -> int:
        """How many asked since then about whom moderators have to decide."""


class Newcomers(Protocol):
    """Who came into a group lately."""

    async def put(self, newcomer: Newcomer) -> None:
        """Note that somebody came, or came again."""

    async def get(self, community: int, person: int) -> Newcomer | None:
        """When that person came last."""

    async def batch(self, community: int, place: Place, batch: int) -> Sequence[Newcomer]:
        """Those whom that greeting names there, in the order in which they came."""

    async def before(self, community: int, place: Place, batch: int, most: int) -> Sequence[int]:
        """The greetings there before that one, newest first."""
