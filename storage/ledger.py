"""The append-only record of points, and the sums kept beside it."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, bindparam, func, literal, or_, select

from bot.domain.points import ALL_TIME, POOL, SUMS, Entry, Reason, Standing
from storage import tables
from storage.link import Insert, Prepared
from storage.people import is_ranking
from storage.rows import Rows

_ENTRY = tables.entry.c
_TOTAL = tables.total.c
_PAST = [tables.entry_past.c[column.name] for column in tables.entry.columns]

_RECORD = Prepared(lambda insert: insert(tables.entry).on_conflict_do_nothing().returning(_ENTRY.cause))


def _add(insert: Insert) -> Any:
    """Raise the sum of all time and that of the month: the first makes those wait who raise another month's."""
    both = insert(tables.total).values(
        [
            {
                "community_id": bindparam("community_id"),
                "month": month,
                "reason": bindparam("reason"),
                "person_id": bindparam("person_id"),
                "points": bindparam("amount"),
                "times": bindparam("times"),
            }
            for month in (literal(ALL_TIME), bindparam("month"))
        ]
    )
    keys = [column.name for column in tables.total.primary_key]
    added = {"points": _TOTAL.points + both.excluded.points, "times": _TOTAL.times + both.excluded.times}
    return both.on_conflict_do_update(index_elements=keys, set_=added).returning(_TOTAL.points)


_ADD = Prepared(_add)
_KEPT = Prepared(
    lambda _: select(_TOTAL.reason, _TOTAL.points, _TOTAL.times).where(
        _TOTAL.community_id == bindparam("community_id"),
        _TOTAL.month == bindparam("month"),
        _TOTAL.person_id == bindparam("person_id"),
        # The kinds by name: they come before the person in the key.
        or_(*(_TOTAL.reason == literal(reason.value) for reason in Reason)),
    )
)


class Ledger(Rows):
    """See `bot.repository.Ledger`.

    The pool has no row of its own, for which all awards of a group would wait: it has what people do not.
    """

    async def record(self, entry: Entry) -> bool:
        """Add an entry and its sums in the same transaction; False if its cause was recorded before."""
        return await self.carry(entry, entry.times)

    async def carry(self, entry: Entry, times: int) -> bool:
        """The same for an entry that only moves a sum, with which so many contributions go."""
        if entry.reason is not Reason.QUIZ and await self._past(entry.community, entry.cause):
            return False
        if not await self._link.fetch(_RECORD, _values(entry)):
            return False
        moved = {entry.person: (entry.amount, times)}
        if entry.source != POOL:
            moved[entry.source] = (-entry.amount, -times)
        # In one order for everybody: two people who give to each other at once do not wait for each other.
        for person, (amount, count) in sorted(moved.items()):
            await self._link.fetch(_ADD, {**_values(entry), "person_id": person, "amount": amount, "times": count})
        return True

    async def find(self, community: int, cause: str) -> Entry | None:
        """The entry of that cause, also one that a group had which joined."""
        statement = select(tables.entry).where(_ENTRY.community_id == community, _ENTRY.cause == cause)
        row = (await self._link.execute(statement)).one_or_none()
        return to_entry(row) if row else await self._past(community, cause)

    async def about(self, community: int, person: int, reason: Reason, subject: int) -> Sequence[Entry]:
        """A person's entries of that kind about that subject, the oldest first."""
        whose = and_(_ENTRY.community_id == community, _ENTRY.person_id == person)
        return await self._oldest(and_(whose, _ENTRY.reason == reason, _ENTRY.subject == subject))

    async def given(self, community: int, reason: Reason, by: int, since: datetime) -> Sequence[Entry]:
        """The entries of that kind that a person caused since then, the oldest first."""
        whose = and_(_ENTRY.community_id == community, _ENTRY.by == by, _ENTRY.by != 0)
        return await self._oldest(and_(whose, _ENTRY.reason == reason, _ENTRY.at >= since))

    async def received(self, community: int, reason: Reason, person: int, since: datetime) -> int:
        """What a person got of that kind since then, without what only corrects or moves a sum."""
        whose = and_(_ENTRY.community_id == community, _ENTRY.person_id == person, is_deed())
        statement = select(func.coalesce(func.sum(_ENTRY.amount), 0)).where(whose)
        found = await self._link.execute(statement.where(_ENTRY.reason == reason, _ENTRY.at >= since))
        return int(found.scalar_one())

    async def since(self, community: int, at: datetime) -> Sequence[Entry]:
        """All entries of the community since then, the oldest first."""
        return await self._oldest(and_(_ENTRY.community_id == community, _ENTRY.at >= at))

    async def sums(self, community: int, person: int, month: int) -> Mapping[Reason, int]:
        """A person's points by kind."""
        return {Reason(reason): points for reason, points, _ in await self._kept(community, person, month)}

    async def times(self, community: int, person: int, month: int) -> Mapping[Reason, int]:
        """How often a person contributed in each kind, without what was taken back."""
        return {Reason(reason): times for reason, _, times in await self._kept(community, person, month)}

    async def entries(self, community: int, person: int, start: int, most: int) -> Sequence[Entry]:
        """A person's entries, newest first."""
        whose = and_(_ENTRY.community_id == community, _ENTRY.person_id == person)
        statement = select(tables.entry).where(whose).order_by(_ENTRY.at.desc(), _ENTRY.cause.desc())
        return [to_entry(row) for row in await self._link.execute(statement.offset(start).limit(most))]

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
            .where(tables.member.c.ranked, is_ranking(), _TOTAL.points > 0)
            .order_by(_TOTAL.points.desc(), _TOTAL.person_id)
            .limit(most)
        )
        return [Standing(*row) for row in await self._link.execute(statement)]

    async def _past(self, community: int, cause: str) -> Entry | None:
        """What was given for that cause in a group before it became a part of this one."""
        statement = select(*_PAST).where(_PAST[0] == community, _PAST[1] == cause)
        row = (await self._link.execute(statement)).one_or_none()
        return to_entry(row) if row else None

    async def _kept(self, community: int, person: int, month: int) -> Sequence[Sequence[Any]]:
        return await self._link.fetch(_KEPT, {"community_id": community, "person_id": person, "month": month})

    async def _oldest(self, where: ColumnElement[bool]) -> Sequence[Entry]:
        statement: Select[Any] = select(tables.entry).where(where).order_by(_ENTRY.at, _ENTRY.cause)
        return [to_entry(row) for row in await self._link.execute(statement)]


def is_deed() -> ColumnElement[bool]:
    """Whether somebody contributed or gave something by the entry: no correction, nothing that was only carried."""
    return and_(*(~_ENTRY.cause.startswith(begins) for begins in SUMS))


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
        "source": entry.source,
        "by": entry.by,
        "note": entry.note,
    }


def to_entry(row: Any) -> Entry:
    """A row of the table as a value."""
    community, cause, person, reason, amount, subject, month, at, source, by, note = row
    return Entry(community, person, cause, Reason(reason), amount, subject, month, at, source, by, note)
