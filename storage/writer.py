"""SQLite's one writer, which lets the units of a moment share a commit."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from pathlib import Path

from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, AsyncTransaction

from bot.chat.errors import Unavailable
from storage.engine import BUSY
from storage.failure import FAILURES, unavailable
from storage.link import SharedLink, whole
from storage.unit import Unit

MOST_IN_COMMIT = 64
"""Units that share one commit at the most: it bounds how long the first of them waits."""


class _Batch:
    """A transaction on the writing connection, and the units that will be committed with it."""

    def __init__(self, connection: AsyncConnection, transaction: AsyncTransaction, link: SharedLink) -> None:
        self.connection = connection
        self.transaction = transaction
        self.link = link
        self.units = 0
        self.committed: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    def fail(self, error: Unavailable) -> None:
        """Tell every unit that nothing was kept."""
        if not self.committed.done():
            self.committed.set_exception(error)
            self.committed.exception()  # Seen here, because a batch may have nobody left who waits for it.


class SharedWriter:
    """Runs units one after the other in the order in which they came; those that were waiting share one commit.

    Each unit but the first begins at a savepoint, so that one failure takes nobody else along. A unit's block ends
    only when its commit has: what follows it may be told to people.
    """

    def __init__(self, writing: AsyncEngine) -> None:
        self._engine = writing
        self._turn = asyncio.Lock()
        self._waiting = 0
        self._batch: _Batch | None = None
        self._connection: AsyncConnection | None = None
        self._refusal = (0.0, Unavailable())
        self._closed = False

    @asynccontextmanager
    async def begin(self) -> AsyncIterator[Unit]:
        """A unit of work; raises Unavailable when nothing of it was kept."""
        await self._take_turn()
        try:
            batch = self._batch if self._batch else await whole(self._open())
            try:
                if batch.units:
                    # Never released: the commit does that, and a later savepoint of this name hides this one.
                    await batch.link.run("SAVEPOINT unit")
                yield Unit(batch.link)
            except BaseException:
                await whole(self._undo(batch))
                raise
            batch.units += 1
        finally:
            await self._pass_turn()
        await asyncio.shield(batch.committed)

    async def sweep(self, path: Path) -> None:
        """Write the whole file anew and empty its log: what was deleted is else left in free pages and in the log."""
        async with self._turn:
            if self._batch:
                await whole(self._commit(self._batch))
            await whole(asyncio.to_thread(_sweep, path))

    async def close(self) -> None:
        """Commit what is open, refuse what comes later, and give the connection back."""
        self._closed = True
        async with self._turn:
            if self._batch:
                await whole(self._commit(self._batch))
            if self._connection:
                await self._connection.close()
                self._connection = None

    async def _take_turn(self) -> None:
        came = asyncio.get_running_loop().time()
        self._waiting += 1
        try:
            await self._turn.acquire()
        except BaseException:
            self._waiting -= 1
            await self._leave_queue()
            raise
        self._waiting -= 1
        refused_at, refusal = self._refusal
        if self._closed:
            refused_at, refusal = came, Unavailable("closed")
        if came <= refused_at:
            await self._pass_turn()
            raise refusal

    async def _leave_queue(self) -> None:
        """Whoever was relied on to commit and will not come leaves that to us."""
        if self._batch and not self._waiting and not self._turn.locked():
            await self._turn.acquire()
            await self._pass_turn()

    async def _pass_turn(self) -> None:
        """Commit if nobody else is waiting to join, and let the next unit begin."""
        try:
            batch = self._batch
            if batch and (not self._waiting or batch.units >= MOST_IN_COMMIT):
                await whole(self._commit(batch))
        finally:
            self._turn.release()

    async def _open(self) -> _Batch:
        """Begin a transaction. Where that fails, all who wait now are refused: each would only wait as long again."""
        try:
            connection = self._connection = self._connection or await self._engine.connect()
            raw = await connection.get_raw_connection()
            driver = raw.driver_connection
            if driver is None:
                raise Unavailable("no connection")
            batch = _Batch(connection, await connection.begin(), SharedLink(connection, driver))
        except FAILURES as error:
            await self._drop_connection()
            refusal = unavailable(error)
            if refusal is None:
                raise
            self._refusal = (asyncio.get_running_loop().time(), refusal)
            raise refusal from error
        self._batch = batch
        return batch

    async def _undo(self, batch: _Batch) -> None:
        """Undo one unit. Where even that fails the whole transaction is gone, and all its units with it."""
        try:
            if batch.units:
                await batch.link.run("ROLLBACK TO unit")
            else:
                self._batch = None
                await batch.transaction.rollback()
        except FAILURES as failure:
            await self._lose(batch, failure)

    async def _commit(self, batch: _Batch) -> None:
        self._batch = None
        try:
            if not batch.link.in_transaction:
                raise Unavailable("SQLite has ended the transaction by itself")
            await batch.transaction.commit()
        except (*FAILURES, Unavailable) as error:
            await self._lose(batch, error)
        else:
            batch.committed.set_result(None)

    async def _lose(self, batch: _Batch, error: BaseException) -> None:
        """Tell every unit of a transaction that it failed, and begin anew with a fresh connection."""
        self._batch = None
        batch.fail(unavailable(error) or Unavailable(str(error)))
        await self._drop_connection()

    async def _drop_connection(self) -> None:
        connection, self._connection = self._connection, None
        if connection:
            await connection.invalidate()
            await connection.close()


def _sweep(path: Path) -> None:
    with closing(sqlite3.connect(path, timeout=BUSY, isolation_level=None)) as connection:
        connection.execute("VACUUM")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
