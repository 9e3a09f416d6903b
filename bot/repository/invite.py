"""Invitations to dates of sessions."""

from datetime import date, datetime
from typing import Protocol

from bot.domain.invite import Invite


class Invites(Protocol):
    """One for each date at most. A day is the one that the rule has."""

    async def put(self, invite: Invite) -> None:
        """Keep a new one; the one before is void."""

    async def find(self, digest: str) -> Invite | None:
        """The one of that code, whatever became of its date."""

    async def made(self, community: int, series: int, day: date) -> datetime | None:
        """When that of a date was made, None where there is none."""

    async def drop(self, community: int, series: int, day: date) -> None:
        """Make it void."""
