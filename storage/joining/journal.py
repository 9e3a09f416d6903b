"""Rows as they were before two groups became one and just after that, so that each can be put back."""

from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, Table, and_, delete, insert, select

from storage import tables
from storage.link import Link
from storage.rows import packed

Row = dict[str, Any]

AT_ONCE = 500
"""Rows that are written in one go."""

_AT = tables.joining_row.c


class Journal:
    """The notes of one joining."""

    def __init__(self, link: Link, joining: int) -> None:
        self._link = link
        self._joining = joining
        self._rows: list[Row] = []
        self._number = 0

    def note(self, table: Table, before: Row | None, after: Row | None) -> None:
        """Note what becomes of a row, to be kept with the next `keep`."""
        self._number += 1
        row = after or before or {}
        self._rows.append(
            {
                "joining_id": self._joining,
                "number": self._number,
                "source": table.name,
                "person_id": row.get("person_id", 0),
                "before": None if before is None else packed(before),
                "after": None if after is None else packed(after),
            }
        )

    async def keep(self) -> None:
        """Write down what was noted."""
        await write(self._link, tables.joining_row, self._rows)
        self._rows = []

    async def read(self) -> list[tuple[Table, Row | None, Row | None]]:
        """All notes, the last one first."""
        statement = select(tables.joining_row).where(_AT.joining_id == self._joining).order_by(_AT.number.desc())
        found = []
        for row in await self._link.execute(statement):
            table = tables.metadata.tables[row.source]
            found.append((table, _thawed(table, row.before), _thawed(table, row.after)))
        return found

    async def clear(self) -> None:
        """Forget all of them."""
        await self._link.execute(delete(tables.joining_row).where(_AT.joining_id == self._joining))


async def write(link: Link, table: Table, rows: list[Row]) -> None:
    """Insert rows, not too many at once."""
    for start in range(0, len(rows), AT_ONCE):
        await link.execute(insert(table), rows[start : start + AT_ONCE])


async def rows_of(link: Link, table: Table, where: ColumnElement[bool]) -> list[Row]:
    """All these rows."""
    return [dict(row._mapping) for row in await link.execute(select(table).where(where))]


def key_of(table: Table, row: Row) -> tuple[Any, ...]:
    """The key of a row."""
    return tuple(row[column.name] for column in table.primary_key)


def is_row(table: Table, row: Row) -> ColumnElement[bool]:
    """The row with the same key."""
    return and_(*(column == row[column.name] for column in table.primary_key))


def _thawed(table: Table, text: str | None) -> Row | None:
    if text is None:
        return None
    row: Row = msgspec.json.decode(text)
    for column in table.columns:
        if isinstance(column.type, tables.Instant) and row[column.name] is not None:
            row[column.name] = msgspec.convert(row[column.name], datetime)
    return row
