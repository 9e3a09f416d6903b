"""What the doctor asks of the database: can it be written to, and at which schema does it stand."""

import os
from collections.abc import AsyncIterator

from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from bot.doctor import Finding, Mark, privacy
from storage.engine import database_url, sqlite_path, writer
from storage.migrate import HEAD, version


async def examine(address: str) -> AsyncIterator[Finding]:
    """Look without changing anything; what is written to try is rolled back."""
    url = database_url(address)
    path = sqlite_path(url)
    if path and not path.exists():
        folder = next(parent for parent in path.absolute().parents if parent.exists())
        if os.access(folder, os.W_OK):
            yield Finding(Mark.OK, f"Database: {path} will be made at the first start.")
        else:
            yield Finding(Mark.FAIL, f"Database: {folder} cannot be written to.", "Choose another [database] url.")
        return
    engine = writer(url)
    try:
        async with engine.connect() as connection:
            found = await connection.run_sync(version)
            yield _schema(found)
            await connection.execute(text("CREATE TABLE doctor_was_here (id INTEGER)"))
            await connection.rollback()
            yield Finding(Mark.OK, "Database: it can be written to.")
    except (DBAPIError, OSError) as error:
        fix = "Is the disk full or read-only, the file broken or another's, the server down, the password right?"
        yield Finding(Mark.FAIL, f"Database: {getattr(error, 'orig', None) or error}.", fix)
    finally:
        await engine.dispose()
    for finding in privacy(path) if path else []:
        yield finding


def _schema(found: str) -> Finding:
    if found == HEAD:
        return Finding(Mark.OK, f"Database: schema {found}, the newest.")
    if found > HEAD:
        fix = "Install the version of Bareng that wrote it."
        return Finding(Mark.FAIL, f"Database: schema {found} of a newer Bareng; this one knows {HEAD}.", fix)
    fix = "The next start does that, or `bareng migrate`."
    return Finding(Mark.WARN, f"Database: schema {found or 'none'}, to be brought to {HEAD}.", fix)
