"""A community's bank of quiz items."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import Select, and_, func, insert, select, update

from bot.domain.items import Item, ItemText, State
from storage import tables
from storage.rows import Rows, packed

_TEXTS = msgspec.json.Decoder(dict[str, ItemText])
_TAGS = msgspec.json.Decoder(tuple[str, ...])
_AT = tables.item.c
_TAG = tables.item_tag.c


class Items(Rows):
    """See `bot.repository.Items`."""

    async def add(self, item: Item, at: datetime) -> Item:
        """Store a new item."""
        await self._count_on(item.community)
        last = select(func.coalesce(func.max(_AT.id), 0) + 1).where(_AT.community_id == item.community)
        values = {**_values(item), "id": last.scalar_subquery(), "created_at": at}
        statement = insert(tables.item).values(values).returning(*_COLUMNS)
        stored = _to_item((await self._link.execute(statement)).one())
        if item.tags:
            rows = [{"community_id": item.community, "tag": tag, "item_id": stored.id} for tag in item.tags]
            await self._link.execute(insert(tables.item_tag).values(rows))
        return stored

    async def some(self, community: int, items: Sequence[int]) -> Sequence[Item]:
        """These items, in this order."""
        statement = select(*_COLUMNS).where(_AT.community_id == community, _AT.id.in_(items))
        found = {item.id: item for item in map(_to_item, await self._link.execute(statement))}
        return [found[number] for number in items if number in found]

    async def page(self, community: int, tag: str, start: int, most: int) -> Sequence[Item]:
        """Active items, newest first."""
        statement = _active(select(*_COLUMNS), community, tag).order_by(_AT.id.desc()).offset(start).limit(most)
        return [_to_item(row) for row in await self._link.execute(statement)]

    async def count(self, community: int, tag: str) -> int:
        """How many active items there are."""
        statement = _active(select(func.count()), community, tag)
        found: int = (await self._link.execute(statement)).scalar_one()
        return found

    async def asked_at(self, community: int, tag: str) -> Mapping[int, datetime | None]:
        """The numbers of all active items with when each was last in a daily quiz."""
        statement = _active(select(_AT.id, _AT.asked_at), community, tag)
        return {row.id: row.asked_at for row in await self._link.execute(statement)}

    async def asked(self, community: int, items: Sequence[int], at: datetime) -> None:
        """Remember that these items are asked now."""
        where = and_(_AT.community_id == community, _AT.id.in_(items))
        await self._link.execute(update(tables.item).where(where).values(asked_at=at))

    async def tags(self, community: int) -> Sequence[str]:
        """The tags of active items, most used first."""
        statement = (
            select(_TAG.tag)
            .select_from(tables.item_tag.join(tables.item, _tagged()))
            .where(_TAG.community_id == community, _AT.state == State.ACTIVE)
            .group_by(_TAG.tag)
            .order_by(func.count().desc(), _TAG.tag)
        )
        return list((await self._link.execute(statement)).scalars())


_COLUMNS = tuple(column for column in tables.item.c if column.name not in ("created_at", "asked_at"))


def _active(statement: Select[Any], community: int, tag: str) -> Select[Any]:
    statement = statement.where(_AT.community_id == community, _AT.state == State.ACTIVE)
    if not tag:
        return statement.select_from(tables.item)
    return statement.select_from(tables.item.join(tables.item_tag, _tagged())).where(_TAG.tag == tag)


def _tagged() -> Any:
    return and_(_TAG.community_id == _AT.community_id, _TAG.item_id == _AT.id)


def _values(item: Item) -> dict[str, Any]:
    return {
        "community_id": item.community,
        "texts": packed(item.texts),
        "right_option": item.right,
        "author": item.author,
        "tags": packed(item.tags),
        "difficulty": item.difficulty,
        "source": item.source,
        "state": item.state,
    }


def _to_item(row: Any) -> Item:
    community, number, texts, right, author, tags, difficulty, source, state = row
    return Item(
        community,
        number,
        _TEXTS.decode(texts),
        right,
        author,
        _TAGS.decode(tags),
        difficulty,
        source,
        State(state),
    )
