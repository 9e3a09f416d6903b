"""A community's bank of quiz items."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, Select, and_, delete, func, insert, select, update

from bot.domain.items import Item, State
from bot.repository import Past
from storage import tables
from storage.rows import Rows, packed

_ITEM = msgspec.json.Decoder(Item)
_AT = tables.item.c
_TAG = tables.item_tag.c
_PAST = tables.item_past.c


class Items(Rows):
    """See `bot.repository.Items`."""

    async def add(self, item: Item, at: datetime) -> Item:
        """Store a new item."""
        (stored,) = await self.add_all((item,), at)
        return stored

    async def add_all(self, items: Sequence[Item], at: datetime) -> Sequence[Item]:
        """Store new items of one community, in this order."""
        if not items:
            return []
        community = items[0].community
        first = await self._next(_AT.id, _AT.community_id == community, community)
        stored = [replace(item, id=first + place) for place, item in enumerate(items)]
        fixed = {"community_id": community, "created_at": at, "flagged": 0}
        await self._link.execute(insert(tables.item), [{**fixed, "id": item.id, **_values(item)} for item in stored])
        await self._tag(*stored)
        return stored

    async def some(self, community: int, items: Sequence[int]) -> Sequence[Item]:
        """These items, in this order."""
        statement = select(_AT.id, _AT.body).where(_AT.community_id == community, _AT.id.in_(items))
        found = {row.id: _ITEM.decode(row.body) for row in await self._link.execute(statement)}
        return [found[number] for number in items if number in found]

    async def page(self, community: int, tag: str, start: int, most: int) -> Sequence[Item]:
        """Active items, newest first."""
        statement = _in_state(select(_AT.body), community, State.ACTIVE, tag)
        return await self._bodies(statement.order_by(_AT.id.desc()).offset(start).limit(most))

    async def count(self, community: int, tag: str) -> int:
        """How many active items there are."""
        statement = _in_state(select(func.count()), community, State.ACTIVE, tag)
        found: int = (await self._link.execute(statement)).scalar_one()
        return found

    async def list(
        self, community: int, state: State, tag: str = "", author: int = 0, start: int = 0, most: int = 10_000
    ) -> Sequence[Item]:
        """Items in that state, the oldest first."""
        statement = _in_state(select(_AT.body), community, state, tag)
        if author:
            statement = statement.where(_AT.author == author)
        return await self._bodies(statement.order_by(_AT.id).offset(start).limit(most))

    async def save(self, item: Item) -> None:
        """Store a changed item, its tags too."""
        await self._link.execute(update(tables.item).where(_is(item.community, item.id)).values(_values(item)))
        where = and_(_TAG.community_id == item.community, _TAG.item_id == item.id)
        await self._link.execute(delete(tables.item_tag).where(where))
        await self._tag(item)

    async def remember(self, past: Item, person: int, act: str, at: datetime) -> None:
        """Keep what an item was before that person did something to it."""
        number = await self._next(_PAST.number, _was(past.community, past.id), past.community)
        values = {
            "community_id": past.community,
            "item_id": past.id,
            "number": number,
            "body": packed(past),
            "person_id": person,
            "act": act,
            "at": at,
        }
        await self._link.execute(insert(tables.item_past).values(values))

    async def history(self, community: int, item: int) -> Sequence[Past]:
        """What an item was, the newest first."""
        columns = (_PAST.number, _PAST.body, _PAST.person_id, _PAST.act, _PAST.at)
        statement = select(*columns).where(_was(community, item)).order_by(_PAST.number.desc())
        rows = await self._link.execute(statement)
        return [Past(number, _ITEM.decode(body), person, act, at) for number, body, person, act, at in rows]

    async def flag(self, community: int, item: int, version: int) -> bool:
        """Note that this version's key was reported as suspicious; False if it was before."""
        where = and_(_is(community, item), _AT.flagged < version)
        return bool((await self._link.execute(update(tables.item).where(where).values(flagged=version))).rowcount)

    async def asked_at(self, community: int, tag: str) -> Mapping[int, datetime | None]:
        """The numbers of all active items with when each was last in a daily quiz."""
        statement = _in_state(select(_AT.id, _AT.asked_at), community, State.ACTIVE, tag)
        return {row.id: row.asked_at for row in await self._link.execute(statement)}

    async def topics(self, community: int) -> Mapping[int, Sequence[str]]:
        """The tags of every active item."""
        joined = tables.item.outerjoin(tables.item_tag, _tagged())
        statement = select(_AT.id, _TAG.tag).select_from(joined)
        where = and_(_AT.community_id == community, _AT.state == State.ACTIVE)
        found: dict[int, list[str]] = {}
        for row in await self._link.execute(statement.where(where).order_by(_AT.id, _TAG.tag)):
            found.setdefault(row.id, []).extend([row.tag] if row.tag else [])
        return found

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
        return [row.tag for row in await self._link.execute(statement)]

    async def _next(self, number: ColumnElement[int], where: ColumnElement[bool], community: int) -> int:
        """The number after the last one, which nobody else takes before this unit ends."""
        await self._count_on(community)
        last: int = (await self._link.execute(select(func.coalesce(func.max(number), 0)).where(where))).scalar_one()
        return last + 1

    async def _tag(self, *items: Item) -> None:
        rows = [
            {"community_id": item.community, "tag": tag, "item_id": item.id}
            for item in items
            for tag in dict.fromkeys(item.tags)
        ]
        if rows:
            await self._link.execute(insert(tables.item_tag), rows)

    async def _bodies(self, statement: Select[Any]) -> Sequence[Item]:
        return [_ITEM.decode(row.body) for row in await self._link.execute(statement)]


def _is(community: int, item: int) -> ColumnElement[bool]:
    return and_(_AT.community_id == community, _AT.id == item)


def _was(community: int, item: int) -> ColumnElement[bool]:
    return and_(_PAST.community_id == community, _PAST.item_id == item)


def _in_state(statement: Select[Any], community: int, state: State, tag: str) -> Select[Any]:
    statement = statement.where(_AT.community_id == community, _AT.state == state)
    if not tag:
        return statement.select_from(tables.item)
    return statement.select_from(tables.item.join(tables.item_tag, _tagged())).where(_TAG.tag == tag)


def _tagged() -> ColumnElement[bool]:
    return and_(_TAG.community_id == _AT.community_id, _TAG.item_id == _AT.id)


def _values(item: Item) -> dict[str, Any]:
    """What stands in the row of an item; the columns beside its body are those that queries choose by."""
    return {"kind": item.kind, "state": item.state, "author": item.author, "body": packed(item)}
