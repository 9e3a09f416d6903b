"""What members remember of items."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import Select, and_, func, select

from bot.domain.items import State
from bot.domain.recall import Card, Memory
from storage import tables
from storage.rows import Rows, packed

_CARD = msgspec.json.Decoder(Card)
_AT = tables.recall.c
_ITEM = tables.item.c


class Recalls(Rows):
    """See `bot.repository.Recalls`. Items that are no longer asked are kept, and left out of every list."""

    async def get(self, community: int, person: int, item: int) -> Memory | None:
        """A member's memory of an item, held until this unit ends."""
        where = and_(_AT.community_id == community, _AT.person_id == person, _AT.item_id == item)
        row = (await self._link.execute(select(tables.recall).where(where).with_for_update())).one_or_none()
        if row is None:
            return None
        before = None if row.before is None else _CARD.decode(row.before)
        return Memory(community, person, item, _CARD.decode(row.card), row.since, before)

    async def put(self, memory: Memory) -> None:
        """Store a memory."""
        await self._upsert(
            tables.recall,
            {
                "community_id": memory.community,
                "person_id": memory.person,
                "item_id": memory.item,
                "card": packed(memory.card),
                "before": None if memory.before is None else packed(memory.before),
                "since": memory.since,
                "due_at": memory.card.due,
            },
        )

    async def due(self, community: int, person: int, now: datetime, most: int) -> Sequence[int]:
        """Items that are due, longest overdue first; only active ones."""
        statement = _asked(select(_AT.item_id), community, person).where(_AT.due_at <= now)
        rows = await self._link.execute(statement.order_by(_AT.due_at, _AT.item_id).limit(most))
        return [row.item_id for row in rows]

    async def count_due(self, community: int, person: int, now: datetime) -> int:
        """How many are due."""
        statement = _asked(select(func.count()), community, person).where(_AT.due_at <= now)
        found: int = (await self._link.execute(statement)).scalar_one()
        return found

    async def next_due(self, community: int, person: int) -> datetime | None:
        """When the next active one is due."""
        statement = _asked(select(func.min(_AT.due_at)), community, person)
        due: datetime | None = (await self._link.execute(statement)).scalar()
        return due

    async def known(self, community: int, person: int) -> Sequence[int]:
        """All active items that the member has met in practice or missed."""
        statement = _asked(select(_AT.item_id), community, person).order_by(_AT.item_id)
        return [row.item_id for row in await self._link.execute(statement)]


def _asked(statement: Select[Any], community: int, person: int) -> Select[Any]:
    joined = tables.recall.join(tables.item, and_(_ITEM.community_id == _AT.community_id, _ITEM.id == _AT.item_id))
    where = and_(_AT.community_id == community, _AT.person_id == person, _ITEM.state == State.ACTIVE)
    return statement.select_from(joined).where(where)
