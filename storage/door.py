"""Held messages, who asks to be let in, and who came."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, Select, and_, func, insert, select, update

from bot.chat.places import Account, Place
from bot.domain.door import Knock, Newcomer
from bot.domain.door import State as KnockState
from bot.domain.held import Held, State
from storage import tables
from storage.rows import Rows, packed

_HELD = msgspec.json.Decoder(Held)
_KNOCK = msgspec.json.Decoder(Knock)
_AT = tables.held.c
_DOOR = tables.knock.c
_CAME = tables.newcomer.c


class Holds(Rows):
    """See `bot.repository.Holds`."""

    async def add(self, held: Held) -> Held:
        """Store a new one."""
        await self._count_on(held.community)
        last = select(func.coalesce(func.max(_AT.id), 0)).where(_AT.community_id == held.community)
        stored = replace(held, id=(await self._link.execute(last)).scalar_one() + 1)
        key = {"community_id": stored.community, "id": stored.id}
        await self._link.execute(insert(tables.held).values(key | _held_values(stored)))
        return stored

    async def save(self, held: Held) -> None:
        """Store a changed one."""
        where = and_(_AT.community_id == held.community, _AT.id == held.id)
        await self._link.execute(update(tables.held).where(where).values(_held_values(held)))

    async def get(self, community: int, held: int) -> Held | None:
        """The one of that number."""
        where = and_(_AT.community_id == community, _AT.id == held)
        return next(iter(await self._all(select(_AT.body).where(where))), None)

    async def hold(self, community: int, held: int) -> Held | None:
        """The same, held until this unit ends."""
        where = and_(_AT.community_id == community, _AT.id == held)
        return next(iter(await self._all(select(_AT.body).where(where).with_for_update())), None)

    async def waiting(self, community: int, most: int) -> Sequence[Held]:
        """Those about which nobody has decided, oldest first."""
        return await self._all(select(_AT.body).where(_waits(community)).order_by(_AT.id).limit(most))

    async def count(self, community: int) -> int:
        """How many those are."""
        statement = select(func.count()).select_from(tables.held).where(_waits(community))
        return int((await self._link.execute(statement)).scalar_one())

    async def of(self, community: int, person: int, since: datetime) -> Sequence[Held]:
        """Those of that person since then, newest first."""
        where = and_(_AT.community_id == community, _AT.person_id == person, _AT.since >= since)
        found = await self._all(select(_AT.body).where(where).order_by(_AT.since.desc()))
        return sorted(found, key=lambda held: (held.since, held.id), reverse=True)

    async def newcomers(self, community: int, since: datetime) -> int:
        """How many people were new when a message of theirs was held since then."""
        where = and_(_AT.community_id == community, _AT.fresh.is_(True), _AT.since >= since)
        statement = select(func.count(func.distinct(_AT.person_id))).where(where)
        return int((await self._link.execute(statement)).scalar_one())

    async def _all(self, statement: Select[Any]) -> list[Held]:
        return [_HELD.decode(row.body) for row in await self._link.execute(statement)]


class Knocks(Rows):
    """See `bot.repository.Knocks`."""

    async def add(self, knock: Knock) -> Knock:
        """Store a new one."""
        await self._count_on(knock.community)
        last = select(func.coalesce(func.max(_DOOR.id), 0)).where(_DOOR.community_id == knock.community)
        stored = replace(knock, id=(await self._link.execute(last)).scalar_one() + 1)
        key = {"community_id": stored.community, "id": stored.id}
        await self._link.execute(insert(tables.knock).values(key | _knock_values(stored)))
        return stored

    async def save(self, knock: Knock) -> None:
        """Store a changed one."""
        where = and_(_DOOR.community_id == knock.community, _DOOR.id == knock.id)
        await self._link.execute(update(tables.knock).where(where).values(_knock_values(knock)))

    async def get(self, community: int, knock: int) -> Knock | None:
        """The one of that number."""
        where = and_(_DOOR.community_id == community, _DOOR.id == knock)
        return next(iter(await self._all(select(_DOOR.body).where(where))), None)

    async def hold(self, community: int, knock: int) -> Knock | None:
        """The same, held until this unit ends."""
        where = and_(_DOOR.community_id == community, _DOOR.id == knock)
        return next(iter(await self._all(select(_DOOR.body).where(where).with_for_update())), None)

    async def of(self, community: int, person: int, place: Place) -> Knock | None:
        """That of this person there about which nothing was decided, held."""
        open_ = _DOOR.state.in_((KnockState.ASKED, KnockState.WAITING))
        where = and_(_DOOR.community_id == community, _DOOR.person_id == person, open_)
        found = await self._all(select(_DOOR.body).where(where).order_by(_DOOR.id).with_for_update())
        return next((each for each in found if each.place == place), None)

    async def waiting(self, community: int, most: int) -> Sequence[Knock]:
        """Those about which nothing was decided, oldest first."""
        where = and_(_DOOR.community_id == community, _DOOR.state.in_((KnockState.ASKED, KnockState.WAITING)))
        return await self._all(select(_DOOR.body).where(where).order_by(_DOOR.id).limit(most))

    async def count(self, community: int, since: datetime) -> int:
        """How many asked since then about whom moderators have to decide."""
        where = and_(_DOOR.community_id == community, _DOOR.state == KnockState.WAITING, _DOOR.at >= since)
        statement = select(func.count()).select_from(tables.knock).where(where)
        return int((await self._link.execute(statement)).scalar_one())

    async def _all(self, statement: Select[Any]) -> list[Knock]:
        return [_KNOCK.decode(row.body) for row in await self._link.execute(statement)]


class Newcomers(Rows):
    """See `bot.repository.Newcomers`."""

    async def put(self, newcomer: Newcomer) -> None:
        """Note that somebody came, or came again."""
        await self._upsert(
            tables.newcomer,
            {
                "community_id": newcomer.community,
                "person_id": newcomer.person,
                "account": newcomer.account.id,
                "platform": newcomer.place.platform,
                "chat": newcomer.place.chat,
                "thread": newcomer.place.thread,
                "at": newcomer.at,
                "batch": newcomer.batch,
            },
        )

    async def get(self, community: int, person: int) -> Newcomer | None:
        """When that person came last."""
        where = and_(_CAME.community_id == community, _CAME.person_id == person)
        return next(iter(await self._all(select(tables.newcomer).where(where))), None)

    async def batch(self, community: int, place: Place, batch: int) -> Sequence[Newcomer]:
        """Those whom that greeting names there, in the order in which they came."""
        where = and_(_CAME.community_id == community, _CAME.batch == batch, _in(place))
        return await self._all(select(tables.newcomer).where(where).order_by(_CAME.at, _CAME.person_id))

    async def before(self, community: int, place: Place, batch: int, most: int) -> Sequence[int]:
        """The greetings there before that one, newest first."""
        where = and_(_CAME.community_id == community, _CAME.batch < batch, _in(place))
        statement = select(_CAME.batch).where(where).distinct().order_by(_CAME.batch.desc()).limit(most)
        return [row.batch for row in await self._link.execute(statement)]

    async def _all(self, statement: Select[Any]) -> list[Newcomer]:
        return [_to_newcomer(row) for row in await self._link.execute(statement)]


def _waits(community: int) -> ColumnElement[bool]:
    return and_(_AT.community_id == community, _AT.state == State.OPEN)


def _in(place: Place) -> ColumnElement[bool]:
    return and_(_CAME.platform == place.platform, _CAME.chat == place.chat)


def _held_values(held: Held) -> dict[str, Any]:
    return {
        "person_id": held.author,
        "state": held.state,
        "since": held.since,
        "fresh": held.fresh,
        "body": packed(held),
    }


def _knock_values(knock: Knock) -> dict[str, Any]:
    return {"person_id": knock.person, "state": knock.state, "at": knock.at, "body": packed(knock)}


def _to_newcomer(row: Any) -> Newcomer:
    place = Place(row.platform, row.chat, row.thread)
    return Newcomer(row.community_id, row.person_id, Account(row.platform, row.account), place, row.at, row.batch)
