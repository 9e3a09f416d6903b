"""Rows in which somebody stands: how they are found, and how the persons in them are told apart or changed."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, and_, false, not_, or_, select, tuple_

from bot.chat.places import Account
from storage.link import Link
from storage.person.registry import Holding

Row = dict[str, Any]
"""Values of a row by column; a body stays text."""


async def rows_of(link: Link, holding: Holding, person: int, accounts: Sequence[Account] = ()) -> list[Row]:
    """Rows that belong to the person, or to one of the accounts."""
    return await _rows(link, holding, _own(holding, person, accounts), holding.owned, person)


async def rows_with(link: Link, holding: Holding, person: int) -> list[Row]:
    """Rows in which the person stands anywhere."""
    where = or_(false(), *(holding.table.c[name] == person for name in holding.people))
    return await _rows(link, holding, where, holding.keys, person)


def key_of(holding: Holding, row: Mapping[str, Any]) -> ColumnElement[bool]:
    """The condition that finds this very row."""
    return and_(*(column == row[column.name] for column in holding.table.primary_key))


def swapped(row: Mapping[str, Any], holding: Holding, old: int, new: int) -> Row:
    """The row with another person in the place of one."""
    after = {name: new if name in holding.people and value == old else value for name, value in row.items()}
    if holding.keys and row["body"] is not None:
        body = msgspec.json.decode(row["body"])
        if found := [key for key in holding.keys if _stands(body, key, old)]:
            body |= {key: _swapped(body[key], old, new) for key in found}
            after["body"] = msgspec.json.encode(body).decode()
    return after


async def _rows(
    link: Link, holding: Holding, where: ColumnElement[bool], keys: Sequence[str], person: int
) -> list[Row]:
    rows = [dict(row._mapping) for row in await link.execute(select(holding.table).where(where))]
    if keys:
        # What contains the digits need not contain the person.
        likely = and_(not_(where), holding.table.c.body.contains(str(person)))
        found = [dict(row._mapping) for row in await link.execute(select(holding.table).where(likely))]
        bodies = [msgspec.json.decode(row["body"]) for row in found]
        rows += [
            row for row, body in zip(found, bodies, strict=True) if any(_stands(body, key, person) for key in keys)
        ]
    return rows


def _own(holding: Holding, person: int, accounts: Sequence[Account]) -> ColumnElement[bool]:
    at = holding.table.c
    found: list[ColumnElement[bool]] = [at[name] == person for name in holding.own]
    if holding.account and accounts:
        platform, number = (at[name] for name in holding.account)
        found.append(tuple_(platform, number).in_([(account.platform, account.id) for account in accounts]))
    if holding.owners:
        others, number_of = holding.owners
        owned = select(others.c[number_of]).where(
            others.c.community_id == at.community_id, others.c[number_of] == at.id, others.c.person_id == person
        )
        found.append(owned.exists())
    return or_(false(), *found)


def _stands(body: Mapping[str, Any], key: str, person: int) -> bool:
    value = body.get(key)
    return person in value if isinstance(value, list) else value == person


def _swapped(value: Any, old: int, new: int) -> Any:
    return list(dict.fromkeys(_each(value, old, new))) if isinstance(value, list) else new


def _each(people: Iterable[int], old: int, new: int) -> Iterable[int]:
    return (new if each == old else each for each in people)
