"""Commands that wait for an argument."""

from datetime import datetime

import msgspec
from sqlalchemy import ColumnElement, and_, delete, select

from bot.chat.places import Account, Place
from bot.repository import Pending
from storage import tables
from storage.rows import Rows, packed

_AT = tables.pending.c
_GIVEN = msgspec.json.Decoder(dict[str, str])


class Pendings(Rows):
    """See `bot.repository.Pendings`."""

    async def put(self, pending: Pending) -> None:
        """Wait for this; what that person was asked there before is forgotten."""
        await self._upsert(
            tables.pending,
            {
                "platform": pending.place.platform,
                "chat": pending.place.chat,
                "thread": pending.place.thread,
                "account": pending.account.id,
                "community_id": pending.community,
                "path": pending.path,
                "given": packed(pending.given),
                "param": pending.param,
                "expires_at": pending.expires_at,
            },
        )

    async def get(self, place: Place, account: Account) -> Pending | None:
        """What is awaited of that person there."""
        row = (await self._link.execute(select(tables.pending).where(_of(place, account)))).one_or_none()
        if row is None:
            return None
        given = _GIVEN.decode(row.given)
        return Pending(place, account, row.community_id, row.path, given, row.param, row.expires_at)

    async def drop(self, place: Place, account: Account) -> None:
        """Await nothing any more."""
        await self._link.execute(delete(tables.pending).where(_of(place, account)))

    async def clear(self, before: datetime) -> int:
        """Forget what nobody answered in time."""
        return (await self._link.execute(delete(tables.pending).where(_AT.expires_at < before))).rowcount


def _of(place: Place, account: Account) -> ColumnElement[bool]:
    return and_(
        _AT.platform == place.platform,
        _AT.chat == place.chat,
        _AT.thread == place.thread,
        _AT.account == account.id,
    )
