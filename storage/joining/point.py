"""Points when groups become one: by entries that say so, never by changing what was recorded."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import and_, delete, literal, select

from bot.domain.points import ALL_TIME, Entry, Reason, join_cause, undo_cause, union_cause
from bot.domain.union import JOINED
from storage import tables
from storage.joining.journal import rows_of, write
from storage.joining.number import ENTRIES, Shift, moved, recaused
from storage.ledger import Ledger, to_entry
from storage.link import Link

_TOTAL = tables.total.c
_ENTRY = tables.entry.c


async def carry(link: Link, joining: int, community: int, other: int, names: tuple[str, str], now: datetime) -> None:
    """Take all that people have in the one group, by kind and month, and give it to them in the other one.

    `names` are those of the group that is joined and of the one that joins. Awards that were begun before are waited
    for: read without that, the sums could be those before them.
    """
    keys = (_TOTAL.month, _TOTAL.reason, _TOTAL.person_id)
    await link.execute(select(*keys).where(_TOTAL.community_id == other).order_by(*keys).with_for_update())
    for row in await rows_of(link, tables.total, and_(_TOTAL.community_id == other, _TOTAL.month != ALL_TIME)):
        if not row["points"] and not row["times"]:
            continue
        given = _entry(row, joining, community, now, note=names[1])
        taken = replace(given, community=other, amount=-given.amount, note=names[0])
        for entry, times in ((taken, -row["times"]), (given, row["times"])):
            await Ledger(link).carry(entry, times)


async def bring_back(link: Link, joining: int, community: int, other: int, now: datetime) -> None:
    """Take back exactly what was carried, in the months in which it counted."""
    ledger = Ledger(link)
    for group in (community, other):
        mine = and_(_ENTRY.community_id == group, _ENTRY.cause.startswith(f"{join_cause(joining)}:", autoescape=True))
        for row in await link.execute(select(tables.entry).where(mine).order_by(_ENTRY.cause)):
            entry = to_entry(row)
            back = replace(entry, cause=undo_cause(entry.cause), amount=-entry.amount, at=now)
            times = int(entry.cause.rpartition(":")[2]) * (-1 if group == community else 1)
            await ledger.carry(back, times)
            await _follow(link, back, times)
    for entry in await _taken_back(link, joining, community):
        # The award goes back whole, so what took it back here is no debt.
        await ledger.record(replace(entry, cause=undo_cause(entry.cause), amount=-entry.amount, at=now, by=0, note=""))


async def _follow(link: Link, back: Entry, times: int) -> None:
    """Let what came back to somebody who became another meanwhile go there, and return when the two are parted."""
    at, person = tables.person_union.c, back.person
    statement = select(at.id, at.person_id).where(at.state.in_(JOINED))
    while union := (await link.execute(statement.where(at.other_id == person))).first():
        cause = union_cause(union.id, back.reason, back.month, back.at, times)
        moved_on = replace(back, cause=cause, person=union.person_id, source=person, subject=union.id, note="")
        await Ledger(link).carry(moved_on, times)
        person = union.person_id


async def _taken_back(link: Link, joining: int, community: int) -> list[Entry]:
    """The entries that took back what the other group had given, made since it joined."""
    past = tables.entry_past.c
    given = select(literal(undo_cause("")).concat(past.cause)).where(past.joining_id == joining)
    found = select(tables.entry).where(_ENTRY.community_id == community, _ENTRY.cause.in_(given))
    return [to_entry(row) for row in await link.execute(found.order_by(_ENTRY.cause))]


def _entry(row: dict[str, Any], joining: int, community: int, now: datetime, note: str) -> Entry:
    person, reason, month = row["person_id"], Reason(row["reason"]), row["month"]
    cause = f"{join_cause(joining)}:{person}:{reason}:{month}:{row['times']}"
    return Entry(community, person, cause, reason, row["points"], 0, month, now, note=note)


async def remember(link: Link, joining: int, other: int, shift: Shift) -> None:
    """Keep what was given by its new causes, so that nothing is given for the same again and all can be taken back."""
    rows = await rows_of(link, tables.entry, _ENTRY.community_id == other)
    rows = [row for row in rows if not row["cause"].removeprefix("undo:").startswith(f"{join_cause(joining)}:")]
    kept = [_past(row, joining, other, shift) for row in rows]
    older = await rows_of(link, tables.entry_past, tables.entry_past.c.community_id == other)
    kept += [_past({name: row[name] for name in row if name != "joining_id"}, joining, other, shift) for row in older]
    fresh = {row["cause"]: row for row in kept}
    there = select(tables.entry_past.c.cause).where(tables.entry_past.c.community_id == shift.community)
    known = {row.cause for row in await link.execute(there)}
    await write(link, tables.entry_past, [row for cause, row in fresh.items() if cause not in known])


async def forget(link: Link, joining: int) -> None:
    """Drop what was remembered."""
    await link.execute(delete(tables.entry_past).where(tables.entry_past.c.joining_id == joining))


def _past(row: dict[str, Any], joining: int, other: int, shift: Shift) -> dict[str, Any]:
    return row | {
        "community_id": shift.community,
        "cause": recaused(row["cause"], shift, other)[:128],
        "subject": moved(ENTRIES, row["reason"], row["subject"], shift),
        "joining_id": joining,
    }
