"""Copying what a group has into another one, by the rules of the registry."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Table, and_, delete, func, insert, select, update

from storage import tables
from storage.joining.journal import Journal, Row, is_row, key_of, rows_of, write
from storage.joining.number import FOUND, Number, Shift
from storage.joining.registry import RULES, Merged, Numbered
from storage.link import Link

COUNTED: Mapping[Number, Table] = {
    rule.family: table
    for table, rule in RULES.items()
    if isinstance(rule, Numbered) and rule.at == "id" and not rule.follows
}
"""The table that counts each kind of number."""


async def last(link: Link, community: int) -> dict[Number, int]:
    """The last number of each kind in that group."""
    found = {}
    for number, table in COUNTED.items():
        top = select(func.coalesce(func.max(table.c.id), 0)).where(table.c.community_id == community)
        found[number] = int((await link.execute(top)).scalar_one())
    return found


def renumbered(rule: Numbered, row: Row, shift: Shift, other: int) -> Row:
    """The row as it stands in the group that is joined."""
    numbers = {column: shift.of(number, row[column]) for column, number in rule.numbers.items()}
    changed = rule.change(row, shift, other) if rule.change else row
    return {**(changed or row), **numbers, "community_id": shift.community}


async def copy_numbered(link: Link, other: int, shift: Shift) -> None:
    """Copy all that is counted."""
    for table, rule in RULES.items():
        if isinstance(rule, Numbered):
            rows = await rows_of(link, table, table.c.community_id == other)
            await write(link, table, [renumbered(rule, row, shift, other) for row in rows])


async def copy_merged(link: Link, journal: Journal, other: int, shift: Shift) -> None:
    """Copy or merge all that goes by persons and the like, and note each change."""
    for table, rule in RULES.items():
        if isinstance(rule, Merged):
            await _merge(link, journal, table, rule, other, shift)


async def _merge(link: Link, journal: Journal, table: Table, rule: Merged, other: int, shift: Shift) -> None:
    rows = await rows_of(link, table, table.c.community_id == other)
    if rule.moves:
        await link.execute(delete(table).where(table.c.community_id == other))
        for row in rows:
            journal.note(table, row, None)
    coming = [_arriving(rule, row, shift, other) for row in rows]
    taken = await _taken(link, table, shift.community)
    new: list[Row] = []
    for arriving in coming:
        if arriving is None:
            continue
        if key_of(table, arriving) not in taken:
            journal.note(table, None, arriving)
            new.append(arriving)
        else:
            await _unite(link, journal, table, rule, arriving)
    await write(link, table, new)


def _arriving(rule: Merged, row: Row, shift: Shift, other: int) -> Row | None:
    changed = rule.change(row, shift, other) if rule.change else row
    return changed and {**changed, "community_id": shift.community}


async def _taken(link: Link, table: Table, community: int) -> set[tuple[Any, ...]]:
    """The keys of the rows that are there already."""
    keys = select(*table.primary_key).where(table.c.community_id == community)
    return {tuple(row) for row in await link.execute(keys)}


async def _unite(link: Link, journal: Journal, table: Table, rule: Merged, arriving: Row) -> None:
    """Two rows with the same key; without a rule the one that is there stays."""
    if rule.both is None:
        return
    (here,) = await rows_of(link, table, is_row(table, arriving))
    one = rule.both(here, arriving)
    if one != here:
        journal.note(table, here, one)
        await link.execute(update(table).where(is_row(table, one)).values(one))


async def end_second_pairs(link: Link, journal: Journal, community: int, other: int) -> None:
    """Nobody is in two pairs: of somebody who was in one in each group, the one that they come with ends."""
    at = tables.pair.c
    together = await rows_of(link, tables.pair, and_(at.community_id == community, at.state == "together"))
    keys = {key_of(tables.pair, {**row, "community_id": community}) for row in await _pairs(link, other)}
    came = [row for row in together if key_of(tables.pair, row) in keys]
    stay = {person for row in together if row not in came for person in (row["person_id"], row["buddy_id"])}
    for row in came:
        if stay & {row["person_id"], row["buddy_id"]}:
            ended = row | {"state": "ended"}
            journal.note(tables.pair, row, ended)
            await link.execute(update(tables.pair).where(is_row(tables.pair, row)).values(ended))


async def _pairs(link: Link, community: int) -> list[Row]:
    return await rows_of(link, tables.pair, tables.pair.c.community_id == community)


async def copy_found(link: Link, other: int, shift: Shift) -> None:
    """Let what is found in the one group be found in the other, under its new number."""
    for table in (tables.search_entry, tables.search_term):
        rows = await rows_of(link, table, table.c.community_id == other)
        numbers = [(row, FOUND.get(row["kind"])) for row in rows]
        here = {"community_id": shift.community}
        moved = [row | here | {"subject": shift.of(number, row["subject"])} for row, number in numbers if number]
        await write(link, table, moved)
    await count_found(link, shift.community)


async def count_found(link: Link, community: int) -> None:
    """Count anew how many entries have each term."""
    at, term = tables.search_count.c, tables.search_term.c
    await link.execute(delete(tables.search_count).where(at.community_id == community))
    counted = (
        select(term.community_id, term.term, func.count())
        .where(term.community_id == community)
        .group_by(term.community_id, term.term)
    )
    await link.execute(insert(tables.search_count).from_select([at.community_id, at.term, at.entries], counted))


async def count_notices(link: Link, community: int) -> None:
    """Count anew what each member has yet to be told."""
    at, member = tables.notice.c, tables.member.c
    waiting = (
        select(func.count())
        .where(at.community_id == member.community_id, at.person_id == member.person_id)
        .scalar_subquery()
    )
    await link.execute(update(tables.member).where(member.community_id == community).values(notices=waiting))
