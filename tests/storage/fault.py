"""Real faults of a SQLite database: held by another process, full, read-only, cut short by the system."""

import resource
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import event
from sqlalchemy.ext.asyncio import AsyncEngine

_HOLD = """
import sqlite3, sys
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.execute("BEGIN IMMEDIATE")
print("held", flush=True)
sys.stdin.read()
"""


def keys(path: Path) -> set[str]:
    """The event keys that another reader of the file sees."""
    with closing(sqlite3.connect(path)) as connection:
        return {row[0] for row in connection.execute("SELECT key FROM seen")}


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Another process holds the write lock."""
    command = [sys.executable, "-c", _HOLD, str(path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:  # noqa: S603
        assert process.stdout
        assert process.stdout.readline() == b"held\n"
        try:
            yield
        finally:
            process.communicate()


@contextmanager
def with_pragma(engine: AsyncEngine, pragma: str) -> Iterator[None]:
    """Every connection made from now on has this setting."""

    def prepare(connection: Any, _: Any) -> None:
        cursor = connection.cursor()
        cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    event.listen(engine.sync_engine, "connect", prepare)
    try:
        yield
    finally:
        event.remove(engine.sync_engine, "connect", prepare)


@contextmanager
def files_no_longer_than(size: int) -> Iterator[None]:
    """The system refuses to let any file of this process grow beyond that many bytes."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def damage(path: Path) -> None:
    """Spoil everything but the first page."""
    with path.open("r+b") as file:
        file.seek(4096)
        file.write(b"\xff" * (path.stat().st_size - 4096))
