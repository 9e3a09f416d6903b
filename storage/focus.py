"""Focus timers."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, and_, false, func, insert, select, update

from bot.chat.places import Place
from bot.domain.focus import Focus, Focuser
from storage import tables
from storage.rows import Rows, packed

_FOCUS = msgspec.json.Decoder(Focus)
_AT = tables.focus.c
_WITH = tables.focus_member.c


class Focuses(Rows):
    """See `bot.repository.Focuses`."""

    async def add(self, focus: Focus) -> Focus | None:
        """Store a new one, unless one runs in that place."""
        await self._count_on(focus.community)
        if (other := await self.running(focus.community, focus.place)) and other.ends_at > focus.started_at:
            return None
        if other:
            # Its last turn never came, which must not keep the place taken.
            await self.save(replace(other, over=True))
        last = select(func.coalesce(func.max(_AT.id), 0)).where(_AT.community_id == focus.community)
        stored = replace(focus, id=(await self._link.execute(last)).scalar_one() + 1)
        place = {"platform": focus.place.platform, "chat": focus.place.chat, "thread": focus.place.thread}
        key = {"community_id": stored.community, "id": stored.id}
        await self._link.execute(insert(tables.focus).values({**key, **place, **_values(stored)}))
        return stored

    async def save(self, focus: Focus) -> None:
        """Store a changed one."""
        await self._link.execute(update(tables.focus).where(_is(focus.community, focus.id)).values(_values(focus)))

    async def hold(self, community: int, focus: int) -> Focus | None:
        """The timer of that number, held until this unit ends."""
        body = (await self._link.execute(select(_AT.body).where(_is(community, focus)).with_for_update())).scalar()
        return _FOCUS.decode(body) if body else None

    async def running(self, community: int, place: Place) -> Focus | None:
        """The one that runs there."""
        there = and_(_AT.platform == place.platform, _AT.chat == place.chat, _AT.thread == place.thread)
        where = and_(_AT.community_id == community, _AT.over == false(), there)
        body = (await self._link.execute(select(_AT.body).where(where).limit(1))).scalar()
        return _FOCUS.decode(body) if body else None

    async def put(self, member: Focuser) -> None:
        """Store that somebody takes part, or did."""
        values = {
            "community_id": member.community,
            "focus_id": member.focus,
            "person_id": member.person,
            "joined_at": member.joined_at,
            "seconds": member.seconds,
        }
        await self._upsert(tables.focus_member, values)

    async def members(self, community: int, focus: int) -> Sequence[Focuser]:
        """Everybody who takes part or did."""
        where = and_(_WITH.community_id == community, _WITH.focus_id == focus)
        rows = await self._link.execute(select(tables.focus_member).where(where).order_by(_WITH.person_id))
        return [Focuser(*row) for row in rows]


def _is(community: int, focus: int) -> ColumnElement[bool]:
    return and_(_AT.community_id == community, _AT.id == focus)


def _values(focus: Focus) -> dict[str, Any]:
    return {"over": focus.over, "body": packed(focus)}
