"""Bringing the database to the schema that this version needs, with a backup of a SQLite file first."""

import sqlite3
from contextlib import closing
from pathlib import Path

from sqlalchemy import Connection, inspect, text
from sqlalchemy.exc import DatabaseError
from sqlalchemy.ext.asyncio import AsyncEngine

from storage.engine import database_url, sqlite_path, writer
from storage.stamp import clear_stamp, foreign_log, stamp

STEPS = Path(__file__).parent / "migrations"

HEAD = "0013"
"""The newest step in `migrations/versions`; knowing it here lets a start that has nothing to do skip Alembic."""


class UnfitDatabase(Exception):
    """The database cannot be used by this version; the message says why and what to do. Nothing was changed."""


async def upgrade(address: str) -> bool:
    """Apply missing steps in one transaction; returns whether there were any. Raises UnfitDatabase.

    Killed at any statement, the database keeps its old schema and the next start begins again.
    """
    url = database_url(address)
    path = sqlite_path(url)
    if path:
        _prepare(path)
    engine = writer(url)
    try:
        stepped = await _step(engine, path)
    except DatabaseError as error:
        if isinstance(error.orig, sqlite3.DatabaseError) and not isinstance(error.orig, sqlite3.OperationalError):
            raise UnfitDatabase(
                f"{path} is not a readable SQLite database ({error.orig}). Nothing was changed. "
                "Put back a backup, or move the file away to begin anew."
            ) from error
        raise
    finally:
        await engine.dispose()
    if path:
        stamp(path)
    return stepped


async def _step(engine: AsyncEngine, path: Path | None) -> bool:
    async with engine.begin() as connection:
        found = await connection.run_sync(version)
    if found == HEAD:
        return False
    _check(found)
    if path and found:
        back_up(path, path.with_name(f"{path.name}.before-{HEAD}"))
    async with engine.begin() as connection:
        await connection.run_sync(_apply)
    return True


def _prepare(path: Path) -> None:
    """Make the file, which holds personal data, for its owner alone; refuse one with another's log beside it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch(mode=0o600)
    if log := foreign_log(path):
        raise UnfitDatabase(
            f"{log} belongs to another database than {path}, which seems to have been copied there. Nothing was "
            f"changed. Move {log.name} and {path.name}-shm away and start again; what they hold is not in the copy."
        )


def version(connection: Connection) -> str:
    """The step at which the database stands, "" for an empty one."""
    tables = inspect(connection).get_table_names()
    if tables and "alembic_version" not in tables:
        raise UnfitDatabase(
            f"The database belongs to something else: it has tables such as {min(tables)!r}, but none of "
            "Bareng's. Nothing was changed. Give Bareng a database of its own."
        )
    if not tables:
        return ""
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar() or ""


def back_up(path: Path, copy: Path) -> None:
    """A consistent copy of a SQLite file, readable by its owner alone."""
    copy.unlink(missing_ok=True)
    copy.touch(mode=0o600)
    with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(copy)) as target:
        source.backup(target)
    clear_stamp(copy)


def _check(found: str) -> None:
    known = {file.name.partition("_")[0] for file in (STEPS / "versions").glob("0*.py")}
    if found and found not in known:
        raise UnfitDatabase(
            f"The database was written by a newer Bareng (schema {found}; this one knows {HEAD}). "
            "Nothing was changed. Install that version again, or put back a backup."
        )


def _apply(connection: Connection) -> None:
    # Alembic costs a tenth of a second to import, which a start without new steps should not pay.
    from alembic import command
    from alembic.config import Config

    if connection.dialect.name == "postgresql":
        # Replicas that start at once: the second finds the steps of the first done.
        connection.execute(text("SELECT pg_advisory_xact_lock(hashtext('bareng schema'))"))
    config = Config()
    config.set_main_option("script_location", str(STEPS))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
