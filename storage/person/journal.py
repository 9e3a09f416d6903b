"""What rows were before persons became one, so that each can be put back."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import Table, delete, func, insert, select, update

from storage import tables
from storage.link import Link
from storage.person.registry import OF, Holding
from storage.person.row import Row, key_of
from storage.tables.base import Instant

_AT = tables.person_union_row.c


class Journal:
    """The rows of one union, in the order in which they were changed."""

    def __init__(self, link: Link, union: int) -> None:
        self._link = link
        self._union = union

    async def change(self, holding: Holding, before: Row, after: Row | None) -> None:
        """Change a row, or without `after` take it away, and note how it was."""
        where = key_of(holding, before)
        if after is None:
            await self._link.execute(delete(holding.table).where(where))
        else:
            await self._link.execute(update(holding.table).where(where).values(after))
        number = select(func.coalesce(func.max(_AT.number), 0)).where(_AT.union_id == self._union)
        values = {
            "union_id": self._union,
            "number": (await self._link.execute(number)).scalar_one() + 1,
            "name": holding.table.name,
            "before": _packed(before),
            "after": None if after is None else _packed(after),
        }
        await self._link.execute(insert(tables.person_union_row).values(values))

    async def take_back(self) -> None:
        """Put every row back, the last one first."""
        rows = tables.person_union_row
        statement = select(rows).where(_AT.union_id == self._union).order_by(_AT.number.desc())
        for row in (await self._link.execute(statement)).all():
            holding = OF[row.name]
            before = _unpacked(holding.table, row.before)
            if row.after is None:
                await self._insert(holding, before)
            else:
                await self._restore(holding, before, _unpacked(holding.table, row.after))
        await self._link.execute(delete(rows).where(_AT.union_id == self._union))

    async def _insert(self, holding: Holding, before: Row) -> None:
        statement = self._link.insert(holding.table).values(before)
        await self._link.execute(statement.on_conflict_do_nothing())

    async def _restore(self, holding: Holding, before: Row, after: Row) -> None:
        """The row as it was; of one that was changed since, only whose it is."""
        found = (await self._link.execute(select(holding.table).where(key_of(holding, after)))).one_or_none()
        if found is None:
            return
        now = dict(found._mapping)
        if now != after and holding.table is tables.member and before["person_id"] == after["person_id"]:
            return  # a membership that went on is the person's who kept it
        values = before if now == after else _whose(holding, now, before, after)
        await self._link.execute(update(holding.table).where(key_of(holding, now)).values(values))


def _whose(holding: Holding, now: Row, before: Row, after: Row) -> Mapping[str, Any]:
    changed = {name: value for name, value in before.items() if name != "body" and value != after[name] == now[name]}
    if holding.keys and before["body"] != after["body"] and now["body"] is not None:
        old, new, body = (msgspec.json.decode(row["body"]) for row in (before, after, now))
        back = {key: old[key] for key in holding.keys if old.get(key) != new.get(key) == body.get(key)}
        changed["body"] = msgspec.json.encode(body | back).decode()
    return changed


def _packed(row: Row) -> str:
    return msgspec.json.encode(row).decode()


def _unpacked(table: Table, text: str) -> Row:
    row: Row = msgspec.json.decode(text)
    return {
        name: datetime.fromisoformat(value) if value is not None and isinstance(table.c[name].type, Instant) else value
        for name, value in row.items()
    }
