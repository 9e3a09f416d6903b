"""What people have yet to be told, and the count of it beside their membership."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, and_, delete, select, update

from bot.repository import Notice
from storage import tables
from storage.rows import Rows

_AT = tables.notice.c
_MEMBER = tables.member.c


class Notices(Rows):
    """See `bot.repository.Notices`."""

    async def put(self, notice: Notice) -> bool:
        """Leave it for the member; False if it was left before and not yet told."""
        statement = self._link.insert(tables.notice).values(
            community_id=notice.community,
            person_id=notice.person,
            cause=notice.cause,
            kind=notice.kind,
            subject=notice.subject,
            at=notice.at,
        )
        if not (await self._link.execute(statement.on_conflict_do_nothing())).rowcount:
            return False
        raised = update(tables.member).where(_member(notice.community, notice.person))
        await self._link.execute(raised.values(notices=_MEMBER.notices + 1))
        return True

    async def waiting(self, community: int, person: int) -> Sequence[Notice]:
        """All that waits for the member, oldest first; it goes on waiting."""
        statement = select(tables.notice).where(_AT.community_id == community, _AT.person_id == person)
        return [Notice(*row) for row in await self._link.execute(statement.order_by(_AT.at, _AT.cause))]

    async def take(self, community: int, person: int) -> Sequence[Notice]:
        """All that waits for the member, oldest first; from this commit on they count as told."""
        # Held first: whoever leaves a notice meanwhile raises the count before it is read here or after it is reset.
        await self._link.execute(select(_MEMBER.notices).where(_member(community, person)).with_for_update())
        waiting = and_(_AT.community_id == community, _AT.person_id == person)
        rows = await self._link.execute(delete(tables.notice).where(waiting).returning(tables.notice))
        taken = [Notice(*row) for row in rows]
        await self._link.execute(update(tables.member).where(_member(community, person)).values(notices=0))
        return sorted(taken, key=lambda notice: (notice.at, notice.cause))


def _member(community: int, person: int) -> ColumnElement[bool]:
    return and_(_MEMBER.community_id == community, _MEMBER.person_id == person)
