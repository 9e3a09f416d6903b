"""Letting one person be another: whose each row is, and what becomes of two rows that cannot both be."""

from typing import Any

from sqlalchemy import and_, func, select

from storage import tables
from storage.link import Link
from storage.person.journal import Journal
from storage.person.registry import HOLDINGS, OF, Holding
from storage.person.row import Row, key_of, rows_with, swapped


async def merge(link: Link, journal: Journal, person: int, other: int) -> None:
    """Let everything of the other be the person's."""
    for holding in HOLDINGS:
        if not holding.fixed:
            for row in await rows_with(link, holding, other):
                await _give(link, journal, holding, row, swapped(row, holding, other, person))
    await _seats(link, journal, person, other)
    # Nobody is called or found by the other's name on a platform any more.
    where = tables.person.c.id == other
    row = dict((await link.execute(select(tables.person).where(where))).one()._mapping)
    await journal.change(OF["person"], row, {**row, "handle": ""})


async def _give(link: Link, journal: Journal, holding: Holding, before: Row, after: Row) -> None:
    if holding.table is tables.account:
        after["main"] = False
    if _is_for_oneself(holding, after):
        return await journal.change(holding, before, None)
    keys = [column.name for column in holding.table.primary_key]
    if all(before[name] == after[name] for name in keys):
        return await journal.change(holding, before, after)
    held = (await link.execute(select(holding.table).where(key_of(holding, after)))).one_or_none()
    if held is None:
        return await journal.change(holding, before, after)
    if holding.first and before[holding.first] < held._mapping[holding.first]:
        await journal.change(holding, dict(held._mapping), None)
        return await journal.change(holding, before, after)
    return await journal.change(holding, before, None)


def _is_for_oneself(holding: Holding, row: Row) -> bool:
    """A buddy of oneself, thanks to oneself."""
    two = holding.table in (tables.pair, tables.thanks) and len(holding.own) > 1
    return two and row[holding.own[0]] == row[holding.own[1]]


async def _seats(link: Link, journal: Journal, person: int, other: int) -> None:
    """Memberships: where both have one, the better of each."""
    holding = OF["member"]
    for row in await rows_with(link, holding, other):
        target = {**row, "person_id": person}
        held = (await link.execute(select(tables.member).where(key_of(holding, target)))).one_or_none()
        if held is None:
            await journal.change(holding, row, target)
            continue
        await journal.change(holding, row, None)
        mine = dict(held._mapping)
        await journal.change(holding, mine, _together(mine, row) | {"notices": await _waiting(link, target)})


def _together(mine: Row, theirs: Row) -> Row:
    longer = max(mine, theirs, key=lambda row: (row["streak"], row["last_day"] or 0))
    came = [row["since"] for row in (mine, theirs)]
    changes: dict[str, Any] = {
        "role": max(mine["role"], theirs["role"]),
        "ranked": mine["ranked"] and theirs["ranked"],
        "tipped": mine["tipped"] or theirs["tipped"],
        "streak": longer["streak"],
        "last_day": longer["last_day"],
        "freezes": longer["freezes"],
        "best_streak": max(mine["best_streak"], theirs["best_streak"]),
        "stood": max(mine["stood"], theirs["stood"]),
        # One who was there before anybody noted it was there earlier.
        "since": None if None in came else min(came),
        "nudged": mine["nudged"] or theirs["nudged"],
    }
    return mine | changes


async def _waiting(link: Link, seat: Row) -> int:
    at = tables.notice.c
    where = and_(at.community_id == seat["community_id"], at.person_id == seat["person_id"])
    return int((await link.execute(select(func.count()).select_from(tables.notice).where(where))).scalar_one())
