"""Invitations to dates of sessions."""

from datetime import date, datetime

from sqlalchemy import ColumnElement, and_, delete, insert, select

from bot.domain.invite import Invite
from storage import tables
from storage.rows import Rows

_AT = tables.session_invite.c


class Invites(Rows):
    """See `bot.repository.Invites`."""

    async def put(self, invite: Invite) -> None:
        """Keep a new one."""
        await self.drop(invite.community, invite.series, invite.day)
        values = {
            "digest": invite.digest,
            "community_id": invite.community,
            "session_id": invite.series,
            "day": invite.day.toordinal(),
            "made_at": invite.made_at,
        }
        await self._link.execute(insert(tables.session_invite).values(values))

    async def find(self, digest: str) -> Invite | None:
        """The one of that code."""
        row = (await self._link.execute(select(tables.session_invite).where(_AT.digest == digest))).one_or_none()
        if row is None:
            return None
        return Invite(row.digest, row.community_id, row.session_id, date.fromordinal(row.day), row.made_at)

    async def made(self, community: int, series: int, day: date) -> datetime | None:
        """When that of a date was made."""
        made: datetime | None = (
            await self._link.execute(select(_AT.made_at).where(_of(community, series, day)))
        ).scalar()
        return made

    async def drop(self, community: int, series: int, day: date) -> None:
        """Make it void."""
        await self._link.execute(delete(tables.session_invite).where(_of(community, series, day)))


def _of(community: int, series: int, day: date) -> ColumnElement[bool]:
    return and_(_AT.community_id == community, _AT.session_id == series, _AT.day == day.toordinal())
