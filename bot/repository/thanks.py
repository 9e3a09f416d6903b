"""Thanks for messages, helpers who are recognised, and what people have contributed."""

from collections.abc import Sequence
from typing import Protocol

from bot.chat.places import Ref
from bot.domain.thanks import Recognition, Thanks


class Gratitude(Protocol):
    """Who thanked whom for which message. Hold the memberships of both, the smaller number first, to change any."""

    async def of(self, community: int, giver: int, message: Ref) -> Thanks | None:
        """What that person said for that message; a chat numbers messages across its threads."""

    async def about(self, community: int, message: Ref) -> Sequence[Thanks]:
        """All thanks for that message, by their givers."""

    async def put(self, thanks: Thanks) -> None:
        """Keep them, in place of what the same person said for the same message."""

    async def has_contributed(self, community: int, person: int) -> bool:
        """Whether that person ever asked, answered or shared something, also without a name."""


class Recognitions(Protocol):
    """Who is recognised as a helper. Hold the community to change any."""

    async def all(self, community: int) -> Sequence[Recognition]:
        """Everybody who is, by their numbers."""

    async def put(self, recognition: Recognition) -> None:
        """Add one or store its changed state."""

    async def drop(self, community: int, person: int) -> None:
        """End it."""
