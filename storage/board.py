"""The board of a community: needs and offers, and the meetings that come of them."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, Select, and_, func, insert, or_, select, update

from bot.domain.board import Meeting, Side, Slip, State
from storage import tables
from storage.rows import Rows, packed

_SLIP = msgspec.json.Decoder(Slip)
_AT = tables.slip.c
_MEET = tables.meeting.c
_ALL = select(_AT.body, _AT.person_id)


class Board(Rows):
    """See `bot.repository.Board`."""

    async def add(self, slip: Slip) -> Slip:
        """Store a new one."""
        await self._count_on(slip.community)
        last = select(func.coalesce(func.max(_AT.id), 0)).where(_AT.community_id == slip.community)
        stored = replace(slip, id=(await self._link.execute(last)).scalar_one() + 1)
        key = {"community_id": stored.community, "id": stored.id}
        await self._link.execute(insert(tables.slip).values({**key, **_values(stored)}))
        return stored

    async def save(self, slip: Slip) -> None:
        """Store a changed one."""
        await self._link.execute(update(tables.slip).where(_is(slip.community, slip.id)).values(_values(slip)))

    async def get(self, community: int, slip: int) -> Slip | None:
        """The slip of that number, in whatever state."""
        return next(iter(await self._slips(_ALL.where(_is(community, slip)))), None)

    async def hold(self, community: int, slip: int) -> Slip | None:
        """The same, held until this unit ends."""
        return next(iter(await self._slips(_ALL.where(_is(community, slip)).with_for_update())), None)

    async def page(self, community: int, side: Side | None, start: int, most: int) -> Sequence[Slip]:
        """Open ones of that side, of both for None, the newest first."""
        statement = _ALL.where(_AT.community_id == community, _AT.state == State.OPEN)
        statement = statement.where(_AT.side == side) if side else statement
        return await self._slips(statement.order_by(_AT.id.desc()).offset(start).limit(most))

    async def of_person(self, community: int, person: int, start: int, most: int) -> Sequence[Slip]:
        """Those of one person that were not removed, the newest first."""
        mine = and_(_AT.community_id == community, _AT.person_id == person, _AT.state != State.REMOVED)
        return await self._slips(_ALL.where(mine).order_by(_AT.id.desc()).offset(start).limit(most))

    async def some(self, community: int, slips: Sequence[int]) -> Sequence[Slip]:
        """Open ones of these numbers, in the order of their numbers."""
        where = and_(_AT.community_id == community, _AT.id.in_(slips), _AT.state == State.OPEN)
        return await self._slips(_ALL.where(where).order_by(_AT.id))

    async def open_of(self, community: int, person: int, side: Side) -> int:
        """How many of that side this person has open; nobody adds another before this unit ends."""
        await self._count_on(community)
        mine = and_(_AT.community_id == community, _AT.person_id == person)
        where = and_(mine, _AT.state == State.OPEN, _AT.side == side)
        count: int = (await self._link.execute(select(func.count()).where(where))).scalar_one()
        return count

    async def counts(self, community: int) -> Mapping[Side, int]:
        """How many of each side are open."""
        where = and_(_AT.community_id == community, _AT.state == State.OPEN)
        count = select(_AT.side, func.count().label("slips")).where(where).group_by(_AT.side)
        return dict.fromkeys(Side, 0) | {Side(row.side): row.slips for row in await self._link.execute(count)}

    async def add_meeting(self, meeting: Meeting) -> Meeting | None:
        """Store a new one, with its `id`; None where these two meet already about one of these slips."""
        await self._count_on(meeting.community)
        if await self._meet(meeting):
            return None
        last = select(func.coalesce(func.max(_MEET.id), 0)).where(_MEET.community_id == meeting.community)
        stored = replace(meeting, id=(await self._link.execute(last)).scalar_one() + 1)
        values = {
            "community_id": stored.community,
            "id": stored.id,
            "slip_id": stored.slip,
            "other_id": stored.other,
            "person_id": stored.host,
            "guest_id": stored.guest,
            "person_agrees": stored.host_agrees,
            "guest_agrees": stored.guest_agrees,
        }
        await self._link.execute(insert(tables.meeting).values(values))
        return stored

    async def save_meeting(self, meeting: Meeting) -> None:
        """Store what both now want."""
        where = and_(_MEET.community_id == meeting.community, _MEET.id == meeting.id)
        values = {"person_agrees": meeting.host_agrees, "guest_agrees": meeting.guest_agrees}
        await self._link.execute(update(tables.meeting).where(where).values(values))

    async def meeting(self, community: int, meeting: int) -> Meeting | None:
        """The meeting of that number, held until this unit ends."""
        where = and_(_MEET.community_id == community, _MEET.id == meeting)
        return next(iter(await self._meetings(select(tables.meeting).where(where).with_for_update())), None)

    async def meeting_of(self, community: int, slip: int, person: int) -> Meeting | None:
        """The meeting of that person with whoever wrote this slip, held until this unit ends."""
        statement = select(tables.meeting).where(_about(community, slip, person)).order_by(_MEET.id).limit(1)
        return next(iter(await self._meetings(statement.with_for_update())), None)

    async def meetings(self, community: int, slip: int) -> Sequence[Meeting]:
        """All meetings about a slip, the oldest first."""
        about = or_(_MEET.slip_id == slip, _MEET.other_id == slip)
        statement = select(tables.meeting).where(_MEET.community_id == community, about)
        return await self._meetings(statement.order_by(_MEET.id))

    async def _meet(self, meeting: Meeting) -> bool:
        """Whether the same two people meet already about one of these slips."""
        known = await self.meeting_of(meeting.community, meeting.slip, meeting.guest)
        if known is None and meeting.other:
            known = await self.meeting_of(meeting.community, meeting.other, meeting.host)
        return known is not None

    async def _slips(self, statement: Select[Any]) -> Sequence[Slip]:
        return [replace(_SLIP.decode(row.body), author=row.person_id) for row in await self._link.execute(statement)]

    async def _meetings(self, statement: Select[Any]) -> Sequence[Meeting]:
        return [Meeting(*row) for row in await self._link.execute(statement)]


def _is(community: int, slip: int) -> ColumnElement[bool]:
    return and_(_AT.community_id == community, _AT.id == slip)


def _about(community: int, slip: int, person: int) -> ColumnElement[bool]:
    """The meetings in which that person is the one who did not write this slip."""
    hosted = and_(_MEET.slip_id == slip, _MEET.guest_id == person)
    return and_(_MEET.community_id == community, or_(hosted, and_(_MEET.other_id == slip, _MEET.person_id == person)))


def _values(slip: Slip) -> dict[str, Any]:
    """The author stands in a column alone, so that it can be taken out there."""
    return {
        "side": slip.side,
        "state": slip.state,
        "person_id": slip.author,
        "body": packed(replace(slip, author=0)),
    }
