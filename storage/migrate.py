"""Bringing the database to the schema that this version needs, with a backup of a SQLite file first."""

import sqlite3
from contextlib import closing
from pathlib import Path

from sqlalchemy import Connection, inspect, text
from sqlalchemy.exc import DatabaseError

from storage.engine import database_url, sqlite_path, writer

HEAD = "0001"
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
        path.parent.mkdir(parents=True, exist_ok=True)
    engine = writer(url)
    try:
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
    except DatabaseError as error:
        if isinstance(error.orig, sqlite3.DatabaseError) and not isinstance(error.orig, sqlite3.OperationalError):
            raise UnfitDatabase(
                f"{path} is not a readable SQLite database ({error.orig}). Nothing was changed. "
                "Put back a backup, or move the file away to begin anew."
            ) from error
        raise
    finally:
        await engine.dispose()


def version(connection: Connection) -> str:
    """The step at which the database stands, "" for an empty one."""
    if not inspect(connection).has_table("alembic_version"):
        return ""
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar() or ""


def back_up(path: Path, copy: Path) -> None:
    """A consistent copy of a SQLite file, readable by its owner alone."""
    copy.touch(mode=0o600)
    with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(copy)) as target:
        source.backup(target)


def _check(found: str) -> None:
    known = {file.name.partition("_")[0] for file in (Path(__file__).parent / "migrations/versions").glob("0*.py")}
    if found and found not in known:
        raise UnfitDatabase(
            f"The database was written by a newer Bareng (schema {found}; this one knows {HEAD}). "
            "Nothing was changed. Install that version again, or put back a backup."
        )


def _apply(connection: Connection) -> None:
    # Alembic costs a tenth of a second to import, which a start without new steps should not pay.
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
