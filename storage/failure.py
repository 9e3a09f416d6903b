"""Which errors mean that the database cannot work now, and not that our code is wrong."""

import sqlite3

from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from bot.chat.errors import Unavailable

FAILURES = (DBAPIError, sqlite3.Error, PoolTimeout, OSError)
"""Everything that a database may raise; `unavailable` tells the kinds apart."""

_NOW = ("08", "25006", "40", "53", "55", "57", "58")
"""PostgreSQL's classes for lost connections, read-only, lost races, full, closed or locked, shutting down, I/O errors.

https://www.postgresql.org/docs/current/errcodes-appendix.html
"""


def unavailable(error: BaseException) -> Unavailable | None:
    """The error as `Unavailable` if trying again later may help, else None."""
    cause = getattr(error, "orig", None) or error
    return Unavailable(str(cause)) if _passes(error, cause) else None


def _passes(error: BaseException, cause: BaseException) -> bool:
    if isinstance(error, PoolTimeout | OSError | InterfaceError | OperationalError):
        return True
    if isinstance(error, DBAPIError) and error.connection_invalidated:
        return True
    state = getattr(cause, "sqlstate", None) or ""
    # A plain DatabaseError is SQLite's way of saying that the file is damaged.
    return type(cause) in (sqlite3.OperationalError, sqlite3.DatabaseError) or state.startswith(_NOW)
