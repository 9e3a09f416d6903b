"""Badges that people were given."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from sqlalchemy import bindparam, select

from bot.domain.badge import Badge
from storage import tables
from storage.link import Prepared
from storage.rows import Rows

_AT = tables.badge.c
_OF = Prepared(
    lambda _: select(_AT.badge, _AT.at).where(
        _AT.community_id == bindparam("community_id"), _AT.person_id == bindparam("person_id")
    )
)
_GIVE = Prepared(lambda insert: insert(tables.badge).on_conflict_do_nothing().returning(_AT.badge))


class Badges(Rows):
    """See `bot.repository.Badges`."""

    async def of(self, community: int, person: int) -> Mapping[Badge, datetime]:
        """A person's badges with when each was given."""
        rows = await self._link.fetch(_OF, {"community_id": community, "person_id": person})
        return {Badge(badge): at for badge, at in rows}

    async def give(self, community: int, person: int, badges: Iterable[Badge], at: datetime) -> None:
        """Give badges that the person does not have yet."""
        for badge in sorted(badges):
            values = {"community_id": community, "person_id": person, "badge": badge.value, "at": at}
            await self._link.fetch(_GIVE, values)
