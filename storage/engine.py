"""Engines: how we open SQLite and PostgreSQL so that neither loses an update."""

from pathlib import Path
from typing import Any

from sqlalchemy import URL, event, make_url
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

BUSY = 5.0
"""Seconds to wait for another process that holds SQLite's write lock."""

_PRAGMAS = ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "cache_size=-16000", "temp_store=MEMORY")


def database_url(text: str) -> URL:
    """The address with the asynchronous driver that belongs to its database; raises ValueError for another one."""
    url = make_url(text)
    match url.get_backend_name():
        case "sqlite":
            return url.set(drivername="sqlite+aiosqlite")
        case "postgresql":
            return url.set(drivername="postgresql+asyncpg")
        case name:
            raise ValueError(f"{name} is not supported: use sqlite or postgresql")


def sqlite_path(url: URL) -> Path | None:
    """The database file, None for PostgreSQL."""
    return Path(url.database or "") if url.get_backend_name() == "sqlite" else None


def writer(url: URL) -> AsyncEngine:
    """The engine that writes: one connection on SQLite, where `BEGIN IMMEDIATE` makes read-then-write safe."""
    if url.get_backend_name() != "sqlite":
        return create_async_engine(url, pool_size=10, pool_pre_ping=True)
    return _sqlite(url, "BEGIN IMMEDIATE", pool_size=1, max_overflow=0)


def reader(url: URL, fallback: AsyncEngine) -> AsyncEngine:
    """The engine that reads beside the writer; PostgreSQL uses the same one."""
    if url.get_backend_name() != "sqlite":
        return fallback
    return _sqlite(url, "BEGIN", pool_size=2, max_overflow=0)


def _sqlite(url: URL, begin: str, **pool: Any) -> AsyncEngine:
    engine = create_async_engine(url, connect_args={"timeout": BUSY}, **pool)

    @event.listens_for(engine.sync_engine, "connect")
    def prepare(connection: Any, _: Any) -> None:
        # The driver must not open transactions by itself: it would use a plain BEGIN, which loses updates.
        connection.isolation_level = None
        cursor = connection.cursor()
        for pragma in _PRAGMAS:
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine.sync_engine, "begin")
    def start(connection: Any) -> None:
        connection.exec_driver_sql(begin)

    return engine
