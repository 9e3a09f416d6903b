"""The append-only record of points, and the sums kept beside it."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import and_, bindparam, literal, select

from bot.domain.points import Entry, Reason, Standing
from storage import tables
from storage.link import Insert, Prepared
from storage.rows import Rows

_ENTRY = tables.entry.c
_TOTAL = tables.total.c
_ALL_TIME = 0

_RECORD = Prepared(lambda insert: insert(tables.entry).on_conflict_do_nothing().returning(_ENTRY.cause))


def _add(insert: Insert) -> Any:
    """Raise the sum of the month and that of all time."""
    both = insert(tables.total).values(
        [
            {
                "community_id": bindparam("community_id"),
                "month": month,
                "reason": bindparam("reason"),
                "person_id": bindparam("person_id"),
                "points": bindparam("amount"),
            }
            for month in (bindparam("month"), literal(_ALL_TIME))
        ]
    )
    keys = [column.name for column in tables.total.primary_key]
    added = {"points": _TOTAL.points + both.excluded.points}
    return both.on_conflict_do_update(index_elements=keys, set_=added).returning(_TOTAL.points)


_ADD = Prepared(_add)


class Ledger(Rows):
    """See `bot.repository.Ledger`."""

    async def record(self, entry: Entry) -> bool:
        """Add an entry and its sums in the same transaction; False if its cause was recorded before."""
        values = _values(entry)
        if not await self._link.fetch(_RECORD, values):
            return False
        await self._link.fetch(_ADD, values)
        return True

    async def sums(self, community: int, person: int, month: int) -> Mapping[Reason, int]:
        """A person's points by kind."""
        where = and_(_TOTAL.community_id == community, _TOTAL.month == month, _TOTAL.person_id == person)
        rows = await self._link.execute(select(_TOTAL.reason, _TOTAL.points).where(where))
        return {Reason(row.reason): row.points for row in rows}

    async def entries(self, community: int, person: int, start: int, most: int) -> Sequence[Entry]:
        """A person's entries, newest first."""
        statement = (
            select(tables.entry)
            .where(_ENTRY.community_id == community, _ENTRY.person_id == person)
            .order_by(_ENTRY.at.desc(), _ENTRY.cause)
            .offset(start)
            .limit(most)
        )
        return [_to_entry(row) for row in await self._link.execute(statement)]

    async def top(self, community: int, month: int, reason: Reason, most: int) -> Sequence[Standing]:
        """The leaders of a month in one kind, without those who do not wish to be ranked."""
        seat = and_(tables.member.c.community_id == _TOTAL.community_id, tables.member.c.person_id == _TOTAL.person_id)
        joined = tables.total.join(tables.member, seat).join(
            tables.person, tables.person.c.id == tables.total.c.person_id
        )
        statement = (
            select(_TOTAL.person_id, tables.person.c.name, _TOTAL.points)
            .select_from(joined)
            .where(_TOTAL.community_id == community, _TOTAL.month == month, _TOTAL.reason == reason)
            .where(tables.member.c.ranked, _TOTAL.points > 0)
            .order_by(_TOTAL.points.desc(), _TOTAL.person_id)
            .limit(most)
        )
        return [Standing(*row) for row in await self._link.execute(statement)]


def _values(entry: Entry) -> dict[str, Any]:
    return {
        "community_id": entry.community,
        "cause": entry.cause,
        "person_id": entry.person,
        "reason": entry.reason,
        "amount": entry.amount,
        "subject": entry.subject,
        "month": entry.month,
        "at": entry.at,
    }


def _to_entry(row: Any) -> Entry:
    community, cause, person, reason, amount, subject, month, at = row
    return Entry(community, person, cause, Reason(reason), amount, subject, month, at)
