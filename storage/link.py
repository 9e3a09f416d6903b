"""A unit's way to the database: any statement through SQLAlchemy, those of the hot road compiled once."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from functools import cached_property
from typing import Any, TypeVar

import aiosqlite
from sqlalchemy import CursorResult, Executable
from sqlalchemy.dialects import sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

_SQLITE = sqlite.dialect(paramstyle="qmark")

T = TypeVar("T")
Row = Mapping[str, Any]
Insert = Callable[[Any], Any]
"""The `insert` of one of the databases, which knows its way of settling conflicts."""


class Prepared:
    """A statement with named parameters, built and compiled when the module is loaded.

    Building a statement anew for every call, and finding its compiled form again, costs more than running it.
    """

    def __init__(self, build: Callable[[Insert], Any]) -> None:
        self._build = build
        self.sqlite = build(sqlite.insert)
        compiled = self.sqlite.compile(dialect=_SQLITE)
        self.sql = str(compiled)
        self._defaults = {name: value for name, value in compiled.params.items() if value is not None}
        self._inward = [(name, compiled.binds[name].type.bind_processor(_SQLITE)) for name in compiled.positiontup]
        self._outward = [column.type.result_processor(_SQLITE, None) for column in self.sqlite.exported_columns]

    @cached_property
    def postgresql(self) -> Any:
        """The statement for PostgreSQL, built when it is needed: an SQLite file should not pay for the dialect."""
        return self._build(_postgresql_insert())

    def parameters(self, values: Mapping[str, Any]) -> list[Any]:
        """The values as SQLite takes them, in the statement's order."""
        given = {**self._defaults, **values} if self._defaults else values
        return [process(given[name]) if process else given[name] for name, process in self._inward]

    def row(self, found: Sequence[Any]) -> tuple[Any, ...]:
        """What SQLite gave as Python values."""
        return tuple(
            [process(value) if process else value for value, process in zip(found, self._outward, strict=True)]
        )


def _postgresql_insert() -> Insert:
    from sqlalchemy.dialects.postgresql import insert

    return insert


class Link:
    """A connection that belongs to one unit."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection
        self.embedded = connection.dialect.name == "sqlite"
        self.insert: Insert = sqlite.insert if self.embedded else _postgresql_insert()

    async def execute(self, statement: Executable, rows: Sequence[Row] | None = None) -> CursorResult[*tuple[Any, ...]]:
        """Run a statement, once for each of the rows where some are given."""
        return await self._connection.execute(statement, rows)

    async def fetch(self, prepared: Prepared, values: Mapping[str, Any]) -> Sequence[Sequence[Any]]:
        """Run a prepared statement and give all its rows."""
        statement = prepared.sqlite if self.embedded else prepared.postgresql
        return (await self._connection.execute(statement, values)).all()


class SharedLink(Link):
    """SQLite's one writing connection, which outlives a unit and must survive whatever happens to it."""

    def __init__(self, connection: AsyncConnection, driver: aiosqlite.Connection) -> None:
        super().__init__(connection)
        self._driver = driver

    async def execute(self, statement: Executable, rows: Sequence[Row] | None = None) -> CursorResult[*tuple[Any, ...]]:
        """Run a statement to its end: one that is cancelled half-way would cost everybody the connection."""
        return await whole(self._connection.execute(statement, rows))

    async def fetch(self, prepared: Prepared, values: Mapping[str, Any]) -> Sequence[Sequence[Any]]:
        """Run a prepared statement in one call of the driver, where SQLAlchemy would need four."""
        return [prepared.row(row) for row in await self.run(prepared.sql, prepared.parameters(values))]

    @property
    def in_transaction(self) -> bool:
        """Whether the transaction that was begun still goes on."""
        return self._driver.in_transaction

    async def run(self, sql: str, parameters: Sequence[Any] = ()) -> Sequence[Sequence[Any]]:
        """Run this very SQL."""
        return list(await self._driver.execute_fetchall(sql, parameters))


async def whole(work: Awaitable[T]) -> T:
    """Finish the work even if the waiting task is cancelled meanwhile, and only then let it be cancelled."""
    task = asyncio.ensure_future(work)
    cancelled: asyncio.CancelledError | None = None
    while not task.done():
        try:
            await asyncio.wait((task,))
        except asyncio.CancelledError as error:
            cancelled = error
    if cancelled:
        if not task.cancelled():
            task.exception()
        raise cancelled
    return task.result()
