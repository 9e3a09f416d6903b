"""Telling whether the log beside a SQLite file belongs to it.

SQLite plays a `-wal` file over whatever database it stands next to, without a word: a backup copied over a database
that had not been stopped cleanly would silently turn into a mixture. So every start stamps the file with a new number
(its `user_version`), keeps the number beside it, and a log is only played over a file that has the number.
"""

import os
import sqlite3
from contextlib import closing
from pathlib import Path
from secrets import randbelow

_USER_VERSION = slice(60, 64)
"""https://www.sqlite.org/fileformat.html#user_version_number"""


def foreign_log(path: Path) -> Path | None:
    """The log beside the file if it belongs to another one."""
    log = _beside(path, "-wal")
    if not (path.exists() and log.exists() and log.stat().st_size):
        return None
    known = _known(path)
    return log if known and _in_file(path) not in known else None


def stamp(path: Path) -> None:
    """Give the file a new number, and keep it. Killed at any moment, the file still has one of the kept numbers."""
    before, now = _in_file(path), 1 + randbelow(2**31 - 1)
    _keep(path, before, now)
    with closing(sqlite3.connect(path, timeout=1, isolation_level=None)) as connection:
        connection.execute(f"PRAGMA user_version={now}")
        (busy, *_), *_ = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    if not busy:
        _keep(path, now)


def clear_stamp(copy: Path) -> None:
    """Take the number from a copy, which no log belongs to."""
    with closing(sqlite3.connect(copy, isolation_level=None)) as connection:
        connection.execute("PRAGMA user_version=0")


def _in_file(path: Path) -> int:
    with path.open("rb") as file:
        return int.from_bytes(file.read(100)[_USER_VERSION], "big")


def _known(path: Path) -> set[int]:
    kept = _beside(path, "-stamp")
    words = kept.read_text().split() if kept.exists() else []
    return {int(word) for word in words if word.isdecimal()}


def _keep(path: Path, *numbers: int) -> None:
    new = _beside(path, "-stamp.new")
    new.write_text(" ".join(map(str, numbers)))
    new.chmod(0o600)
    with new.open("rb") as file:
        os.fsync(file.fileno())
    new.replace(_beside(path, "-stamp"))


def _beside(path: Path, ending: str) -> Path:
    return path.with_name(path.name + ending)
