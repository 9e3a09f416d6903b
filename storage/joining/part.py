"""Parting groups that had become one: what came is taken out again, unless something was done to it since."""

from collections import defaultdict
from typing import Any

from sqlalchemy import Table, and_, delete, insert, select, update

from storage import tables
from storage.joining.copy import count_found, count_notices, renumbered
from storage.joining.journal import AT_ONCE, Journal, Row, is_row, rows_of
from storage.joining.number import FOUND, Number, Shift
from storage.joining.registry import RULES, Merged, Numbered
from storage.link import Link

Subject = tuple[Number, int]


async def take_out(link: Link, other: int, shift: Shift, span: dict[Number, int]) -> None:
    """Take out what was copied; what members of both worked on since stays with both.

    `span` is the last number of each kind that the group had when it joined.
    """
    stay = await _worked_on(link, other, shift, span)
    for number, length in span.items():
        first = shift.of(number, 1)
        gone = [each for each in range(first, first + length) if (number, each) not in stay]
        for start in range(0, len(gone), AT_ONCE):
            await _drop(link, shift.community, number, gone[start : start + AT_ONCE])
    await count_found(link, shift.community)


async def _worked_on(link: Link, other: int, shift: Shift, span: dict[Number, int]) -> set[Subject]:
    """What is not as it came, and what that refers to."""
    found: set[Subject] = set()
    refers: dict[Subject, set[Subject]] = defaultdict(set)
    for table, rule in RULES.items():
        if not isinstance(rule, Numbered):
            continue
        came = await rows_of(link, table, table.c.community_id == other)
        before = _by_subject(rule, [renumbered(rule, row, shift, other) for row in came], refers)
        column, low = table.c[rule.at], shift.of(rule.family, 1)
        within = and_(table.c.community_id == shift.community, column >= low, column < low + span[rule.family])
        after = _by_subject(rule, await rows_of(link, table, within), refers)
        if not rule.follows:
            found |= {each for each in before.keys() | after.keys() if before.get(each) != after.get(each)}
    return _with_all(found, refers)


def _by_subject(rule: Numbered, rows: list[Row], refers: dict[Subject, set[Subject]]) -> dict[Subject, set[Any]]:
    sorted_: dict[Subject, set[Any]] = defaultdict(set)
    for row in rows:
        subject = (rule.family, row[rule.at])
        sorted_[subject].add(tuple(row.values()))
        refers[subject] |= {(number, row[column]) for column, number in rule.shifts.items() if row[column]}
    return sorted_


def _with_all(found: set[Subject], refers: dict[Subject, set[Subject]]) -> set[Subject]:
    """Those and all that they refer to: nothing that stays may point to what is gone."""
    whole, ahead = set(found), list(found)
    while ahead:
        for each in refers[ahead.pop()] - whole:
            whole.add(each)
            ahead.append(each)
    return whole


async def _drop(link: Link, community: int, number: Number, gone: list[int]) -> None:
    for table, rule in RULES.items():
        if isinstance(rule, Numbered) and rule.family is number:
            where = and_(table.c.community_id == community, table.c[rule.at].in_(gone))
            await link.execute(delete(table).where(where))
    for kind, its in FOUND.items():
        if its is number:
            for table in (tables.search_entry, tables.search_term):
                at = table.c
                where = and_(at.community_id == community, at.kind == kind, at.subject.in_(gone))
                await link.execute(delete(table).where(where))


async def put_back(link: Link, journal: Journal, community: int) -> None:
    """Go back through what was noted."""
    for table, before, after in await journal.read():
        rule = RULES[table]
        if after is None and before is not None:
            await link.execute(insert(table).values(before))
        elif after is not None and isinstance(rule, Merged):
            await _revert(link, table, rule, before, after)
    await count_notices(link, community)


async def _revert(link: Link, table: Table, rule: Merged, before: Row | None, after: Row) -> None:
    found = await rows_of(link, table, is_row(table, after))
    now = found[0] if found else None
    if before is None:
        if now is not None and (rule.always or now == after):
            await link.execute(delete(table).where(is_row(table, after)))
    elif now is not None:
        back = {name: before[name] if now[name] == after[name] else now[name] for name in now}
        await link.execute(update(table).where(is_row(table, after)).values(back))


async def drop_cards(link: Link, community: int, other: int) -> None:
    """Forget cards that the group which is left behind has in the places of the other one."""
    at = tables.card.c
    places = select(tables.venue.c.platform, tables.venue.c.chat).where(tables.venue.c.community_id == other)
    for row in await link.execute(places):
        where = and_(at.community_id == community, at.platform == row.platform, at.chat == row.chat)
        await link.execute(delete(tables.card).where(where))
