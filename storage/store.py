"""The store: units of work, and on SQLite one writer that lets the units of a moment share a commit."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, AsyncTransaction

from bot.chat.errors import Unavailable
from storage import engine
from storage.arrival import Arrivals
from storage.card import Cards
from storage.community import Communities
from storage.item import Items
from storage.job import Jobs
from storage.ledger import Ledger
from storage.pending import Pendings
from storage.people import People
from storage.practice import Practices
from storage.quiz import Quizzes

MOST_IN_COMMIT = 64
"""Units that share one commit at the most: it bounds how long the first of them waits."""

_DOWN = (OperationalError, InterfaceError, PoolTimeout, OSError)


class Unit:
    """One unit of work on a connection."""

    def __init__(self, connection: AsyncConnection) -> None:
        self.arrivals = Arrivals(connection)
        self.communities = Communities(connection)
        self.people = People(connection)
        self.items = Items(connection)
        self.quizzes = Quizzes(connection)
        self.ledger = Ledger(connection)
        self.practices = Practices(connection)
        self.pendings = Pendings(connection)
        self.jobs = Jobs(connection)
        self.cards = Cards(connection)


class _Batch:
    """A transaction on the one writing connection, and the units that will be committed with it."""

    def __init__(self, transaction: AsyncTransaction) -> None:
        self.transaction = transaction
        self.units = 0
        self.committed: asyncio.Future[None] = asyncio.get_running_loop().create_future()


class SharedWriter:
    """SQLite's single writer. Units run one after the other; those that were waiting share one commit.

    Each unit but the first has a savepoint, so that one failure takes nobody else along. A unit's block ends only
    when its commit has: what follows it may be told to people.
    """

    def __init__(self, writing: AsyncEngine) -> None:
        self._engine = writing
        self._turn = asyncio.Lock()
        self._waiting = 0
        self._connection: AsyncConnection | None = None
        self._batch: _Batch | None = None

    @asynccontextmanager
    async def begin(self) -> AsyncIterator[Unit]:
        """A unit of work."""
        self._waiting += 1
        async with self._turn:
            self._waiting -= 1
            connection, batch = await self._join()
            try:
                savepoint = await connection.begin_nested() if batch.units else None
                try:
                    yield Unit(connection)
                except BaseException:
                    await asyncio.shield(self._undo(batch, savepoint))
                    raise
                if savepoint:
                    await savepoint.commit()
                batch.units += 1
            finally:
                if self._batch is batch and (not self._waiting or batch.units >= MOST_IN_COMMIT):
                    await asyncio.shield(self._commit(batch))
        await asyncio.shield(batch.committed)

    async def close(self) -> None:
        """Give the connection back."""
        async with self._turn:
            if self._connection:
                await self._connection.close()
                self._connection = None

    async def _join(self) -> tuple[AsyncConnection, _Batch]:
        if self._connection is None:
            self._connection = await self._engine.connect()
        if self._batch is None:
            try:
                self._batch = _Batch(await self._connection.begin())
            except DBAPIError:
                await self._drop_connection()
                raise
        return self._connection, self._batch

    async def _undo(self, batch: _Batch, savepoint: AsyncTransaction | None) -> None:
        """Undo one unit. Where even that fails, the whole transaction is gone and all its units with it."""
        try:
            if savepoint:
                await savepoint.rollback()
            else:
                self._batch = None
                batch.committed.set_result(None)
                await batch.transaction.rollback()
        except DBAPIError as error:
            await self._lost(batch, error)

    async def _commit(self, batch: _Batch) -> None:
        self._batch = None
        try:
            await batch.transaction.commit()
        except DBAPIError as error:
            await self._lost(batch, error)
        else:
            batch.committed.set_result(None)

    async def _lost(self, batch: _Batch, error: DBAPIError) -> None:
        """Tell every unit of a failed commit, and begin anew with a fresh connection."""
        self._batch = None
        if not batch.committed.done():
            batch.committed.set_exception(Unavailable(str(error.orig)))
            batch.committed.exception()
        await self._drop_connection()

    async def _drop_connection(self) -> None:
        connection, self._connection = self._connection, None
        if connection:
            await connection.invalidate()
            await connection.close()


class DatabaseStore:
    """The store on one database address (SQLAlchemy's form)."""

    def __init__(self, address: str) -> None:
        self.url = engine.database_url(address)
        self._writing = engine.writer(self.url)
        self._reading = engine.reader(self.url, self._writing)
        self._shared = SharedWriter(self._writing) if engine.sqlite_path(self.url) else None

    @asynccontextmanager
    async def begin(self) -> AsyncIterator[Unit]:
        """A unit of work; raises Unavailable when the database cannot take it now."""
        try:
            if self._shared:
                async with self._shared.begin() as unit:
                    yield unit
            else:
                async with self._writing.begin() as connection:
                    yield Unit(connection)
        except _DOWN as error:
            raise Unavailable(str(getattr(error, "orig", error))) from error

    @asynccontextmanager
    async def read(self) -> AsyncIterator[Unit]:
        """A unit that only reads."""
        try:
            async with self._reading.connect() as connection:
                yield Unit(connection)
        except _DOWN as error:
            raise Unavailable(str(getattr(error, "orig", error))) from error

    async def close(self) -> None:
        """Close every connection."""
        if self._shared:
            await self._shared.close()
        await self._reading.dispose()
        await self._writing.dispose()
