"""Items that were read from a file or another bank and are not yet saved."""

from collections.abc import Sequence
from datetime import datetime

import msgspec
from sqlalchemy import and_, delete, insert, select

from bot.domain.items import Item
from storage import tables
from storage.rows import Rows, packed

_ITEMS = msgspec.json.Decoder(tuple[Item, ...])
_AT = tables.draft.c


class Drafts(Rows):
    """See `bot.repository.Drafts`."""

    async def put(self, person: int, items: Sequence[Item], until: datetime) -> int:
        """Keep them for that person; returns the draft's number."""
        values = {"person_id": person, "items": packed(items), "expires_at": until}
        number: int = (await self._link.execute(insert(tables.draft).values(values).returning(_AT.id))).scalar_one()
        return number

    async def get(self, draft: int, person: int, now: datetime) -> Sequence[Item] | None:
        """The person's draft, None if it is gone or another's; held, so that pressing twice saves it once."""
        where = and_(_AT.id == draft, _AT.person_id == person, _AT.expires_at > now)
        found = (await self._link.execute(select(_AT["items"]).where(where).with_for_update())).scalar_one_or_none()
        return None if found is None else _ITEMS.decode(found)

    async def drop(self, draft: int) -> None:
        """Forget it."""
        await self._link.execute(delete(tables.draft).where(_AT.id == draft))

    async def clear(self, before: datetime) -> int:
        """Forget what expired before that; returns how many."""
        return (await self._link.execute(delete(tables.draft).where(_AT.expires_at < before))).rowcount
