"""Points of persons who become one: carried from the one to the other by entries that say so, and back."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import and_, or_, select

from bot.domain.points import ALL_TIME, Entry, Reason, undo_cause, union_cause, union_times
from bot.domain.union import Union
from storage import tables
from storage.ledger import Ledger, to_entry
from storage.link import Link

_TOTAL = tables.total.c
_ENTRY = tables.entry.c


async def carry_points(link: Link, union: Union, now: datetime) -> None:
    """Let the one have what the other has, by kind and month."""
    for community, reason, month, points, times in await _sums(link, union.other):
        cause = union_cause(union.id, reason, month, now, times)
        entry = Entry(community, union.person, cause, reason, points, union.id, month, now, source=union.other)
        await Ledger(link).carry(entry, times)


async def bring_points_back(link: Link, union: Union, now: datetime) -> None:
    """Give back exactly that, in the months in which it counted."""
    carried = and_(_ENTRY.source == union.other, _ENTRY.cause.startswith(f"union:{union.id}:"))
    for entry in await _entries(link, and_(_ENTRY.person_id == union.person, carried)):
        back = replace(entry, cause=undo_cause(entry.cause), amount=-entry.amount, at=now)
        await Ledger(link).carry(back, -union_times(entry.cause))


async def take_back_mutual(link: Link, union: Union, now: datetime) -> None:
    """Take back thanks of the two for each other: nobody thanks themselves."""
    mutual = or_(
        and_(_ENTRY.person_id == union.person, _ENTRY.by == union.other),
        and_(_ENTRY.person_id == union.other, _ENTRY.by == union.person),
    )
    for entry in await _entries(link, and_(mutual, _ENTRY.reason == Reason.THANKS, _ENTRY.amount > 0)):
        if entry.times:
            await Ledger(link).record(_undone(entry, union, now))


async def give_mutual_anew(link: Link, union: Union, now: datetime) -> None:
    """Take that back again."""
    theirs = and_(_ENTRY.person_id.in_((union.person, union.other)), _ENTRY.reason == Reason.THANKS)
    mine = and_(_ENTRY.by == 0, _ENTRY.amount < 0, _ENTRY.subject == union.id, _ENTRY.at == union.at)
    for entry in await _entries(link, and_(theirs, mine)):
        if entry.times:
            await Ledger(link).record(_undone(entry, union, now))


def _undone(entry: Entry, union: Union, now: datetime) -> Entry:
    """What takes the entry back by itself, in the month in which it counted, with the union's number."""
    cause = undo_cause(entry.cause)
    return replace(entry, cause=cause, amount=-entry.amount, subject=union.id, at=now, by=0, note="")


async def _sums(link: Link, person: int) -> Sequence[tuple[int, Reason, int, int, int]]:
    """What somebody has of each kind in each month, all time left out: entries count there by themselves."""
    has = or_(_TOTAL.points != 0, _TOTAL.times != 0)
    columns = (_TOTAL.community_id, _TOTAL.reason, _TOTAL.month, _TOTAL.points, _TOTAL.times)
    statement = select(*columns).where(_TOTAL.person_id == person, _TOTAL.month != ALL_TIME, has).order_by(*columns)
    found = (await link.execute(statement)).all()
    return [(community, Reason(reason), month, points, times) for community, reason, month, points, times in found]


async def _entries(link: Link, where: Any) -> Sequence[Entry]:
    statement = select(tables.entry).where(where).order_by(_ENTRY.community_id, _ENTRY.at, _ENTRY.cause)
    return [to_entry(row) for row in (await link.execute(statement)).all()]
