"""Persons who become one: their rows, their memberships, their points; and the way back, row by row."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import and_, case, delete, func, insert, or_, select, update

from bot.domain.points import ALL_TIME, Entry, Reason, undo_cause, union_cause
from bot.domain.union import JOINED, Share, State, Union
from storage import tables
from storage.ledger import Ledger
from storage.person.journal import Journal
from storage.person.merge import merge
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
        await merge(self._link, Journal(self._link, union.id), union.person, union.other)
        for community, reason, month, points in await self._sums(union.other):
            cause = union_cause(union.id, reason, month)
            await Ledger(self._link).record(
                Entry(community, union.person, cause, reason, points, union.id, month, now, source=union.other)
            )
        await self.save(replace(union, state=State.DONE, at=now))

    async def part(self, union: Union, now: datetime) -> None:
        """Give back what was theirs."""
        await Journal(self._link, union.id).take_back()
        ledger = Ledger(self._link)
        at = tables.entry.c
        its = and_(at.person_id == union.person, at.source == union.other, at.cause.startswith(f"union:{union.id}:"))
        for cause, community in (await self._link.execute(select(at.cause, at.community_id).where(its))).all():
            if entry := await ledger.find(community, cause):
                await ledger.record(replace(entry, cause=undo_cause(cause), amount=-entry.amount, at=now))
        await self.save(replace(union, state=State.UNDONE, at=now))

    async def settle(self, before: datetime) -> None:
        """Forget how to undo what was joined before that, and what nobody agreed on."""
        done = and_(_AT.state == State.DONE, _AT.at < before)
        ids = [row.id for row in await self._link.execute(select(_AT.id).where(done))]
        rows = tables.person_union_row
        await self._link.execute(delete(rows).where(rows.c.union_id.in_(ids)))
        await self._link.execute(update(tables.person_union).where(_AT.id.in_(ids)).values(state=State.SETTLED))
        asked = and_(_AT.state == State.ASKED, _AT.at < before)
        await self._link.execute(delete(tables.person_union).where(asked))

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

    async def _sums(self, person: int) -> Sequence[tuple[int, Reason, int, int]]:
        """The points of each kind and month, all time left out: entries count there by themselves."""
        where = and_(_TOTAL.person_id == person, _TOTAL.month != ALL_TIME, _TOTAL.points != 0)
        columns = (_TOTAL.community_id, _TOTAL.reason, _TOTAL.month, _TOTAL.points)
        rows = (await self._link.execute(select(*columns).where(where).order_by(*columns))).all()
        return [(community, Reason(reason), month, points) for community, reason, month, points in rows]

    async def _one(self, statement: Any) -> Union | None:
        row = (await self._link.execute(statement)).one_or_none()
        if row is None:
            return None
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
