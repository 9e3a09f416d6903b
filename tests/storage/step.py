"""Steps of the schema: looking at a database, going to a step, dying on the way."""

import asyncio
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, Engine, event, text

from storage.engine import database_url, writer
from storage.migrate import STEPS, upgrade

KILLED = 137

T = TypeVar("T")


async def on(address: str, look: Callable[[Connection], T]) -> T:
    """What is found on a connection; kept like everything that a start does."""
    engine = writer(database_url(address))
    try:
        async with engine.begin() as connection:
            return await connection.run_sync(look)
    finally:
        await engine.dispose()


def alembic(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(STEPS))
    config.attributes["connection"] = connection
    return config


async def go(address: str, step: str) -> None:
    """Bring an empty or older database to that step."""
    await on(address, lambda connection: command.upgrade(alembic(connection), step))


async def go_back(address: str, step: str) -> None:
    """Bring a newer database back to that step."""
    await on(address, lambda connection: command.downgrade(alembic(connection), step))


async def put(address: str, rows: dict[str, list[dict[str, Any]]]) -> None:
    """Write rows as plain SQL."""

    def write(connection: Connection) -> None:
        for table, some in rows.items():
            for row in some:
                names = ", ".join(f'"{name}"' for name in row)
                values = ", ".join(f":{name}" for name in row)
                connection.execute(text(f"INSERT INTO {table} ({names}) VALUES ({values})"), row)  # noqa: S608

    await on(address, write)


@contextmanager
def killed_at(number: int) -> Iterator[None]:
    """The process dies before its statement of that number."""
    left = [number]

    def count(*_: Any) -> None:
        left[0] -= 1
        if left[0] < 0:
            os._exit(KILLED)

    event.listen(Engine, "before_cursor_execute", count)
    try:
        yield
    finally:
        event.remove(Engine, "before_cursor_execute", count)


def start_killed_at(number: int, address: str) -> int:
    """Start in a process of its own that dies at that statement; returns its exit code."""
    child = os.fork()
    if child == 0:
        with killed_at(number):
            try:
                asyncio.run(upgrade(address))
            finally:
                os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
