"""What members remember of items."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import Select, and_, bindparam, func, select

from bot.domain.items import State
from bot.domain.recall import Card, Memory
from storage import tables
from storage.link import Insert, Prepared
from storage.rows import Rows, packed

_CARD = msgspec.json.Decoder(Card)
_AT = tables.recall.c
_ITEM = tables.item.c

_THIS = and_(
    _AT.community_id == bindparam("community_id"),
    _AT.person_id == bindparam("person_id"),
    _AT.item_id == bindparam("item_id"),
)
_HOLD = Prepared(lambda _: select(_AT.card, _AT.before, _AT.since).where(_THIS).with_for_update())


def _put(insert: Insert) -> Any:
    new = insert(tables.recall)
    changed = {name: new.excluded[name] for name in ("card", "before", "due_at")}
    return new.on_conflict_do_update(index_elements=tables.recall.primary_key, set_=changed).returning(_AT.since)


_PUT = Prepared(_put)


class Recalls(Rows):
    """See `bot.repository.Recalls`. Items that are no longer asked are kept, and left out of every list."""

    async def get(self, community: int, person: int, item: int) -> Memory | None:
        """A member's memory of an item, held until this unit ends."""
        values = {"community_id": community, "person_id": person, "item_id": item}
        for card, before, since in await self._link.fetch(_HOLD, values):
            return Memory(community, person, item, card and _CARD.decode(card), since, before and _CARD.decode(before))
        return None

    async def put(self, memory: Memory) -> None:
        """Store a memory."""
        values = {
            "community_id": memory.community,
            "person_id": memory.person,
            "item_id": memory.item,
            "card": memory.card and packed(memory.card),
            "before": memory.before and packed(memory.before),
            "since": memory.since,
            "due_at": memory.card and memory.card.due,
        }
        await self._link.fetch(_PUT, values)

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
