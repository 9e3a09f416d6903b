"""Votes on native polls that we do not know yet."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import and_, delete, select

from bot.repository import Vote
from storage import tables
from storage.rows import Rows

_AT = tables.vote.c


class Votes(Rows):
    """See `bot.repository.Votes`. A poll that is not known yet belongs to no community yet."""

    async def put(self, vote: Vote) -> None:
        """Keep it; a later one of the same account replaces it."""
        await self._upsert(
            tables.vote,
            {
                "platform": vote.platform,
                "poll": vote.poll,
                "account": vote.account,
                "name": vote.name,
                "options": vote.options,
                "at": vote.at,
            },
        )

    async def wait(self, platform: str, poll: str) -> bool:
        """Whether votes on that poll are kept."""
        where = and_(_AT.platform == platform, _AT.poll == poll)
        return (await self._link.execute(select(_AT.account).where(where).limit(1))).first() is not None

    async def take(self, platform: str, poll: str) -> Sequence[Vote]:
        """The votes on that poll in the order in which they came; they are then no longer kept."""
        where = and_(_AT.platform == platform, _AT.poll == poll)
        rows = await self._link.execute(delete(tables.vote).where(where).returning(tables.vote))
        return sorted((Vote(*row) for row in rows), key=lambda vote: (vote.at, vote.account))

    async def clear(self, before: datetime) -> int:
        """Forget older ones; returns how many."""
        return (await self._link.execute(delete(tables.vote).where(_AT.at < before))).rowcount
