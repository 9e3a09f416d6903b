"""The store on one database address."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from storage import engine
from storage.failure import FAILURES, unavailable
from storage.link import Link
from storage.unit import Unit
from storage.writer import SharedWriter


class DatabaseStore:
    """See `bot.repository.Store`; the address is in SQLAlchemy's form."""

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
                    yield Unit(Link(connection))
        except FAILURES as error:
            if refusal := unavailable(error):
                raise refusal from error
            raise

    @asynccontextmanager
    async def read(self) -> AsyncIterator[Unit]:
        """A unit that only reads."""
        try:
            async with self._reading.connect() as connection:
                yield Unit(Link(connection))
        except FAILURES as error:
            if refusal := unavailable(error):
                raise refusal from error
            raise

    async def sweep(self) -> None:
        """Let nothing that was deleted be left in the files; PostgreSQL's own vacuum does that in its time."""
        if self._shared and (path := engine.sqlite_path(self.url)):
            await self._shared.sweep(path)

    async def close(self) -> None:
        """Close every connection; units that wait are refused."""
        if self._shared:
            await self._shared.close()
        await self._reading.dispose()
        await self._writing.dispose()
