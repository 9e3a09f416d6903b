"""Persons who become one: their rows, their memberships, their points; and the way back."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import and_, case, delete, func, insert, or_, select, update

from bot.domain.link import Stage
from bot.domain.points import ALL_TIME
from bot.domain.union import JOINED, UNDO_WITHIN, Share, State, Union
from storage import tables
from storage.person.journal import Journal
from storage.person.merge import merge
from storage.person.point import bring_points_back, carry_points, give_mutual_anew, take_back_mutual
from storage.rows import Rows

_AT = tables.person_union.c
_TOTAL = tables.total.c
_MEMBER = tables.member.c


class Unions(Rows):
    """See `bot.repository.Unions`."""

    async def add(self, union: Union) -> Union:
        """Store a new one."""
        statement = insert(tables.person_union).values(_values(union)).returning(_AT.id)
        return replace(union, id=(await self._link.execute(statement)).scalar_one())

    async def save(self, union: Union) -> None:
        """Store a changed one."""
        await self._link.execute(update(tables.person_union).where(_AT.id == union.id).values(_values(union)))

    async def hold(self, union: int) -> Union | None:
        """The one of that number, held."""
        return await self._one(select(tables.person_union).where(_AT.id == union).with_for_update())

    async def last(self, person: int) -> Union | None:
        """The one that can still be undone, else the newest in which that person is."""
        either = or_(_AT.person_id == person, _AT.other_id == person)
        done = case((_AT.state == State.DONE, 0), else_=1)
        return await self._one(select(tables.person_union).where(either).order_by(done, _AT.id.desc()).limit(1))

    async def current(self, person: int) -> int:
        """Who that person is now."""
        where = and_(_AT.other_id == person, _AT.state.in_(JOINED))
        found = (await self._link.execute(select(_AT.person_id).where(where).limit(1))).scalar()
        return await self.current(found) if found else person

    async def shares(self, person: int, now: datetime) -> Sequence[Share]:
        """What the person has in each of their groups."""
        group = tables.community.c
        seats = tables.member.join(tables.community, group.id == _MEMBER.community_id)
        columns = (group.id, group.name, _MEMBER.streak)
        statement = select(*columns).select_from(seats).where(_MEMBER.person_id == person).order_by(group.id)
        return [
            Share(
                row.id,
                row.name,
                await self._points(row.id, person),
                await self._warnings(row.id, person, now),
                row.streak,
            )
            for row in (await self._link.execute(statement)).all()
        ]

    async def join(self, union: Union, now: datetime) -> None:
        """Let everything of the one be the other's."""
        await self._hold_points(union)
        await merge(self._link, Journal(self._link, union.id), union.person, union.other)
        await take_back_mutual(self._link, union, now)
        await carry_points(self._link, union, now)
        await self.save(replace(union, state=State.DONE, at=now))

    async def part(self, union: Union, now: datetime) -> None:
        """Give back what was theirs."""
        await Journal(self._link, union.id).take_back()
        await bring_points_back(self._link, union, now)
        await give_mutual_anew(self._link, union, now)
        await self.save(replace(union, state=State.UNDONE, at=now))

    async def left(self, union: Union) -> Sequence[str]:
        """The names of groups in which everything stays with the person: one of theirs became a part of it since."""
        group, at, row = tables.community.c, tables.joining.c, tables.person_union_row.c
        since = and_(at.state == Stage.JOINED, at.at >= union.at)
        joined = tables.joining.join(tables.community, group.id == at.community_id)
        statement = select(at.other_id, group.name).select_from(joined).where(since).order_by(group.id)
        found = (await self._link.execute(statement)).all()
        seats = select(row.before).where(row.union_id == union.id, row.name == tables.member.name)
        theirs = {msgspec.json.decode(each.before)["community_id"] for each in await self._link.execute(seats)}
        return [each.name for each in found if each.other_id in theirs]

    async def settle(self, before: datetime) -> None:
        """Forget how to undo what was joined before that, and what nobody agreed on."""
        await self._follow(before + UNDO_WITHIN)
        done = and_(_AT.state == State.DONE, _AT.at < before)
        ids = [row.id for row in await self._link.execute(select(_AT.id).where(done))]
        rows = tables.person_union_row
        await self._link.execute(delete(rows).where(rows.c.union_id.in_(ids)))
        await self._link.execute(update(tables.person_union).where(_AT.id.in_(ids)).values(state=State.SETTLED))
        asked = and_(_AT.state == State.ASKED, _AT.at < before)
        await self._link.execute(delete(tables.person_union).where(asked))

    async def _follow(self, now: datetime) -> None:
        """Let points follow that came in the very moment, by who did not know yet whom the person had become."""
        done = select(tables.person_union).where(_AT.state == State.DONE).order_by(_AT.id).with_for_update()
        for row in (await self._link.execute(done)).all():
            await carry_points(self._link, _to_union(row), now)

    async def _hold_points(self, union: Union) -> None:
        """Wait for awards that were begun before: read without that, the sums could be those before them."""
        whose = _TOTAL.person_id.in_((union.person, union.other))
        keys = (_TOTAL.community_id, _TOTAL.person_id, _TOTAL.month, _TOTAL.reason)
        await self._link.execute(select(*keys).where(whose).order_by(*keys).with_for_update())

    async def _points(self, community: int, person: int) -> int:
        whose = and_(_TOTAL.community_id == community, _TOTAL.person_id == person, _TOTAL.month == ALL_TIME)
        return int(
            (await self._link.execute(select(func.coalesce(func.sum(_TOTAL.points), 0)).where(whose))).scalar_one()
        )

    async def _warnings(self, community: int, person: int, now: datetime) -> int:
        at = tables.sanction.c
        whose = and_(at.community_id == community, at.person_id == person, at.kind == "warning", at.state == "active")
        holds = and_(whose, or_(at.until.is_(None), at.until > now))
        return int(
            (await self._link.execute(select(func.count()).select_from(tables.sanction).where(holds))).scalar_one()
        )

    async def _one(self, statement: Any) -> Union | None:
        row = (await self._link.execute(statement)).one_or_none()
        return _to_union(row) if row else None


def _to_union(row: Any) -> Union:
    agrees = (bool(row.person_agrees), bool(row.other_agrees))
    return Union(row.id, row.person_id, row.other_id, row.at, *agrees, State(row.state))


def _values(union: Union) -> dict[str, Any]:
    return {
        "person_id": union.person,
        "other_id": union.other,
        "at": union.at,
        "person_agrees": union.person_agrees,
        "other_agrees": union.other_agrees,
        "state": union.state,
    }
