"""Addresses of calendars."""

from datetime import datetime

from sqlalchemy import ColumnElement, and_, delete, insert, select

from bot.domain.feed import Feed
from storage import tables
from storage.rows import Rows

_AT = tables.feed.c


class Feeds(Rows):
    """See `bot.repository.Feeds`."""

    async def put(self, feed: Feed) -> None:
        """Store a new address."""
        await self.drop(feed.community, feed.person)
        values = {
            "digest": feed.digest,
            "community_id": feed.community,
            "person_id": feed.person,
            "made_at": feed.made_at,
        }
        await self._link.execute(insert(tables.feed).values(values))

    async def drop(self, community: int, person: int) -> bool:
        """Make an address void."""
        return bool((await self._link.execute(delete(tables.feed).where(_of(community, person)))).rowcount)

    async def made(self, community: int, person: int) -> datetime | None:
        """When its address was made."""
        found = await self._link.execute(select(_AT.made_at).where(_of(community, person)))
        made: datetime | None = found.scalar()
        return made

    async def find(self, digest: str) -> Feed | None:
        """Whose calendar it is."""
        row = (await self._link.execute(select(tables.feed).where(_AT.digest == digest))).one_or_none()
        return Feed(*row) if row else None


def _of(community: int, person: int) -> ColumnElement[bool]:
    return and_(_AT.community_id == community, _AT.person_id == person)
